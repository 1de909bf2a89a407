#!/bin/bash
# Makes src/test/resources/codec/*.wim with wimlib-imagex: text, machine code with many calls, noise, zeros and odd tails,
# packed with XPRESS (4, 8, 16, 32 KiB chunks) and LZX (32 KiB). The WIM's own table holds the SHA-1 of each content.
# Needs wimtools and python3. The contents are seeded; wimlib decides the packed bytes.
set -euo pipefail
out=$(cd "$(dirname "$0")/../resources/codec" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/in"
python3 - "$work/in" <<'PY'
import random, struct, sys
r = random.Random(20260101)
d = sys.argv[1] + "/"
words = [bytes(r.choices(b"abcdefghijklmnoprstuvwyz", k=r.randint(2, 9))) for _ in range(400)]
text = b" ".join(r.choices(words, k=12000))
open(d + "text.txt", "wb").write(text[:50001])
code = bytearray()
while len(code) < 70000:
    code += bytes(r.choices(b"\x55\x8b\xec\x83\x89\x45\xfc\x50\x51\xff\x75\x08\xc3\x90", k=r.randint(1, 7)))
    code += b"\xe8" + struct.pack("<i", r.choice([-len(code), 12_000_000 - len(code), r.randint(-40000, 40000), 0x1000 - len(code)]))
open(d + "code.bin", "wb").write(code)
open(d + "noise.bin", "wb").write(r.randbytes(9000) + text[:3000])
open(d + "long.bin", "wb").write(b"\0" * 40000 + b"abc" * 11000 + b"\xe8" * 64 + b"x" * 5)
open(d + "tiny.bin", "wb").write(b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")
PY
cd "$work"
for k in 4 8 16 32; do
  wimlib-imagex capture in "$out/xpress-${k}k.wim" --compress=xpress:80 --chunk-size=$((k * 1024)) --no-acls >/dev/null
done
wimlib-imagex capture in "$out/lzx-32k.wim" --compress=lzx:80 --chunk-size=32768 --no-acls >/dev/null
wimlib-imagex capture in "$out/lzx-32k-fast.wim" --compress=lzx:20 --chunk-size=32768 --no-acls >/dev/null
chmod 644 "$out"/*.wim
