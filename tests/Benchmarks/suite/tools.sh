# Sourced by run.sh: installs what is missing, publishes what is measured, notes the machine.
need() { # need COMMAND PACKAGE
  command -v "$1" >/dev/null 2>&1 && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing $2 with apt..." >&2
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null
    command -v "$1" >/dev/null 2>&1 && return
  fi
  echo "\"$1\" is missing. Install it (on Debian and Ubuntu: sudo apt-get install $2) and start again." >&2
  exit 1
}

need hyperfine hyperfine
need jq jq
need /usr/bin/time time
need curl curl
need make make
need snakemake snakemake
need node nodejs
need npm npm
command -v dotnet >/dev/null || { echo "\"dotnet\" is missing: https://dotnet.microsoft.com/download" >&2; exit 1; }

peers=$here/peers
if ! cmp -s "$peers/package-lock.json" "$peers/node_modules/.installed"; then
  echo "Installing ajv-cli and promptfoo with npm (600 MB)..." >&2
  npm ci --prefix "$peers" --no-audit --no-fund --ignore-scripts >"$work/npm" 2>&1 || { cat "$work/npm" >&2; exit 1; }
  cp -- "$peers/package-lock.json" "$peers/node_modules/.installed"
fi
ajv=$peers/node_modules/.bin/ajv
promptfoo=$peers/node_modules/.bin/promptfoo

published=${GKFLOW_PUBLISHED:-}
if [ -z "$published" ]; then
  published=$work/gkflow
  dotnet publish "$root/src/GmiKlingFlow.Cli" -c Release -o "$published" -v q --nologo >/dev/null
fi
gkflow=$published/gkflow
# Published as gkflow is: ready to run, with the framework of the machine.
dotnet publish "$here/Empty" -c Release -o "$work/empty" -v q --nologo >/dev/null
empty=$work/empty/Empty

version() { "$@" 2>/dev/null | grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)?' | head -n 1; }
jq -n \
  --arg cpu "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
  --argjson cores "$(nproc)" \
  --argjson memoryGb "$(awk '/^MemTotal/ {print int($2 / 1048576 + 0.5)}' /proc/meminfo)" \
  --arg system "$(. /etc/os-release && echo "$PRETTY_NAME"), Linux $(uname -r | grep -oE '^[0-9]+\.[0-9]+')" \
  --arg dotnet "$(dotnet --list-runtimes | sed -n 's/^Microsoft.NETCore.App \([^ ]*\).*/\1/p' | tail -n 1)" \
  --arg commit "$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)" \
  --arg hyperfine "$(version hyperfine --version)" --arg node "$(version node --version)" --arg curl "$(version curl --version)" \
  --arg make "$(version make --version)" --arg snakemake "$(version snakemake --version)" \
  --arg ajv "$(jq -r '.packages["node_modules/ajv-cli"].version' "$peers/package-lock.json")" \
  --arg promptfoo "$(jq -r '.packages["node_modules/promptfoo"].version' "$peers/package-lock.json")" \
  '{cpu: $cpu, cores: $cores, memory_gb: $memoryGb, system: $system, commit: $commit,
    versions: {".NET": $dotnet, hyperfine: $hyperfine, node: $node, "ajv-cli": $ajv, promptfoo: $promptfoo, "GNU make": $make, Snakemake: $snakemake, curl: $curl}}' >"$work/machine.json"
