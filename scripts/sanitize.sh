#!/usr/bin/env bash
# Runs tests under a sanitizer, in a build folder of its own: .build-asan or .build-tsan.
#
# Of the modules those run that do without libllama and libcurl, which are not compiled with it, so that the thread sanitizer
# does not see how they synchronize; and without confined programs, which get less address space than a sanitizer takes.
#
# usage: sanitize.sh address|thread [option of swift test]… (--filter StoreTests)
set -euo pipefail
source "$(dirname "$0")/common.sh"

modules='AgentTests|CoreTests|DigestTests|EvaluationTests|FoldersTests|GatewayTests|GrammarTests|JSONRPCTests|OwnershipTests|StoreTests'
# They measure time.
measured='CostTests'

case ${1:-} in
address)
    folder=.build-asan
    # Swift's runtime keeps much for ever, which counts as leaked.
    export ASAN_OPTIONS=detect_leaks=0
    ;;
thread) folder=.build-tsan ;;
*) die "usage: sanitize.sh address|thread [option of swift test]…" ;;
esac
options=(--scratch-path "$ROOT/$folder" --sanitize="$1")
shift

build() { "$ROOT/scripts/build.sh" debug "${options[@]}" --product squirePackageTests; }

run_tests() {
    export PKG_CONFIG_PATH=$ROOT/.deps/llama/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
    local flags
    flags=$("$ROOT/scripts/build-flags.sh" debug "${options[@]}") || return
    mapfile -t flags <<<"$flags"
    cd "$ROOT" || return
    # One after the other: a sanitizer makes tests slow, and some have a limit of time.
    swift test --skip-build --no-parallel "${flags[@]:2}" "$@"
}

"$ROOT/scripts/set-up.sh"
step "packages of the tests" "$ROOT/scripts/test-packages.sh"
step "build" build
if (($# == 0)); then set -- --filter "$modules" --skip "$measured"; fi
step "run the tests" run_tests "$@"
