"""Writes tiny GGUF files with random weights: the input of the converter's tests.

The weights come from a frozen random stream, so that `packaging/tiny_model` can have another implementation
compute what these very models answer.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from numpy.typing import NDArray

from tests.tiny_tokenizer import (
    BEGIN_OF_TURN,
    CHAT_TEMPLATE,
    END_OF_TEXT,
    END_OF_TURN,
    SPECIAL_TOKENS,
    VOCAB,
    train_tokenizer,
)

Weights = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class TinyModel:
    """The shape of a random model.

    Attributes:
        architecture: llama (interleaved rotary rows), qwen2 (bias on Q, K, V), qwen3 (RMSNorm on each head of Q, K),
            gemma3 (that, and norms behind attention and feed-forward), smollm3 (as llama) or phi3 (fused matrices).
        tied: the head is the embedding.
        quantization: block type of the matrices, as `gguf` names it; the embedding and the head too. Q4_K and Q6_K
            have random blocks instead of the drawn weights.
        key_length: width of a head where it is not hidden / heads; written into the header.
        window: how many tokens a layer with a window sees.
        rotated: how many channels of a head are turned; None: all.
        rope_scaling: as in the config.json of transformers, `original_max_position_embeddings` in it.
        pre: `tokenizer.ggml.pre`, which names the pre-tokenizer.
        seed: same seed, same weights.
    """

    architecture: str = "llama"
    tied: bool = False
    quantization: str = "F32"
    layers: int = 2
    hidden: int = 64
    heads: int = 4
    kv_heads: int = 2
    ffn: int = 96
    key_length: int | None = None
    context_length: int = 256
    rope_base: float = 10000.0
    rms_eps: float = 1e-5
    window: int | None = None
    rotated: int | None = None
    rope_scaling: Mapping[str, Any] | None = None
    pre: str = "smollm"
    seed: int = 0

    @property
    def head_dim(self) -> int:
        """Width of one head."""
        return self.key_length or self.hidden // self.heads


# One of each architecture, in fp32; their expected answers are in tests/data/tiny-gguf.json.
TINY_MODELS = {
    "llama": TinyModel("llama", seed=15),
    "qwen2": TinyModel("qwen2", tied=True, rope_base=1e6, rms_eps=1e-6, pre="qwen2", seed=26),
    "qwen3": TinyModel("qwen3", key_length=32, rope_base=1e6, rms_eps=1e-6, pre="qwen2", seed=36),
}


def random_weights(model: TinyModel) -> Weights:
    """Draw the weights under their GGUF names, matrices as (outputs, inputs).

    The rows of Q and K are ordered for rotation of halves (i, i + d/2), as in the published weights of every
    architecture; the gains are large enough that greedy answers vary and no two tokens tie.
    """
    draw = np.random.RandomState(model.seed)  # the one stream that numpy promises never to change

    def matrix(outputs: int, inputs: int, gain: float = 1.5) -> NDArray[np.float32]:
        return np.float32(gain / np.sqrt(inputs)) * draw.standard_normal((outputs, inputs)).astype(np.float32)

    def vector(width: int, centre: float, spread: float) -> NDArray[np.float32]:
        return (centre + spread * draw.standard_normal(width)).astype(np.float32)

    hidden, queries, keys = model.hidden, model.heads * model.head_dim, model.kv_heads * model.head_dim
    # Gemma scales its embedding; were it as large as the others', a token would only ever be followed by itself.
    embedding = matrix(VOCAB, hidden, gain=0.6 if model.architecture == "gemma3" else 3.0)
    weights = {"token_embd.weight": embedding, "output_norm.weight": vector(hidden, 1.0, 0.2)}
    if not model.tied:
        weights["output.weight"] = matrix(VOCAB, hidden, gain=3.0)
    for block in (f"blk.{layer}" for layer in range(model.layers)):
        weights[f"{block}.attn_norm.weight"] = vector(hidden, 1.0, 0.2)
        weights[f"{block}.ffn_norm.weight"] = vector(hidden, 1.0, 0.2)
        for name, width in (("attn_q", queries), ("attn_k", keys), ("attn_v", keys)):
            weights[f"{block}.{name}.weight"] = matrix(width, hidden)
            if model.architecture == "qwen2":
                weights[f"{block}.{name}.bias"] = vector(width, 0.0, 0.5)
        if model.architecture in ("qwen3", "gemma3"):
            weights[f"{block}.attn_q_norm.weight"] = vector(model.head_dim, 1.0, 0.2)
            weights[f"{block}.attn_k_norm.weight"] = vector(model.head_dim, 1.0, 0.2)
        if model.architecture == "gemma3":
            weights[f"{block}.post_attention_norm.weight"] = vector(hidden, 1.0, 0.2)
            weights[f"{block}.post_ffw_norm.weight"] = vector(hidden, 1.0, 0.2)
        weights[f"{block}.attn_output.weight"] = matrix(hidden, queries)
        weights[f"{block}.ffn_gate.weight"] = matrix(model.ffn, hidden)
        weights[f"{block}.ffn_up.weight"] = matrix(model.ffn, hidden)
        weights[f"{block}.ffn_down.weight"] = matrix(hidden, model.ffn)
    return weights


def write_tiny_gguf(
    path: Path, model: TinyModel, overrides: dict[str, Any] | None = None, most_tensors: int = 0
) -> Path:
    """Write the model with its tokenizer and chat template.

    Args:
        path: the file; replaced if it exists.
        model: its shape.
        overrides: keys of the header that replace or join the usual ones; strings, numbers and bools. A value of
            None leaves the key out.
        most_tensors: with more than so many it is split into files, `NAME-00001-of-0000N.gguf`.
    """
    writer = gguf.GGUFWriter(path, model.architecture, split_max_tensors=most_tensors)
    for key, value in {**_header(model), **_tokenizer(model), **(overrides or {})}.items():
        _add(writer, key, value)
    for name, weights in {**_fused(model, random_weights(model)), **_rope_factors(model)}.items():
        _add_tensor(writer, model, name, weights)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _header(model: TinyModel) -> dict[str, Any]:
    arch = model.architecture
    header: dict[str, Any] = {
        "general.name": f"Tiny {arch}",
        f"{arch}.block_count": model.layers,
        f"{arch}.context_length": model.context_length,
        f"{arch}.embedding_length": model.hidden,
        f"{arch}.feed_forward_length": model.ffn,
        f"{arch}.attention.head_count": model.heads,
        f"{arch}.attention.head_count_kv": model.kv_heads,
        f"{arch}.attention.layer_norm_rms_epsilon": model.rms_eps,
        f"{arch}.rope.freq_base": model.rope_base,
        f"{arch}.vocab_size": VOCAB,
    }
    if arch == "llama" or model.rotated:
        header[f"{arch}.rope.dimension_count"] = model.rotated or model.head_dim
    if model.window:
        header[f"{arch}.attention.sliding_window"] = model.window
    scaling = model.rope_scaling or {}
    if scaling.get("rope_type") in ("linear", "yarn"):
        header[f"{arch}.rope.scaling.type"] = scaling["rope_type"]
        header[f"{arch}.rope.scaling.factor"] = scaling["factor"]
    if "original_max_position_embeddings" in scaling:
        header[f"{arch}.rope.scaling.original_context_length"] = scaling["original_max_position_embeddings"]
    if model.key_length:
        header[f"{arch}.attention.key_length"] = model.key_length
        header[f"{arch}.attention.value_length"] = model.key_length
    return header


def _fused(model: TinyModel, weights: Weights) -> Weights:
    """Put the matrices together that a family has in one."""
    if model.architecture != "phi3":
        return weights
    for block in (f"blk.{layer}" for layer in range(model.layers)):
        qkv = [weights.pop(f"{block}.attn_{part}.weight") for part in "qkv"]
        weights[f"{block}.attn_qkv.weight"] = np.concatenate(qkv)
        gated = [weights.pop(f"{block}.ffn_{part}.weight") for part in ("gate", "up")]
        weights[f"{block}.ffn_up.weight"] = np.concatenate(gated)
    return weights


def _rope_factors(model: TinyModel) -> Weights:
    """Give the tensors by which GGUF stretches the waves of positions one by one."""
    scaling = model.rope_scaling or {}
    match scaling.get("rope_type"):
        case "longrope":
            return {
                f"rope_factors_{kind}.weight": np.array(scaling[f"{kind}_factor"], np.float32)
                for kind in ("long", "short")
            }
        case "llama3":
            waves = 2 * np.pi * model.rope_base ** (np.arange(0, model.head_dim, 2) / model.head_dim)
            original, low, high = (
                scaling[key] for key in ("original_max_position_embeddings", "low_freq_factor", "high_freq_factor")
            )
            smooth = (original / waves - low) / (high - low)
            between = 1 / ((1 - smooth) / scaling["factor"] + smooth)
            factors = np.where(waves < original / high, 1, np.where(waves > original / low, scaling["factor"], between))
            return {"rope_freqs.weight": factors.astype(np.float32)}
        case _:
            return {}


def _tokenizer(model: TinyModel) -> dict[str, Any]:
    trained = json.loads(train_tokenizer().to_str())
    ids: dict[str, int] = trained["model"]["vocab"]
    control, normal = int(gguf.TokenType.CONTROL), int(gguf.TokenType.NORMAL)
    return {
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": model.pre,
        "tokenizer.ggml.tokens": sorted(ids, key=ids.__getitem__),
        "tokenizer.ggml.token_type": [control] * len(SPECIAL_TOKENS) + [normal] * (VOCAB - len(SPECIAL_TOKENS)),
        "tokenizer.ggml.merges": [" ".join(pair) for pair in trained["model"]["merges"]],
        "tokenizer.ggml.bos_token_id": BEGIN_OF_TURN,
        "tokenizer.ggml.eos_token_id": END_OF_TURN,
        "tokenizer.ggml.unknown_token_id": END_OF_TEXT,
        "tokenizer.ggml.padding_token_id": END_OF_TURN,
        "tokenizer.ggml.add_bos_token": False,
        "tokenizer.chat_template": CHAT_TEMPLATE,
    }


def _add(writer: gguf.GGUFWriter, key: str, value: Any) -> None:
    match value:
        case None:
            pass
        case bool():
            writer.add_bool(key, value)
        case int():
            writer.add_uint32(key, value)
        case float():
            writer.add_float32(key, value)
        case str():
            writer.add_string(key, value)
        case _:
            writer.add_array(key, value)


def _add_tensor(writer: gguf.GGUFWriter, model: TinyModel, name: str, weights: NDArray[np.float32]) -> None:
    if model.architecture in ("llama", "smollm3") and name.endswith(("attn_q.weight", "attn_k.weight")):
        weights = interleave_rotary_rows(weights, model.head_dim)
    if weights.ndim == 1:  # norms and biases are never quantized
        writer.add_tensor(name, weights)
        return
    kind = gguf.GGMLQuantizationType[model.quantization]
    packed = _k_quants(weights, model) if model.quantization in _K_SCALES else gguf.quantize(weights, kind)
    writer.add_tensor(name, packed, raw_dtype=kind)


# Where the fp16 scales stand in a block of 256 weights, and how large the numbers are that they multiply.
_K_SCALES: dict[str, dict[int, float]] = {"Q4_K": {0: 63 * 15, 2: 63}, "Q6_K": {208: 127 * 32}}


def _k_quants(weights: NDArray[np.float32], model: TinyModel) -> NDArray[np.uint8]:
    """Draw random blocks of the size of `weights`: `gguf` reads K-quants, but does not write them."""
    per_block, size = gguf.GGML_QUANT_SIZES[gguf.GGMLQuantizationType[model.quantization]]
    draw = np.random.RandomState(model.seed + weights.size)
    blocks = draw.randint(0, 256, (weights.size // per_block, size)).astype(np.uint8)
    for place, largest in _K_SCALES[model.quantization].items():
        scale = np.float16(3 / np.sqrt(weights.shape[1]) / largest)
        blocks[:, place : place + 2] = np.frombuffer(scale.tobytes(), np.uint8)
    return blocks.reshape(len(weights), -1)


def interleave_rotary_rows(weights: NDArray[np.float32], head_dim: int) -> NDArray[np.float32]:
    """Reorder the rows of each head from (i, i + d/2) pairs to neighbours (2i, 2i + 1), as GGUF stores llama models."""
    heads = weights.reshape(-1, 2, head_dim // 2, weights.shape[1])
    return np.ascontiguousarray(heads.swapaxes(1, 2).reshape(weights.shape))
