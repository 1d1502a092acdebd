"""The guard against loops: the fast search against a naive one, and what it does to an answer."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.dry import Repeats
from desktop.engine.interface import Sampling
from desktop.engine.sampling import make_sampler

ALLOWED = 2


def naive(answer: list[int], multiplier: float) -> dict[int, float]:
    """Compare every two ends of the answer."""
    longest: dict[int, int] = {}
    for place in range(len(answer) - 1):
        length = 0
        while length <= place and answer[place - length] == answer[len(answer) - 1 - length]:
            length += 1
        if length >= ALLOWED:
            following = answer[place + 1]
            longest[following] = max(min(length, 40), longest.get(following, 0))
    return {token: multiplier * 1.75 ** (length - ALLOWED) for token, length in longest.items()}


@given(st.lists(st.integers(0, 3), max_size=60), st.integers(0, 60))
def test_penalties_are_those_of_a_naive_search_however_the_answer_grew(answer: list[int], cut: int) -> None:
    repeats = Repeats(ALLOWED)
    repeats.follow(answer[:cut])
    repeats.follow(answer)
    assert {token: found.penalty for token, found in repeats.penalties(0.5).items()} == naive(answer, 0.5)


def test_a_model_that_wants_to_loop_is_led_out_of_the_loop() -> None:
    """It wants 0 1 2 3 4 5 for ever, and would rather say anything else than nothing."""
    logits = [np.where(np.arange(12) == turn % 6, 8, 0).astype(np.float32) for turn in range(120)]

    def written(multiplier: float) -> list[int]:
        options = Sampling(temperature=0, repetition_penalty=1, dry_multiplier=multiplier)
        sample = make_sampler(options)
        answer: list[int] = []
        for wanted in logits:
            answer.append(sample(wanted, answer))
        return answer

    assert written(0) == [0, 1, 2, 3, 4, 5] * 20
    guarded = written(0.8)
    assert max(guarded[start : start + 20] == guarded[start + 6 : start + 26] for start in range(90)) is False


def test_the_end_of_the_answer_is_never_punished() -> None:
    sample = make_sampler(
        Sampling(temperature=0, repetition_penalty=1, dry_multiplier=9, dry_allowed_length=1), frozenset({2})
    )
    assert sample(np.array([0, 1, 2], np.float32), [1, 2, 1]) == 2
