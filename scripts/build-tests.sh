#!/usr/bin/env bash
# Builds the tests, with the programs they run and nothing else: without a product named, swift build also builds all that the
# packages we use could give, among them the programs of their own and two copies of BoringSSL.
set -euo pipefail
source "$(dirname "$0")/common.sh"

for product in squire squired almanac squire-confine squirePackageTests; do
    "$ROOT/scripts/build.sh" debug --product "$product"
done
