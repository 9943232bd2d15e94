#!/usr/bin/env bash
# Measures gkflow beside programs that do the nearest work, and writes tables and plot into README.md. By hand, never in CI.
#   bash tests/Benchmarks/run.sh              everything (about half an hour)
#   bash tests/Benchmarks/run.sh start plan   some parts: start validate plan run resume durable inside; polling orchestration downloads
#   RUNS=5 ...                                other numbers of rounds;  GKFLOW_PUBLISHED=DIR takes a published program
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
simulator=
trap '[ -z "$simulator" ] || kill "$simulator" 2>/dev/null || true; rm -rf "$work"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# promptfoo would call home, and look for a newer one of itself.
export PROMPTFOO_DISABLE_TELEMETRY=1 PROMPTFOO_DISABLE_UPDATE=1 PROMPTFOO_CONFIG_DIR=$work/promptfoo

known=(start validate plan run resume durable inside polling orchestration downloads)
parts=("${@:-${known[@]}}")
for part in "${parts[@]}"; do
  [[ " ${known[*]} " == *" $part "* ]] || { echo "There is no part \"$part\". Parts: ${known[*]}" >&2; exit 2; }
done

# shellcheck source=suite/tools.sh
source "$here/suite/tools.sh"
# shellcheck source=suite/compare.sh
source "$here/suite/compare.sh"

for part in "${parts[@]}"; do
  raw=$work/$part.jsonl
  : >"$raw"
  if [ -f "$here/suite/$part.sh" ]; then
    echo "== $part" >&2
    # shellcheck source=/dev/null
    source "$here/suite/$part.sh"
    node "$here/report/collect.mjs" "$part" "$raw" "$work/machine.json" "$here/results/$part.json"
  elif [ -f "$here/$part.sh" ]; then
    # Prints its own tables.
    echo "== $part" >&2
    GKFLOW_PUBLISHED=$published bash "$here/$part.sh" >"$work/$part.md"
    cp "$work/$part.md" "$here/results/$part.md"
  fi
done
node "$here/report/write.mjs"
