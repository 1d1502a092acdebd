import math
import threading

import numpy as np
import pytest

from desktop.engine.interface import Judge, Message
from desktop.engine.likelihood import Likelihood, log_probability
from desktop.engine.local import LocalEngine
from desktop.errors import PromptTooLong
from tests.tiny_folder import optimum_files

ASKED = [Message("user", "Please write a letter")]


@pytest.fixture
def engine() -> LocalEngine:
    return LocalEngine(optimum_files(), "cpu", 1)


def naive(engine: LocalEngine, text: str) -> float:
    """One run a token, nothing shared."""
    prompt, ids = engine.prompts.encode(ASKED), engine.prompts.encode_text(text)
    decoder = engine.new_decoder()
    total, logits = 0.0, decoder.run(prompt)
    for token in ids:
        total += log_probability(logits, token)
        logits = decoder.run([token])
    return total


def test_texts_are_judged_as_token_by_token(engine: LocalEngine) -> None:
    texts = ["Please write", "Please write a letter", "Please", "a letter", ""]
    judged = list(engine.likelihoods(ASKED, texts, threading.Event()))
    assert judged == pytest.approx([naive(engine, text) for text in texts], abs=1e-3)
    assert judged[-1] == 0


def test_the_engine_is_a_judge_and_still_answers_afterwards(engine: LocalEngine) -> None:
    assert isinstance(engine, Judge)
    first = list(engine.likelihoods(ASKED, ["a letter"], threading.Event()))
    assert list(engine.likelihoods(ASKED, ["a letter"], threading.Event())) == pytest.approx(first, abs=1e-3)


def test_a_stop_ends_it(engine: LocalEngine) -> None:
    stop = threading.Event()
    stop.set()
    assert list(engine.likelihoods(ASKED, ["a letter"], stop)) == []


def test_a_text_that_does_not_fit_is_refused(engine: LocalEngine) -> None:
    with pytest.raises(PromptTooLong):
        list(engine.likelihoods(ASKED, ["letter " * 5000], threading.Event()))


def test_a_row_of_logits_is_a_softmax() -> None:
    assert log_probability(np.array([0.0, math.log(3.0)], np.float32), 1) == pytest.approx(math.log(0.75))


class Counting:
    """Reads tokens and counts how many."""

    def __init__(self) -> None:
        self.held: list[int] = []
        self.read = 0

    def judge(self, ids):  # type: ignore[no-untyped-def]  # as the decoder
        self.held += ids
        self.read += len(ids)
        return [np.zeros(4, np.float32) for _ in ids]

    run = judge

    def forget(self, count: int) -> None:
        if count:
            del self.held[-count:]


def test_what_texts_begin_with_is_read_once() -> None:
    model = Counting()
    likelihood = Likelihood(model, np.zeros(4, np.float32))  # type: ignore[arg-type]  # a model as far as it goes
    for ids in ([1, 2, 3], [1, 2, 0], [1, 2]):
        assert likelihood.of(ids) == pytest.approx(-len(ids) * math.log(4))
    assert (model.read, model.held) == (4, [1, 2])
