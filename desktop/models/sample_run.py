"""A decoder reads two short texts while it is converted: what its cache and its products meet decides how they round.

The scales of an int8 KV cache: a key or value x of channel c is held as round(x / scale[c]), from -128 to 127. The
scale is the largest magnitude that the channel showed, with a margin, over 127; what is larger is cut off. Keys are
held after their rotation, which turns each pair of channels by an angle that grows with the position: both get the
length of the pair, which no position exceeds.

The inputs of products: see `desktop.models.integer`.

The decoder runs in numpy, in float64 and layer by layer, and scales are rounded to a coarse grid: processors differ in
the last bits of a sum, and a model's files must be the same on all of them.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from desktop.models.decoder_config import DecoderConfig, WeightsSource

_MARGIN = 1.1
_GRID = 2.0**-8  # of a scale's leading part
_SMALLEST = 1e-6  # a channel that is always zero

_TEXTS = (
    """Dear Ms Alvarez, thank you for your letter of 14 March. We have looked into the delay: 3 of the 12 boxes were
    held at customs until the 9th, and the rest (about 480 kg) left our warehouse on time. I am sorry for the trouble.
    # Plan
    1. **Call the carrier** before noon; 2. refund $1,250.00; 3. write to the team. "Was it our fault?" he asked.
    def total(prices: list[float], tax: float = 0.19) -> float:
        return sum(prices) * (1 + tax)  # not rounded
    她说：“下周一上午十点开会，请大家准备好销售报告。” 我们在北京的团队有二十三个人。""",
    """The river rose slowly that autumn. Nobody in the village spoke of it, yet every evening somebody walked down to
    the bridge, looked at the mark on the stone, and walked home without a word. What is a cell membrane made of? It
    consists mainly of lipids and proteins; water passes through it by osmosis. See https://example.org/a?b=1
    | Name | Age |
    |------|-----|
    | Ann  | 41  |""",
)
_WORK, _FEWEST = 1 << 36, 64  # weights times tokens; tokens
_PRODUCT = re.compile(r"blk\.(?P<layer>\d+)\.(?P<product>\w+)")
LOOKED_AT = ("attn_qkv", "attn_output", "ffn_gate_up")  # not the last of a layer: the large inputs of that are others
_LONG = 4096  # tokens; a document with the conversation about it

Float64Matrix = NDArray[np.float64]


def sample_ids(tokenizer: Path) -> list[list[int]]:
    """Give the token ids of the sample texts, by this `tokenizer.json`."""
    encode = Tokenizer.from_file(str(tokenizer)).encode
    return [encode(text, add_special_tokens=False).ids for text in _TEXTS]


def wants_int8_cache(config: DecoderConfig) -> bool:
    """Tell whether a model's KV cache is to be int8, and not fp32.

    int8 pays where the cache of a long text is larger than the weights, as with small models of many heads: there it
    decides how fast an answer is written. Elsewhere it would save little, and cost much: the keys of Qwen 2 lie around
    a bias that is many times as large as what they differ by, and a step of its length leaves little of that
    (`tests/bench/NOTES.md`: perplexity 1.011 instead of 0.999 of the model's own).
    """
    weights = _layers_weights(config) + config.vocab * config.hidden
    cache = _LONG * 2 * config.layers * config.kv_heads * config.head_dim * np.dtype(np.float32).itemsize
    return cache > weights  # of one byte each


def affordable(samples: Sequence[Sequence[int]], config: DecoderConfig) -> Sequence[Sequence[int]]:
    """Cut samples to what a model of this size reads in half a minute of one core; never below `_FEWEST` tokens."""
    most = max(_FEWEST, _WORK // _layers_weights(config))
    if sum(len(ids) for ids in samples) <= most:
        return samples
    return [samples[0][:most]]


def _layers_weights(config: DecoderConfig) -> int:
    attention = 2 * (config.heads + config.kv_heads) * config.head_dim
    return config.layers * config.hidden * (attention + 3 * config.ffn)


class SampleRun:
    """Runs a decoder over the samples, layer by layer.

    Args:
        source: the model.
        rows: gives a tensor in the row order of the graph, by its name.
        samples: token ids of some texts; what is beyond the model's context is left out.
    """

    def __init__(
        self, source: WeightsSource, rows: Callable[[str], NDArray[np.float32]], samples: Sequence[Sequence[int]]
    ) -> None:
        self._source, self._config, self._rows = source, source.config, rows
        samples = [ids[: source.config.context_length] for ids in samples]
        self._hidden: list[Float64Matrix] = [
            source.rows("token_embd.weight", np.array(ids, np.intp)).astype(np.float64) for ids in samples
        ]
        if self._config.family.embedding_scaled:
            self._hidden = [hidden * self._config.hidden**0.5 for hidden in self._hidden]
        longest = max(len(ids) for ids in samples)
        self._seen: dict[str, list[Float64Matrix]] = {}  # of the layer run last
        self._scales: dict[int, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}
        self._ropes = [rope.tables(longest) for rope in self._config.ropes]

    def cache_scales(self, layer: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Give the scales of a layer's keys and values, each of shape (1, kv_heads, 1, head_dim)."""
        self._run_up_to(layer)
        return self._scales[layer]

    def seen(self, product: str) -> Float64Matrix | None:
        """Give what a product of a layer meets in all samples, shape (tokens, inputs); None of those not looked at.

        Args:
            product: its name in the graph, e.g. blk.3.attn_qkv. No layer may be asked for behind a later one.
        """
        found = _PRODUCT.fullmatch(product)
        if found is None or found["product"] not in LOOKED_AT:
            return None
        self._run_up_to(int(found["layer"]))
        return np.concatenate(self._seen[product])

    def _run_up_to(self, layer: int) -> None:
        while len(self._scales) <= layer:
            number = len(self._scales)
            self._scales[number] = self._run(number)

    def _run(self, number: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        prefix, kind = f"blk.{number}", self._config.layer_kinds[number]
        self._seen = {f"{prefix}.{name}": [] for name in LOOKED_AT}
        products = {part: self._product(f"{prefix}.attn_{part}") for part in "qkv"}
        output, feed_forward = self._product(f"{prefix}.attn_output"), self._feed_forward(prefix)
        norm = self._weight(f"{prefix}.attn_norm")
        keys, values = [], []
        for number_of_text, hidden in enumerate(self._hidden):
            normed = self._norm(hidden, norm)
            query, key, value = (self._heads(products[part](normed)) for part in "qkv")
            query, key = (
                self._norm_heads(f"{prefix}.attn_q_norm", query),
                self._norm_heads(f"{prefix}.attn_k_norm", key),
            )
            keys.append(self._lengths(key, kind.rope).max(axis=1))
            values.append(np.abs(value).max(axis=1))
            met = self._attend(self._rotate(query, kind.rope), self._rotate(key, kind.rope), value, kind.window)
            attended = hidden + self._norm_after(f"{prefix}.post_attention_norm", output(met))
            fed = self._norm_after(f"{prefix}.post_ffw_norm", feed_forward(attended))
            self._hidden[number_of_text] = attended + fed
            self._seen[f"{prefix}.attn_qkv"].append(normed)
            self._seen[f"{prefix}.attn_output"].append(met)
        return _scales(np.max(keys, axis=0)), _scales(np.max(values, axis=0))

    def _lengths(self, key: Float64Matrix, rope: int | None) -> Float64Matrix:
        """Give what the channels of keys cannot exceed at any position."""
        if rope is None:
            return np.abs(key)
        pairs = np.hypot(*np.split(key, 2, axis=-1)) * self._config.ropes[rope].magnitudes()
        return np.concatenate([pairs, pairs], axis=-1)

    def _product(self, name: str) -> Callable[[Float64Matrix], Float64Matrix]:
        weight = self._weight(name).T
        bias = self._weight(name, "bias") if self._source.has(f"{name}.bias") else np.float64(0)
        return lambda hidden: hidden @ weight + bias

    def _feed_forward(self, prefix: str) -> Callable[[Float64Matrix], Float64Matrix]:
        gate, up, down = (self._product(f"{prefix}.ffn_{part}") for part in ("gate", "up", "down"))
        norm = self._weight(f"{prefix}.ffn_norm")
        activation = _gelu if self._config.family.activation == "gelu" else _silu

        def run(hidden: Float64Matrix) -> Float64Matrix:
            normed = self._norm(hidden, norm)
            self._seen[f"{prefix}.ffn_gate_up"].append(normed)
            return down(activation(gate(normed)) * up(normed))

        return run

    def _weight(self, name: str, kind: str = "weight") -> Float64Matrix:
        return self._rows(f"{name}.{kind}").astype(np.float64)

    def _norm(self, hidden: Float64Matrix, weight: Float64Matrix) -> Float64Matrix:
        normed: Float64Matrix = (
            hidden / np.sqrt(np.square(hidden).mean(-1, keepdims=True) + self._config.rms_eps) * weight
        )
        return normed

    def _norm_after(self, name: str, added: Float64Matrix) -> Float64Matrix:
        return self._norm(added, self._weight(name)) if self._config.family.norms_after else added

    def _norm_heads(self, name: str, heads: Float64Matrix) -> Float64Matrix:
        return self._norm(heads, self._weight(name)) if self._source.has(f"{name}.weight") else heads

    def _heads(self, projected: Float64Matrix) -> Float64Matrix:
        """Split into heads: shape (tokens, heads * head_dim) to (heads, tokens, head_dim)."""
        return projected.reshape(len(projected), -1, self._config.head_dim).transpose(1, 0, 2)

    def _rotate(self, heads: Float64Matrix, rope: int | None) -> Float64Matrix:
        if rope is None:
            return heads
        first, second = np.split(heads, 2, axis=-1)
        cos, sin = (table[: heads.shape[1]] for table in self._ropes[rope])
        return np.concatenate([first * cos - second * sin, second * cos + first * sin], axis=-1)

    def _attend(
        self, query: Float64Matrix, key: Float64Matrix, value: Float64Matrix, window: int | None
    ) -> Float64Matrix:
        """Causal attention over the last `window` tokens; gives shape (tokens, heads * head_dim)."""
        group = self._config.heads // self._config.kv_heads
        key, value = key.repeat(group, axis=0), value.repeat(group, axis=0)
        tokens = query.shape[1]
        scores = query @ key.transpose(0, 2, 1) * self._config.attention_scale
        scores += np.triu(np.full((tokens, tokens), -np.inf), 1)
        if window is not None:
            scores += np.tril(np.full((tokens, tokens), -np.inf), -window)
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        attended: Float64Matrix = (shares @ value).transpose(1, 0, 2).reshape(tokens, -1)
        return attended


def _silu(gate: Float64Matrix) -> Float64Matrix:
    opened: Float64Matrix = gate / (1 + np.exp(-gate))
    return opened


def _gelu(gate: Float64Matrix) -> Float64Matrix:
    """Give its approximation by tanh (Hendrycks and Gimpel, "Gaussian error linear units", 2016, section 2)."""
    opened: Float64Matrix = gate * (1 + np.tanh((2 / np.pi) ** 0.5 * (gate + 0.044715 * gate**3))) / 2
    return opened


def _scales(largest: Float64Matrix) -> NDArray[np.float32]:
    """Turn the largest magnitudes, shape (kv_heads, head_dim), into scales, shape (1, kv_heads, 1, head_dim)."""
    leading, exponent = np.frexp(np.maximum(largest * _MARGIN / 127, _SMALLEST))
    scales: NDArray[np.float64] = np.ldexp(np.ceil(leading / _GRID) * _GRID, exponent)
    return scales.astype(np.float32)[None, :, None]
