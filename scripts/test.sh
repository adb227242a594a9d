#!/usr/bin/env bash
# Builds and runs all tests, those with the real model and the real daemon among them.
# usage: test.sh [option of swift test]… (--filter StoreTests)
set -euo pipefail
source "$(dirname "$0")/common.sh"

run_tests() {
    export PKG_CONFIG_PATH=$ROOT/.deps/llama/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
    local flags
    flags=$("$ROOT/scripts/build-flags.sh" debug) || return
    mapfile -t flags <<<"$flags"
    cd "$ROOT"
    swift test --skip-build "${flags[@]:2}" "$@"
}

"$ROOT/scripts/set-up.sh"
step "build the tests" "$ROOT/scripts/build.sh" debug --build-tests
step "run the tests" run_tests "$@"
