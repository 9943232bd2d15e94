# Sourced by run.sh: is this file right?
for jobs in 1 100 10000; do
  inputs "$jobs"
  cd "$folder"
  compare "validate-$jobs" "$([ "$jobs" = 10000 ] && echo 7 || echo 15)" \
    'gkflow validate' "$gkflow validate flow.yaml" \
    'gkflow validate, as a matrix' "$gkflow validate matrix.yaml" \
    'ajv validate' "$ajv validate --spec=draft2020 --strict=false -c ajv-formats -s $root/schemas/flow.v1.schema.json -d flow.yaml" \
    'promptfoo validate' "$promptfoo validate config -c promptfooconfig.yaml"
done
