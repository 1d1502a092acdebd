"""Turns the `config.json` of transformers into a `DecoderConfig`.

Keys are those of transformers 4.57 and 5, which says `rope_parameters` where the former says `rope_theta` and
`rope_scaling`. A model that also sees pictures (Gemma 3 from 4B on) has the decoder's under `text_config`.
"""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.codes import Coded
from desktop.errors import BrokenModel, UnsupportedModel
from desktop.models import rope
from desktop.models.decoder_config import ARCHITECTURES, LONGEST_CONTEXT, DecoderConfig, LayerKind
from desktop.models.rope import Frequencies, Rope, make_rope
from desktop.reasons import ModelReason

# transformers' `model_type` -> GGUF's name of the architecture
FAMILIES = {
    "llama": "llama",
    "mistral": "llama",
    "qwen2": "qwen2",
    "qwen3": "qwen3",
    "gemma3_text": "gemma3",
    "gemma3": "gemma3",
    "smollm3": "smollm3",
    "phi3": "phi3",
}
CONFIG_FILE, GENERATION_FILE = "config.json", "generation_config.json"
_ACTIVATIONS = {"silu": ("silu", "swish"), "gelu": ("gelu_pytorch_tanh", "gelu_new")}


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object of a model folder.

    Raises:
        BrokenModel: it is missing, or none.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BrokenModel(path, ModelReason.FILE_MISSING()) from error
    except (ValueError, OSError, RecursionError) as error:
        raise BrokenModel(path, ModelReason.NO_JSON()) from error
    if not isinstance(content, dict):
        raise BrokenModel(path, ModelReason.NO_JSON())
    return content


def decoder_config(path: Path, config: Mapping[str, Any], vocab: int, *, tied: bool) -> DecoderConfig:
    """Read a configuration.

    Args:
        path: the file, for errors.
        config: its content.
        vocab: rows of the embedding.
        tied: whether there is no head beside it.

    Raises:
        BrokenModel: a value is missing or cannot be meant.
        UnsupportedModel: it is a decoder of another kind.
    """
    return _Reader(path, config).config(vocab, tied=tied)


class _Reader:
    def __init__(self, path: Path, config: Mapping[str, Any]) -> None:
        self._path = path
        self._type = str(config.get("model_type", ""))
        inner = config.get("text_config")
        self._values: Mapping[str, Any] = inner if isinstance(inner, dict) else config
        if self._type not in FAMILIES:
            known = ", ".join(FAMILIES)
            raise UnsupportedModel(path, ModelReason.EXPORT_IT(architecture=self._type, known=known, folder=path.name))
        if config.get("quantization_config"):
            raise UnsupportedModel(path, ModelReason.QUANTIZED_OTHERWISE())

    def config(self, vocab: int, *, tied: bool) -> DecoderConfig:
        architecture = FAMILIES[self._type]
        family = ARCHITECTURES[architecture]
        activation = self._values.get("hidden_activation") or self._values.get("hidden_act") or "silu"
        if activation not in _ACTIVATIONS[family.activation]:
            raise UnsupportedModel(self._path, ModelReason.ACTIVATION(name=activation))
        heads, hidden = self._whole("num_attention_heads"), self._whole("hidden_size")
        head_dim = self._whole("head_dim", hidden // heads)
        rotated = int(head_dim * self._number("partial_rotary_factor", 1.0))
        if rotated % 2 or not 0 < rotated <= head_dim:
            raise BrokenModel(self._path, self._bad("partial_rotary_factor", rotated))
        kinds = self._layer_kinds()
        ropes = [self._rope(rotated, head_dim)]
        if any(kind.rope == 1 for kind in kinds):
            base = self._local_base(family.local_rope_base or 10_000.0)
            ropes.append(make_rope(base, rope.plain(base, rotated), head_dim))
        return DecoderConfig(
            architecture=architecture,
            hidden=hidden,
            heads=heads,
            kv_heads=self._whole("num_key_value_heads", heads),
            head_dim=head_dim,
            ffn=self._whole("intermediate_size"),
            vocab=vocab,
            context_length=self._context(),
            rms_eps=self._number("rms_norm_eps"),
            attention_scale=1 / math.sqrt(self._number("query_pre_attn_scalar", head_dim)),
            rotates_pairs=False,
            rotated=rotated,
            ropes=tuple(ropes),
            layer_kinds=kinds,
            tied=tied,
        )

    def _context(self) -> int:
        return min(self._whole("max_position_embeddings"), LONGEST_CONTEXT)

    def _layer_kinds(self) -> tuple[LayerKind, ...]:
        layers = self._whole("num_hidden_layers")
        family = ARCHITECTURES[FAMILIES[self._type]]
        if not 0 < layers < 1000:
            raise BrokenModel(self._path, self._bad("num_hidden_layers", layers))
        window = self._window()
        turns = self._values.get("no_rope_layers") or [
            not family.unrotated_every or (number + 1) % family.unrotated_every != 0 for number in range(layers)
        ]
        local = self._local_layers(layers)
        if len(turns) != layers or len(local) != layers:
            raise BrokenModel(self._path, self._bad("layer_types", len(local)))
        own_base = 1 if family.local_rope_base is not None else 0
        kinds = []
        for turned, seen in zip(turns, local, strict=True):
            near = seen and window is not None
            kinds.append(LayerKind((own_base if near else 0) if turned else None, window if near else None))
        return tuple(kinds)

    def _window(self) -> int | None:
        window = self._values.get("sliding_window")
        if window is None or self._values.get("use_sliding_window") is False:
            return None
        if type(window) is not int or window < 1:
            raise BrokenModel(self._path, self._bad("sliding_window", window))
        return window if window < self._context() else None

    def _local_layers(self, layers: int) -> list[bool]:
        """Tell of each layer whether it sees a window, if there is one."""
        types = self._values.get("layer_types")
        if isinstance(types, list):
            if other := sorted({str(kind) for kind in types} - {"full_attention", "sliding_attention"}):
                raise UnsupportedModel(self._path, ModelReason.LAYERS_OF_KIND(name=other[0]))
            return [kind == "sliding_attention" for kind in types]
        if every := self._values.get("sliding_window_pattern", ARCHITECTURES[FAMILIES[self._type]].global_every):
            return [(number + 1) % int(every) != 0 for number in range(layers)]
        first = int(self._values.get("max_window_layers", 0)) if self._type == "qwen2" else 0
        return [number >= first for number in range(layers)]

    def _rope(self, rotated: int, head_dim: int) -> Rope:
        scaling = self._scaling()
        base = self._number("rope_theta", scaling.get("rope_theta", 10_000.0))
        frequencies, magnitude = rope.plain(base, rotated), 1.0
        kind = str(scaling.get("rope_type", scaling.get("type", "default")))
        context = self._number("max_position_embeddings")
        original = float(
            scaling.get("original_max_position_embeddings")
            or self._values.get("original_max_position_embeddings")
            or context
        )
        try:
            factor = float(scaling.get("factor", 1.0))
            match kind:
                case "default":
                    pass
                case "linear":
                    frequencies = frequencies / factor
                case "llama3":
                    low, high = float(scaling["low_freq_factor"]), float(scaling["high_freq_factor"])
                    frequencies = rope.llama3(frequencies, factor, low, high, original)
                case "yarn":
                    turns = scaling.get("beta_fast") or rope.YARN_FAST, scaling.get("beta_slow") or rope.YARN_SLOW
                    frequencies = rope.yarn(base, rotated, factor, original, *map(float, turns))
                    magnitude = float(scaling.get("attention_factor") or rope.yarn_magnitude(factor))
                case "longrope" | "su":
                    longest = context / original
                    magnitude = float(scaling.get("attention_factor") or rope.longrope_magnitude(longest, original))
                    frequencies = self._stretched(
                        frequencies, scaling["long_factor" if longest > 1 else "short_factor"]
                    )
                case _:
                    raise UnsupportedModel(self._path, ModelReason.ROPE_SCALING(scaling=kind))
        except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
            raise BrokenModel(self._path, self._bad("rope_scaling", dict(scaling))) from error
        return make_rope(base, frequencies, head_dim, magnitude)

    def _scaling(self) -> Mapping[str, Any]:
        scaling = self._values.get("rope_scaling") or self._values.get("rope_parameters") or {}
        scaling = scaling.get("full_attention", scaling) if isinstance(scaling, dict) else None
        if not isinstance(scaling, dict):
            raise BrokenModel(self._path, self._bad("rope_scaling", scaling))
        return scaling

    def _local_base(self, default: float) -> float:
        local = (self._values.get("rope_parameters") or {}).get("sliding_attention") or {}
        return self._number("rope_local_base_freq", local.get("rope_theta", default))

    @staticmethod
    def _stretched(frequencies: Frequencies, factors: list[float]) -> Frequencies:
        if len(factors) != len(frequencies):
            raise ValueError("another number of factors than of pairs")
        return frequencies / [float(factor) for factor in factors]

    def _number(self, key: str, default: float | None = None) -> float:
        value = self._values.get(key)
        value = default if value is None else value
        if value is None:
            raise BrokenModel(self._path, ModelReason.VALUE_MISSING(key=key))
        if type(value) not in (int, float) or not 0 < value < 2**31:
            raise BrokenModel(self._path, self._bad(key, value))
        return float(value)

    def _whole(self, key: str, default: float | None = None) -> int:
        return int(self._number(key, default))

    @staticmethod
    def _bad(key: str, value: object) -> Coded:
        return ModelReason.BAD_VALUE(key=key, value=value)
