#!/usr/bin/env bash
# Checks the sources, builds and runs all tests, those with the real model and the real daemon among them, and puts others'
# clients before a daemon. With options only the tests run that they choose.
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

# All in one run would wait for one another: tests that compute for seconds take the two threads on which others, with a
# limit of time, count on going on.
run_all_tests() {
    step "test the engine" run_tests --filter InferenceTests
    step "test what reading costs" run_tests --filter ReadingCostTests
    # These count what the process has open.
    step "test folders" run_tests --filter FoldersTests
    step "test documents" run_tests --filter RetrievalTests --skip ReadingCostTests
    step "test the daemon" run_tests --filter DaemonTests --skip LoadTests
    step "test under load" run_tests --filter LoadTests
    step "test the rest" run_tests --skip 'InferenceTests|FoldersTests|RetrievalTests|DaemonTests|ReadingCostTests'
}

# The quickest comes first. A script that shellcheck has something against fails like source that is not formatted.
if (($# == 0)); then
    step "shellcheck" "$ROOT/scripts/system-packages.sh" shellcheck
    step "lint" "$ROOT/scripts/lint.sh" check
fi
"$ROOT/scripts/set-up.sh"
step "packages of the tests" "$ROOT/scripts/test-packages.sh"
step "build the tests" "$ROOT/scripts/build-tests.sh"
if (($# > 0)); then
    step "run the tests" run_tests "$@"
else
    run_all_tests
    step "test others' clients" "$ROOT/scripts/test-clients.sh"
fi
