"""The loop, on a model that a test wrote down."""

import threading
from collections.abc import Sequence

import numpy as np

from desktop.engine.decoder import Logits
from desktop.engine.generate import generate, prefill

END = 9


class ScriptedModel:
    """Wants to say `script`, whatever it reads."""

    def __init__(self, script: Sequence[int]) -> None:
        self.script = list(script)
        self.runs: list[list[int]] = []

    def read(self, ids: Sequence[int], stop: threading.Event | None = None) -> Logits:
        self.runs.append(list(ids))
        return self.logits()

    def verify(self, ids: Sequence[int]) -> list[Logits]:
        self.runs.append(list(ids))
        return [self.logits() for _ in ids]

    def forget(self, count: int) -> None:
        raise AssertionError("nothing was guessed")

    def logits(self) -> Logits:
        logits = np.zeros(10, np.float32)
        logits[self.script.pop(0)] = 1
        return logits


def greedy(logits: Logits, answer: Sequence[int]) -> int:
    return int(logits.argmax())


def never() -> bool:
    return False


def answer(model: ScriptedModel, max_tokens: int = 9) -> list[int]:
    ends = frozenset({END})
    return list(generate(model, model.logits(), greedy, end_tokens=ends, max_tokens=max_tokens, stopped=never))


def test_generation_ends_at_the_end_token() -> None:
    assert answer(ScriptedModel([5, 6, END, 7])) == [5, 6]


def test_generation_ends_at_the_limit_without_reading_the_last_token() -> None:
    model = ScriptedModel([5, 6, 7, 8])
    assert answer(model, max_tokens=3) == [5, 6, 7]
    assert model.runs == [[5], [6]]


def test_no_token_is_made_when_none_is_allowed() -> None:
    assert answer(ScriptedModel([5]), max_tokens=0) == []


def test_a_stop_is_seen_before_each_token() -> None:
    model = ScriptedModel([5, 6, 7])
    stop = threading.Event()
    tokens = generate(model, model.logits(), greedy, end_tokens=frozenset(), max_tokens=9, stopped=stop.is_set)
    assert next(tokens) == 5
    stop.set()
    assert list(tokens) == []
    assert model.runs == []


def test_the_sampler_sees_the_answer_so_far() -> None:
    seen: list[list[int]] = []

    def sample(logits: Logits, so_far: Sequence[int]) -> int:
        seen.append(list(so_far))
        return greedy(logits, so_far)

    model = ScriptedModel([5, 6, END])
    list(generate(model, model.logits(), sample, end_tokens=frozenset({END}), max_tokens=9, stopped=never))
    assert seen == [[], [5], [5, 6]]


def test_prefill_reads_the_prompt_in_steps_and_reports_each() -> None:
    model = ScriptedModel([1, 2, 3])
    steps = prefill(model, [4, 4, 4, 5, 5, 5, 6], threading.Event(), step=3)
    assert [next(steps), next(steps), next(steps)] == [3, 6, 7]
    assert model.runs == [[4, 4, 4], [5, 5, 5], [6]]
