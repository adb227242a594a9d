#!/usr/bin/env bash
# Makes sure that the Python packages of the tests are there, and links .deps/python to them. They are in the shared cache,
# keyed by the list of them.
set -euo pipefail
source "$(dirname "$0")/common.sh"

list=$ROOT/scripts/requirements/tests.txt
folder=$CACHE/tests-$(sha256 "$list" | cut -c 1-16)

if [ ! -e "$folder/complete" ]; then
    alone tests
    if [ ! -e "$folder/complete" ]; then
        rm -rf "$folder"
        progress "packages" "$CACHE/logs/test-packages.log" venv "$folder" "$list"
        # An environment cannot be moved, so that it is made where it stays.
        touch "$folder/complete"
    fi
fi
mkdir -p "$ROOT/.deps"
# Where it is no link, it is of an older checkout.
if [ -d "$ROOT/.deps/python" ] && [ ! -L "$ROOT/.deps/python" ]; then rm -rf "$ROOT/.deps/python"; fi
ln -sfn "$folder" "$ROOT/.deps/python"
