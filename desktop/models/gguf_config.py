"""Turns the header of a GGUF file into a `DecoderConfig`.

Keys: the GGUF specification of the ggml project. What a header leaves out is as llama.cpp has it: that the layers of
Gemma 3 see a window but for each sixth, that every fourth of SmolLM3 turns nothing, and the windows of the first Phi 3.
"""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.codes import Coded
from desktop.errors import BrokenModel, UnsupportedModel
from desktop.models import rope
from desktop.models.decoder_config import ARCHITECTURES, LONGEST_CONTEXT, DecoderConfig, layer_kinds
from desktop.models.rope import Frequencies, Rope
from desktop.reasons import ModelReason

_GEMMA3_27B = 62  # layers; its scores are scaled by another width than that of its heads
_PHI3_WINDOW = 2047  # tokens; of Phi 3 with a context of 4,096


class GgufHeader:
    """The numbers of a header.

    Args:
        path: the file, for errors.
        value: gives a header's value by its key, or the default.
        shape: gives the shape of a tensor as (outputs, inputs), or None where there is none.
        factors: gives the numbers of a small tensor by its name, or None where there is none.
    """

    def __init__(
        self,
        path: Path,
        value: Callable[[str, Any], Any],
        shape: Callable[[str], tuple[int, ...] | None],
        factors: Callable[[str], Frequencies | None],
    ) -> None:
        self._path, self._value, self._shape, self._factors = path, value, shape, factors
        self._architecture = str(value("general.architecture", ""))
        if self._architecture not in ARCHITECTURES:
            known = ", ".join(ARCHITECTURES)
            raise UnsupportedModel(path, ModelReason.ARCHITECTURE(architecture=self._architecture, known=known))

    def config(self) -> DecoderConfig:
        """Read all of it.

        Raises:
            BrokenModel: a number is missing or cannot be meant.
            UnsupportedModel: it is a decoder of another kind.
        """
        family = ARCHITECTURES[self._architecture]
        if self._value(f"{self._architecture}.expert_count", 0):
            raise UnsupportedModel(self._path, ModelReason.MIXTURE_OF_EXPERTS())
        embedding = self._shape("token_embd.weight")
        if embedding is None:
            raise BrokenModel(self._path, ModelReason.TENSOR_MISSING(name="token_embd.weight"))
        heads, hidden, layers = self._whole("attention.head_count"), self._whole("embedding_length"), self._layers()
        head_dim = self._whole("attention.key_length", hidden // heads)
        rotated = self._whole("rope.dimension_count", head_dim)
        if rotated % 2 or not 0 < rotated <= head_dim:
            raise BrokenModel(self._path, self._bad("rope.dimension_count", rotated))
        window = self._window()
        ropes = [self._rope(rotated, head_dim)]
        if window is not None and family.local_rope_base is not None:
            base = self._number("rope.freq_base_swa", family.local_rope_base)
            ropes.append(rope.make_rope(base, rope.plain(base, rotated), head_dim))
        scale_width = hidden // heads if self._architecture == "gemma3" and layers == _GEMMA3_27B else head_dim
        return DecoderConfig(
            architecture=self._architecture,
            hidden=hidden,
            heads=heads,
            kv_heads=self._whole("attention.head_count_kv", heads),
            head_dim=head_dim,
            ffn=self._whole("feed_forward_length"),
            vocab=embedding[0],
            context_length=self._context(),
            rms_eps=self._number("attention.layer_norm_rms_epsilon"),
            attention_scale=1 / math.sqrt(scale_width),
            rotates_pairs=family.rotates_pairs,
            rotated=rotated,
            ropes=tuple(ropes),
            layer_kinds=layer_kinds(family, layers, window),
            tied=self._shape("output.weight") is None,
        )

    def _layers(self) -> int:
        layers = self._whole("block_count")
        if self._shape(f"blk.{layers - 1}.attn_norm.weight") is None:  # asked first: a damaged count may be huge
            raise BrokenModel(self._path, ModelReason.TENSOR_MISSING(name=f"blk.{layers - 1}.attn_norm.weight"))
        return layers

    def _context(self) -> int:
        return min(self._whole("context_length"), LONGEST_CONTEXT)

    def _window(self) -> int | None:
        """Give how many tokens layers with a window see; None where no token is ever out of it."""
        if self._architecture not in ("gemma3", "phi3"):
            return None  # llama.cpp knows no window of the others, whatever their header says
        default = _PHI3_WINDOW if self._architecture == "phi3" and self._context() == 2 * (_PHI3_WINDOW + 1) else 0
        window = self._value(f"{self._architecture}.attention.sliding_window", default)
        if not isinstance(window, int) or window < 0:
            raise BrokenModel(self._path, self._bad("attention.sliding_window", window))
        return window if 0 < window < self._context() else None

    def _rope(self, rotated: int, head_dim: int) -> Rope:
        """Read how positions turn, with a scaling where there is one."""
        base = self._number("rope.freq_base", 10_000.0)
        frequencies, magnitude = rope.plain(base, rotated), 1.0
        kind = str(self._value(f"{self._architecture}.rope.scaling.type", "none"))
        factor = self._number("rope.scaling.factor", 1.0)
        context = self._number("context_length")
        original = self._number("rope.scaling.original_context_length", context)
        stretched = self._factors("rope_factors_long.weight" if context > original else "rope_factors_short.weight")
        if stretched is not None:  # Phi 3; written without a type too
            magnitude = self._number("rope.scaling.attn_factor", rope.longrope_magnitude(context / original, original))
            frequencies = self._divided(frequencies, stretched)
        elif kind == "linear":
            frequencies = frequencies / factor
        elif kind == "yarn":
            frequencies = rope.yarn(base, rotated, factor, original, *self._yarn_turns())
            magnitude = rope.yarn_magnitude(factor) * self._number("rope.scaling.attn_factor", 1.0)
        elif kind not in ("none", "longrope"):
            raise UnsupportedModel(self._path, ModelReason.ROPE_SCALING(scaling=kind))
        if (stretched := self._factors("rope_freqs.weight")) is not None:  # Llama 3.1: long waves, one by one
            frequencies = self._divided(frequencies, stretched)
        return rope.make_rope(base, frequencies, head_dim, magnitude)

    def _yarn_turns(self) -> tuple[float, float]:
        return (
            self._number("rope.scaling.yarn_beta_fast", rope.YARN_FAST),
            self._number("rope.scaling.yarn_beta_slow", rope.YARN_SLOW),
        )

    def _divided(self, frequencies: Frequencies, factors: Frequencies) -> Frequencies:
        if factors.shape != frequencies.shape:
            raise BrokenModel(self._path, ModelReason.OTHER_SHAPE(name="rope_freqs"))
        return frequencies / factors

    def _number(self, key: str, default: float | None = None) -> float:
        value = self._value(f"{self._architecture}.{key}", default)
        if value is None:
            raise BrokenModel(self._path, ModelReason.VALUE_MISSING(key=f"{self._architecture}.{key}"))
        if not isinstance(value, int | float) or not 0 < value < 2**31:
            raise BrokenModel(self._path, self._bad(key, value))
        return float(value)

    def _whole(self, key: str, default: float | None = None) -> int:
        return int(self._number(key, default))

    def _bad(self, key: str, value: object) -> Coded:
        return ModelReason.BAD_VALUE(key=f"{self._architecture}.{key}", value=value)
