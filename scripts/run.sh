#!/usr/bin/env bash
# From a fresh clone to a first answer: sets up what is missing, builds, starts the daemon, and asks it something that
# needs the plugin Squire comes with.
set -euo pipefail
source "$(dirname "$0")/common.sh"

question="What time is it in Tokyo?"

# A daemon that was started from what was built before is started anew.
start() {
    if [ ! "$bin/squired" -ot "$mark" ] && "$bin/squire" daemon status --no-start >/dev/null 2>&1; then
        "$bin/squire" daemon stop >&2 || return
    fi
    "$bin/squire" daemon start >&2
}

ask() {
    say "    squire ask \"$question\""
    "$bin/squire" ask "$question"
}

mark=$(mktemp)
trap 'rm -f "$mark"' EXIT

"$ROOT/scripts/set-up.sh"
step "build" "$ROOT/scripts/build-programs.sh"
bin=$(cd "$ROOT" && swift build -c release --show-bin-path)
step "start squired" start
step "ask" ask

cat >&2 <<END

squired goes on running. From here:
    export PATH="$bin:\$PATH"
    squire chat                      a conversation
    squire ask "When does the sun set in Oslo on 2026-06-21?"
    squire plugin add MANIFEST       give the assistant another API
    squire daemon stop
END
