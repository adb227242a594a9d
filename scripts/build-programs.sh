#!/usr/bin/env bash
# Builds in release mode what is run and installed, and nothing else: without a product named, swift build also builds what only
# measuring and testing need, and all that the packages we use could give, among it two copies of BoringSSL.
set -euo pipefail
source "$(dirname "$0")/common.sh"

for product in squire squired almanac squire-confine; do
    "$ROOT/scripts/build.sh" release --product "$product"
done
