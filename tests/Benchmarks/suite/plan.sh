# Sourced by run.sh: what would be done, without doing it?
for jobs in 1 100 10000; do
  inputs "$jobs"
  cd "$folder"
  [ "$jobs" = 10000 ] && rounds=5 MEMORY=along || rounds=15 MEMORY=
  compare "plan-$jobs" "$rounds" \
    'gkflow plan' "$gkflow plan flow.yaml" \
    'gkflow plan, as a matrix' "$gkflow plan matrix.yaml" \
    'make -n' 'make -n' \
    'snakemake -n' 'snakemake -n -c1'
done
MEMORY=
