import math
import threading

import numpy as np
import pytest

from desktop.engine.interface import Finished, Judge, Message, Sampling, TextAdded
from desktop.engine.likelihood import Likelihood
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
    total, logits = 0.0, decoder.read(prompt)
    for token in ids:
        total += math.log(np.exp(logits[token] - logits.max()) / np.exp(logits - logits.max()).sum())
        logits = decoder.verify([token])[-1]
    return total


def test_texts_are_judged_as_token_by_token(engine: LocalEngine) -> None:
    texts = ["Please write", "Please write a letter", "Please", "a letter", ""]
    with engine.judging(ASKED, threading.Event()) as judging:
        verified = [judging.likelihood(text) for text in texts]
    assert verified == pytest.approx([naive(engine, text) for text in texts], abs=1e-3)
    assert verified[-1] == 0


def test_at_first_sight_the_last_word_is_judged_as_in_full(engine: LocalEngine) -> None:
    text, others = "Please write a letter", ["Please write a plan", "Please write a letter", "Please write"]
    ids = engine.prompts.encode_text(text)
    with engine.judging(ASKED, threading.Event()) as judging:
        sights = judging.first_sights(text, others)
        ends = judging.likelihood(others[0]) - judging.likelihood(text)
    one_token = len(engine.prompts.encode_text(others[0])) == len(ids)
    assert sights[0] == pytest.approx(ends, abs=1e-3) if one_token else sights[0] >= ends
    assert sights[1:] == [0, 0]


def test_the_engine_is_a_judge_and_still_answers_afterwards(engine: LocalEngine) -> None:
    assert isinstance(engine, Judge)
    verified = []
    for _ in range(2):
        with engine.judging(ASKED, threading.Event()) as judging:
            verified.append(judging.likelihood("a letter"))
    assert verified[0] == pytest.approx(verified[1], abs=1e-3)


def test_a_stop_ends_the_block(engine: LocalEngine) -> None:
    stop, verified = threading.Event(), []
    with engine.judging(ASKED, stop) as judging:
        verified.append(judging.likelihood("a letter"))
        stop.set()
        verified.append(judging.likelihood("a plan"))
    assert len(verified) == 1


def test_stopped_before_it_begins_nothing_is_judged(engine: LocalEngine) -> None:
    stop = threading.Event()
    stop.set()
    with engine.judging(ASKED, stop) as judging:
        pytest.fail(f"judged {judging.likelihood('a letter')}")


def test_a_text_that_does_not_fit_is_refused(engine: LocalEngine) -> None:
    with pytest.raises(PromptTooLong), engine.judging(ASKED, threading.Event()) as judging:
        judging.likelihood("letter " * 5000)


class Counting:
    """Reads tokens and counts how many."""

    def __init__(self) -> None:
        self.held: list[int] = []
        self.read = 0

    def verify(self, ids):  # type: ignore[no-untyped-def]  # as the decoder
        self.held += ids
        self.read += len(ids)
        return [np.zeros(4, np.float32) for _ in ids]

    run = verify

    def forget(self, count: int) -> None:
        if count:
            del self.held[-count:]


def test_what_texts_begin_with_is_read_once() -> None:
    model = Counting()
    likelihood = Likelihood(model, np.zeros(4, np.float32))  # type: ignore[arg-type]  # a model as far as it goes
    for ids in ([1, 2, 3], [1, 2, 0], [1, 2]):
        assert likelihood.of(ids) == pytest.approx(-len(ids) * math.log(4))
    assert (model.read, model.held) == (4, [1, 2])


def test_a_judgement_is_given_while_an_answer_waits_which_then_goes_on(engine: LocalEngine) -> None:
    asked, options = [Message("user", "Please write a long letter")], Sampling(temperature=0, max_tokens=24)
    undisturbed = list(engine.stream(asked, options, threading.Event()))
    engine.pool.clear()
    slow = engine.stream(asked, options, threading.Event())
    begun = [next(slow) for _ in range(4)]
    with engine.judging(ASKED, threading.Event()) as judging:
        assert judging.likelihood("a letter") == pytest.approx(naive(engine, "a letter"), abs=1e-3)
    events = [*begun, *slow]
    said = ["".join(event.text for event in one if isinstance(event, TextAdded)) for one in (events, undisturbed)]
    assert said[0] == said[1]
    assert isinstance(events[-1], Finished)
    assert events[-1].usage.prompt_tokens > 0


def test_a_text_seen_at_first_sight_is_not_read_again() -> None:
    model = Counting()
    likelihood = Likelihood(model, np.zeros(4, np.float32))  # type: ignore[arg-type]  # a model as far as it goes
    assert likelihood.first_sights([1, 2, 3, 1], [[1, 0, 3, 1]]) == pytest.approx([0.0])
    assert likelihood.of([1, 0, 3]) == pytest.approx(-3 * math.log(4))
    assert likelihood.of([1, 2, 3]) == pytest.approx(-3 * math.log(4))
    assert (model.read, model.held) == (6, [1, 0, 3])


def test_an_answer_goes_on_while_something_is_judged_that_is_not_urgent(engine: LocalEngine) -> None:
    with engine.judging(ASKED, threading.Event(), urgent=False) as judging:
        before = judging.likelihood("yes")
        *_, last = engine.stream(ASKED, Sampling(max_tokens=3, seed=1), threading.Event())
        assert isinstance(last, Finished)
        assert judging.likelihood("yes") == pytest.approx(before)
