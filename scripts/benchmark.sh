#!/usr/bin/env bash
# Measures the programs built in release mode against the budgets, and prints a table.
# usage: benchmark.sh [option of Benchmarks/run.py]…
set -euo pipefail
source "$(dirname "$0")/common.sh"

exec python3 "$ROOT/Benchmarks/run.py" "$@"
