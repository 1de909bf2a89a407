#!/bin/bash
# Makes src/test/resources/images/parts-*.img.gz with sfdisk, sgdisk and mkntfs: small disks that hold tables and the first sectors of volumes.
#   parts-mbr        two primary partitions, an extended one with three logical ones (NTFS in 1 and 5)
#   parts-gpt512     three partitions, one of them with an empty slot before it
#   parts-gpt4096    the same for sectors of 4096 bytes (through a loop device, needs root)
#   parts-gptbackup  parts-gpt512 with its MBR and primary table zeroed
#   parts-lost       MBR wiped; NTFS at 1 MiB; NTFS at 9 MiB whose boot sector is zeroed
#   volume-ntfs      no table: an NTFS volume from byte 0 on
# Needs fdisk, gdisk, ntfs-3g, util-linux. Identifiers are fixed; mkntfs puts the time and a random serial number into its volumes.
set -euo pipefail
out=$(cd "$(dirname "$0")/.." && mkdir -p resources/images && cd resources/images && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
MiB=2048
ntfs() { truncate -s "$2" "$1"; mkntfs -q -F -Q -s 512 -p "$3" -H 16 -S 63 -L "$4" "$1" >/dev/null 2>&1; }
put() { dd if="$1" of="$2" bs=1M seek="$3" conv=notrunc,sparse status=none; }
pack() { gzip -9nc "$1" >"$out/${1%.img}.img.gz"; }

truncate -s 32M parts-mbr.img
printf 'label: dos\nlabel-id: 0x5a1b0001\nunit: sectors\n1: start=%d,size=%d,type=7,bootable\n2: start=%d,size=%d,type=83\n3: start=%d,size=%d,type=f\n5: start=%d,size=%d,type=7\n6: start=%d,size=%d,type=c\n7: start=%d,size=%d,type=7\n' \
  $((1*MiB)) $((8*MiB)) $((9*MiB)) $((2*MiB)) $((11*MiB)) $((21*MiB)) $((12*MiB)) $((8*MiB)) $((21*MiB)) $((4*MiB)) $((26*MiB)) $((6*MiB)) | sfdisk -q parts-mbr.img
ntfs one.img 8M $((1*MiB)) FIRST; put one.img parts-mbr.img 1
ntfs five.img 8M $((12*MiB)) LOGICAL; put five.img parts-mbr.img 12
pack parts-mbr.img

truncate -s 16M parts-gpt512.img
sgdisk -o -U 5A1B0002-0000-4000-8000-000000000002 -n 1:2048:+1M -t 1:ef00 -c 1:"EFI" -n 3:6144:+8M -t 3:0700 -c 3:"Daten äöü" -n 4:24576:+2M -t 4:8300 -c 4:"linux" parts-gpt512.img >/dev/null
ntfs g.img 8M 6144 GPTVOL; put g.img parts-gpt512.img 3
pack parts-gpt512.img
cp parts-gpt512.img parts-gptbackup.img
dd if=/dev/zero of=parts-gptbackup.img bs=512 count=34 conv=notrunc status=none
pack parts-gptbackup.img

if [ "$(id -u)" = 0 ]; then
  truncate -s 16M parts-gpt4096.img
  loop=$(losetup -f --show -b 4096 parts-gpt4096.img)
  sgdisk -o -n 1:256:+4M -t 1:0700 -c 1:"large sectors" -n 2:2048:+1M -t 2:8300 -c 2:"two" "$loop" >/dev/null
  sync; losetup -d "$loop"
  pack parts-gpt4096.img
fi

truncate -s 24M parts-lost.img
ntfs l1.img 8M 2048 LOSTONE; put l1.img parts-lost.img 1
ntfs l2.img 8M 18432 LOSTTWO; put l2.img parts-lost.img 9
dd if=/dev/zero of=parts-lost.img bs=512 seek=$((9*MiB)) count=1 conv=notrunc status=none
pack parts-lost.img

ntfs volume-ntfs.img 8M 0 WHOLE
pack volume-ntfs.img
ls -l "$out"
