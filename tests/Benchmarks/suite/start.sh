# Sourced by run.sh: from nothing to an answer.
cd "$root/examples/quickstart"
compare start 25 \
  'empty .NET program' "$empty" \
  'gkflow --version' "$gkflow --version" \
  'gkflow --help' "$gkflow --help" \
  'gkflow validate' "$gkflow validate flow.yaml" \
  'gkflow plan' "$gkflow plan flow.yaml" \
  'make --version' 'make --version' \
  'ajv help' "$ajv help" \
  'snakemake --version' 'snakemake --version' \
  'promptfoo --version' "$promptfoo --version"
