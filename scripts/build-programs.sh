#!/usr/bin/env bash
# Builds in release mode what is run and installed. Measuring and testing need more, which is built for them.
set -euo pipefail
source "$(dirname "$0")/common.sh"

for program in squire squired almanac squire-confine; do
    "$ROOT/scripts/build.sh" release --product "$program"
done
