"""How the makers of a model would have its tokens picked: from its files, or from what they published for its family.

A GGUF holds it as `general.sampling.*` (llama.cpp, `gguf-py/gguf/constants.py`), other folders as a
`generation_config.json`. Where neither does, the family's usual values are taken, from the model cards and generation
configurations of: Qwen2.5 and Qwen3 (without thinking), Gemma 3, SmolLM3, MiniCPM 4, Phi 4 mini, LFM2. Other families
have too many makers for one answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from desktop.engine.interface import USUAL_PARAMETERS, SamplingParameters

_EXACT = replace(USUAL_PARAMETERS, min_p=0.0, repetition_penalty=1.0)
_QWEN2 = replace(_EXACT, temperature=0.7, top_p=0.8, top_k=20, repetition_penalty=1.05)
_FAMILIES = {
    "qwen2": _QWEN2,
    "qwen3": replace(_QWEN2, repetition_penalty=1.0),
    "gemma3": replace(_EXACT, temperature=1.0, top_p=0.95, top_k=64),
    "smollm3": replace(_EXACT, temperature=0.6, top_p=0.95, top_k=0),
    "minicpm": replace(_EXACT, temperature=0.7, top_p=0.7, top_k=0),
    "phi3": replace(_EXACT, temperature=0.7, top_p=0.95, top_k=50),
    "lfm2": replace(_EXACT, temperature=0.3, top_p=1.0, top_k=0, min_p=0.15, repetition_penalty=1.05),
}
_GGUF_KEYS = {
    "temp": "temperature",
    "top_k": "top_k",
    "top_p": "top_p",
    "min_p": "min_p",
    "penalty_repeat": "repetition_penalty",
}
_RANGES = {
    "temperature": (0, 2),
    "top_k": (0, 1000),
    "top_p": (0.01, 1),
    "min_p": (0, 0.99),
    "repetition_penalty": (1, 2),
}


def of_family(family: str) -> SamplingParameters | None:
    """Give the usual values of a family, the architecture's name in a manifest; None where there are none."""
    return _FAMILIES.get(family.lower())


def of_gguf(value: Callable[[str], object], family: str) -> SamplingParameters | None:
    """Give what a GGUF file says, completed by its family; None where neither says anything.

    `value` gives what the file holds under a key, None where it holds nothing.
    """
    found = {name: value(f"general.sampling.{key}") for key, name in _GGUF_KEYS.items()}
    return _completed(found, family)


def of_generation_config(config: Mapping[str, object], family: str) -> SamplingParameters | None:
    """Give what a `generation_config.json` says, completed by its family; None where neither says anything.

    One that asks for the likeliest token each time (`do_sample` false, which is also transformers' own default) is
    taken at its word only in that it says nothing of temperatures.
    """
    return _completed({name: config.get(name) for name in _RANGES}, family)


def _completed(found: Mapping[str, object], family: str) -> SamplingParameters | None:
    said = {name: number for name, value in found.items() if (number := _in_range(name, value)) is not None}
    if not said:
        return of_family(family)
    top_k = {"top_k": int(said.pop("top_k"))} if "top_k" in said else {}
    return replace(of_family(family) or _EXACT, **top_k, **said)  # type: ignore[arg-type]  # by name


def _in_range(name: str, value: object) -> float | None:
    least, most = _RANGES[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        return None
    return round(float(value), 4)  # a GGUF has 0.8 in 32 bits
