#!/bin/bash
# builds the doubles that mingw can build as target/native/*.dll, for tests on the Windows JVM (the one of BackupWrite is for Linux only)
set -e
cd "$(dirname "$0")/../.."; mkdir -p target/native
for name in efs_double disk_double; do
  libs=(); [ $name = efs_double ] && libs=(-static -lpthread)
  x86_64-w64-mingw32-gcc -std=gnu11 -Wall -O1 -shared -o target/native/$name.dll src/test/native/$name.c "${libs[@]}"
done
