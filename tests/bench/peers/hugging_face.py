"""Writes a GGUF as the folder that libraries of Hugging Face read: fp32 weights, configuration, tokenizer.

    python hugging_face.py GGUF FOLDER

Runs in an environment that has safetensors, gguf and tokenizers; of Inkstone it needs only the reader of GGUF files.
"""

import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.models.decoder_config import DecoderConfig
from desktop.models.gguf_file import GgufFile
from desktop.models.gguf_tokenizer import write_tokenizer
from desktop.models.rope import plain

_ARCHITECTURES = {"llama": "LlamaForCausalLM", "qwen2": "Qwen2ForCausalLM", "qwen3": "Qwen3ForCausalLM"}
_OUTER = {
    "token_embd.weight": "model.embed_tokens.weight",
    "output_norm.weight": "model.norm.weight",
    "output.weight": "lm_head.weight",
}
_INNER = {
    "attn_norm.weight": "input_layernorm.weight",
    "attn_q.weight": "self_attn.q_proj.weight",
    "attn_q.bias": "self_attn.q_proj.bias",
    "attn_q_norm.weight": "self_attn.q_norm.weight",
    "attn_k.weight": "self_attn.k_proj.weight",
    "attn_k.bias": "self_attn.k_proj.bias",
    "attn_k_norm.weight": "self_attn.k_norm.weight",
    "attn_v.weight": "self_attn.v_proj.weight",
    "attn_v.bias": "self_attn.v_proj.bias",
    "attn_output.weight": "self_attn.o_proj.weight",
    "ffn_norm.weight": "post_attention_layernorm.weight",
    "ffn_gate.weight": "mlp.gate_proj.weight",
    "ffn_up.weight": "mlp.up_proj.weight",
    "ffn_down.weight": "mlp.down_proj.weight",
}


def write_folder(source: GgufFile, folder: Path) -> None:
    """Write the folder; it must exist.

    Raises:
        ValueError: the model turns by angles that its configuration would not tell.
    """
    from safetensors.numpy import save_file  # only where it is written: its tests run without

    rope = source.config.ropes[0]
    if not np.array_equal(rope.frequencies, plain(rope.base, source.config.head_dim)):
        raise ValueError("RoPE with frequencies of its own is not written")
    chat = write_tokenizer(source, folder)  # tokenizer.json and the chat template, by the names that are read there too
    tokenizer = {"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": chat.eos, "bos_token": chat.bos or chat.eos}
    (folder / "tokenizer_config.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    ends = {"bos_token_id": source.value("tokenizer.ggml.bos_token_id"), "eos_token_id": list(chat.end_tokens)}
    (folder / "config.json").write_text(json.dumps({**configuration(source.config), **ends}), encoding="utf-8")
    (folder / "generation_config.json").write_text(json.dumps(ends), encoding="utf-8")
    save_file(weights(source), folder / "model.safetensors", metadata={"format": "pt"})


def configuration(config: DecoderConfig) -> dict[str, object]:
    """Give what stands in config.json."""
    base = config.ropes[0].base
    return {
        "architectures": [_ARCHITECTURES[config.architecture]],
        "model_type": config.architecture,
        "num_hidden_layers": config.layers,
        "hidden_size": config.hidden,
        "num_attention_heads": config.heads,
        "num_key_value_heads": config.kv_heads,
        "head_dim": config.head_dim,
        "intermediate_size": config.ffn,
        "hidden_act": "silu",
        "vocab_size": config.vocab,
        "max_position_embeddings": config.context_length,
        "rope_theta": base,
        "rope_parameters": {"rope_type": "default", "rope_theta": base},
        "rms_norm_eps": config.rms_eps,
        "tie_word_embeddings": config.tied,
        "dtype": "float32",
    }


def weights(source: GgufFile) -> dict[str, NDArray[np.float32]]:
    """Give all tensors under the names of transformers."""
    config = source.config
    names = dict(_OUTER)
    for layer in range(config.layers):
        names |= {f"blk.{layer}.{name}": f"model.layers.{layer}.{theirs}" for name, theirs in _INNER.items()}
    found = {theirs: source.tensor(name) for name, theirs in names.items() if source.has(name)}
    if config.rotates_pairs:
        for layer in range(config.layers):
            for kind in ("q_proj", "k_proj"):
                for part in ("weight", "bias"):
                    name = f"model.layers.{layer}.self_attn.{kind}.{part}"
                    if name in found:
                        found[name] = by_halves(found[name], config.head_dim)
    return found


def by_halves(rows: NDArray[np.float32], head_dim: int) -> NDArray[np.float32]:
    """Put the rows of each head in the order of transformers, which turns halves, not neighbours."""
    pairs = rows.reshape(-1, head_dim // 2, 2, *rows.shape[1:])
    return np.ascontiguousarray(pairs.swapaxes(1, 2)).reshape(rows.shape)


if __name__ == "__main__":
    gguf, target = sys.argv[1:]
    write_folder(GgufFile(Path(gguf)), Path(target))
