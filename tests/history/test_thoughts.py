"""A thought is timed, kept as JSON beside its answer, and read back; anything else there is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.history.thoughts import NO_THOUGHT, Thought, ThoughtTimer, from_extra, to_extra


@given(st.text().filter(str.strip), st.floats(0, 1000))
def test_a_thought_is_read_back_as_it_was_kept(text: str, seconds: float) -> None:
    text = text.encode("utf-8", "ignore").decode()
    assert from_extra(to_extra(Thought(text, seconds))) == Thought(text.strip(), round(seconds, 1))


@pytest.mark.parametrize("extra", ["", "{}", "[]", "no JSON", '{"thought": 3}', '{"thought": {"text": "a"}}', "null"])
def test_what_holds_no_thought_gives_none(extra: str) -> None:
    assert from_extra(extra) == NO_THOUGHT


def test_a_thought_takes_as_long_as_its_pieces_come() -> None:
    times = iter([10.0, 10.0, 12.5, 14.0])
    timer = ThoughtTimer(lambda: next(times))
    assert timer.add("Let me ") == Thought("Let me ", 0)
    assert timer.add("see.") == Thought("Let me see.", 2.5)
    assert timer.end() == Thought("Let me see.", 4)
    assert not timer.end()
