#!/usr/bin/env bash
# Installs what the tests need beyond the .NET SDK, builds with warnings as errors, runs every test.
# The last line is "N passed, N failed"; the exit code is 0 only when nothing failed.
set -uo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
tests="$root/tests"
logs="$(mktemp -d)"
trap 'rm -rf -- "$logs"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

fail() {
    printf '\n%s\n' "$1" >&2
    echo "0 passed, 1 failed"
    exit 1
}

# Installs Debian packages when we may, else says what is missing.
need() { # COMMAND PACKAGE... -- WHY
    local command="$1" packages=() why
    shift
    while [ "$1" != "--" ]; do packages+=("$1"); shift; done
    why="$2"
    command -v "$command" >/dev/null 2>&1 && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing ${packages[*]} with apt..."
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"; } >"$logs/apt" 2>&1 || {
            cat "$logs/apt" >&2
            fail "\"$command\" is missing and apt could not install ${packages[*]}. $why"
        }
        command -v "$command" >/dev/null 2>&1 && return
    fi
    fail "\"$command\" is missing. $why Install it (on Debian and Ubuntu: sudo apt-get install ${packages[*]}) and start again."
}

command -v dotnet >/dev/null 2>&1 || fail "\"dotnet\" is missing. Install the .NET 10 SDK from https://dotnet.microsoft.com/download and start again."
need ffmpeg ffmpeg -- "The tests make and measure real media with it."
need ffprobe ffmpeg -- "The tests compare our reading of media with it."
need tmux tmux -- "The display of a run is tested in a real terminal, which tmux holds."
need npm nodejs npm -- "The schemas are judged by ajv, which runs on node."

# Any of the three will do.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 ||
    need chromium chromium -- "The HTML report is tested in a real browser."

for name in schema-tools report-tools; do
    tools="$tests/$name"
    cmp -s "$tools/package-lock.json" "$tools/node_modules/.installed" && continue
    echo "Installing the $name with npm..."
    npm ci --prefix "$tools" --no-audit --no-fund --ignore-scripts >"$logs/npm" 2>&1 || {
        cat "$logs/npm" >&2
        fail "npm could not install the $name."
    }
    cp -- "$tools/package-lock.json" "$tools/node_modules/.installed"
done

echo "Building..."
dotnet build "$root/GmiKlingFlow.sln" -v q -clp:NoSummary >"$logs/build" 2>&1 || {
    cat "$logs/build" >&2
    fail "The build failed."
}

if [ -z "${GKFLOW_PUBLISHED:-}" ]; then
    echo "Publishing the program for the end-to-end tests..."
    GKFLOW_PUBLISHED="$logs/published"
    dotnet publish "$root/src/GmiKlingFlow.Cli" -c Release -o "$GKFLOW_PUBLISHED" -v q -clp:NoSummary >"$logs/publish" 2>&1 || {
        cat "$logs/publish" >&2
        fail "Publishing failed."
    }
fi
export GKFLOW_PUBLISHED

passed=0
failed=0
for project in "$tests"/*.Tests/*.csproj; do
    name="$(basename -- "$project" .csproj)"
    log="$logs/$name"
    # Just built: "dotnet run" would ask MSBuild once more for each of them.
    dotnet "$(dirname -- "$project")"/bin/Debug/net*/"$name.dll" -noColor "$@" >"$log" 2>&1
    code=$?

    # "   NAME  Total: 62, Errors: 0, Failed: 1, Skipped: 0, ..." is what counts: a run without it has crashed.
    summary="$(grep -E "^ +$name +Total: [0-9]+" "$log" | tail -n 1)"
    number() { sed -nE "s/.*$1: ([0-9]+).*/\1/p" <<<"${summary:-}" | grep . || echo 0; }
    if [ -z "$summary" ]; then
        echo "$name: crashed (exit code $code)"
        tail -n 60 "$log"
        failed=$((failed + 1))
        continue
    fi

    total="$(number Total)" errors="$(number Errors)" wrong="$(number Failed)" skipped="$(number Skipped)"
    wrong=$((wrong + errors))
    # Tests that run by hand only are in the total as "Not Run".
    ok=$((total - wrong - skipped - $(number "Not Run")))
    # A test that did not run has shown nothing.
    if [ "$ok" -eq 0 ] && [ "$wrong" -eq 0 ]; then
        echo "$name: no test ran"
        wrong=1
    elif [ "$code" -ne 0 ] && [ "$wrong" -eq 0 ]; then
        echo "$name: ended with exit code $code"
        wrong=1
    fi
    [ "$wrong" -eq 0 ] || cat "$log"
    echo "$name: $ok passed, $wrong failed$([ "$skipped" -eq 0 ] || echo ", $skipped skipped")"
    passed=$((passed + ok))
    failed=$((failed + wrong))
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
