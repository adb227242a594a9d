#!/usr/bin/env python3
"""Converts a sentence-transformers BERT (safetensors, WordPiece) to an F16 GGUF file that libllama loads.

usage: convert-embedding-model.py MODEL_DIR OUTPUT.gguf

Needs numpy and the PyPI package gguf. Tensor names and metadata keys follow gguf's own tables
(gguf.MODEL_ARCH.BERT); the vocabulary is written as llama.cpp's WordPiece tokenizer expects it: a piece that
continues a word loses its "##", one that begins a word gains U+2581.
"""
import json
import struct
import sys
from pathlib import Path

import gguf
import numpy as np

NAMES = {
    "embeddings.word_embeddings.weight": "token_embd.weight",
    "embeddings.token_type_embeddings.weight": "token_types.weight",
    "embeddings.position_embeddings.weight": "position_embd.weight",
    "embeddings.LayerNorm": "token_embd_norm",
}
LAYER_NAMES = {
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}


def target_name(name):
    """The GGUF name of a tensor; None for one that inference does not use (the pooler, position ids)."""
    name = name.removeprefix("bert.")
    if name in NAMES:
        return NAMES[name]
    if name.startswith("embeddings.LayerNorm."):
        return f"{NAMES['embeddings.LayerNorm']}.{name.rsplit('.', 1)[1]}"
    if name.startswith("encoder.layer."):
        _, _, layer, rest = name.split(".", 3)
        part, kind = rest.rsplit(".", 1)
        return f"blk.{layer}.{LAYER_NAMES[part]}.{kind}"
    return None


def tensors(path):
    """The F32 tensors of a safetensors file: 8 bytes of header length, a JSON header, the data."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    for name, entry in sorted(header.items()):
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        yield name, np.frombuffer(data[begin:end], dtype="<f4").reshape(entry["shape"])


def main(folder, output):
    config = json.loads((folder / "config.json").read_text())
    pieces = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    special = {name: pieces.index(name) for name in ("[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]")}

    writer = gguf.GGUFWriter(str(output), "bert")
    writer.add_name("all-MiniLM-L6-v2")
    writer.add_license("apache-2.0")
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_layer_norm_eps(config["layer_norm_eps"])
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.MEAN)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)

    writer.add_tokenizer_model("bert")
    writer.add_token_type_count(config["type_vocab_size"])
    writer.add_token_list([
        piece if index in special.values() else piece[2:] if piece.startswith("##") else "\u2581" + piece
        for index, piece in enumerate(pieces)
    ])
    writer.add_token_types([
        gguf.TokenType.UNKNOWN if index == special["[UNK]"]
        else gguf.TokenType.CONTROL if index in special.values()
        else gguf.TokenType.NORMAL
        for index in range(len(pieces))
    ])
    writer.add_bos_token_id(special["[CLS]"])
    writer.add_sep_token_id(special["[SEP]"])
    writer.add_pad_token_id(special["[PAD]"])
    writer.add_unk_token_id(special["[UNK]"])
    writer.add_mask_token_id(special["[MASK]"])

    for name, values in tensors(folder / "model.safetensors"):
        target = target_name(name)
        if target is None:
            continue
        # Vectors and the two small embeddings stay F32: libllama adds them to F32 activations.
        matrix = values.ndim == 2 and target.startswith(("blk.", "token_embd."))
        writer.add_tensor(target, np.ascontiguousarray(values, dtype=np.float16 if matrix else np.float32))

    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
