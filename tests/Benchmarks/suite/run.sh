# Sourced by run.sh: a whole run against the simulated service, as it answers by default (a lip-sync takes 5 s).
# shellcheck source=service.sh
source "$here/suite/service.sh"
jobs=50 slots=25
batch "$jobs" "$slots"
cd "$folder"
serve 1

polls=0 posts=0
count_calls() { # count_calls GROUP NAME: how many calls this run made, for each job
  local polled posted
  polled=$(called 'GET /requests/{id}') posted=$(called 'POST /requests')
  jq -nc --arg group "$1" --arg name "$2" --argjson polls $((polled - polls)) --argjson posts $((posted - posts)) --argjson jobs "$jobs" \
    '{group: $group, name: $name, facts: {"polls per job": ($polls / $jobs), "paid requests": $posts}}' >>"$raw"
  polls=$polled posts=$posted
}

# Each starts with nothing. Ten seconds is what no schedule can beat: two waves of 5 s.
BEFORE="rm -rf $folder/.gkflow $folder/out" MEMORY=along AFTER=count_calls WARM_UP=1 compare run 3 \
  'gkflow run' "$gkflow run flow.yaml --base-url $base --no-progress" \
  'shell loop, asks every second' "bash $here/suite/shell-loop.sh $base $jobs $slots 1" \
  'shell loop, asks every 5 s' "bash $here/suite/shell-loop.sh $base $jobs $slots 5"
unserve
