#!/usr/bin/env bash
# Downloads of the program's downloader against curl, in turn, from the simulator in another process over loopback.
#   bash tests/Benchmarks/downloads.sh      (needs curl; prints a Markdown table; two minutes; GKFLOW_PUBLISHED=DIR takes a published program)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
simulator=
memory=
trap '[ -z "$simulator" ] || kill "$simulator" 2>/dev/null || true; rm -rf "$work" ${memory:+"$memory"}' EXIT
published=${GKFLOW_PUBLISHED:-}
if [ -z "$published" ]; then
  published=$work/gkflow
  dotnet publish "$root/src/GmiKlingFlow.Cli" -c Release -o "$published" -v q --nologo >/dev/null
fi

# A video, with so much free space in it: the box says how long it is, and every player passes over it.
media() { # media NAME MEGABYTES
  cp "$root/examples/quickstart/clips/host.mp4" "$work/media/$1"
  [ "$2" -eq 0 ] || {
    printf "\\x$(printf %08x $(($2 * 1000000)) | sed 's/../&\\x/g; s/\\x$//')free"
    head -c $(($2 * 1000000 - 8)) /dev/zero
  } >>"$work/media/$1"
}
mkdir "$work/media"
media large.mp4 400
media middle.mp4 10
media small.mp4 0
"$published/gkflow" simulate --port 0 --media "$work/media" >"$work/simulator.txt" 2>"$work/simulator.log" &
simulator=$!
until [ -s "$work/simulator.txt" ]; do sleep 0.2; done
url=$(grep -o 'http://[^ ]*' "$work/simulator.txt" | head -n 1)

# On the disk, and where there is no disk to wait for: what the program itself takes.
places=(disk)
[ ! -d /dev/shm ] || places+=(memory)
echo '| on | files | curl, MB/s | gkflow, MB/s | times curl | times curl, sync | times curl, sync, sha256sum | CPU for each file, ms |'
echo '|---|---|---|---|---|---|---|---|'
for place in "${places[@]}"; do
  folder=$work/files
  [ "$place" = disk ] || { folder=$(mktemp -d /dev/shm/gkflow.XXXXXX); memory=$folder; }
  mkdir -p "$folder"
  TMPDIR=$folder GKFLOW_BENCH_ON=$place GKFLOW_BENCH_MEDIA=${url%/api/*}/media dotnet run -c Release --project "$root/tests/GmiKlingFlow.Runtime.Tests" -- \
    -class '*DownloadSpeed' -explicit only -showLiveOutput -noColor -parallel none 2>/dev/null | sed -n 's/.*\[OUTPUT\] //p'
done
