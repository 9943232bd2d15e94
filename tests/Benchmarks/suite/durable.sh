# Sourced by run.sh: writes that must outlive a power cut, against what the disk gives to a program that does nothing else.
cd "$work"
for round in $(seq "${RUNS:-3}"); do
  seconds=$(LC_ALL=C dd if=/dev/zero of="$work/synced" bs=4096 count=4000 oflag=dsync 2>&1 | sed -n 's/.* copied, \([0-9.e-]*\) s.*/\1/p')
  jq -nc --argjson seconds "$seconds" '{group: "durable", name: "dd: 4 KB written and synced", facts: {"per second": (4000 / $seconds)}}' >>"$raw"
  (cd "$root" && dotnet run -c Release --project tests/GmiKlingFlow.Runtime.Tests -- -class '*DurableSpeed' -explicit only -showLiveOutput -noColor) | sed -n 's/.*\[OUTPUT\] //p' >"$work/durable"
  sed -n 's/^\([0-9]*\) durable transitions per second, \([0-9]*\) at once$/\1 \2/p' "$work/durable" | while read -r count writers; do
    jq -nc --argjson count "$count" --arg name "gkflow: transitions, writers at once: $writers" '{group: "durable", name: $name, facts: {"per second": $count}}' >>"$raw"
  done
  sed -n 's/^\([0-9.]*\) ms CPU per job over \([0-9]*\) jobs (\([0-9.]*\) of it the kernel.*/\1 \2 \3/p' "$work/durable" | while read -r cpu jobs kernel; do
    jq -nc --argjson cpu "$cpu" --argjson kernel "$kernel" --arg name "gkflow: $jobs jobs without the network" '{group: "durable", name: $name, facts: {"CPU per job, ms": $cpu, "of it the kernel, ms": $kernel}}' >>"$raw"
  done
done
