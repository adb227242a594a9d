#!/usr/bin/env bash
# Makes sure that the shared cache has a libllama for any x86-64 processor of the third level (x86-64-v3: AVX2, FMA, BMI2;
# nearly all since 2013), from the same source and with the same patches as the one that is built on (llama.sh). Its kernels
# are there once for each kind of processor, in libraries beside it, of which one is loaded at run time
# (Sources/Inference/Model/ProcessorBackend.swift). Programs that were linked with the other run with this one. Prints the
# folder of the libraries.
set -euo pipefail
source "$(dirname "$0")/common.sh"

[ "$(uname -sm)" = "Linux x86_64" ] || die "the portable libllama is for Linux on x86-64, and this is $(uname -sm)"

requirements=$ROOT/scripts/requirements
hardening="-Wl,-z,relro,-z,now"
flags="-march=x86-64-v3 -mtune=generic -fstack-protector-strong"
# Nothing but the libraries is built.
arguments=(
    -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=ON
    -DGGML_NATIVE=OFF -DGGML_BACKEND_DL=ON -DGGML_CPU_ALL_VARIANTS=ON -DGGML_OPENMP=OFF
    -DLLAMA_BUILD_COMMON=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_TOOLS=OFF -DLLAMA_BUILD_EXAMPLES=OFF
    -DLLAMA_BUILD_SERVER=OFF -DLLAMA_BUILD_APP=OFF -DLLAMA_OPENSSL=OFF
    "-DCMAKE_C_FLAGS=$flags" "-DCMAKE_CXX_FLAGS=$flags"
    "-DCMAKE_SHARED_LINKER_FLAGS=$hardening" "-DCMAKE_MODULE_LINKER_FLAGS=$hardening"
    # They find one another wherever they are put.
    -DCMAKE_BUILD_WITH_INSTALL_RPATH=ON "-DCMAKE_INSTALL_RPATH=\$ORIGIN"
)
# The instruction sets of the third level as /proc/cpuinfo names them; squired starts on no processor that lacks one of
# them (Sources/CProcessor).
instruction_sets=(abm avx avx2 bmi1 bmi2 f16c fma movbe pni popcnt sse4_1 sse4_2 ssse3)
# ggml's variants for processors below it.
below='ggml_add_cpu_backend_variant\((x64|sse42|sandybridge|ivybridge|piledriver)\b'

cache_key() {
    {
        cat "$requirements/llama.txt" "$ROOT"/scripts/patches/*.patch
        printf '%s\n' "${arguments[@]}" "${instruction_sets[@]}" "$below"
        # What it is compiled with decides which C library it needs.
        cc --version
    } >"$1"
    sha256 "$1" | cut -c 1-16
}

build() {
    local tools=$1 folder=$2 source library
    patched_llama_source "$tools" "$folder" || return
    source=$(echo "$folder"/llama_cpp_python-*/vendor/llama.cpp)
    sed -i -E "/$below/d" "$source/ggml/src/CMakeLists.txt" || return
    PATH=$tools/bin:$PATH
    cmake -S "$source" -B "$folder/build" -G Ninja "${arguments[@]}" || return
    cmake --build "$folder/build" --target llama || return
    mkdir -p "$folder/prefix/lib" || return
    cp -a "$folder"/build/bin/lib{llama,ggml,ggml-base}.so* "$folder/prefix/lib/" || return
    # ggml looks for these by names without a version.
    for library in "$folder"/build/bin/libggml-cpu-*.so; do
        cp -L "$library" "$folder/prefix/lib/" || return
    done
    printf '%s\n' "${instruction_sets[@]}" >"$folder/prefix/lib/processor"
    cp "$source/LICENSE" "$folder/prefix/LICENSE"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

version=$(sed -nE 's/^llama-cpp-python==([0-9.]+).*/\1/p' "$requirements/llama.txt")
prefix=$CACHE/llama/$version-portable-$(cache_key "$work/key")
[ -d "$prefix" ] || alone llama
if [ ! -d "$prefix" ]; then
    say "    libllama is built once for many processors; that takes about six minutes on two cores"
    progress "build tools" "$CACHE/logs/build-tools.log" venv "$work/tools" "$requirements/build-tools.txt"
    progress "portable libllama" "$CACHE/logs/llama-portable.log" build "$work/tools" "$work"
    # Into the cache's own folder first: a move within one file system is whole or not at all.
    mkdir -p "$CACHE/llama"
    staging=$(mktemp -d "$CACHE/llama/.new-XXXXXX")
    trap 'rm -rf "$work" "$staging"' EXIT
    mv "$work/prefix" "$staging/prefix"
    # Fails where another build was faster; then that one serves.
    mv -T "$staging/prefix" "$prefix" 2>/dev/null || [ -d "$prefix" ]
fi
echo "$prefix/lib"
