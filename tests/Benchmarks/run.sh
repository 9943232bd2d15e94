#!/usr/bin/env bash
# Measures start-up and planning of the published program. By hand, never in CI: wall-clock figures belong to a quiet machine.
#   bash tests/Benchmarks/run.sh            (needs hyperfine, jq and GNU time; Debian: apt-get install hyperfine jq time)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for tool in hyperfine jq dotnet; do
  command -v "$tool" >/dev/null || { echo "$tool is missing." >&2; exit 1; }
done
[ -x /usr/bin/time ] || { echo "GNU time is missing." >&2; exit 1; }

dotnet publish "$root/src/GmiKlingFlow.Cli" -c Release -o "$work/gkflow" -v q --nologo >/dev/null
dotnet publish "$here/Empty" -c Release -o "$work/empty" -v q --nologo >/dev/null
gkflow=$work/gkflow/gkflow

echo "## Start-up"
hyperfine -N --warmup 3 --runs "${RUNS:-40}" --export-json "$work/start.json" \
  -n 'empty .NET program' "$work/empty/Empty" \
  -n 'gkflow --version' "$gkflow --version" \
  -n 'gkflow --help' "$gkflow --help" \
  -n 'gkflow validate quickstart' "$gkflow validate $root/examples/quickstart/flow.yaml" \
  -n 'gkflow plan quickstart' "$gkflow plan $root/examples/quickstart/flow.yaml" >/dev/null 2>&1
printf '| command | wall, median ms | wall, least ms | CPU, ms | times the empty program: median, least, CPU |\n|---|---|---|---|---|\n'
jq -r 'def ms: . * 10000 | round / 10; def cpu: .user + .system; def times($b): . / $b * 100 | round / 100;
  .results[0] as $e | .results[] |
  "| \(.command) | \(.median | ms) | \(.min | ms) | \(cpu | ms) | \(.median | times($e.median)), \(.min | times($e.min)), \(cpu | times($e | cpu)) |"' "$work/start.json"

echo
echo "## Planning"
flow() { # flow JOBS: a flow whose matrix makes that many jobs
  mkdir -p "$work/$1"
  cp -r "$root/examples/quickstart/clips" "$root/examples/quickstart/audio" "$work/$1/"
  {
    printf 'apiVersion: gmiklingflow/v1\nkind: Flow\nname: bench\n'
    printf 'vars: { lead_in: 250ms }\n'
    printf 'videos:\n  host: { source: clips/host.mp4, faces: { anna: { only: true } } }\n'
    printf 'audio:\n  hello: { source: audio/hello.wav }\njobs:\n'
    printf '  - id: "job-{{ matrix.a }}-{{ matrix.b }}"\n    matrix:\n'
    printf '      a: [%s]\n' "$(seq -s, 1 "$(($1 / 100))")"
    printf '      b: [%s]\n' "$(seq -s, 1 100)"
    printf '    labels: { a: "{{ matrix.a }}" }\n    video: host\n    faces:\n'
    printf '      - face: anna\n        audio: hello\n        sound_volume: "{{ 1 + matrix.b / 1000 }}"\n'
    printf '        sound_insert_time: "{{ matrix.a %% 500 }}"\n'
  } >"$work/$1/flow.yaml"
}
printf '| command | median wall, s | peak memory, MB |\n|---|---|---|\n'
measure() { # measure LABEL COMMAND...
  local label=$1 walls=() peak=0
  shift
  for _ in 1 2 3; do
    /usr/bin/time -f '%e %M' -o "$work/time" "$@" >"$work/stdout" 2>"$work/stderr" || { cat "$work/stderr" >&2; exit 1; }
    read -r wall kb < <(tail -n 1 "$work/time")
    walls+=("$wall")
    [ "$kb" -gt "$peak" ] && peak=$kb
  done
  printf '| %s | %s | %s |\n' "$label" "$(printf '%s\n' "${walls[@]}" | sort -n | sed -n 2p)" "$((peak / 1024))"
}
for jobs in 10000 100000; do
  flow "$jobs"
  measure "validate, $jobs jobs" "$gkflow" validate "$work/$jobs/flow.yaml"
  measure "plan, $jobs jobs" "$gkflow" plan "$work/$jobs/flow.yaml"
  measure "plan --format json, $jobs jobs" "$gkflow" plan --format json "$work/$jobs/flow.yaml"
done

echo
echo "## Durable transitions, CPU per job without the network"
dotnet run -c Release --project "$root/tests/GmiKlingFlow.Runtime.Tests" -- -class '*DurableSpeed' -explicit only -showLiveOutput -noColor | sed -n 's/.*\[OUTPUT\] /- /p'
