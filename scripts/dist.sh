#!/usr/bin/env bash
# Makes what is installed without building, in dist/, for Linux on any x86-64 processor of the third level (llama-portable.sh):
#
#   squire-VERSION-linux-x86_64.tar.gz    to be unpacked anywhere; brings the libraries that it needs
#   squire-models-VERSION.tar             the default models, to be unpacked into the same folder
#   squire_VERSION_amd64.deb              for Debian; depends on Debian's packages of the libraries
#   squire-models_VERSION_all.deb
#
# What is made runs on the system it was made on and newer ones: on Debian 12 it is made for Debian 12. At the end the two
# archives are unpacked, and answer a question.
set -euo pipefail
shopt -s inherit_errexit
source "$(dirname "$0")/common.sh"

command -v dpkg-shlibdeps >/dev/null || die "the packages are made with Debian's tools. Run this, then try again:
    sudo apt-get install -y dpkg-dev"

umask 022
out=$ROOT/dist
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# In archives, so that the same sources give the same bytes.
epoch=$(git -C "$ROOT" log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH=$epoch

# install_into FOLDER PREFIX
install_into() { DESTDIR=$1 SQUIRE_BUILD=$work/build/bin "$ROOT/scripts/install.sh" install "$2"; }

# licenses FOLDER: of what is linked into the programs.
licenses() {
    local file
    for file in "$ROOT"/.build/checkouts/*/{LICENSE,NOTICE}*; do
        if [ -f "$file" ]; then install -D -m 644 "$file" "$1/$(basename "$(dirname "$file")")/$(basename "$file")"; fi
    done
    install -D -m 644 "$libraries/../LICENSE" "$1/llama.cpp/LICENSE"
}

# is_ours LIBRARY
is_ours() { [[ $1 =~ ^(libllama\.so|libggml.*\.so|processor$) ]]; }

# debian_licenses TREE FOLDER: of Debian's libraries in a tree.
debian_licenses() {
    local file place package
    for file in "$1"/lib/squire/*; do
        file=$(basename "$file")
        if is_ours "$file"; then continue; fi
        place=$(ldd "$work"/build/bin/{squire,squired,almanac} | awk -v name="$file" '$1 == name { print $3 }' | sort -u)
        package=$(dpkg-query -S "$place" 2>/dev/null || dpkg-query -S "/usr$place") || die "no package has $place"
        package=${package%%:*}
        install -D -m 644 "/usr/share/doc/$package/copyright" "$2/$package/copyright"
    done
}

# models_into FOLDER: the default models, as DefaultModels.swift looks for them.
models_into() {
    local file
    for file in "${models[@]}"; do install -D -m 644 "$CACHE/models/$file" "$1/$file"; done
}

# archive FOLDER: writes it to standard output. Folders are not in it: those that are there where it is unpacked, as the
# user's own ~/.local/share/squire, keep their modes.
archive() {
    (cd "$work" && find "$1" -type f -print0 | LC_ALL=C sort -z |
        tar --null --files-from=- --mtime="@$epoch" --owner=0 --group=0 --numeric-owner -c)
}

make_archives() {
    local name=squire-$version-linux-x86_64
    install_into "$work/tree" /usr/local
    mv "$work/tree/usr/local" "$work/$name"
    licenses "$work/$name/share/doc/squire/licenses"
    debian_licenses "$work/$name" "$work/$name/share/doc/squire/licenses"
    archive "$name" | gzip -n >"$out/$name.tar.gz"
    models_into "$work/squire-models-$version/share/squire/models"
    install -D -m 644 "$ROOT/etc/debian/copyright-models" \
        "$work/squire-models-$version/share/doc/squire-models/copyright"
    # Weights do not get smaller.
    archive "squire-models-$version" >"$out/squire-models-$version.tar"
}

# dependencies TREE: what the programs and libraries of a tree need of Debian.
dependencies() {
    local -a files
    mapfile -t files < <(find "$1/usr/bin" "$1/usr/lib" "$1/usr/libexec" -type f \( -perm -u=x -o -name '*.so*' \) | sort)
    mkdir -p "$work/debian"
    printf 'Source: squire\n\nPackage: squire\nArchitecture: amd64\n' >"$work/debian/control"
    # Squire's own libraries are of no package, which is no reason to fail; it has a line for each.
    (cd "$work" && dpkg-shlibdeps -O --ignore-missing-info -l"$1/usr/lib/squire" "${files[@]}") \
        >"$work/depends" 2>"$work/depends.log" || die "dpkg-shlibdeps failed: $(grep error: "$work/depends.log")"
    sed -n 's/^shlibs:Depends=//p' "$work/depends"
}

# package TREE NAME ARCHITECTURE: builds it of a tree that has DEBIAN/control but for what is computed.
package() {
    local size
    size=$(du -sk --exclude=DEBIAN "$1" | cut -f 1)
    sed -i "/^Architecture:/a Installed-Size: $size" "$1/DEBIAN/control"
    (cd "$1" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
    find "$1" -exec touch -h -d "@$epoch" {} +
    dpkg-deb --root-owner-group "${@:4}" --build "$1" "$out/$2_${version}_$3.deb" >&2
}

make_package() {
    local tree=$work/squire-deb file needed
    install_into "$tree" /usr
    # Debian's libraries are named and not brought, so that Debian's updates reach them.
    for file in "$tree"/usr/lib/squire/*; do
        is_ours "$(basename "$file")" || rm "$file"
    done
    # Where Debian looks for units and for completions of zsh.
    mkdir -p "$tree/usr/lib/systemd/user"
    sed 's|: copy to ~/.config/systemd/user/, then$|:|' "$tree/usr/share/squire/squired.service" \
        >"$tree/usr/lib/systemd/user/squired.service"
    rm "$tree"/usr/share/squire/{squired.service,org.squire.squired.plist}
    mv "$tree/usr/share/zsh/site-functions" "$tree/usr/share/zsh/vendor-completions"
    licenses "$tree/usr/share/doc/squire/licenses"
    install -m 644 "$ROOT/etc/debian/copyright" "$tree/usr/share/doc/squire/copyright"
    mv "$tree/usr/share/doc/squire/CHANGELOG.md" "$tree/usr/share/doc/squire/changelog"
    gzip -9n "$tree/usr/share/doc/squire/changelog" "$tree"/usr/share/man/man1/*.1
    # By it dpkg-shlibdeps knows where a package begins.
    mkdir -p "$tree/DEBIAN"
    needed=$(dependencies "$tree")
    [ -n "$needed" ] || die "dpkg-shlibdeps named no package that the programs need"
    cat >"$tree/DEBIAN/control" <<END
Package: squire
Version: $version
Architecture: amd64
Maintainer: the Squire authors
Section: utils
Priority: optional
Depends: $needed, ca-certificates, tzdata
Recommends: squire-models, poppler-utils, unzip
Suggests: pandoc, wamerican
Description: assistant that lives on your machine
 A daemon hosts a quantized language model, calls the APIs you have given it, finds passages in your documents and keeps
 your conversations; a command asks it from the shell. Everything works offline.
 .
 Without squire-models a model has to be named in the configuration. Needs a processor with AVX2, FMA and BMI2.
END
    package "$tree" squire amd64
}

make_models_package() {
    local tree=$work/models-deb
    models_into "$tree/usr/share/squire/models"
    install -D -m 644 "$ROOT/etc/debian/copyright-models" "$tree/usr/share/doc/squire-models/copyright"
    mkdir -p "$tree/DEBIAN"
    cat >"$tree/DEBIAN/control" <<END
Package: squire-models
Version: $version
Architecture: all
Maintainer: the Squire authors
Section: utils
Priority: optional
Enhances: squire
Description: default models of the assistant Squire
 SmolLM2-135M-Instruct, which writes and chooses, and all-MiniLM-L6-v2, which compares what texts mean.
END
    package "$tree" squire-models all -Znone
}

# Nothing of this checkout takes part: not its libraries, its manifests or its cache.
try_archives() {
    local prefix=$work/try/squire home=$work/home missing answer file
    mkdir -p "$prefix" "$home"
    for file in "$out"/*.tar*; do tar xf "$file" -C "$prefix" --strip-components 1; done
    # The C and C++ runtimes are the system's (install.sh). Nothing that is missing is no match.
    missing=$(ldd "$prefix"/{bin,libexec/squire}/* "$prefix"/lib/squire/lib{llama,ggml}*.so* | grep -F ' => ' | grep -vF "$prefix" |
        grep -vE '(libc|libm|libdl|librt|libpthread|libresolv|libutil|libanl|libstdc\+\+|libgcc_s)\.so' || true)
    [ -z "$missing" ] || die "the archive lacks libraries: $missing"
    local -a clean=(env -i "HOME=$home" PATH=/usr/bin:/bin LANG=C.UTF-8)
    answer=$("${clean[@]}" "$prefix/bin/squire" ask --no-input "What time is it in Tokyo?") || answer=
    # Where none started, the answer says so.
    "${clean[@]}" "$prefix/bin/squire" daemon stop >&2 || true
    say "    $answer"
    if [[ $answer != *Tokyo* ]]; then
        tail -n 30 "$home/.local/share/squire/squired.log" >&2
        die "the archives did not answer"
    fi
}

"$ROOT/scripts/set-up.sh"
[[ $(readlink "$ROOT/.deps/llama") == "$CACHE/llama/"* ]] ||
    die "the programs are linked with this system's own libllama, and the portable one is not sure to be the same"
libraries=$("$ROOT/scripts/llama-portable.sh")
step "build" "$ROOT/scripts/build-programs.sh"

# What install.sh takes for a build: the programs, with the portable libraries beside them.
mkdir -p "$work/build/bin" "$work/build/lib"
bin=$(cd "$ROOT" && swift build -c release --show-bin-path)
cp "$bin"/{squire,squired,almanac,squire-confine} "$work/build/bin/"
ln -s "$libraries" "$work/build/lib/squire"

version=$("$work/build/bin/squire" --version)
# Their places in the cache are said in one place, models.sh.
mapfile -t models < <("$ROOT/scripts/models.sh" --list)
rm -rf "$out"
mkdir -p "$out"
say "==> archives"
make_archives
say "==> packages"
make_package
make_models_package
say "==> a question to what is in the archives"
try_archives
say "$(du -h "$out"/*)"
