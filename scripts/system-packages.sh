#!/usr/bin/env bash
# Makes sure that the compilers, headers and tools are there that Squire is built with. Installs what is missing with
# apt where it may; otherwise names the command to run, and fails.
#
# usage: system-packages.sh [PROGRAM]…; programs beside these, each of the package of its name
set -euo pipefail
source "$(dirname "$0")/common.sh"

has() { command -v "$1" >/dev/null; }
# Without pkg-config nothing is known of the libraries; installing one that is there changes nothing.
library() { has pkg-config && pkg-config --exists "$1"; }

swift_is_new_enough() {
    local version
    version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+)\.([0-9]+).*/\1 \2/p' | head -n 1)
    read -r major minor <<<"${version:-0 0}"
    ((major > 6 || (major == 6 && minor >= 3)))
}

missing_on_debian() {
    has g++ || echo g++
    has make || echo make
    has git || echo git
    has pkg-config || echo pkg-config
    python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    library libcurl || echo libcurl4-openssl-dev
    library libcrypto || echo libssl-dev
    library sqlite3 || echo libsqlite3-dev
    library libedit || echo libedit-dev
    library libxml-2.0 || echo libxml2-dev
    library uchardet || echo libuchardet-dev
    [ -e /usr/include/libstemmer.h ] || echo libstemmer-dev
    has pdftotext || echo poppler-utils
    [ -e /usr/share/dict/american-english ] || echo wamerican
    has unzip || echo unzip
    [ -e /usr/share/zoneinfo/Asia/Tokyo ] || echo tzdata
    [ -e /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates
    local program
    for program in "$@"; do has "$program" || echo "$program"; done
}

install_with_apt() {
    local -a packages=("$@") root=()
    if [ "$(id -u)" != 0 ]; then
        if ! { has sudo && sudo -n true 2>/dev/null; }; then
            die "these packages are missing and only root may install them. Run this, then try again:
    sudo apt-get update && sudo apt-get install -y ${packages[*]}"
        fi
        root=(sudo)
    fi
    say "    installing ${packages[*]}"
    progress "apt-get update" "$CACHE/logs/apt-update.log" "${root[@]}" apt-get update
    progress "apt-get install" "$CACHE/logs/apt-install.log" "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "${packages[@]}"
}

mapfile -t missing < <(missing_on_debian "$@")
if [ "$(uname -s)" = Darwin ]; then
    { library llama && library libedit; } || die "llama.cpp or libedit is missing. Run this, then try again:
    brew install llama.cpp pkg-config libedit"
elif has apt-get; then
    ((${#missing[@]} == 0)) || install_with_apt "${missing[@]}"
elif ((${#missing[@]} > 0)); then
    die "this system has no apt. Install with its own package manager what Debian calls: ${missing[*]}"
fi

swift_is_new_enough || die "Swift 6.3 or newer is needed, and \`swift --version\` says: $(swift --version 2>&1 | head -n 1 || true)
Install it as https://www.swift.org/install says, put it on PATH, then try again."
