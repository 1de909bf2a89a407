#!/bin/bash
# what the profile wine does before its tests: says what is missing, or builds the doubles and starts the Windows JVM once
set -e
cd "$(dirname "$0")"
skip() { echo "Tests on the Windows JVM are skipped: $1 (docs/windows.md says how to get it)."; exit 0; }
[ -x /usr/lib/wine/wine64 ] || skip "no 64-bit Wine in /usr/lib/wine"
[ -x /usr/bin/x86_64-w64-mingw32-gcc ] || skip "no x86_64-w64-mingw32-gcc in /usr/bin"
[ -x /usr/bin/Xvfb ] || skip "no Xvfb in /usr/bin"
[ -n "$WINE_WORK" ] || skip "WINE_WORK is not set"
[ -f "$WINE_WORK/jre/bin/java.exe" ] || skip "no Windows Java in WINE_WORK"
./doubles.sh
. ./env.sh
if ! told=$(timeout -k 5 120 "$WINE" "$WINE_WORK/jre/bin/java.exe" "${JRE_FLAGS[@]}" -version 2>&1); then
  echo "$told"; echo "The Windows Java in WINE_WORK does not start under Wine: packaging/wine/setup.sh makes such a folder anew." >&2; exit 1
fi
echo "$told" | grep -m 1 Runtime
