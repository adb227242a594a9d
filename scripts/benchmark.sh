#!/usr/bin/env bash
# Measures the programs built in release mode against the budgets, and prints a table.
# usage: benchmark.sh [option of the benchmarks]…
set -euo pipefail
source "$(dirname "$0")/common.sh"

[ -e "$ROOT/Benchmarks/Package.swift" ] || die "there are no Benchmarks in this checkout"
SQUIRE_BIN=$(cd "$ROOT" && swift build -c release --show-bin-path)
export SQUIRE_BIN
export PKG_CONFIG_PATH=$ROOT/.deps/llama/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
cd "$ROOT"
swift run --package-path Benchmarks -c release squire-benchmarks "$@"
