#!/usr/bin/env bash
# Makes sure that libllama is there, and links .deps/llama to it: the system's own where pkg-config knows one that has
# all we use, else one built once from the source package of llama-cpp-python into the shared cache.
#
# The cache is keyed by the source package's checksum, how it is built, and the processor, because ggml is compiled
# for exactly the instructions this machine has. Without OpenMP: its teams of threads wait by spinning, and those of the
# chat and the embedding model together are more than the cores; ggml's own threads sleep between two graphs.
set -euo pipefail
source "$(dirname "$0")/common.sh"

requirements=$ROOT/scripts/requirements
cmake_arguments="-DLLAVA_BUILD=OFF -DGGML_OPENMP=OFF"
if [ "$(uname -s)" = Linux ]; then
    # What reads other people's files notices when its stack was written over, and nobody writes into its tables.
    cmake_arguments+=" -DCMAKE_C_FLAGS=-fstack-protector-strong -DCMAKE_CXX_FLAGS=-fstack-protector-strong"
    cmake_arguments+=" -DCMAKE_SHARED_LINKER_FLAGS=-Wl,-z,relro,-z,now"
fi

# Whether the system's libllama has what we use is for the compiler to say.
system_is_new_enough() {
    pkg-config --exists llama 2>/dev/null || return 1
    local flags
    read -ra flags <<<"$(pkg-config --cflags --libs llama)"
    cc -Werror "$ROOT/scripts/llama-probe.c" "${flags[@]}" -o "$work/probe" 2>"$work/probe.txt" && return
    say "    the system's libllama is too old; building one of our own. The compiler says:"
    head -n 3 "$work/probe.txt" | sed 's/^/    | /' >&2
    return 1
}

# The instruction sets of this processor that a compiler may use unasked, one a line; squired starts on no processor that
# lacks one of them (Sources/CProcessor). x86 lists them as flags, ARM as Features; elsewhere nothing is listed.
instruction_sets() {
    { grep -m 1 -E '^(flags|Features)' /proc/cpuinfo 2>/dev/null || true; } | cut -d : -f 2 | tr ' ' '\n' |
        grep -E '^(pni|sse|ssse3|avx|fma|f16c|bmi|abm|popcnt|movbe|amx|gfni|asimd|sve|sme|i8mm|bf16|fphp|dotprod|atomics)' |
        sort -u || true
}

cache_key() {
    {
        cat "$requirements/llama.txt" "$ROOT"/scripts/patches/*.patch
        echo "$cmake_arguments"
        uname -sm
        # macOS has no such file and one answer a machine.
        grep -m 1 -E '^(flags|Features)' /proc/cpuinfo 2>/dev/null || sysctl -n machdep.cpu.brand_string
    } >"$1"
    sha256 "$1" | cut -c 1-16
}

build_wheel() {
    local tools=$1 folder=$2
    patched_llama_source "$tools" "$folder"
    CMAKE_ARGS=$cmake_arguments PATH="$tools/bin:$PATH" "$tools/bin/pip" --disable-pip-version-check wheel -v \
        --no-deps --no-build-isolation --no-cache-dir "$folder"/llama_cpp_python-*/ -w "$folder/wheels"
}

# Puts the wheel's headers and libraries into a folder, with a llama.pc of our own: the wheel's names the folder that
# pip built in. What llama.cpp's own programs share, and its reader of pictures, are not used here.
unpack_wheel() {
    local wheel=$1 folder=$2 prefix=$3 version library target
    python3 -m zipfile -e "$wheel" "$folder/wheel"
    mkdir -p "$folder/prefix"
    mv "$folder/wheel/include" "$folder/wheel/lib" "$folder/prefix/"
    cd "$folder/prefix/lib"
    version=$(sed -nE 's/^Version: *([0-9.]+).*/\1/p' pkgconfig/llama.pc)
    rm -rf cmake libllama-common.so* libmtmd.so*
    instruction_sets >processor
    # A wheel has no links: each library is there three times. One file and two links will do.
    for library in *.so *.so.[0-9]; do
        for target in "${library%.so*}".so.*.*; do
            [ ! -e "$target" ] || ln -sf "$target" "$library"
        done
    done
    cat >pkgconfig/llama.pc <<END
prefix=$prefix
libdir=\${prefix}/lib
includedir=\${prefix}/include

Name: llama
Description: Inference of language models
Version: $version
Libs: -L\${libdir} -lllama -lggml -lggml-base
Cflags: -I\${includedir}
END
    cd "$ROOT"
}

link() {
    mkdir -p "$ROOT/.deps"
    ln -sfn "$1" "$ROOT/.deps/llama"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if system_is_new_enough; then
    link "$(pkg-config --variable=prefix llama)"
    exit
fi

version=$(sed -nE 's/^llama-cpp-python==([0-9.]+).*/\1/p' "$requirements/llama.txt")
prefix=$CACHE/llama/$version-$(cache_key "$work/key")
[ -d "$prefix" ] || alone llama
if [ ! -d "$prefix" ]; then
    say "    libllama is built once for this processor; that takes about four minutes"
    progress "build tools" "$CACHE/logs/build-tools.log" venv "$work/tools" "$requirements/build-tools.txt"
    progress "libllama" "$CACHE/logs/llama.log" build_wheel "$work/tools" "$work"
    # Into the cache's own folder first: a move within one file system is whole or not at all.
    mkdir -p "$CACHE/llama"
    staging=$(mktemp -d "$CACHE/llama/.new-XXXXXX")
    trap 'rm -rf "$work" "$staging"' EXIT
    unpack_wheel "$work"/wheels/*.whl "$staging" "$prefix"
    # Fails where another build was faster; then that one serves.
    mv -T "$staging/prefix" "$prefix" 2>/dev/null || [ -d "$prefix" ]
fi
link "$prefix"
