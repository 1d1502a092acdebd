"""The numpy reference against what transformers answers for the same weights (tests/data/tiny-gguf.json)."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.reference_llama import ReferenceLlama
from tests.tiny_gguf import TINY_MODELS, write_tiny_gguf

EXPECTED: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("data").joinpath("tiny-gguf.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("architecture", TINY_MODELS)
def test_the_reference_gives_the_logits_of_transformers(tmp_path: Path, architecture: str) -> None:
    reference = ReferenceLlama(write_tiny_gguf(tmp_path / "tiny.gguf", TINY_MODELS[architecture]), np.float64)
    for answer in EXPECTED[architecture]:
        logits = reference.logits(np.array(answer["ids"] + answer["greedy"]))
        np.testing.assert_allclose(logits[len(answer["ids"]) - 1], answer["logits_after_prompt"], atol=5e-5)
        np.testing.assert_allclose(logits[-1], answer["logits_after_answer"], atol=5e-5)


@pytest.mark.parametrize("architecture", TINY_MODELS)
def test_the_reference_answers_as_transformers_does(tmp_path: Path, architecture: str) -> None:
    reference = ReferenceLlama(write_tiny_gguf(tmp_path / "tiny.gguf", TINY_MODELS[architecture]))
    for answer in EXPECTED[architecture]:
        assert reference.greedy(np.array(answer["ids"]), len(answer["greedy"])) == answer["greedy"]
