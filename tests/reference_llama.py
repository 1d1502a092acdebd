"""The llama family written out in numpy, one sequence at a time, with no cache: what every fast path must agree with.

Sources of the formulas:
    RMSNorm            Zhang and Sennrich, "Root Mean Square Layer Normalization" (2019), equation 4
    rotary positions   Su et al., "RoFormer" (2021), section 3.2.2 (neighbouring pairs); GPT-NeoX pairs i with i + d/2
    grouped queries    Ainslie et al., "GQA" (2023), section 2.2
    SwiGLU             Shazeer, "GLU Variants Improve Transformer" (2020), equation 6
    the block          Touvron et al., "LLaMA" (2023), section 2.2; biases on Q, K, V as in "Qwen2" (2024),
                       RMSNorm on every head of Q and K as in "Qwen3" (2025)
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]  # of the dtype the model was loaded in


class _BlockAtATime(Mapping[str, Floats]):
    """Tensors that are dequantized when they are asked for, and dropped when one of another block is."""

    def __init__(self, reader: Any, dtype: type[np.floating[Any]]) -> None:
        self._stored = {tensor.name: tensor for tensor in reader.tensors}
        self._dtype, self._block = dtype, ""
        self._kept: dict[str, Floats] = {}

    def __getitem__(self, name: str) -> Floats:
        stored = self._stored[name]
        block = name.rpartition(".")[0].rpartition(".")[0] or name  # blk.3 of blk.3.attn_q.weight
        if block != self._block:
            self._kept, self._block = {}, block
        if name not in self._kept:
            self._kept[name] = gguf.dequantize(stored.data, stored.tensor_type).astype(self._dtype, copy=False)
        return self._kept[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)


class ReferenceLlama:
    """A GGUF file of the llama, qwen2 or qwen3 architecture, dequantized.

    Args:
        path: the GGUF file.
        dtype: float32 as the engine computes, float64 where the last digit matters.
        whole: dequantize it at once; else block by block, for models that do not fit in memory.
    """

    def __init__(self, path: Path, dtype: type[np.floating[Any]] = np.float32, *, whole: bool = True) -> None:
        reader = gguf.GGUFReader(path)
        self._tensors: Mapping[str, Floats] = _BlockAtATime(reader, dtype)
        if whole:
            self._tensors = {name: self._tensors[name] for name in self._tensors}
        self._dtype = dtype
        self._architecture: str = reader.get_field("general.architecture").contents()

        def value(key: str, default: Any = None) -> Any:
            field = reader.get_field(f"{self._architecture}.{key}")
            return default if field is None else field.contents()

        self._layers = int(value("block_count"))
        self._heads = int(value("attention.head_count"))
        self._kv_heads = int(value("attention.head_count_kv", self._heads))
        self._head_dim = int(value("attention.key_length", value("embedding_length") // self._heads))
        self._rms_eps = float(value("attention.layer_norm_rms_epsilon"))
        self._rope_base = float(value("rope.freq_base", 10000.0))

    def hidden(self, ids: NDArray[np.int64]) -> Floats:
        """Run the blocks over `ids`, shape (n,); give the normalized output, shape (n, hidden)."""
        return self.hidden_of([ids])[0]

    def hidden_of(self, several: Sequence[NDArray[np.int64]]) -> list[Floats]:
        """Run the blocks over several texts, each block over all of them before the next."""
        states = [self._tensors["token_embd.weight"][ids] for ids in several]
        for block in (f"blk.{layer}" for layer in range(self._layers)):
            for number, x in enumerate(states):
                cos, sin = self._rotary_table(len(x))
                x = x + self._attention(block, self._rms_norm(x, f"{block}.attn_norm"), cos, sin)
                states[number] = x + self._feed_forward(block, self._rms_norm(x, f"{block}.ffn_norm"))
        return [self._rms_norm(x, "output_norm") for x in states]

    def head(self, hidden: Floats) -> Floats:
        """Score every token: hidden states of shape (n, hidden) to logits of shape (n, vocab)."""
        name = "output.weight" if "output.weight" in self._tensors else "token_embd.weight"
        scores: Floats = hidden @ self._tensors[name].T
        return scores

    def logits(self, ids: NDArray[np.int64]) -> Floats:
        """Score the token after each of `ids`, shape (n,): logits of shape (n, vocab)."""
        return self.head(self.hidden(ids))

    def greedy(self, ids: NDArray[np.int64], count: int) -> list[int]:
        """Continue `ids` by the likeliest token, `count` times, reading everything anew each time."""
        sequence = [int(token) for token in ids]
        for _ in range(count):
            last = self.hidden(np.array(sequence, dtype=np.int64))[-1:]
            sequence.append(int(self.head(last)[0].argmax()))
        return sequence[len(ids) :]

    def _attention(self, block: str, x: Floats, cos: Floats, sin: Floats) -> Floats:
        n = len(x)
        q = self._project(x, f"{block}.attn_q").reshape(n, self._heads, self._head_dim)
        k = self._project(x, f"{block}.attn_k").reshape(n, self._kv_heads, self._head_dim)
        v = self._project(x, f"{block}.attn_v").reshape(n, self._kv_heads, self._head_dim)
        if self._architecture == "qwen3":
            q = self._rms_norm(q, f"{block}.attn_q_norm")
            k = self._rms_norm(k, f"{block}.attn_k_norm")
        q, k = self._rotate(q, cos, sin), self._rotate(k, cos, sin)

        mixed = np.empty_like(q)
        future = np.triu(np.ones((n, n), dtype=bool), k=1)
        for head in range(self._heads):
            shared = head // (self._heads // self._kv_heads)  # consecutive query heads share one key head
            scores = q[:, head] @ k[:, shared].T / self._dtype(np.sqrt(self._head_dim))
            mixed[:, head] = _softmax(np.where(future, -np.inf, scores)) @ v[:, shared]
        return self._project(mixed.reshape(n, -1), f"{block}.attn_output")

    def _feed_forward(self, block: str, x: Floats) -> Floats:
        gate = self._project(x, f"{block}.ffn_gate")
        swish = gate * (1 + np.tanh(gate / 2)) / 2  # gate * sigmoid(gate), without the overflow of exp
        return self._project(swish * self._project(x, f"{block}.ffn_up"), f"{block}.ffn_down")

    def _project(self, x: Floats, name: str) -> Floats:
        projected: Floats = x @ self._tensors[f"{name}.weight"].T + self._tensors.get(f"{name}.bias", self._dtype(0))
        return projected

    def _rms_norm(self, x: Floats, name: str) -> Floats:
        mean_square = np.mean(x * x, axis=-1, keepdims=True)
        normalized: Floats = x / np.sqrt(mean_square + self._dtype(self._rms_eps)) * self._tensors[f"{name}.weight"]
        return normalized

    def _rotary_table(self, n: int) -> tuple[Floats, Floats]:
        """Cosines and sines of position * base^(-2i/d), each of shape (n, 1, d/2)."""
        frequencies = self._rope_base ** (-np.arange(0, self._head_dim, 2) / self._head_dim)
        angles = np.arange(n)[:, None, None] * frequencies
        return np.cos(angles).astype(self._dtype), np.sin(angles).astype(self._dtype)

    def _rotate(self, x: Floats, cos: Floats, sin: Floats) -> Floats:
        """Turn the pairs of every head, shape (n, heads, d): neighbours in llama files, i and i + d/2 in the others."""
        half = self._head_dim // 2
        neighbours = self._architecture == "llama"
        first, second = (x[..., 0::2], x[..., 1::2]) if neighbours else (x[..., :half], x[..., half:])
        turned = first * cos - second * sin, first * sin + second * cos
        return np.stack(turned, axis=-1).reshape(x.shape) if neighbours else np.concatenate(turned, axis=-1)


def logits(gguf_path: Path, ids: NDArray[np.int64]) -> Floats:
    """Score the token after each of `ids` with the model of a GGUF file: shape (n,) to (n, vocab), in fp32."""
    return ReferenceLlama(gguf_path).logits(ids)


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares
