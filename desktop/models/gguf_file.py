"""Reads GGUF: the header becomes a `DecoderConfig`, the tensors become fp32 arrays.

Format: the GGUF specification of the ggml project; the `gguf` library reads it and dequantizes every block type.
"""

import contextlib
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import gguf
import numpy as np
from numpy.typing import NDArray

from desktop.errors import BrokenModel, UnsupportedModel
from desktop.models.gguf_blocks import BLOCK_TYPES
from desktop.models.gguf_reader import QuickReader
from desktop.reasons import ModelReason

# Row order of the query and key projections: llama.cpp stores them for rotation of neighbouring pairs (2i, 2i+1) in
# llama files, and for rotation of halves (i, i + d/2) in the others.
_ROTATES_PAIRS = {"llama": True, "qwen2": False, "qwen3": False}
ARCHITECTURES = tuple(_ROTATES_PAIRS)  # that can be run
_LONGEST_CONTEXT = 131_072  # tokens; the rotary tables are part of the graph


@dataclass(frozen=True, slots=True)
class DecoderConfig:
    """The shape of a decoder of the llama family.

    Attributes:
        architecture: llama, qwen2 or qwen3.
        layers: how many blocks.
        hidden: width of the residual stream.
        heads: query heads.
        kv_heads: key and value heads; a divisor of `heads`.
        head_dim: width of one head; even.
        ffn: width of the feed-forward layer.
        vocab: how many tokens.
        context_length: longest sequence, in tokens.
        rope_base: base of the rotary frequencies.
        rope_scale: positions are divided by this (linear scaling).
        rms_eps: epsilon of RMSNorm.
        rotates_pairs: how the rows of the query and key projections are ordered (see above).
        tied: the head is the embedding.
    """

    architecture: str
    layers: int
    hidden: int
    heads: int
    kv_heads: int
    head_dim: int
    ffn: int
    vocab: int
    context_length: int
    rope_base: float
    rope_scale: float
    rms_eps: float
    rotates_pairs: bool
    tied: bool


class GgufFile:
    """An open GGUF file, memory mapped until it is closed; a context that closes it.

    The arrays it gives may look into the file, and are not to be used behind `close`.

    Attributes:
        path: where it lies.
        config: the decoder's shape.

    Raises:
        BrokenModel: it is not a GGUF file, or is cut off.
        UnsupportedModel: it holds another kind of network.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._reader: Any = QuickReader(path)
        except (ValueError, IndexError, KeyError, OSError, TypeError, OverflowError, MemoryError) as error:
            traceback.clear_frames(error.__traceback__)  # the reader's, or the file stays mapped as long as the error
            raise BrokenModel(path, ModelReason.NO_GGUF()) from error
        self._tensors = {tensor.name: tensor for tensor in self._reader.tensors}
        try:
            self.config = self._read_config()
            self._check_shapes()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back; done twice does no harm."""
        self._tensors = {}
        if self._reader is not None:
            mapped = self._reader.data.base
            self._reader = None
            with contextlib.suppress(BufferError):  # an array looks into it still, and closes it when it goes
                mapped.close()

    def value(self, key: str, default: Any = None) -> Any:
        """Give the header's value of `key`: a number, text, bool or list; `default` when absent.

        Raises:
            BrokenModel: the value is damaged.
        """
        field = self._reader.get_field(key)
        try:
            return default if field is None else field.contents()
        except (ValueError, IndexError, TypeError) as error:
            raise BrokenModel(self.path, ModelReason.UNREADABLE_VALUE(key=key)) from error

    def has(self, name: str) -> bool:
        """Tell whether a tensor of this name exists."""
        return name in self._tensors

    def tensor(self, name: str) -> NDArray[np.float32]:
        """Give a tensor, dequantized to fp32; a matrix has shape (outputs, inputs).

        Raises:
            BrokenModel: the file has no such tensor.
            UnsupportedModel: its block type is unknown.
        """
        shape = tuple(int(n) for n in reversed(self._tensor(name).shape))
        return self.rows(name, slice(None)).reshape(shape)

    def rows(self, name: str, which: slice | NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """Give some rows of a matrix, dequantized to fp32, shape (rows, inputs); raises as `tensor` does."""
        tensor = self._tensor(name)
        if (known := BLOCK_TYPES.get(tensor.tensor_type.name)) is not None:
            return known.weights(self.blocks(name)[1][which])
        try:
            values = gguf.dequantize(tensor.data[which], tensor.tensor_type)
        except (NotImplementedError, KeyError) as error:
            raise UnsupportedModel(self.path, ModelReason.BLOCK_TYPE(name=name)) from error
        return np.ascontiguousarray(values, dtype=np.float32)

    def blocks(self, name: str) -> tuple[str, NDArray[np.uint8]]:
        """Give a tensor as stored: the name of its block type and its bytes, one row per output.

        Raises:
            BrokenModel: the file has no such tensor.
        """
        tensor = self._tensor(name)
        return str(tensor.tensor_type.name), tensor.data.view(np.uint8).reshape(int(tensor.shape[-1]), -1)

    def _tensor(self, name: str) -> Any:
        if name not in self._tensors:
            raise BrokenModel(self.path, ModelReason.TENSOR_MISSING(name=name))
        return self._tensors[name]

    def rotary_angles(self) -> NDArray[np.float64]:
        """Give the angle by which each pair of channels is turned at each position, shape (context, head_dim / 2)."""
        config = self.config
        frequency = config.rope_base ** (-np.arange(0, config.head_dim, 2, dtype=np.float64) / config.head_dim)
        if self.has("rope_freqs.weight"):  # Llama 3.1: long wavelengths are stretched one by one
            frequency /= self.tensor("rope_freqs.weight").astype(np.float64)
        return np.outer(np.arange(config.context_length) / config.rope_scale, frequency)

    def _read_config(self) -> DecoderConfig:
        architecture = str(self.value("general.architecture", ""))
        if architecture not in _ROTATES_PAIRS:
            known = ", ".join(_ROTATES_PAIRS)
            raise UnsupportedModel(self.path, ModelReason.ARCHITECTURE(architecture=architecture, known=known))

        def number(key: str, default: float | None = None) -> float:
            value = self.value(f"{architecture}.{key}", default)
            if value is None:
                raise BrokenModel(self.path, ModelReason.VALUE_MISSING(key=f"{architecture}.{key}"))
            if not isinstance(value, int | float) or not 0 < value < 2**31:
                raise BrokenModel(self.path, ModelReason.BAD_VALUE(key=f"{architecture}.{key}", value=value))
            return value

        if self.value(f"{architecture}.expert_count", 0):
            raise UnsupportedModel(self.path, ModelReason.MIXTURE_OF_EXPERTS())
        scaling = str(self.value(f"{architecture}.rope.scaling.type", "none"))
        if scaling not in ("none", "linear"):
            raise UnsupportedModel(self.path, ModelReason.ROPE_SCALING(scaling=scaling))
        heads, hidden = int(number("attention.head_count")), int(number("embedding_length"))
        head_dim = int(number("attention.key_length", hidden // heads))
        if int(number("rope.dimension_count", head_dim)) != head_dim:
            raise UnsupportedModel(self.path, ModelReason.PARTLY_ROTATED())
        if "token_embd.weight" not in self._tensors:
            raise BrokenModel(self.path, ModelReason.TENSOR_MISSING(name="token_embd.weight"))
        return DecoderConfig(
            architecture=architecture,
            layers=int(number("block_count")),
            hidden=hidden,
            heads=heads,
            kv_heads=int(number("attention.head_count_kv", heads)),
            head_dim=head_dim,
            ffn=int(number("feed_forward_length")),
            vocab=int(self._tensors["token_embd.weight"].shape[-1]),
            context_length=min(int(number("context_length")), _LONGEST_CONTEXT),
            rope_base=float(number("rope.freq_base", 10000.0)),
            rope_scale=float(number("rope.scaling.factor", 1.0)) if scaling == "linear" else 1.0,
            rms_eps=float(number("attention.layer_norm_rms_epsilon")),
            rotates_pairs=_ROTATES_PAIRS[architecture],
            tied=not self.has("output.weight"),
        )

    def _check_shapes(self) -> None:
        """Hold the header against the tensors: a damaged one must not become a graph that fails later."""
        config = self.config
        queries, keys = config.heads * config.head_dim, config.kv_heads * config.head_dim
        if config.heads % config.kv_heads or config.head_dim % 2:
            raise BrokenModel(self.path, ModelReason.HEADS(heads=config.heads, kv_heads=config.kv_heads))
        shapes = {"token_embd": (config.vocab, config.hidden), "output": (config.vocab, config.hidden)}
        for block in (f"blk.{layer}" for layer in range(config.layers)):
            shapes[f"{block}.attn_q"] = (queries, config.hidden)
            shapes[f"{block}.attn_k"] = shapes[f"{block}.attn_v"] = (keys, config.hidden)
            shapes[f"{block}.attn_output"] = (config.hidden, queries)
            shapes[f"{block}.ffn_gate"] = shapes[f"{block}.ffn_up"] = (config.ffn, config.hidden)
            shapes[f"{block}.ffn_down"] = (config.hidden, config.ffn)
            if f"{block}.attn_q.weight" not in self._tensors:
                raise BrokenModel(self.path, ModelReason.TENSOR_MISSING(name=f"{block}.attn_q.weight"))
        for name, shape in shapes.items():
            tensor = self._tensors.get(f"{name}.weight")
            if tensor is not None and tuple(int(n) for n in reversed(tensor.shape)) != shape:
                raise BrokenModel(self.path, ModelReason.OTHER_SHAPE(name=name))
