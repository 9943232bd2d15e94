#!/usr/bin/env bash
# Simulates ways to wait for requests, with the program's own schedule among them, and draws polling.svg. No clock, the same figures every time.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
GKFLOW_PLOT="$here/polling.svg" dotnet run -c Release --project "$here/../GmiKlingFlow.Runtime.Tests" -- \
  -class '*WaitingBench' -explicit only -showLiveOutput -noColor | sed -n 's/.*\[OUTPUT\] //p' |
  awk '/^\|/ { print; next } { print (NR > 1 ? "\n" : "") $0 "\n" }'
