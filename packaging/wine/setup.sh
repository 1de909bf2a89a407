#!/bin/bash
# setup.sh <zip that contains */jre/bin/java.exe> : an empty WINE_WORK becomes a prefix with fonts and a Windows JRE
set -e
ZIP=$(realpath "$1"); mkdir -p "$WINE_WORK/home"; . "$(dirname "$0")/env.sh"; cd "$WINE_WORK"
[ -d jre ] || { unzip -q "$ZIP" '*/jre/*' -d unpack; mv unpack/*/jre jre; rm -r unpack; }
DISPLAY= unshare -n $WINE wineboot -i >/dev/null 2>&1
unshare -n $WINESERVER -w
for d in Desktop Documents Downloads Music Pictures Videos; do
  u="prefix/drive_c/users/$(id -un)/$d"; if [ -L "$u" ]; then rm "$u"; fi; mkdir -p "$u"   # no links into the real home
done
cp /usr/share/wine/fonts/tahoma*.ttf /usr/share/fonts/truetype/liberation/LiberationSans-*.ttf \
   /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf prefix/drive_c/windows/Fonts/
unshare -n $WINE regedit /S "$(winpath "$HERE/fonts.reg")"
unshare -n $WINE winecfg -v win10
unshare -n $WINE jre/bin/java.exe "${JRE_FLAGS[@]}" -version
unshare -n $WINESERVER -w
