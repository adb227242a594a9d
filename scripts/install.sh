#!/usr/bin/env bash
# Installs, or removes what it installed. The tree can be moved as a whole, and needs no Swift: the programs look for
# the libraries in lib/squire beside themselves.
#
# usage: install.sh install|uninstall PREFIX; DESTDIR is put before PREFIX
set -euo pipefail
source "$(dirname "$0")/common.sh"

prefix=${2%/}
target=${DESTDIR:-}$prefix
# Where swift build puts what it makes. Not asked of swift, which root may not have on its PATH.
bin=$ROOT/.build/release
programs=(squire squired almanac)

# Libraries every Linux with glibc has, and that must match the system: the C and C++ runtimes.
in_every_system='^(ld-linux.*|lib(c|m|dl|rt|pthread|resolv|util|anl|stdc\+\+|gcc_s)\.so.*|linux-vdso.*)$'

install_libraries() {
    local name file
    if ldd "${programs[@]/#/$bin/}" | grep 'not found'; then die "a library is missing; run make build again"; fi
    ldd "${programs[@]/#/$bin/}" | awk '$2 == "=>" && $3 ~ /^\// { print $1, $3 }' | sort -u |
        while read -r name file; do
            [[ $name =~ $in_every_system ]] || install -m 644 "$file" "$target/lib/squire/$name"
        done
}

install_all() {
    local file
    for file in "${programs[@]}"; do
        [ -x "$bin/$file" ] || die "$file is not built. Run make build, as yourself and not as root, then try again"
    done
    mkdir -p "$target/bin" "$target/lib/squire" "$target/share/squire/manifests" "$target/share/squire/eval" \
        "$target/share/doc/squire" "$target/share/bash-completion/completions" "$target/share/zsh/site-functions" \
        "$target/share/fish/vendor_completions.d" "$target/share/man/man1"
    for file in "${programs[@]}"; do
        # The new file takes the old one's place, so that a program that runs goes on with its own.
        install -m 755 "$bin/$file" "$target/bin/$file.new"
        strip "$target/bin/$file.new"
        mv "$target/bin/$file.new" "$target/bin/$file"
    done
    if [ "$(uname -s)" = Linux ]; then install_libraries; fi
    cp -R "$ROOT/manifests/." "$target/share/squire/manifests/"
    install -m 644 "$ROOT"/etc/eval/*.jsonl "$target/share/squire/eval/"
    for file in squired.service org.squire.squired.plist; do
        sed "s|@PREFIX@|$prefix|g" "$ROOT/etc/$file" >"$target/share/squire/$file"
    done
    install -m 644 "$ROOT/etc/config.yaml" "$ROOT/LICENSE" "$ROOT/NOTICE" "$ROOT/README.md" "$target/share/doc/squire/"
    "$bin/squire" --generate-completion-script bash >"$target/share/bash-completion/completions/squire"
    "$bin/squire" --generate-completion-script zsh >"$target/share/zsh/site-functions/_squire"
    "$bin/squire" --generate-completion-script fish >"$target/share/fish/vendor_completions.d/squire.fish"
    python3 "$ROOT/scripts/man-pages.py" "$target/share/man/man1" "$bin/squire" "$bin/squired"
    chmod 644 "$target"/share/man/man1/squire{,d}.1 "$target"/share/man/man1/squire-*.1
    say "installed in $target; start with: $prefix/bin/squire ask \"What time is it in Tokyo?\""
}

uninstall_all() {
    rm -f "${programs[@]/#/$target/bin/}" "$target/share/bash-completion/completions/squire" \
        "$target/share/zsh/site-functions/_squire" "$target/share/fish/vendor_completions.d/squire.fish"
    rm -rf "$target/lib/squire" "$target/share/doc/squire" "$target/share/squire/manifests" "$target/share/squire/eval"
    rm -f "$target"/share/man/man1/squire{,d}.1 "$target"/share/man/man1/squire-*.1
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
