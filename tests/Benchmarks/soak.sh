#!/usr/bin/env bash
# A long run of the published program against the simulator in another process: shows whether the runner's memory and descriptors grow.
#   bash tests/Benchmarks/soak.sh [JOBS]     (default 10000; needs jq; by hand, never in CI; GKFLOW_PUBLISHED=DIR takes a published program)
#   RUN_HEAP_MB=192 bash tests/Benchmarks/soak.sh   the runner gets no more managed memory than that: if it finishes, what it keeps is bounded
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
jobs=${1:-10000}
work=$(mktemp -d)
simulator=
trap '[ -z "$simulator" ] || kill "$simulator" 2>/dev/null || true; rm -rf "$work"' EXIT
command -v jq >/dev/null || { echo "jq is missing." >&2; exit 1; }
published=${GKFLOW_PUBLISHED:-}
if [ -z "$published" ]; then
  published=$work/gkflow
  dotnet publish "$root/src/GmiKlingFlow.Cli" -c Release -o "$published" -v q --nologo >/dev/null
fi

# Without ffmpeg the simulator hands the source out: rendering ten thousand videos is not the question.
mkdir "$work/bin"
dotnet=$(command -v dotnet)
DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$dotnet")")} PATH=$work/bin "$published/gkflow" simulate --port 0 --seed 1 --speed 20 \
  --fault 'POST /requests: 504-accepted 2%' --fault 'POST /requests: 503 1%' --fault 'POST /requests: 429 1%' --fault 'GET /requests/*: 500 1%' \
  >"$work/simulator.txt" 2>"$work/simulator.log" &
simulator=$!
until [ -s "$work/simulator.txt" ]; do sleep 0.2; done
url=$(grep -o 'http://[^ ]*' "$work/simulator.txt" | head -n 1)

cp -r "$root/examples/quickstart/clips" "$root/examples/quickstart/audio" "$work/"
{
  printf 'apiVersion: gmiklingflow/v1\nkind: Flow\nname: soak\n'
  printf 'videos:\n  host: { source: clips/host.mp4, faces: { anna: { only: true } } }\n'
  printf 'audio:\n  hello: { source: audio/hello.wav }\n'
  printf 'run: { concurrency: 64, poll: { min: 1s, max: 2s }, settle_after: 5s }\njobs:\n'
  printf '  - id: "job-{{ matrix.a }}-{{ matrix.b }}"\n    matrix:\n      a: [%s]\n      b: [%s]\n' "$(seq -s, 1 "$((jobs / 100))")" "$(seq -s, 1 100)"
  printf '    video: host\n    faces:\n      - face: anna\n        audio: hello\n'
  printf '        sound_volume: "{{ 1 + matrix.b / 1000 }}"\n        sound_insert_time: "{{ matrix.a %% 500 }}"\n'
} >"$work/flow.yaml"

[ -z "${RUN_HEAP_MB:-}" ] || limit=$(printf '%x' "$((RUN_HEAP_MB * 1024 * 1024))")
env ${limit:+DOTNET_GCHeapHardLimit=$limit} GMI_API_KEY=soak "$published/gkflow" run "$work/flow.yaml" --base-url "$url" --format json --log-level error >"$work/events.jsonl" 2>"$work/run.log" &
run=$!
started=$SECONDS
echo "| jobs done | seconds | memory (RSS), MB | descriptors | threads | CPU, s |"
echo "|---|---|---|---|---|---|"
every=$((jobs / 10)) next=0
sample() { # sample DONE
  read -r rss threads < <(awk '/^VmRSS/ {rss = $2} /^Threads/ {threads = $2} END {print rss, threads}' "/proc/$run/status")
  cpu=$(awk -v hz="$(getconf CLK_TCK)" '{printf "%.0f", ($14 + $15) / hz}' "/proc/$run/stat")
  echo "| $1 | $((SECONDS - started)) | $((rss / 1024)) | $(find "/proc/$run/fd" -mindepth 1 2>/dev/null | wc -l) | $threads | $cpu |"
}
while kill -0 "$run" 2>/dev/null; do
  finished=$(grep -c 'job_finished' "$work/events.jsonl" || true)
  if [ "$finished" -ge "$next" ] && [ -r "/proc/$run/status" ]; then
    sample "$finished" 2>/dev/null || true
    next=$((finished / every * every + every))
  fi
  sleep 1
done
code=0
wait "$run" || code=$?
echo
echo "exit code $code; $(jq -c '.summary' "$work/out/soak/results.json")"
echo "state: $(du -k "$work/.gkflow/state.db" | cut -f 1) KB, intents.log: $(du -k "$work/.gkflow/intents.log" | cut -f 1) KB"
