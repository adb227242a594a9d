#!/usr/bin/env bash
# Prints the options with which `swift build` and `swift test` are called in this checkout, one a line, and makes the
# folder they build in look like an installation: programs look for libraries in ../lib/squire and for manifests and suites
# in ../share/squire, beside the folder they are in, here as there.
#
# usage: build-flags.sh debug|release [option of swift build]…; the options are printed too
set -euo pipefail
source "$(dirname "$0")/common.sh"

mode=$1
bin=$(cd "$ROOT" && swift build -c "$mode" "${@:2}" --show-bin-path)
top=$(dirname "$bin")
mkdir -p "$top/lib" "$top/share/squire"
ln -sfn "$(PKG_CONFIG_PATH=$ROOT/.deps/llama/lib/pkgconfig pkg-config --variable=libdir llama)" "$top/lib/squire"
ln -sfn "$ROOT/manifests" "$top/share/squire/manifests"
ln -sfn "$ROOT/etc/eval" "$top/share/squire/eval"

printf '%s\n' -c "$mode" "${@:2}"
if [ "$(uname -s)" = Linux ]; then
    # DT_RPATH rather than DT_RUNPATH: it also serves the libraries that libraries need.
    # shellcheck disable=SC2016
    printf '%s\n' -Xlinker -rpath -Xlinker '$ORIGIN/../lib/squire' -Xlinker --disable-new-dtags
    if [ "$mode" = release ]; then
        # Programs that run where no Swift is installed.
        echo --static-swift-stdlib
        # C and Swift of the packages notice when their stack was written over, as our own do.
        printf '%s\n' -Xcc -fstack-protector-strong -Xswiftc -Xfrontend -Xswiftc -enable-stack-protector
    fi
fi
