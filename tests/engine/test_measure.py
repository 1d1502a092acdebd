"""The benchmark measures what it says; how fast is not tested here."""

from pathlib import Path

import pytest

from desktop.engine.local import LocalEngine
from desktop.engine.measure import measure
from desktop.errors import PromptTooLong
from tests.tiny_folder import convert_tiny
from tests.tiny_gguf import TinyModel


def test_a_measurement_names_the_model_and_all_its_numbers_are_positive(tmp_path: Path) -> None:
    files = convert_tiny(tmp_path, TinyModel("llama"))
    found = measure(lambda: LocalEngine(files, "cpu", 1), prompt_tokens=40, new_tokens=10, runs=2)
    assert (found.model, found.device, found.threads) == ("Tiny", "CPU, 1 thread", 1)
    assert (found.prompt_tokens, found.new_tokens) == (40, 10)
    numbers = (found.prefill_tokens_per_s, found.decode_tokens_per_s, found.first_token_s, found.load_s, found.peak_mib)
    assert all(number > 0 for number in numbers)
    assert found.token_mib > 0.1
    assert found.memory_gib_per_s > 0.1
    assert 0 <= found.memory_share < 10


def test_a_measurement_that_does_not_fit_in_the_context_is_refused(tmp_path: Path) -> None:
    files = convert_tiny(tmp_path, TinyModel("llama", context_length=128))
    with pytest.raises(PromptTooLong):
        measure(lambda: LocalEngine(files, "cpu", 1), prompt_tokens=120, new_tokens=10)
