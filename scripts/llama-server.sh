#!/usr/bin/env bash
# Builds llama.cpp's own server, for comparison only, from the source package our libllama is built from, with its
# authors' own settings and with the one patch without which GCC 12 builds a server that ends at its first prompt on a
# processor with AMX. Nothing of it is part of Squire: it lies in the shared cache. Prints the program's path.
set -euo pipefail
source "$(dirname "$0")/common.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
requirements=$ROOT/scripts/requirements
version=$(sed -nE 's/^llama-cpp-python==([0-9.]+).*/\1/p' "$requirements/llama.txt")
patch=$ROOT/scripts/patches/amx-tile-configuration.patch
cat "$requirements/llama.txt" "$patch" >"$work/key"
folder=$CACHE/llama-server/$version-$(sha256 "$work/key" | cut -c 1-16)

build_server() {
    llama_source "$work/tools" "$work"
    patch_llama "$work" "$patch"
    cmake -S "$work"/llama_cpp_python-*/vendor/llama.cpp -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
        -DBUILD_SHARED_LIBS=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_UI=OFF \
        -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_OPENSSL=OFF
    cmake --build "$work/build" --target llama-server
}

if [ ! -x "$folder/llama-server" ]; then
    alone llama-server
    say "    llama.cpp's server is built once, for comparison; that takes about ten minutes"
    progress "build tools" "$CACHE/logs/build-tools.log" venv "$work/tools" "$requirements/build-tools.txt"
    export PATH=$work/tools/bin:$PATH
    progress "llama-server" "$CACHE/logs/llama-server.log" build_server
    mkdir -p "$folder"
    mv "$work/build/bin/llama-server" "$folder/llama-server"
fi
echo "$folder/llama-server"
