#!/bin/bash
# builds the doubles of Windows' functions as target/native/*.dll, and the driver double, for tests on the Windows JVM
set -e
cd "$(dirname "$0")/../.."
CC=x86_64-w64-mingw32-gcc
command -v $CC >/dev/null || { echo "No $CC here: the tests against the doubles are skipped."; exit 0; }
mkdir -p target/native
for source in src/test/native/*_double.c; do
  name=$(basename "$source" .c)
  $CC -std=gnu11 -Wall -O1 -shared -static -o "target/native/$name.dll" "$source" -lpthread
done
