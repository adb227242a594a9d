#!/usr/bin/env bash
# Installs, or removes what it installed. The tree can be moved as a whole, and needs no Swift: the programs look for
# the libraries in lib/squire beside themselves.
#
# usage: install.sh install|uninstall PREFIX; DESTDIR is put before PREFIX
set -euo pipefail
source "$(dirname "$0")/common.sh"

prefix=${2%/}
root=${DESTDIR:-}$prefix
programs=(squire squired almanac)

# Libraries every Linux with glibc has, and that must match the system: the C and C++ runtimes.
in_every_system='^(ld-linux.*|lib(c|m|dl|rt|pthread|resolv|util|anl|stdc\+\+|gcc_s)\.so.*|linux-vdso.*)$'

install_libraries() {
    local name file
    if ldd "${programs[@]/#/$bin/}" | grep 'not found'; then die "a library is missing; run make build again"; fi
    ldd "${programs[@]/#/$bin/}" | awk '$2 == "=>" && $3 ~ /^\// { print $1, $3 }' | sort -u |
        while read -r name file; do
            [[ $name =~ $in_every_system ]] || install -m 644 "$file" "$root/lib/squire/$name"
        done
}

install_all() {
    local bin file
    bin=$(cd "$ROOT" && swift build -c release --show-bin-path)
    mkdir -p "$root/bin" "$root/lib/squire" "$root/share/squire/manifests" "$root/share/doc/squire" \
        "$root/share/bash-completion/completions" "$root/share/zsh/site-functions" \
        "$root/share/fish/vendor_completions.d"
    for file in "${programs[@]}"; do
        # The new file takes the old one's place, so that a program that runs goes on with its own.
        install -m 755 "$bin/$file" "$root/bin/$file.new"
        strip "$root/bin/$file.new"
        mv "$root/bin/$file.new" "$root/bin/$file"
    done
    if [ "$(uname -s)" = Linux ]; then install_libraries; fi
    cp -R "$ROOT/manifests/." "$root/share/squire/manifests/"
    for file in squired.service org.squire.squired.plist; do
        sed "s|@PREFIX@|$prefix|g" "$ROOT/etc/$file" >"$root/share/squire/$file"
    done
    install -m 644 "$ROOT/etc/config.yaml" "$ROOT/LICENSE" "$ROOT/README.md" "$root/share/doc/squire/"
    "$bin/squire" --generate-completion-script bash >"$root/share/bash-completion/completions/squire"
    "$bin/squire" --generate-completion-script zsh >"$root/share/zsh/site-functions/_squire"
    "$bin/squire" --generate-completion-script fish >"$root/share/fish/vendor_completions.d/squire.fish"
    say "installed in $root; start with: $prefix/bin/squire ask \"What time is it in Tokyo?\""
}

uninstall_all() {
    rm -f "${programs[@]/#/$root/bin/}" "$root/share/bash-completion/completions/squire" \
        "$root/share/zsh/site-functions/_squire" "$root/share/fish/vendor_completions.d/squire.fish"
    rm -rf "$root/lib/squire" "$root/share/squire" "$root/share/doc/squire"
    say "removed from $root; conversations and plugins stay in each user's home"
}

case $1 in
install) install_all ;;
uninstall) uninstall_all ;;
*) die "usage: install.sh install|uninstall PREFIX" ;;
esac
