# Sourced by run.sh: the steps of a run inside the process, by BenchmarkDotNet.
(cd "$work" && dotnet run -c Release --project "$here/InProcess" -- --filter '*' --artifacts "$work/inside" >"$work/inside.log" 2>&1) || { tail -n 40 "$work/inside.log" >&2; exit 1; }
jq -c '.Benchmarks[] | {group: "inside", name: (.MethodTitle | gsub("^\u0027|\u0027$"; "")), facts: {"median, µs": (.Statistics.Median / 1000), "allocated, bytes": .Memory.BytesAllocatedPerOperation}}' \
  "$work"/inside/results/*-report-full.json >>"$raw"
