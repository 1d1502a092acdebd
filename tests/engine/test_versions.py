"""Several answers at once, on tiny models: each is the answer that would have been written alone."""

import dataclasses
import threading
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.engine.batch import Batch
from desktop.engine.decoder import Decoder
from desktop.engine.interface import (
    Finished,
    Message,
    ModelFiles,
    PromptRead,
    Sampling,
    TextAdded,
    VersionEvent,
    VersionWriter,
)
from desktop.engine.local import LocalEngine
from desktop.engine.ort_session import choose_device, open_session
from desktop.errors import EmptyPrompt
from tests.tiny_folder import convert_tiny, optimum_files
from tests.tiny_gguf import TinyModel

QUESTION = [Message("user", "Please write a letter.")]
SHORT = Sampling(temperature=0.9, max_tokens=24, seed=1)


@pytest.fixture(scope="module", params=["int8", "fp32", "fp16", "grown"])
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ModelFiles:
    if request.param == "grown":
        return optimum_files()
    return convert_tiny(tmp_path_factory.mktemp("tiny"), TinyModel("llama", seed=15), request.param)


@pytest.fixture(scope="module")
def engine(files: ModelFiles) -> LocalEngine:
    return LocalEngine(files, "cpu", threads=1)


def seeded(*seeds: int) -> list[Sampling]:
    return [dataclasses.replace(SHORT, seed=seed) for seed in seeds]


def write(
    engine: LocalEngine, options: Sequence[Sampling], dropped: Collection[int] = frozenset()
) -> dict[int, tuple[str, Finished]]:
    """Write all versions; gives the text and the end of each."""
    texts, ends = ["" for _ in options], dict[int, Finished]()
    for found in engine.stream_versions(QUESTION, options, threading.Event(), dropped):
        if isinstance(found, VersionEvent):
            assert found.version not in ends
            if isinstance(found.event, TextAdded):
                texts[found.version] += found.event.text
            elif isinstance(found.event, Finished):
                ends[found.version] = found.event
    return {number: (texts[number], ends[number]) for number in sorted(ends)}


def alone(engine: LocalEngine, options: Sampling) -> tuple[str, Finished]:
    found = list(engine.stream(QUESTION, options, threading.Event()))
    last = found[-1]
    assert isinstance(last, Finished)
    return "".join(event.text for event in found if isinstance(event, TextAdded)), last


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    options=st.lists(
        st.builds(
            Sampling,
            temperature=st.sampled_from([0.0, 0.7, 1.5]),
            seed=st.integers(0, 99),
            max_tokens=st.integers(1, 30),
            stop=st.sampled_from([(), ("e",), ("a", "the")]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_version_is_the_answer_that_is_written_alone(engine: LocalEngine, options: list[Sampling]) -> None:
    for each, (text, end) in zip(options, write(engine, options).values(), strict=True):
        expected, expected_end = alone(engine, each)
        assert text == expected
        assert (end.reason, end.usage.new_tokens) == (expected_end.reason, expected_end.usage.new_tokens)


def test_the_prompt_is_read_once(engine: LocalEngine) -> None:
    engine.pool.clear()
    found = list(engine.stream_versions(QUESTION, seeded(1, 2, 3), threading.Event()))
    (read,) = [event for event in found if isinstance(event, PromptRead)]
    ends = [event.event for event in found if isinstance(event, VersionEvent) and isinstance(event.event, Finished)]
    assert [end.usage.prompt_tokens for end in ends] == [read.total] * 3
    assert {end.usage.reused_tokens for end in ends} == {0}


def test_versions_differ_by_their_seed_and_the_question_is_answered_afresh_behind_them(engine: LocalEngine) -> None:
    before = alone(engine, SHORT)[0]
    texts = {text for text, _ in write(engine, seeded(1, 2, 3)).values()}
    assert len(texts) == 3
    assert alone(engine, SHORT)[0] == before


def test_a_dropped_version_ends_and_the_others_go_on(engine: LocalEngine) -> None:
    dropped: set[int] = set()
    ends: dict[int, Finished] = {}
    for found in engine.stream_versions(QUESTION, seeded(1, 2, 3), threading.Event(), dropped):
        if isinstance(found, VersionEvent):
            if isinstance(found.event, Finished):
                ends[found.version] = found.event
            else:
                dropped.add(1)
    expected = write(engine, seeded(1, 2, 3))
    assert ends[1].reason == "stopped"
    assert ends[1].usage.new_tokens < 24
    assert [ends[number].reason for number in (0, 2)] == [expected[number][1].reason for number in (0, 2)]


def test_a_stop_ends_them_all_with_what_they_have(engine: LocalEngine) -> None:
    stop = threading.Event()
    reasons = {}
    for found in engine.stream_versions(QUESTION, seeded(1, 2), stop):
        stop.set()
        if isinstance(found, VersionEvent) and isinstance(found.event, Finished):
            reasons[found.version] = found.event.reason
    assert reasons == {0: "stopped", 1: "stopped"}


def test_a_stop_before_the_start_is_kept(engine: LocalEngine) -> None:
    stop = threading.Event()
    stop.set()
    engine.pool.clear()
    found = list(engine.stream_versions(QUESTION, seeded(1, 2), stop))
    assert [event.event.reason for event in found if isinstance(event, VersionEvent)] == ["stopped", "stopped"]  # type: ignore[union-attr]


def test_nothing_is_no_question(engine: LocalEngine) -> None:
    with pytest.raises(EmptyPrompt):
        next(iter(engine.stream_versions([], [SHORT], threading.Event())))


def test_the_engine_says_that_it_can(engine: LocalEngine) -> None:
    assert isinstance(engine, VersionWriter)


def test_rows_of_a_batch_go_on_when_their_cache_grows_and_when_others_leave(tmp_path: Path) -> None:
    shape = TinyModel("llama", seed=4, context_length=900)
    files = convert_tiny(tmp_path, shape, "int8")
    session = open_session(files, choose_device("cpu", 1, files, []))[0]
    decoder, reference = Decoder(session, files), Decoder(session, files)
    prompt = [3 + n % 300 for n in range(250)]
    decoder.read(prompt)
    batch = Batch(decoder, 3)
    rows = [[5 + row + n for n in range(20)] for row in range(3)]  # past the 256 tokens of its first buffers
    for step in range(10):
        batch.write([row[step] for row in rows])
    batch.keep([2, 0])
    for step in range(10, 20):
        found = batch.write([rows[2][step], rows[0][step]])
    for place, row in enumerate((2, 0)):
        reference.rewind([])
        reference.read(prompt)
        for token in rows[row]:
            expected = reference.verify([token])[-1]
        np.testing.assert_allclose(found[place], expected, atol=0.05)
    assert decoder.tokens == prompt
