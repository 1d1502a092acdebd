"""Writes a tiny random model as a folder of transformers: config.json, safetensors, tokenizer and template."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.tiny_gguf import TinyModel, Weights, random_weights
from tests.tiny_tokenizer import (
    BEGIN_OF_TURN,
    CHAT_TEMPLATE,
    END_OF_TEXT,
    END_OF_TURN,
    SPECIAL_TOKENS,
    VOCAB,
    train_tokenizer,
)

_TYPES = {"gemma3": "gemma3_text"}
_OUTER = {"token_embd": "model.embed_tokens", "output_norm": "model.norm", "output": "lm_head"}
_INNER = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
_GEMMA = {
    "post_attention_norm": "post_attention_layernorm",
    "ffn_norm": "pre_feedforward_layernorm",
    "post_ffw_norm": "post_feedforward_layernorm",
}


def configuration(model: TinyModel) -> dict[str, Any]:
    """Say in transformers' words what a tiny model is: the content of config.json."""
    said: dict[str, Any] = {
        "model_type": _TYPES.get(model.architecture, model.architecture),
        "vocab_size": VOCAB,
        "hidden_size": model.hidden,
        "intermediate_size": model.ffn,
        "num_hidden_layers": model.layers,
        "num_attention_heads": model.heads,
        "num_key_value_heads": model.kv_heads,
        "max_position_embeddings": model.context_length,
        "rope_theta": model.rope_base,
        "rms_norm_eps": model.rms_eps,
        "tie_word_embeddings": model.tied,
        "bos_token_id": BEGIN_OF_TURN,
        "eos_token_id": END_OF_TURN,
        "pad_token_id": END_OF_TEXT,
    }
    scaling = dict(model.rope_scaling or {})
    if model.architecture == "phi3":
        said["partial_rotary_factor"] = (model.rotated or model.head_dim) / model.head_dim
        said["original_max_position_embeddings"] = scaling.pop("original_max_position_embeddings", model.context_length)
        scaling = {key.replace("rope_type", "type"): value for key, value in scaling.items()}
    else:
        said["head_dim"] = model.head_dim
    if scaling:
        said["rope_scaling"] = scaling
    if model.window:
        said["sliding_window"] = model.window
    if model.architecture == "gemma3":
        said |= {"query_pre_attn_scalar": model.head_dim, "rope_local_base_freq": 10000.0}
        said["hidden_activation"] = "gelu_pytorch_tanh"
    return said


def transformers_weights(model: TinyModel) -> Weights:
    """Give the weights under transformers' names; Gemma's norms are what is added to 1 there."""
    modules = {**_INNER, **(_GEMMA if model.architecture == "gemma3" else {})}
    found: Weights = {}
    for name, values in random_weights(model).items():
        *block, module, kind = name.split(".")
        theirs = f"model.layers.{block[1]}.{modules[module]}" if block else _OUTER[module]
        found[f"{theirs}.{kind}"] = values - 1 if model.architecture == "gemma3" and "norm" in module else values
    if model.architecture == "phi3":
        for layer in range(model.layers):
            for fused, parts in (("self_attn.qkv", "qkv"), ("mlp.gate_up", ("gate", "up"))):
                stem = f"model.layers.{layer}.{fused.split('.')[0]}"
                rows = [found.pop(f"{stem}.{part}_proj.weight") for part in parts]
                found[f"model.layers.{layer}.{fused}_proj.weight"] = np.concatenate(rows)
    return found


def write_tiny_folder(folder: Path, model: TinyModel, dtype: str = "F32", shards: int = 1) -> Path:
    """Write the folder; its weights in F32, F16 or BF16, in one file or several."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(configuration(model)), encoding="utf-8")
    weights = transformers_weights(model)
    if shards == 1:
        write_safetensors(folder / "model.safetensors", weights, dtype)
    else:
        names = [f"model-{number:05}-of-{shards:05}.safetensors" for number in range(1, shards + 1)]
        place = {name: names[number % shards] for number, name in enumerate(weights)}
        for file in names:
            part = {name: values for name, values in weights.items() if place[name] == file}
            write_safetensors(folder / file, part, dtype)
        index = json.dumps({"metadata": {}, "weight_map": place})
        (folder / "model.safetensors.index.json").write_text(index, encoding="utf-8")
    write_tokenizer_files(folder)
    return folder


def write_tokenizer_files(folder: Path) -> None:
    """Write the tokenizer, what is said of it, and the chat template."""
    train_tokenizer().save(str(folder / "tokenizer.json"))
    said = {"bos_token": SPECIAL_TOKENS[BEGIN_OF_TURN], "eos_token": {"content": SPECIAL_TOKENS[END_OF_TURN]}}
    said["chat_template"] = CHAT_TEMPLATE
    (folder / "tokenizer_config.json").write_text(json.dumps(said), encoding="utf-8")
    ends = {"eos_token_id": [END_OF_TURN, END_OF_TEXT], "temperature": 0.6, "top_k": 20, "top_p": 0.95}
    (folder / "generation_config.json").write_text(json.dumps(ends), encoding="utf-8")


def write_safetensors(path: Path, weights: Weights, dtype: str) -> None:
    """Write one file."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    content = b""
    for name, values in weights.items():
        stored = _stored(values, dtype)
        header[name] = {
            "dtype": dtype,
            "shape": list(values.shape),
            "data_offsets": [len(content), len(content) + len(stored)],
        }
        content += stored
    said = json.dumps(header).encode()
    path.write_bytes(len(said).to_bytes(8, "little") + said + content)


def _stored(values: NDArray[np.float32], dtype: str) -> bytes:
    if dtype == "BF16":
        return (np.ascontiguousarray(values).view(np.uint32) >> 16).astype(np.uint16).tobytes()
    return values.astype(np.float16 if dtype == "F16" else np.float32).tobytes()
