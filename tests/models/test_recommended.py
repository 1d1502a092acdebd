"""How the makers of models would have tokens picked."""

import pytest

from desktop.engine.interface import SamplingParameters
from desktop.models.recommended import of_family, of_generation_config, of_gguf

QWEN = SamplingParameters(temperature=0.7, top_p=0.8, top_k=20, min_p=0.0, repetition_penalty=1.05)


def test_a_family_has_the_values_of_its_makers_and_others_have_none() -> None:
    assert of_family("qwen2") == QWEN
    assert of_family("llama") is None


def test_what_a_gguf_says_wins_over_its_family() -> None:
    said: dict[str, object] = {"general.sampling.temp": 0.6000000238418579, "general.sampling.penalty_repeat": 1.1}
    found = of_gguf(lambda key: said.get(key), "qwen2")
    assert found is not None
    assert (found.temperature, found.repetition_penalty, found.top_k) == (0.6, 1.1, 20)
    assert of_gguf(lambda _: None, "llama") is None


@pytest.mark.parametrize("value", ["hot", True, None, -1, 99, [0.7]])
def test_values_that_cannot_be_are_left_out(value: object) -> None:
    assert of_generation_config({"temperature": value}, "qwen2") == QWEN


def test_a_generation_config_of_an_unknown_family_is_taken_without_our_own_guards() -> None:
    found = of_generation_config({"do_sample": True, "temperature": 0.6, "top_p": 0.9, "top_k": 50}, "llama")
    assert found == SamplingParameters(temperature=0.6, top_p=0.9, top_k=50, min_p=0.0, repetition_penalty=1.0)
