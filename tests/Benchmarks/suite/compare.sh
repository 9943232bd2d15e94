# Sourced by run.sh. Every measurement is a line of $raw: {"group", "name", "round", "wall", "cpu"} in seconds, or {"group", "name", "memory"} in KB.

# compare GROUP ROUNDS NAME COMMAND [NAME COMMAND]...
# Runs all commands in turn, so that whatever else the machine does meets all of them; round 0 warms up and is not counted.
# BEFORE, a command, runs before each, untimed; AFTER, a function, gets group and name after each.
# MEMORY=along reads the memory of the timed runs, for commands that are long beside the millisecond this takes.
compare() {
  local group=$1 rounds=${RUNS:-$2} round
  shift 2
  for ((round = ${WARM_UP:-0}; round <= rounds; round++)); do
    each "$group" "$round" "$@"
  done
  while [ $# -gt 0 ]; do
    [ "${MEMORY:-}" = along ] || memory "$group" "$1" "$2"
    shift 2
  done
}

each() { # each GROUP ROUND NAME COMMAND...
  local group=$1 round=$2 watch=
  shift 2
  [ "${MEMORY:-}" != along ] || watch="/usr/bin/time -f %M -o $work/time "
  while [ $# -gt 0 ]; do
    hyperfine -N --runs 1 --style none ${BEFORE:+--prepare "$BEFORE"} --export-json "$work/one.json" "$watch$2" 2>"$work/hyperfine" >/dev/null || {
      cat "$work/hyperfine" >&2
      echo "Failed: $2" >&2
      exit 1
    }
    [ "$round" = 0 ] || jq -c --arg group "$group" --arg name "$1" --argjson round "$round" \
      '.results[0] | {group: $group, name: $name, round: $round, wall: .times[0], cpu: (.user + .system)}' "$work/one.json" >>"$raw"
    [ -z "$watch" ] || note_memory "$group" "$1" "$(tail -n 1 "$work/time")"
    [ -z "${AFTER:-}" ] || [ "$round" = 0 ] || "$AFTER" "$group" "$1"
    shift 2
  done
}

memory() { # memory GROUP NAME COMMAND: the most of any one process of the command, twice
  local peak=0 kb
  for _ in 1 2; do
    [ -z "${BEFORE:-}" ] || eval "$BEFORE"
    # shellcheck disable=SC2086
    /usr/bin/time -f %M -o "$work/time" $3 >/dev/null 2>"$work/stderr" || { cat "$work/stderr" >&2; exit 1; }
    kb=$(tail -n 1 "$work/time")
    [ "$kb" -gt "$peak" ] && peak=$kb
  done
  note_memory "$1" "$2" "$peak"
}

note_memory() { # note_memory GROUP NAME KB
  jq -nc --arg group "$1" --arg name "$2" --argjson memory "$3" '{group: $group, name: $name, memory: $memory}' >>"$raw"
}

inputs() { # inputs JOBS: a folder with the same jobs in each program's language; its path in $folder
  folder=$work/$1-jobs
  [ -d "$folder" ] && return
  node "$here/suite/inputs.mjs" "$1" "$folder"
  cp -r "$root/examples/quickstart/clips" "$root/examples/quickstart/audio" "$folder/"
}
