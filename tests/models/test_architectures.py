"""Every architecture and every way of stretching positions, against what transformers answers."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desktop.engine.decoder import Decoder, Logits
from desktop.engine.interface import ModelFiles
from desktop.engine.ort_session import choose_device, open_session
from tests.tiny_architectures import TINY_ARCHITECTURES
from tests.tiny_folder import convert_tiny

EXPECTED: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "tiny-architectures.json").read_text(encoding="utf-8")
)


def decoder(files: ModelFiles) -> Decoder:
    return Decoder(open_session(files, choose_device("cpu", 1, files, []))[0], files)


def greedy(model: Decoder, logits: Logits, count: int) -> tuple[list[int], Logits]:
    tokens: list[int] = []
    while len(tokens) < count:
        tokens.append(int(logits.argmax()))
        logits = model.verify(tokens[-1:])[-1]
    return tokens, logits


def written(model: Decoder, ids: list[int]) -> Logits:
    model.rewind([])
    return np.stack([row for token in ids for row in model.verify([token])])


@pytest.mark.parametrize("name", TINY_ARCHITECTURES)
def test_an_fp32_graph_writes_what_transformers_writes(tmp_path: Path, name: str) -> None:
    model, expected = decoder(convert_tiny(tmp_path, TINY_ARCHITECTURES[name], "fp32")), EXPECTED[name]
    logits = model.read(expected["ids"])
    np.testing.assert_allclose(logits, expected["logits_after_prompt"], atol=3e-4)
    tokens, logits = greedy(model, logits, len(expected["greedy"]))
    assert tokens == expected["greedy"]
    assert len(tokens) == 200
    np.testing.assert_allclose(logits, expected["logits_after_answer"], atol=2e-3)


@pytest.mark.parametrize("name", ["gemma3", "smollm3", "phi3", "phi3, longrope", "qwen2, yarn"])
def test_with_an_int8_cache_reading_and_writing_stay_close_to_it(tmp_path: Path, name: str) -> None:
    exact = decoder(convert_tiny(tmp_path / "fp32", TINY_ARCHITECTURES[name], "fp32"))
    model = decoder(convert_tiny(tmp_path / "int8", TINY_ARCHITECTURES[name]))
    ids = EXPECTED[name]["ids"] + EXPECTED[name]["greedy"][:80]
    expected = written(exact, ids)
    model.rewind([])
    read = np.stack(model.read_each(ids))
    for found in (written(model, ids), read):
        assert np.corrcoef(found.ravel(), expected.ravel())[0, 1] > 0.98
    model.rewind([])
    model.read(ids[:33])
    model.read(ids[33:40])
    np.testing.assert_array_equal(model.read(ids[40:]), read[-1])
