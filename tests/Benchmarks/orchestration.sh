#!/usr/bin/env bash
# How well a run fills its places in flight, and what each job and poll costs this machine: the published program against the simulator in another process.
#   bash tests/Benchmarks/orchestration.sh   [JOBS PLACES SECONDS]   (needs jq; prints a Markdown table; four minutes; GKFLOW_PUBLISHED=DIR takes a published program)
# The least time that any schedule needs is the sum of the durations divided by the places. "service": durations as the simulator has them, 5 s each.
# "seen": from each submission to the answer that told of the end, so that what polling adds is left out and the rest is the scheduler's.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
simulator=
trap '[ -z "$simulator" ] || kill "$simulator" 2>/dev/null || true; rm -rf "$work"' EXIT
command -v jq >/dev/null || { echo "jq is missing." >&2; exit 1; }
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

measure() { # measure JOBS PLACES SECONDS: each request takes SECONDS at the service
  local at=$work/$1-$2 peak=0 files=0 cpu=0 now open
  flow "$at" "$1"
  DOTNET_ROOT=$runtime PATH=$work/bin "$published/gkflow" simulate --port 0 --seed 1 --speed "$(jq -n "5 / $3")" >"$at/simulator.txt" 2>"$at/simulator.log" &
  simulator=$!
  until [ -s "$at/simulator.txt" ]; do sleep 0.2; done
  GMI_API_KEY=bench "$published/gkflow" run "$at/flow.yaml" --base-url "$(grep -o 'http://[^ ]*' "$at/simulator.txt" | head -n 1)" \
    --concurrency "$2" --format json --log-level error >"$at/events.jsonl" 2>"$at/run.log" &
  local run=$!
  while kill -0 "$run" 2>/dev/null; do
    peak=$(awk '/^VmHWM/ {print $2}' "/proc/$run/status" 2>/dev/null || true); [ -z "$peak" ] || most=$peak
    open=$(find "/proc/$run/fd" -mindepth 1 2>/dev/null | wc -l); [ "$open" -le "$files" ] || files=$open
    now=$(awk -v hz="$hz" '{print ($14 + $15) / hz}' "/proc/$run/stat" 2>/dev/null || true); [ -z "$now" ] || cpu=$now
    sleep 0.5
  done
  wait "$run" || { tail "$at/run.log" >&2; exit 1; }
  kill "$simulator"
  simulator=
  jq -r --argjson places "$2" --argjson takes "$3" --argjson cpu "$cpu" --argjson kb "$most" --argjson files "$files" '
    def at: sub("\\.(?<ms>\\d+)Z$"; "Z") as $s | ($s | fromdate) + (capture("\\.(?<ms>\\d+)Z$").ms | tonumber / 1000);
    def r2: . * 100 | round / 100;
    [.jobs[].steps[] | select(.model == "kling-lip-sync")] as $syncs | (.summary.wall_ms / 1000) as $wall
    | ([$syncs[] | (.finished_at | at) - (.submitted_at | at)] | add) as $seen | ([$syncs[].polls] | add) as $polls | ($syncs | length) as $jobs
    | "| \($jobs) | \($places) | \($takes) s | \($wall | round) s | \($wall / ($jobs * $takes / $places) | r2) | \($wall / ($seen / $places) | r2) | \($polls / $jobs | r2) | \($cpu * 1000 / $jobs | r2) | \($cpu * 1000 / ($jobs + $polls) | r2) | \($kb / 1024 | round) | \($files) |"' \
    "$at/out/bench/results.json"
}

echo '| jobs | places | a request takes | wall time | times the least, service | times the least, seen | polls per job | CPU per job, ms | CPU per job and poll, ms | memory (RSS), MB | descriptors |'
echo '|---|---|---|---|---|---|---|---|---|---|---|'
if [ $# -eq 3 ]; then
  measure "$@"
else
  measure 1000 64 5
  measure 5000 5000 50
fi
