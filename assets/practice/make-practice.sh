#!/bin/bash
# Makes practice.img.gz and practice.manifest.json beside this script: a small real NTFS volume with deleted files.
# Needs root (to mount), python3, ntfs-3g with its tools, gzip. The contents are the same at every run; of the volume, the
# times that the driver writes by itself differ.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
mounted=
cleanup() { [ -z "$mounted" ] || umount "$work/mount" || true; rm -rf "$work"; }
trap cleanup EXIT
export LC_ALL=C.UTF-8 PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1
mkdir "$work/mount"
image=$work/practice.img
truncate -s 12M "$image"
mkntfs --force --quick --quiet --zero-time --sector-size 512 --cluster-size 4096 --partition-start 0 \
  --heads 255 --sectors-per-track 63 --label Practice "$image"
# mkntfs draws the serial number; a fixed one keeps the ids of the files the same
for sector in 0 $(($(stat -c %s "$image") / 512 - 1)); do
  printf '\x01\x5a\xa1\x70\x52\x50\xac\x1c' | dd of="$image" bs=1 seek=$((sector * 512 + 72)) conv=notrunc status=none
done
with_mount() {
  ntfs-3g -o compression,streams_interface=windows,noatime "$image" "$work/mount"; mounted=yes
  "$@"
  umount "$work/mount"; mounted=
  sleep 1
}
with_mount python3 "$here/practice_files.py" fill "$work/mount" "$work/state"
with_mount python3 "$here/practice_files.py" delete "$work/mount" "$work/state"
ntfsfix --no-action "$image" > /dev/null
python3 "$here/practice_files.py" manifest "$image" "$work/state" > "$here/practice.manifest.json"
gzip -9 --no-name --stdout "$image" > "$here/practice.img.gz"
ls -l "$here/practice.img.gz" "$here/practice.manifest.json"
