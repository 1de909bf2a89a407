#!/bin/bash
# builds the doubles of Windows' functions as target/native/*.dll, and the driver doubles as *.sys, for tests on the Windows JVM
set -e
cd "$(dirname "$0")/../.."
CC=x86_64-w64-mingw32-gcc
mkdir -p target/native
for source in src/test/native/*_double.c; do
  name=$(basename "$source" .c)
  $CC -std=gnu11 -Wall -O1 -shared -static -o "target/native/$name.dll" "$source" -lpthread
done
for source in packaging/wine/driver/*.c; do
  name=$(basename "$source" .c)
  $CC -Wall -O2 -I/usr/x86_64-w64-mingw32/include/ddk -shared -nostdlib -Wl,--subsystem,native -Wl,--entry,DriverEntry \
    -o "target/native/$name.sys" "$source" -lntoskrnl -lhal
done
