"""The conversation in a terminal."""

import dataclasses
import io
import json
import os
import signal
from collections.abc import Callable, Iterator

from desktop.chat.assistant import Assistant
from desktop.chat.terminal import answer_once, converse
from desktop.engine.interface import ContextTrimmed, Message, PromptRead, Sampling, ThoughtAdded
from desktop.errors import ModelError
from tests.scripted_engine import INFO, ReadingEngine, ScriptedEngine


def assistant(engine: ScriptedEngine) -> Assistant:
    return Assistant(engine, Sampling())


def reader(typed: Iterator[str]) -> Callable[[str], str]:
    def read(prompt: str) -> str:
        for line in typed:
            return line
        raise EOFError

    return read


def test_one_answer_is_written_as_text_and_ends_with_a_line_break() -> None:
    out, notes = io.StringIO(), io.StringIO()
    answer_once(assistant(ScriptedEngine(["Hello", " 世界"])), "Hi", out, notes, as_json=False)
    assert out.getvalue() == "Hello 世界\n"
    assert notes.getvalue() == ""


def test_the_times_are_told_beside_the_answer_where_they_are_asked_for() -> None:
    out, notes = io.StringIO(), io.StringIO()
    answer_once(assistant(ScriptedEngine(["Hello"])), "Hi", out, notes, as_json=False, loaded_s=1.25)
    assert out.getvalue() == "Hello\n"
    assert notes.getvalue().startswith("(Loaded in 1.2 s, first word after ")


def test_one_answer_as_json_has_the_documented_keys() -> None:
    out = io.StringIO()
    answer_once(assistant(ScriptedEngine(["a", "b"])), "Hi", out, io.StringIO(), as_json=True)
    found = json.loads(out.getvalue())
    assert list(found) == [
        "text",
        "prompt_tokens",
        "new_tokens",
        "reused_tokens",
        "first_token_s",
        "decode_tokens_per_s",
        "finish",
    ]
    assert (found["text"], found["new_tokens"], found["finish"]) == ("ab", 2, "done")


def test_what_was_left_out_or_cut_is_noted_beside_the_answer() -> None:
    out, notes = io.StringIO(), io.StringIO()
    engine = ScriptedEngine([ContextTrimmed(4), PromptRead(1000, 2000), "a"], reason="length")
    answer_once(assistant(engine), "Hi", out, notes, as_json=False)
    assert out.getvalue() == "a\n"
    assert "first 4 messages were left out" in notes.getvalue()
    assert "(reading: 50 %)" in notes.getvalue()
    assert "length limit" in notes.getvalue()


def test_a_conversation_goes_on_after_a_failure_until_the_input_ends() -> None:
    out, notes = io.StringIO(), io.StringIO()
    engine = ScriptedEngine([ModelError("The model failed.")])

    def typed() -> Iterator[str]:
        yield "first"
        engine.script = ["fine"]
        yield "  "
        yield "second"

    converse(assistant(engine), reader(typed()), out, notes, as_json=False)
    assert out.getvalue() == "fine\n"
    assert "The model failed." in notes.getvalue()
    assert len(engine.asked) == 2


def test_while_the_user_types_the_last_answer_is_read_and_the_next_line_ends_that() -> None:
    engine = ReadingEngine()

    def typed() -> Iterator[str]:
        yield "first"
        assert engine.reading.wait(30)
        yield "second"

    converse(assistant(engine), reader(typed()), io.StringIO(), io.StringIO(), as_json=False)
    first = [Message("user", "first"), Message("assistant", "Hello world")]
    second = [Message("user", "second"), Message("assistant", "Hello world")]
    assert [messages[-4:] for messages in engine.warmed] == [first, [*first, *second]]
    assert len(engine.asked) == 2


def test_ctrl_c_stops_the_answer_and_keeps_what_is_there() -> None:
    notes = io.StringIO()
    engine = ScriptedEngine(["kept"])
    engine.hold.clear()

    class Interrupting(io.StringIO):
        def flush(self) -> None:
            if self.getvalue() == "kept":
                os.kill(os.getpid(), signal.SIGINT)

    out = Interrupting()
    before = signal.getsignal(signal.SIGINT)
    answer_once(assistant(engine), "Hi", out, notes, as_json=False)
    assert out.getvalue() == "kept\n"
    assert "(Stopped.)" in notes.getvalue()
    assert signal.getsignal(signal.SIGINT) is before


def test_thoughts_are_noted_and_never_part_of_the_answer() -> None:
    out, notes = io.StringIO(), io.StringIO()
    engine = ScriptedEngine([ThoughtAdded("Well, "), ThoughtAdded("hm."), "Yes."])
    answer_once(assistant(engine), "Hi", out, notes, as_json=False)
    assert (out.getvalue(), notes.getvalue()) == ("Yes.\n", "(thinking…)\n")


def test_what_the_model_cannot_write_is_said_before_it_answers() -> None:
    out, notes = io.StringIO(), io.StringIO()
    engine = ScriptedEngine(["?"], info=dataclasses.replace(INFO, languages=("en",)))
    answer_once(assistant(engine), "写一封信", out, notes, as_json=False)
    assert "does not write Chinese" in notes.getvalue()
    assert out.getvalue() == "?\n"
