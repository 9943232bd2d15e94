# Sourced by run.sh: what would be done, without doing it?
for jobs in 1 100 10000; do
  inputs "$jobs"
  cd "$folder"
  compare "plan-$jobs" "$([ "$jobs" = 10000 ] && echo 5 || echo 15)" \
    'gkflow plan' "$gkflow plan flow.yaml" \
    'gkflow plan, as a matrix' "$gkflow plan matrix.yaml" \
    'make -n' 'make -n' \
    'snakemake -n' 'snakemake -n -c1'
done
