#!/usr/bin/env bash
# Fits the weights by which tools are chosen again, prints what they give on APIs that were left out, and rewrites
# Sources/Agent/Resources/weights.json.
# usage: fit.sh [option of Benchmarks/fit.py]…
set -euo pipefail
source "$(dirname "$0")/common.sh"

"$ROOT/scripts/set-up.sh"
step "build" "$ROOT/scripts/build.sh" release --product choice-evidence
wheels=$(benchmark_data)
tools=$CACHE/fit-$(sha256 "$ROOT/scripts/requirements/fit.txt" | cut -c 1-16)
[ -d "$tools" ] || step "numpy and scipy" venv "$tools" "$ROOT/scripts/requirements/fit.txt"
bin=$(cd "$ROOT" && swift build -c release --show-bin-path)
exec "$tools/bin/python" "$ROOT/Benchmarks/fit.py" --evidence "$bin/choice-evidence" --models "$CACHE/models" \
    --functions "$(compgen -G "$wheels/bfcl_eval-*.whl")" "$@"
