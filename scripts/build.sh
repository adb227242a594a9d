#!/usr/bin/env bash
# Builds. usage: build.sh debug|release [option of swift build]…
set -euo pipefail
source "$(dirname "$0")/common.sh"

export PKG_CONFIG_PATH=$ROOT/.deps/llama/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
flags=$("$ROOT/scripts/build-flags.sh" "$1")
mapfile -t flags <<<"$flags"
cd "$ROOT"
swift build "${flags[@]}" "${@:2}"
