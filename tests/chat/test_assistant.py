"""The assistant: what the engine is asked, and how its events are merged."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.assistant import Assistant, Request
from desktop.chat.coalesce import coalesce
from desktop.engine.interface import Event, Finished, Message, PromptRead, Sampling, TextAdded, Usage
from desktop.errors import EmptyPrompt
from tests.scripted_engine import ScriptedEngine

DONE = Finished("done", Usage(1, 0, 1, 0.1, 0.0))


EARLIER = (Message("user", "Hi"), Message("assistant", "Hello there"))


def answer(assistant: Assistant, text: str) -> list[Event]:
    return list(assistant.answer(Request(1, text)))


def test_the_engine_is_asked_with_the_earlier_conversation() -> None:
    engine = ScriptedEngine(["Hello", " there"])
    list(Assistant(engine, Sampling()).answer(Request(1, "More", earlier=EARLIER)))
    assert engine.asked == [[*EARLIER, Message("user", "More")]]


def test_an_answer_that_was_begun_is_continued() -> None:
    engine = ScriptedEngine([" there"])
    list(Assistant(engine, Sampling()).answer(Request(1, "Hi", begun="Hello")))
    assert engine.asked == [[Message("user", "Hi"), Message("assistant", "Hello")]]


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_nothing_to_answer_is_refused_before_the_engine_is_asked(text: str) -> None:
    engine = ScriptedEngine()
    with pytest.raises(EmptyPrompt):
        answer(Assistant(engine, Sampling()), text)
    assert engine.asked == []


def coalesced(events: list[tuple[float, Event]], interval: float) -> list[Event]:
    """Merge events that come at the given seconds."""
    now = 0.0

    def timed() -> Iterator[Event]:
        nonlocal now
        for at, event in events:
            now = at
            yield event

    return list(coalesce(timed(), interval, lambda: now))


def test_the_first_word_is_not_held_back_and_the_rest_is_merged() -> None:
    found = coalesced([(n / 100, TextAdded(str(n))) for n in range(7)], 0.035)
    assert found == [TextAdded("0"), TextAdded("1234"), TextAdded("56")]


def test_other_events_keep_their_place() -> None:
    events: list[tuple[float, Event]] = [
        (0, PromptRead(1, 1)),
        (0, TextAdded("a")),
        (0.001, TextAdded("b")),
        (0.002, DONE),
    ]
    assert coalesced(events, 1) == [PromptRead(1, 1), TextAdded("a"), TextAdded("b"), DONE]


@given(st.lists(st.tuples(st.floats(0, 0.1), st.text(max_size=3)), max_size=30), st.floats(0, 0.2))
def test_no_text_is_lost_or_moved(pieces: list[tuple[float, str]], interval: float) -> None:
    clock, timed = 0.0, []
    for wait, text in pieces:
        clock += wait
        timed.append((clock, TextAdded(text)))
    found = coalesced([*timed, (clock, DONE)], interval)
    assert "".join(event.text for event in found[:-1] if isinstance(event, TextAdded)) == "".join(
        text for _, text in pieces
    )
    assert found[-1] == DONE
