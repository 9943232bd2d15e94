# Sourced by run.sh: started again, after the end and after being killed half-way.
# shellcheck source=service.sh
source "$here/suite/service.sh"
jobs=50 slots=25
batch "$jobs" "$slots"
cd "$folder"
serve 1
loop="bash $here/suite/shell-loop.sh $base $jobs $slots 1"
again="$gkflow run flow.yaml --base-url $base --no-progress"

# Nothing to do: every program has its own finished work beside it.
rm -rf .gkflow out
$again >/dev/null 2>"$work/stderr" || { cat "$work/stderr" >&2; exit 1; }
for i in $(seq "$jobs"); do cp "out/bench/job-$i.mp4" out/; done
compare resume-nothing 15 \
  'gkflow run' "$again" \
  'make' 'make' \
  'snakemake' 'snakemake -c1 --quiet' \
  'shell loop' "$loop"

# Half-way: killed once with every process it has when half of the files are there; put back before every start.
half() { # half COMMAND: leaves its work in $work/half
  rm -rf .gkflow out
  # shellcheck disable=SC2086
  setsid $1 >/dev/null 2>&1 &
  local process=$!
  until [ "$(find out -name 'job-*.mp4' 2>/dev/null | wc -l)" -ge $((jobs / 2)) ]; do sleep 0.05; done
  kill -KILL -- "-$process"
  wait "$process" 2>/dev/null || true
  mkdir -p "$work/half"
  for kept in .gkflow out; do [ ! -d "$kept" ] || cp -a "$kept" "$work/half/"; done
}
count_paid() { # count_paid GROUP NAME
  local now
  now=$(called 'POST /requests')
  jq -nc --arg group "$1" --arg name "$2" --argjson posts $((now - paid)) '{group: $group, name: $name, facts: {"requests paid after the kill": $posts}}' >>"$raw"
  paid=$now
}
half "$again"
half "$loop"
paid=$(called 'POST /requests')
printf '#!/bin/sh\nrm -rf .gkflow out && cp -a "%s/." .\n' "$work/half" >"$work/put-back"
chmod +x "$work/put-back"
BEFORE="$work/put-back" MEMORY=along AFTER=count_paid WARM_UP=1 compare resume-half 3 \
  'gkflow run' "$again" \
  'shell loop' "$loop"
unserve
