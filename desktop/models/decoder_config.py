"""What a decoder is made of: its widths, what its layers see, and in what its family differs from Llama."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from desktop.errors import BrokenModel
from desktop.models.rope import Rope
from desktop.reasons import ModelReason

LONGEST_CONTEXT = 131_072  # tokens; the rotary tables are part of the graph


@dataclass(frozen=True, slots=True)
class Architecture:
    """In what a family differs from Llama.

    Attributes:
        rotates_pairs: GGUF files have the rows of queries and keys in the order for rotation of neighbours (2i, 2i+1),
            not of halves (i, i + d/2).
        fused: query, key and value are one matrix, and so are gate and up.
        activation: of the gate; gelu is its approximation by tanh.
        embedding_scaled: the embedding is multiplied by the root of its width.
        norms_after: what attention and the feed-forward layer give is normed too, before it is added.
        global_every: of so many layers the last one sees all tokens and the others a window; 0: all are alike.
        local_rope_base: base of the rotary frequencies of layers with a window, where it is another one.
        unrotated_every: of so many layers the last one turns nothing; 0: all turn.
    """

    rotates_pairs: bool = False
    fused: bool = False
    activation: Literal["silu", "gelu"] = "silu"
    embedding_scaled: bool = False
    norms_after: bool = False
    global_every: int = 0
    local_rope_base: float | None = None
    unrotated_every: int = 0


# By GGUF's names. Mistral is a llama there.
ARCHITECTURES = {
    "llama": Architecture(rotates_pairs=True),
    "qwen2": Architecture(),
    "qwen3": Architecture(),
    "gemma3": Architecture(
        activation="gelu", embedding_scaled=True, norms_after=True, global_every=6, local_rope_base=10_000.0
    ),
    "smollm3": Architecture(rotates_pairs=True, unrotated_every=4),
    "phi3": Architecture(fused=True),
}


@dataclass(frozen=True, slots=True)
class LayerKind:
    """What one layer's attention does.

    Attributes:
        rope: which of the decoder's ropes turns its queries and keys; None: none does.
        window: how many tokens it sees, the one that asks among them; None: all.
    """

    rope: int | None = 0
    window: int | None = None


@dataclass(frozen=True, slots=True)
class DecoderConfig:
    """The shape of a decoder.

    Attributes:
        architecture: a key of `ARCHITECTURES`.
        hidden: width of the residual stream.
        heads: query heads.
        kv_heads: key and value heads; a divisor of `heads`.
        head_dim: width of one head; even.
        ffn: width of the feed-forward layer.
        vocab: how many tokens.
        context_length: longest sequence, in tokens.
        rms_eps: epsilon of RMSNorm.
        attention_scale: scores of queries and keys are multiplied by this.
        rotates_pairs: how the rows of the query and key projections are ordered; see `Architecture`.
        rotated: how many channels of a head are turned, from the first on; even.
        ropes: how they are turned; a layer's kind says by which.
        layer_kinds: of every layer.
        tied: the head is the embedding.
    """

    architecture: str
    hidden: int
    heads: int
    kv_heads: int
    head_dim: int
    ffn: int
    vocab: int
    context_length: int
    rms_eps: float
    attention_scale: float
    rotates_pairs: bool
    rotated: int
    ropes: tuple[Rope, ...]
    layer_kinds: tuple[LayerKind, ...]
    tied: bool

    @property
    def layers(self) -> int:
        """How many blocks."""
        return len(self.layer_kinds)

    @property
    def family(self) -> Architecture:
        """In what it differs from Llama."""
        return ARCHITECTURES[self.architecture]

    def row_order(self, rows: int) -> NDArray[np.intp]:
        """Give the order of rows of queries or keys by which whole heads turn as halves.

        A head of which only a part is turned becomes one that is turned whole, where the other pairs turn by 0.
        """
        turned, width = np.arange(self.rotated), self.head_dim
        pairs = (turned[0::2], turned[1::2]) if self.rotates_pairs else np.split(turned, 2)
        still = np.split(np.arange(self.rotated, width), 2)
        within = np.concatenate([pairs[0], still[0], pairs[1], still[1]])
        order: NDArray[np.intp] = (np.arange(0, rows, width)[:, None] + within).reshape(-1)
        return order


class WeightsSource(Protocol):
    """A decoder's weights under GGUF's names, whatever file they are in.

    Attributes:
        path: where it lies.
        config: the decoder's shape.
    """

    path: Path
    config: DecoderConfig

    def has(self, name: str) -> bool:
        """Tell whether a tensor of this name exists."""
        ...

    def tensor(self, name: str) -> NDArray[np.float32]:
        """Give a tensor in fp32; a matrix has shape (outputs, inputs).

        Raises:
            BrokenModel: there is no such tensor.
            UnsupportedModel: its block type is unknown.
        """
        ...

    def rows(self, name: str, which: slice | NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """Give some rows of a matrix in fp32, shape (rows, inputs); raises as `tensor` does."""
        ...

    def blocks(self, name: str) -> tuple[str, NDArray[np.uint8]]:
        """Give a tensor as stored: GGUF's name of its block type and its bytes, one row per output."""
        ...


def layer_kinds(family: Architecture, layers: int, window: int | None) -> tuple[LayerKind, ...]:
    """Give what each layer does; where local layers turn by a base of their own, theirs is the second rope."""
    kinds = []
    for number in range(1, layers + 1):
        local = window is not None and not (family.global_every and number % family.global_every == 0)
        rope: int | None = 1 if local and family.local_rope_base is not None else 0
        if family.unrotated_every and number % family.unrotated_every == 0:
            rope = None
        kinds.append(LayerKind(rope, window if local else None))
    return tuple(kinds)


def check_shapes(path: Path, config: DecoderConfig, shape_of: Callable[[str], tuple[int, ...] | None]) -> None:
    """Hold what a file says of itself against its tensors: a damaged one must not become a graph that fails later.

    Args:
        path: the file, for the error.
        config: what it says.
        shape_of: gives a tensor's shape by its name; None where there is no such tensor.

    Raises:
        BrokenModel: they do not fit.
    """
    queries, keys = config.heads * config.head_dim, config.kv_heads * config.head_dim
    if config.heads % config.kv_heads or config.head_dim % 2:
        raise BrokenModel(path, ModelReason.HEADS(heads=config.heads, kv_heads=config.kv_heads))
    needed = {"token_embd": (config.vocab, config.hidden), "output_norm": (config.hidden,)}
    if not config.tied:
        needed["output"] = (config.vocab, config.hidden)
    for block in (f"blk.{layer}" for layer in range(config.layers)):
        needed[f"{block}.attn_q"] = (queries, config.hidden)
        needed[f"{block}.attn_k"] = needed[f"{block}.attn_v"] = (keys, config.hidden)
        needed[f"{block}.attn_output"] = (config.hidden, queries)
        needed[f"{block}.ffn_gate"] = needed[f"{block}.ffn_up"] = (config.ffn, config.hidden)
        needed[f"{block}.ffn_down"] = (config.hidden, config.ffn)
        norms = ["attn_norm", "ffn_norm"]
        if config.family.norms_after:
            norms += ["post_attention_norm", "post_ffw_norm"]
        needed |= {f"{block}.{norm}": (config.hidden,) for norm in norms}
    for name, shape in needed.items():
        found = shape_of(f"{name}.weight")
        if found is None:
            raise BrokenModel(path, ModelReason.TENSOR_MISSING(name=f"{name}.weight"))
        if found != shape:
            raise BrokenModel(path, ModelReason.OTHER_SHAPE(name=name))
