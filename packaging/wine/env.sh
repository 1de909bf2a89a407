# sourced by the scripts beside it; WINE_WORK = a directory of your own, outside the repository
: "${WINE_WORK:?set WINE_WORK to a directory for the prefix and the Windows JRE}"
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export HOME=$WINE_WORK/home WINEPREFIX=$WINE_WORK/prefix WINEARCH=win64 WINEDEBUG=${WINEDEBUG:--all}
export WINEDLLOVERRIDES='mscoree,mshtml=;winemenubuilder.exe=d'
WINE=/usr/lib/wine/wine64 WINESERVER=/usr/lib/wine/wineserver64
winpath() { printf 'Z:%s' "${1//\//\\}"; }
JRE_FLAGS=("-Djava.security.properties=$(winpath "$HERE/wine-security.properties")")
