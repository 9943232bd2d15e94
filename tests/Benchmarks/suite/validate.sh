# Sourced by run.sh: is this file right?
for jobs in 1 100 10000; do
  inputs "$jobs"
  cd "$folder"
  # One round with 10,000 takes some ten seconds.
  [ "$jobs" = 10000 ] && rounds=5 MEMORY=along || rounds=15 MEMORY=
  compare "validate-$jobs" "$rounds" \
    'gkflow validate' "$gkflow validate flow.yaml" \
    'gkflow validate, as a matrix' "$gkflow validate matrix.yaml" \
    'ajv validate' "$ajv validate --spec=draft2020 --strict=false -c ajv-formats -s $root/schemas/flow.v1.schema.json -d flow.yaml" \
    'promptfoo validate' "$promptfoo validate config -c promptfooconfig.yaml"
done
MEMORY=
