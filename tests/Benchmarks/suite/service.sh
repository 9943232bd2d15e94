# Sourced by the parts that run jobs: the simulated service in a process of its own.
serve() { # serve SPEED: its address in $base
  # Without ffmpeg it hands the source out: rendering is not the question.
  rm -f "$work/simulator.txt"
  mkdir -p "$work/no-ffmpeg"
  DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")} PATH=$work/no-ffmpeg "$gkflow" simulate --port 0 --seed 1 --speed "$1" >"$work/simulator.txt" 2>"$work/simulator.log" &
  simulator=$!
  until [ -s "$work/simulator.txt" ]; do sleep 0.2; done
  base=$(grep -o 'http://[^ ]*' "$work/simulator.txt" | head -n 1)
  export GMI_API_KEY=bench
}

unserve() {
  kill "$simulator"
  wait "$simulator" || true
  simulator=
}

# called METHOD-AND-PATH: how often the service was called so
called() { curl -sS "${base%/api/*}/_simulator/ledger" | jq --arg call "$1" '.calls[$call] // 0'; }

# batch JOBS SLOTS: a folder with the jobs, run so many at once; its path in $folder
batch() {
  inputs "$1"
  grep -q "^run:" "$folder/flow.yaml" || printf 'run: { concurrency: %s }\n' "$2" >>"$folder/flow.yaml"
}
