#!/usr/bin/env bash
# Formats the sources (lint.sh format), or says what is not as it should be and fails (lint.sh check).
set -euo pipefail
source "$(dirname "$0")/common.sh"
cd "$ROOT"

sources=(Package.swift)
for folder in Sources Tests plugins Benchmarks; do
    if [ -d "$folder" ]; then sources+=("$folder"); fi
done

if [ "$1" = format ]; then
    swift format --in-place --parallel --recursive "${sources[@]}"
    exit
fi
swift format lint --strict --parallel --recursive "${sources[@]}"
if command -v shellcheck >/dev/null; then
    shellcheck -x -P SCRIPTDIR scripts/*.sh .ci/run
else
    say "shellcheck is not installed; the shell scripts were not checked"
fi
