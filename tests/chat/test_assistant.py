"""The assistant: what joins a conversation and what does not."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.assistant import Assistant, Request
from desktop.chat.coalesce import coalesce
from desktop.engine.interface import Event, Finished, Message, PromptRead, Sampling, TextAdded, Usage
from desktop.errors import EmptyPrompt, ModelError
from tests.scripted_engine import ScriptedEngine

DONE = Finished("done", Usage(1, 0, 1, 0.1, 0.0))


def answer(assistant: Assistant, text: str, conversation: int = 0) -> list[Event]:
    return list(assistant.answer(Request(1, text, conversation)))


def test_the_second_request_carries_the_first_turn() -> None:
    engine = ScriptedEngine(["Hello", " there"])
    assistant = Assistant(engine, Sampling())
    answer(assistant, "Hi")
    answer(assistant, "More")
    assert engine.asked[1] == [Message("user", "Hi"), Message("assistant", "Hello there"), Message("user", "More")]


def test_conversations_do_not_mix() -> None:
    engine = ScriptedEngine(["a"])
    assistant = Assistant(engine, Sampling())
    answer(assistant, "one", conversation=1)
    answer(assistant, "two", conversation=2)
    assert engine.asked[1] == [Message("user", "two")]


def test_a_failed_request_leaves_the_conversation_as_it_was() -> None:
    engine = ScriptedEngine(["half", ModelError("The model failed.")])
    assistant = Assistant(engine, Sampling())
    with pytest.raises(ModelError):
        answer(assistant, "Hi")
    engine.script = ["whole"]
    answer(assistant, "Hi")
    assert engine.asked[1] == [Message("user", "Hi")]


def test_a_stopped_answer_stays_in_the_conversation() -> None:
    engine = ScriptedEngine(["one", " two", " three"])
    assistant = Assistant(engine, Sampling())
    request = Request(1, "Count")
    for event in assistant.answer(request):
        if event == TextAdded("one"):
            request.stop.set()
    answer(assistant, "Go on")
    assert engine.asked[1][1] == Message("assistant", "one")


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
