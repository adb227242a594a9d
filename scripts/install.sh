#!/usr/bin/env bash
# Installs, or removes what it installed. The tree can be moved as a whole to machines with a processor like this one's, or a
# newer one of its kind, and needs no Swift: the programs look for the libraries in lib/squire beside themselves. A libllama of
# our own is compiled for the instructions of the machine it was built on (llama.sh); on a processor that lacks some, squired
# says so and ends. dist.sh makes a tree for many processors.
#
# usage: install.sh install|uninstall PREFIX; DESTDIR is put before PREFIX
set -euo pipefail
source "$(dirname "$0")/common.sh"

prefix=${2%/}
target=${DESTDIR:-}$prefix
# Where swift build puts what it makes. Not asked of swift, which root may not have on its PATH. SQUIRE_BUILD names another
# folder, for tests and dist.sh.
bin=${SQUIRE_BUILD:-$ROOT/.build/release}
programs=(squire squired almanac)
# For squired to run, and not for people.
helper=squire-confine

# Who installs for others wants them to read it, whatever the mask: modes are set, and never left to it.
umask 022

# Libraries every Linux with glibc has, and that must match the system: the C and C++ runtimes.
in_every_system='^(ld-linux.*|lib(c|m|dl|rt|pthread|resolv|util|anl|stdc\+\+|gcc_s)\.so.*|linux-vdso.*)$'

install_libraries() {
    local name file
    if ldd "${programs[@]/#/$bin/}" | grep 'not found'; then die "a library is missing; run make build again"; fi
    ldd "${programs[@]/#/$bin/}" | awk '$2 == "=>" && $3 ~ /^\// { print $1, $3 }' | sort -u |
        while read -r name file; do
            [[ $name =~ $in_every_system ]] || install -m 644 "$file" "$target/lib/squire/$name"
        done
    # What libllama was compiled for; where it is the system's own, nothing is known, and an older list is wrong. And what a
    # portable one loads at run time, of which older ones are wrong too.
    rm -f "$target/lib/squire/processor" "$target"/lib/squire/libggml-cpu-*.so
    for file in "$bin"/../lib/squire/{processor,libggml-cpu-*.so}; do
        if [ -e "$file" ]; then install -m 644 "$file" "$target/lib/squire/"; fi
    done
}

# own FOLDER…: makes folders of Squire's alone, readable for all, also where they were there with another mode.
own() {
    mkdir -p "$@"
    chmod 755 "$@"
}

# program FILE TARGET: the new file takes the old one's place, so that a program that runs goes on with its own.
program() {
    install -m 755 "$1" "$2.new"
    strip "$2.new"
    mv "$2.new" "$2"
}

# text TARGET: what comes on standard input, readable for all.
text() {
    cat >"$1.new"
    chmod 644 "$1.new"
    mv "$1.new" "$1"
}

# tree SOURCE TARGET: files and folders, readable for all. Links are followed: what is installed stands by itself.
tree() {
    local file
    (cd "$1" && find -L . -type f) | while read -r file; do
        own "$(dirname "$2/$file")"
        install -m 644 "$1/$file" "$2/$file"
    done
}

install_all() {
    local file
    for file in "${programs[@]}" "$helper"; do
        [ -x "$bin/$file" ] || die "$file is not built. Run make build, as yourself and not as root, then try again"
    done
    mkdir -p "$target/bin" "$target/share/bash-completion/completions" "$target/share/zsh/site-functions" \
        "$target/share/fish/vendor_completions.d" "$target/share/man/man1"
    own "$target/lib/squire" "$target/libexec/squire" "$target/share/squire/manifests" "$target/share/squire/eval" \
        "$target/share/doc/squire"
    for file in "${programs[@]}"; do program "$bin/$file" "$target/bin/$file"; done
    program "$bin/$helper" "$target/libexec/squire/$helper"
    if [ "$(uname -s)" = Linux ]; then install_libraries; fi
    tree "$ROOT/manifests" "$target/share/squire/manifests"
    install -m 644 "$ROOT"/etc/eval/*.jsonl "$target/share/squire/eval/"
    for file in squired.service org.squire.squired.plist; do
        # As they are, they are for the default prefix.
        sed "s|/usr/local/|$prefix/|g" "$ROOT/etc/$file" | text "$target/share/squire/$file"
    done
    install -m 644 "$ROOT/etc/config.yaml" "$ROOT/CHANGELOG.md" "$ROOT/LICENSE" "$ROOT/NOTICE" "$ROOT/README.md" \
        "$target/share/doc/squire/"
    tree "$ROOT/docs" "$target/share/doc/squire/docs"
    for file in "${programs[@]}"; do
        "$bin/$file" --generate-completion-script bash | text "$target/share/bash-completion/completions/$file"
        "$bin/$file" --generate-completion-script zsh | text "$target/share/zsh/site-functions/_$file"
        "$bin/$file" --generate-completion-script fish | text "$target/share/fish/vendor_completions.d/$file.fish"
    done
    python3 "$ROOT/scripts/man-pages.py" "$target/share/man/man1" "${programs[@]/#/$bin/}"
    chmod 644 "$target"/share/man/man1/{squire,squired,almanac}.1 "$target"/share/man/man1/squire-*.1
    say "installed in $target; start with: $prefix/bin/squire ask \"What time is it in Tokyo?\""
}

uninstall_all() {
    local file
    for file in "${programs[@]}"; do
        rm -f "$target/bin/$file" "$target/share/bash-completion/completions/$file" \
            "$target/share/zsh/site-functions/_$file" "$target/share/fish/vendor_completions.d/$file.fish" \
            "$target/share/man/man1/$file.1"
    done
    rm -rf "$target/lib/squire" "$target/libexec/squire" "$target/share/doc/squire" "$target/share/squire/manifests" \
        "$target/share/squire/eval"
    rm -f "$target"/share/man/man1/squire-*.1
    rm -f "$target/share/squire/squired.service" "$target/share/squire/org.squire.squired.plist"
    # With the prefix ~/.local this is the user's own folder too: conversations and documents are in it.
    if [ -d "$target/share/squire" ] && [ -z "$(ls -A "$target/share/squire")" ]; then rmdir "$target/share/squire"; fi
    say "removed from $target; conversations and plugins stay in each user's home"
}

case $1 in
install) install_all ;;
uninstall) uninstall_all ;;
*) die "usage: install.sh install|uninstall PREFIX" ;;
esac
