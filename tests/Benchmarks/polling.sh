#!/usr/bin/env bash
# Simulates ways to wait for requests, with the program's own schedule among them, and draws polling.svg. No clock, the same figures every time.
#   bash tests/Benchmarks/polling.sh          (two minutes)
#   bash tests/Benchmarks/polling.sh --live   (three minutes, needs jq: the published program against `gkflow simulate`, with real waits; GKFLOW_PUBLISHED=DIR takes a published program)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

if [ "${1:-}" != --live ]; then
  GKFLOW_PLOT="$here/polling.svg" dotnet run -c Release --project "$here/../GmiKlingFlow.Runtime.Tests" -- \
    -class '*WaitingBench' -explicit only -showLiveOutput -noColor | sed -n 's/.*\[OUTPUT\] //p' |
    awk '/^\|/ { print; next } { print (NR > 1 ? "\n" : "") $0 "\n" }'
  exit
fi

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
runtime=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}

live() { # live NAME JOBS PLACES SECONDS VOLUME: against the simulator that runs, on a state of its own
  local at=$work/$1
  mkdir -p "$at"
  cp -r "$root/examples/quickstart/clips" "$root/examples/quickstart/audio" "$at/"
  {
    printf 'apiVersion: gmiklingflow/v1\nkind: Flow\nname: bench\n'
    printf 'videos:\n  host: { source: clips/host.mp4, faces: { anna: { only: true } } }\naudio:\n  hello: { source: audio/hello.wav }\n'
    printf 'jobs:\n  - id: "job-{{ matrix.a }}"\n    matrix:\n      a: [%s]\n' "$(seq -s, 1 "$2")"
    printf '    video: host\n    faces:\n      - face: anna\n        audio: hello\n        sound_volume: %s\n        sound_insert_time: "{{ matrix.a }}"\n' "$5"
  } >"$at/flow.yaml"
  GMI_API_KEY=bench "$published/gkflow" run "$at/flow.yaml" --base-url "$url" --concurrency "$3" --state "$work/state-$1" --format json --log-level error \
    >"$at/events.jsonl" 2>"$at/run.log" || { tail "$at/run.log" >&2; exit 1; }
  jq -r --argjson places "$3" --argjson takes "$4" --arg run "$([ "$5" = 1 ] && echo first || echo later)" '
    def at: sub("\\.(?<ms>\\d+)Z$"; "Z") as $s | ($s | fromdate) + (capture("\\.(?<ms>\\d+)Z$").ms | tonumber / 1000);
    def r1: . * 10 | round / 10;
    [.jobs[].steps[] | select(.model == "kling-lip-sync")] as $syncs | ($syncs | length) as $jobs
    | [$syncs[] | ((.finished_at | at) - (.submitted_at | at)) / $takes - 1] as $late
    | "| \($takes) s | \($jobs) | \($places) | \($run) | \($late | add / $jobs * 100 | r1)% | \([$syncs[].polls] | add / $jobs | r1) | \($late | sort | .[($jobs * 0.95 | floor)] * 100 | r1)% |"' \
    "$at/out/bench/results.json"
}

serve() { # serve SECONDS: each request takes so long
  DOTNET_ROOT=$runtime PATH=$work/bin "$published/gkflow" simulate --port 0 --seed 1 --speed "$(jq -n "5 / $1")" >"$work/simulator.txt" 2>"$work/simulator.log" &
  simulator=$!
  until [ -s "$work/simulator.txt" ]; do sleep 0.2; done
  url=$(grep -o 'http://[^ ]*' "$work/simulator.txt" | head -n 1)
}

printf '| takes | jobs | in flight | run | mean delay | looks | delay, 95th percentile |\n|---|---|---|---|---|---|---|\n'
for case in "5 60 12" "9 24 4" "25 24 4"; do
  read -r takes jobs places <<<"$case"
  serve "$takes"
  live "of$takes" "$jobs" "$places" "$takes" 1
  live "of$takes" "$jobs" "$places" "$takes" 0.9
  kill "$simulator"
  wait "$simulator" 2>/dev/null || true
  simulator=
  rm "$work/simulator.txt"
done
