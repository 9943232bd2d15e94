#!/usr/bin/env bash
# How well a run fills its places in flight, and what each job and poll costs this machine: the published program against the simulator in another process.
#   bash tests/Benchmarks/orchestration.sh   [JOBS PLACES SECONDS [SPREAD]]   (needs jq, curl; prints Markdown tables; six minutes; GKFLOW_PUBLISHED=DIR takes a published program)
# "first" knows no duration; "later" is the same batch once more on the same state (--fresh), and knows all of them. The least time is a proven lower bound:
# the longest job, the sum by the places, and what whole waves take. "As seen" counts durations from the submission to the answer that told of the end.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
simulator=
trap '[ -z "$simulator" ] || kill "$simulator" 2>/dev/null || true; rm -rf "$work"' EXIT
for tool in jq curl; do
  command -v "$tool" >/dev/null || { echo "$tool is missing." >&2; exit 1; }
done
published=${GKFLOW_PUBLISHED:-}
if [ -z "$published" ]; then
  published=$work/gkflow
  dotnet publish "$root/src/GmiKlingFlow.Cli" -c Release -o "$published" -v q --nologo >/dev/null
fi
mkdir "$work/bin" # no ffmpeg: the simulator hands the source out
dotnet=$(command -v dotnet)
runtime=${DOTNET_ROOT:-$(dirname "$(readlink -f "$dotnet")")}
hz=$(getconf CLK_TCK)

flow() { # flow DIR JOBS
  mkdir "$1"
  cp -r "$root/examples/quickstart/clips" "$root/examples/quickstart/audio" "$1/"
  {
    printf 'apiVersion: gmiklingflow/v1\nkind: Flow\nname: bench\n'
    printf 'videos:\n  host: { source: clips/host.mp4, faces: { anna: { only: true } } }\naudio:\n  hello: { source: audio/hello.wav }\n'
    printf 'jobs:\n'
    printf '  - id: "job-{{ matrix.a }}-{{ matrix.b }}"\n    matrix:\n      a: [%s]\n      b: [%s]\n' "$(seq -s, 1 "$(($2 / 100))")" "$(seq -s, 1 100)"
    printf '    video: host\n    faces:\n      - face: anna\n        audio: hello\n'
    printf '        sound_volume: "{{ 1 + matrix.b / 1000 }}"\n        sound_insert_time: "{{ matrix.a %% 500 }}"\n'
  } >"$1/flow.yaml"
}

run() { # run DIR PLACES NAME: what the program used stands in DIR/NAME.use.json
  local at=$1 peak=0 files=0 cpu=0 now open most=0 switch=()
  [ "$3" = first ] || switch=(--fresh)
  GMI_API_KEY=bench "$published/gkflow" run "$at/flow.yaml" --base-url "$url" --concurrency "$2" "${switch[@]}" \
    --format json --log-level error >"$at/$3.events.jsonl" 2>"$at/run.log" &
  local run=$!
  while kill -0 "$run" 2>/dev/null; do
    peak=$(awk '/^VmHWM/ {print $2}' "/proc/$run/status" 2>/dev/null || true); [ -z "$peak" ] || most=$peak
    open=$(find "/proc/$run/fd" -mindepth 1 2>/dev/null | wc -l); [ "$open" -le "$files" ] || files=$open
    now=$(awk -v hz="$hz" '{print ($14 + $15) / hz}' "/proc/$run/stat" 2>/dev/null || true); [ -z "$now" ] || cpu=$now
    sleep 0.5
  done
  wait "$run" || { tail "$at/run.log" >&2; exit 1; }
  jq -n --argjson cpu "$cpu" --argjson kb "$most" --argjson files "$files" '{cpu: $cpu, mb: ($kb / 1024), files: $files}' >"$at/$3.use.json"
  cp "$at/out/bench/results.json" "$at/$3.results.json"
  curl -s -H 'Authorization: Bearer bench' "$url/requests?model_id=kling-lip-sync" >"$at/$3.requests.json"
}

tell() { # tell DIR PLACES SECONDS SPREAD NAME
  # shellcheck disable=SC2016
  jq -r --argjson places "$2" --argjson takes "$3" --argjson spread "$4" --arg name "$5" \
    --slurpfile use "$1/$5.use.json" --slurpfile served "$1/$5.requests.json" '
    def at: sub("\\.\\d+Z$"; "Z") as $whole | ($whole | fromdate) + ((capture("\\.(?<part>\\d+)Z$").part // "0") | ("0." + .) | tonumber);
    def r2: . * 100 | round / 100;
    def r3: . * 1000 | round / 1000;
    def percent: "\(. * 1000 | round / 10) %";
    # Of any kC + 1 jobs one place gets k + 1, so no schedule is shorter than the k + 1 shortest of the kC + 1 longest.
    def least: sort_by(-.) as $long | (length - 1) as $last
      | [$long[0], (add / $places), (range(1; ($last / $places | floor) + 1) as $k | $long[$k * $places - $k : $k * $places + 1] | add)] | max;
    [.jobs[].steps[] | select(.model == "kling-lip-sync") | {from: (.submitted_at | at), to: (.finished_at | at), polls}] as $syncs
    | ($syncs | map(.to - .from)) as $seen | ($syncs | length) as $jobs | ([$syncs[].polls] | add) as $polls
    | ([.jobs[].steps[] | select(.model == "kling-lip-sync") | .request_id] | INDEX(.)) as $ours
    | (if $spread == 1 then [range($jobs) | $takes]
       else [$served[0].requests[] | select($ours[.request_id]) | .updated_at - .created_at] end) as $service
    | (.summary.wall_ms / 1000) as $wall | ([$syncs[].from] | min) as $first | ([$syncs[].to] | max) as $final
    | ($service | least) as $bound
    | "| \($jobs) | \($places) | \(if $spread == 1 then "\($takes) s" else "\($takes / 5) to \($takes / 5 * 4 * $spread | round) s" end) | \($name) | \($wall * 10 | round / 10) s | \($wall / (($service | add) / $places) | r3) | \($wall / $bound | r3) | \($wall / ($seen | least) | r3) | \((($seen | add) - ($service | add)) / ($service | add) | percent) | \((($final - $first) * $places - ($seen | add)) / ($service | add) | percent) | \(($wall - ($final - $first)) | r2) s | \($polls / $jobs | r2) |"
      + "\n" + "| \($jobs) | \($places) | \($name) | \($use[0].cpu * 1000 / $jobs | r2) | \($use[0].cpu * 1000 / ($jobs + $polls) | r2) | \($use[0].cpu / $wall | percent) | \($use[0].mb | round) | \($use[0].files) |"' \
    "$1/$5.results.json"
}

measure() { # measure JOBS PLACES SECONDS SPREAD [RUNS]: each request takes SECONDS at the service; what is work of it, up to SPREAD times as long
  local at=$work/$1-$2-$3-$4 name
  flow "$at" "$1"
  DOTNET_ROOT=$runtime PATH=$work/bin "$published/gkflow" simulate --port 0 --seed 1 --speed "$(jq -n "5 / $3")" --spread "$4" >"$at/simulator.txt" 2>"$at/simulator.log" &
  simulator=$!
  until [ -s "$at/simulator.txt" ]; do sleep 0.2; done
  url=$(grep -o 'http://[^ ]*' "$at/simulator.txt" | head -n 1)
  for name in ${5:-first later}; do
    run "$at" "$2" "$name"
    tell "$at" "$2" "$3" "$4" "$name" >"$at/$name.rows"
    sed -n 1p "$at/$name.rows" >>"$work/times"
    sed -n 2p "$at/$name.rows" >>"$work/costs"
  done
  kill "$simulator"
  wait "$simulator" 2>/dev/null || true
  simulator=
}

if [ $# -ge 3 ]; then
  measure "$1" "$2" "$3" "${4:-1}"
else
  measure 1000 50 10 1 first
  measure 500 50 5 1 first
  measure 300 50 2 3
  measure 5000 5000 50 1 first
fi
echo '| jobs | places | a request takes | run | wall time | times sum / places | times the least | times the least, as seen | seen late | places empty | start and end | polls per job |'
echo '|---|---|---|---|---|---|---|---|---|---|---|---|'
cat "$work/times"
echo
echo '| jobs | places | run | CPU per job, ms | CPU per job and poll, ms | CPU, share of one core | memory (RSS), MB | descriptors |'
echo '|---|---|---|---|---|---|---|---|'
cat "$work/costs"
