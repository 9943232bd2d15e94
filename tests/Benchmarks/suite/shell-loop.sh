#!/usr/bin/env bash
# A run as one would write it by hand, with curl and jq: bash shell-loop.sh BASE-URL JOBS SLOTS POLL-SECONDS, in a folder with clips/ and audio/.
# Uploads once, identifies once, then submits, polls and downloads job after job in so many slots. A job whose file is there is left out.
# What it does not do: check anything beforehand, remember what was sent, try again, look at what it got.
set -euo pipefail
export BASE=$1 POLL=$4
export AUTH="Authorization: Bearer bench" JSON="Content-Type: application/json"
mkdir -p out

upload() { # upload FILE TYPE MEDIA-TYPE: prints the public address
  local grant
  grant=$(curl -sSf -H "$AUTH" -H "$JSON" -d "{\"file_type\":\"$2\"}" "$BASE/upload-url")
  curl -sSf -o /dev/null -T "$1" -H "Content-Type: $3" "$(jq -r .upload_url <<<"$grant")"
  jq -r .public_url <<<"$grant"
}

job() { # job NUMBER
  local file=out/job-$1.mp4 payload id answer
  [ -e "$file" ] && return
  payload=$(jq -nc --arg session "$SESSION" --arg face "$FACE" --arg sound "$SOUND" --argjson insert $((($1 - 1) % 500)) '{model: "kling-lip-sync", payload: {session_id: $session,
    face_choose: [{face_id: $face, sound_file: $sound, sound_start_time: 0, sound_end_time: 4933, sound_insert_time: $insert, sound_volume: 1, original_audio_volume: 0}]}}')
  id=$(curl -sSf -H "$AUTH" -H "$JSON" -d "$payload" "$BASE/requests" | jq -r .request_id)
  while true; do
    sleep "$POLL"
    answer=$(curl -sSf -H "$AUTH" "$BASE/requests/$id")
    case $(jq -r .status <<<"$answer") in
      success) break ;;
      failed | cancelled) echo "job $1 failed" >&2; return 1 ;;
    esac
  done
  curl -sSf -o "$file.part" "$(jq -r '.outcome.media_urls[0].url' <<<"$answer")"
  mv "$file.part" "$file"
}
export -f job

missing=$(for i in $(seq "$2"); do [ -e "out/job-$i.mp4" ] || echo "$i"; done)
[ -n "$missing" ] || exit 0
video=$(upload clips/host.mp4 mp4 video/mp4)
SOUND=$(upload audio/hello.wav wav audio/wav)
identified=$(curl -sSf -H "$AUTH" -H "$JSON" -d "{\"model\":\"kling-identify-face\",\"payload\":{\"video_url\":\"$video\"}}" "$BASE/requests")
SESSION=$(jq -r .outcome.data.session_id <<<"$identified") FACE=$(jq -r '.outcome.data.face_data[0].face_id' <<<"$identified")
export SOUND SESSION FACE
xargs -P "$3" -I{} bash -c 'job {}' <<<"$missing"
