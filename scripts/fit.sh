#!/usr/bin/env bash
# Fits all weights again, prints what they give on what was left out, and rewrites weights.json (by which tools are chosen),
# passages.json (whether a passage answers) and requests.json (what kind a message is of) in the Resources of their modules.
# usage: fit.sh [tools|passages|requests [option of its program in Benchmarks/]…]; without, all three
set -euo pipefail
source "$(dirname "$0")/common.sh"

# evidence PROGRAM: builds what writes the figures that are fitted on, and prints its path.
evidence() {
    step "build $1" "$ROOT/scripts/build.sh" release --product "$1" >&2
    echo "$bin/$1"
}

fit_tools() {
    local program wheels
    program=$(evidence choice-evidence)
    wheels=$(benchmark_data)
    "$python" "$ROOT/Benchmarks/fit.py" --evidence "$program" --models "$CACHE/models" \
        --functions "$(compgen -G "$wheels/bfcl_eval-*.whl")" "$@"
}

fit_passages() {
    local program models
    program=$(evidence passage-evidence)
    mapfile -t models < <("$ROOT/scripts/models.sh" --list)
    "$python" "$ROOT/Benchmarks/fit_passages.py" --evidence "$program" --model "$CACHE/models/${models[1]}" "$@"
}

# The vectors of messages are those of a daemon with the default model, in a home of its own.
fit_requests() {
    step "build" "$ROOT/scripts/build-programs.sh" >&2
    start_daemon "$bin" "$home"
    "$python" "$ROOT/Benchmarks/fit_requests.py" --squire "$bin/squire" "$@"
    stop_daemon
}

what=${1:-all}
case $what in
all | tools | passages | requests) ;;
*) die "usage: fit.sh [tools|passages|requests [option]…]" ;;
esac
if (($# > 0)); then shift; fi

"$ROOT/scripts/set-up.sh"
tools=$CACHE/fit-$(sha256 "$ROOT/scripts/requirements/fit.txt" | cut -c 1-16)
[ -d "$tools" ] || step "numpy and scipy" venv "$tools" "$ROOT/scripts/requirements/fit.txt"
python=$tools/bin/python
bin=$(cd "$ROOT" && swift build -c release --show-bin-path)
home=$(mktemp -d)
trap 'stop_daemon; rm -rf "$home"' EXIT

if [ "$what" = all ]; then
    for what in tools passages requests; do
        say "==> fit $what"
        "fit_$what"
    done
else
    "fit_$what" "$@"
fi
