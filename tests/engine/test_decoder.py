"""The decoder with its caches: both kinds of graph against a reference without a cache, stop and rewind."""

import json
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.engine.decoder import Decoder, Logits, Stopped
from desktop.engine.interface import ModelFiles
from desktop.engine.ort_session import choose_device, open_session
from desktop.errors import ModelError
from tests.reference_llama import ReferenceLlama
from tests.tiny_folder import TINY_OPTIMUM, convert_tiny, optimum_files
from tests.tiny_gguf import TinyModel

EXPECTED: dict[str, Any] = json.loads((TINY_OPTIMUM / "expected.json").read_text(encoding="utf-8"))


def open_decoder(files: ModelFiles) -> Decoder:
    return Decoder(open_session(files, choose_device("cpu", 1, files, []))[0], files)


@pytest.fixture(scope="module", params=["shared", "grown"])
def decoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Decoder:
    """One graph of each kind: ours, whose cache is one buffer, and optimum's, which returns a longer copy."""
    if request.param == "grown":
        return open_decoder(optimum_files())
    return open_decoder(convert_tiny(tmp_path_factory.mktemp("tiny"), TinyModel("llama", seed=15), "fp32"))


def cold(decoder: Decoder, ids: list[int]) -> Logits:
    """Read `ids` at once into an empty cache."""
    decoder.rewind([])
    return decoder.read(ids)


def test_an_export_of_optimum_answers_as_transformers_does() -> None:
    model = open_decoder(optimum_files())
    for answer in EXPECTED["answers"]:
        model.rewind([])
        logits = model.read(answer["ids"])
        greedy = []
        for _ in answer["greedy"]:
            greedy.append(int(logits.argmax()))
            logits = model.verify(greedy[-1:])[-1]
        assert greedy == answer["greedy"]


def test_greedy_output_is_that_of_a_reference_without_a_cache(tmp_path: Path) -> None:
    model = open_decoder(convert_tiny(tmp_path, TinyModel("llama", seed=21, context_length=256), "fp32"))
    prompt = list(range(50, 70))
    expected = ReferenceLlama(tmp_path / "tiny.gguf").greedy(np.array(prompt), 120)
    logits, found = model.read(prompt), []
    for _ in expected:
        found.append(int(logits.argmax()))
        logits = model.verify(found[-1:])[-1]
    assert found == expected


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_steps_and_rewinds_give_the_logits_of_one_cold_run(decoder: Decoder, data: st.DataObject) -> None:
    tokens = st.integers(3, 300)
    first = data.draw(st.lists(tokens, min_size=1, max_size=40), "first prompt")
    kept = data.draw(st.integers(0, len(first)), "kept of it")
    second = first[:kept] + data.draw(st.lists(tokens, min_size=1, max_size=40), "new")
    step = data.draw(st.integers(1, 16), "step")
    decoder.rewind([])
    decoder.read(first)
    reused = decoder.rewind(second)
    rest = second[reused:]
    for start in range(0, len(rest), step):
        logits = decoder.read(rest[start : start + step])
    assert decoder.tokens == second
    np.testing.assert_allclose(logits, cold(decoder, second), atol=1e-4)


def test_rewinding_keeps_the_common_beginning_and_leaves_one_token_to_read(decoder: Decoder) -> None:
    cold(decoder, [10, 11, 12, 13])
    assert decoder.rewind([10, 11, 20]) == 2
    cold(decoder, [10, 11, 12, 13])
    assert decoder.rewind([10, 11, 12, 13]) == 3
    assert decoder.rewind([9]) == 0


def test_a_prompt_asked_again_is_not_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decoder = open_decoder(convert_tiny(tmp_path, TinyModel("llama", seed=15), "int8"))
    prompt = list(range(10, 40))
    first = decoder.read(prompt)
    decoder.verify([50, 51])
    runs: list[int] = []
    run = Decoder._run

    def counted(self: Decoder, ids: list[int], *rest: Any, **more: Any) -> Any:
        runs.append(len(ids))
        return run(self, ids, *rest, **more)

    monkeypatch.setattr(Decoder, "_run", counted)
    again = decoder.read(prompt[decoder.rewind(prompt) :])
    assert runs == []
    assert (decoder.tokens, decoder.kept) == (prompt, len(prompt))
    np.testing.assert_array_equal(again, first)
    decoder.rewind([*prompt[:-1], 60])
    decoder.read([60])
    decoder.rewind(prompt)
    np.testing.assert_array_equal(decoder.read(prompt[-1:]), first)
    assert runs == [2, 2]  # another token stood in its place meanwhile


def test_the_shared_cache_grows_past_its_first_length_without_losing_anything(tmp_path: Path) -> None:
    files = convert_tiny(tmp_path, TinyModel("llama", seed=4, context_length=2100), "fp32")
    stepwise, at_once = open_decoder(files), open_decoder(files)
    ids = [3 + n % 300 for n in range(2050)]
    for start in range(0, len(ids), 410):
        logits = stepwise.read(ids[start : start + 410])
    np.testing.assert_allclose(logits, at_once.read(ids), atol=1e-3)


def test_a_stop_before_a_run_leaves_the_cache_as_it_was(decoder: Decoder) -> None:
    cold(decoder, [10, 11, 12])
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        decoder.read([20] * 100, stop)
    assert decoder.tokens == [10, 11, 12]
    after_stop = decoder.read([13])
    np.testing.assert_allclose(after_stop, cold(decoder, [10, 11, 12, 13]), atol=1e-4)


def test_a_graph_that_fails_is_told_in_one_line(decoder: Decoder) -> None:
    decoder.rewind([])
    with pytest.raises(ModelError) as failure:
        decoder.read([10**9])
    assert "\n" not in str(failure.value)
    assert decoder.tokens == []
