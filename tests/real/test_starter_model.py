"""The starter model as it is shipped: its cache against a run without one, its second turn, and how it stops."""

import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest

from desktop.engine.decoder import Decoder
from desktop.engine.generate import generate
from desktop.engine.interface import Finished, Message, ModelFiles, Sampling, TextAdded
from desktop.engine.local import LocalEngine
from desktop.engine.ort_session import choose_device, open_session
from desktop.engine.prompt import PromptBuilder
from desktop.engine.sampling import make_sampler
from desktop.models.library import InstalledModel
from tests.bench.starter import starter_model
from tests.kernels import int4_rows_are_exact

QUESTION = [Message("user", "Write a short story about a lighthouse keeper who finds a letter.")]
GREEDY = Sampling(temperature=0, repetition_penalty=1, dry_multiplier=0, max_tokens=200)
COUNT = 200  # tokens


@pytest.fixture(scope="module")
def model() -> Iterator[InstalledModel]:
    """The prepared starter model; it lies in the installation, not in the test's own home."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("INKSTONE_HOME", raising=False)
        yield starter_model()


@pytest.fixture(scope="module")
def files(model: InstalledModel) -> ModelFiles:
    return model.files()


@pytest.fixture(scope="module")
def engine(files: ModelFiles) -> LocalEngine:
    return LocalEngine(files, "cpu")


def greedy(decoder: Decoder, prompt: list[int]) -> list[int]:
    """Answer token by token with the cache; past the end of the text, should there be one."""
    logits = decoder.read(prompt)
    sample = make_sampler(GREEDY)
    return list(generate(decoder, logits, sample, end_tokens=frozenset(), max_tokens=COUNT, stopped=lambda: False))


def test_the_cache_changes_nothing_in_an_answer(files: ModelFiles) -> None:
    """Token by token, guess by guess or the whole answer at once: the same numbers, to the last bit if kernels can."""
    prompt = PromptBuilder(files).encode(QUESTION)
    decoder = Decoder(open_session(files, choose_device("cpu", 0, files, []))[0], files)
    answer = greedy(decoder, prompt)
    decoder.rewind([])
    at_once = [decoder.read(prompt), *decoder.verify(answer[:-1])]
    agreeing = np.mean(np.argmax(at_once, axis=1) == answer)
    assert agreeing == 1 if int4_rows_are_exact() else agreeing > 0.9


def test_the_second_turn_reads_only_what_is_new(engine: LocalEngine) -> None:
    first = list(engine.stream(QUESTION, GREEDY, threading.Event()))
    text = "".join(event.text for event in first if isinstance(event, TextAdded))
    turns = [*QUESTION, Message("assistant", text), Message("user", "Give it a title.")]
    engine.warm(turns[:2], threading.Event())  # as the chat does when an answer is there
    held, wanted = engine.pool.held[-1], engine.prompts.encode(turns)
    assert len(held) > engine.count_tokens(text)
    second = list(engine.stream(turns, GREEDY, threading.Event()))[-1]
    one = first[-1]
    assert isinstance(one, Finished)
    assert isinstance(second, Finished)
    differs = (index for index, (old, new) in enumerate(zip(held, wanted, strict=False)) if old != new)
    assert second.usage.reused_tokens == next(differs, len(held))
    assert second.usage.reused_tokens > one.usage.prompt_tokens


def test_a_stop_in_the_middle_of_a_long_prompt_comes_through(engine: LocalEngine) -> None:
    stop = threading.Event()
    question = [Message("user", "The harbour was quiet that morning. " * 700)]
    events = engine.stream(question, GREEDY, stop)
    next(events)
    timer = threading.Timer(0.05, stop.set)
    timer.start()
    pressed = time.monotonic()
    rest = list(events)
    timer.join()
    assert isinstance(rest[-1], Finished)
    assert rest[-1].reason == "stopped"
    assert rest[-1].usage.new_tokens == 0
    assert len(rest) < 5  # a few steps of many
    assert time.monotonic() - pressed < 5


def test_the_committed_manifest_is_that_of_the_prepared_files(model: InstalledModel) -> None:
    """The conversion gives the same bytes everywhere, so the manifest in the repository knows them."""
    from desktop.models.progress import Progress

    model.verify(Progress(lambda sentence, share: None))
