#!/usr/bin/env bash
# Writes the files and outputs that our pages show anew, from the program as it is.
set -euo pipefail
root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
GKFLOW_ACCEPT_BASELINES=1 dotnet run --project "$root/tests/GmiKlingFlow.EndToEnd.Tests" -- -noColor -class '*DocumentationTests'
GKFLOW_ACCEPT_BASELINES=1 dotnet run --project "$root/tests/GmiKlingFlow.Core.Tests" -- -noColor -method '*Page_Rules_IsMadeFromTheRulesAsTheyAre'
GKFLOW_ACCEPT_BASELINES=1 dotnet run --project "$root/tests/GmiKlingFlow.Cli.Tests" -- -noColor -method '*Page_Reference_IsMadeFromTheCommandsAsTheyAre'
