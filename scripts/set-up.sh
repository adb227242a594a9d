#!/usr/bin/env bash
# All that must be there before Squire is built and run. Does only what has not been done.
set -euo pipefail
source "$(dirname "$0")/common.sh"

step "system packages" "$ROOT/scripts/system-packages.sh"
step "libllama" "$ROOT/scripts/llama.sh"
step "default models" "$ROOT/scripts/models.sh"
