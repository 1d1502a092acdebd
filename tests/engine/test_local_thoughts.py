"""What a model thinks on the way to its answer, told apart by the engine; a tiny model with its tokens written down."""

import dataclasses
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.engine import local
from desktop.engine.interface import (
    TEMPLATE_FILE,
    Event,
    Finished,
    Message,
    ModelFiles,
    Sampling,
    SamplingParameters,
    TextAdded,
    ThoughtAdded,
)
from desktop.engine.local import LocalEngine
from tests.tiny_folder import convert_tiny
from tests.tiny_gguf import TinyModel

QUESTION = [Message("user", "Is it so?")]
OPENS = "{% for m in messages %}{{ m.content }}\n{% endfor %}<think>\n"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> ModelFiles:
    return convert_tiny(tmp_path_factory.mktemp("tiny"), TinyModel("llama", seed=15))


def opening(tiny: ModelFiles, folder: Path) -> ModelFiles:
    """The same model with a template that opens the thought."""
    copied = folder / "opening"
    shutil.copytree(tiny.folder, copied)
    (copied / TEMPLATE_FILE).write_text(OPENS, encoding="utf-8")
    return dataclasses.replace(tiny, folder=copied)


def told(
    monkeypatch: pytest.MonkeyPatch,
    engine: LocalEngine,
    written: str,
    options: Sampling,
    messages: list[Message] = QUESTION,
) -> tuple[str, str, Finished]:
    """Have the model write a text; gives its thought, its answer, and how it ended."""
    ids = engine.prompts.encode_text(written)

    def generate(*_: object, max_tokens: int, **__: object) -> Iterator[int]:
        yield from ids[:max_tokens]

    monkeypatch.setattr(local, "generate", generate)
    events: list[Event] = list(engine.stream(messages, options, threading.Event()))
    thought = "".join(event.text for event in events if isinstance(event, ThoughtAdded))
    text = "".join(event.text for event in events if isinstance(event, TextAdded))
    last = events[-1]
    assert isinstance(last, Finished)
    return thought, text, last


def test_a_thought_is_no_part_of_the_answer(tiny: ModelFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = LocalEngine(tiny, "cpu", threads=1)
    thought, text, _ = told(monkeypatch, engine, "<think>\nWell.\n</think>\n\nYes, 好的。", Sampling(thinking=None))
    assert (thought, text) == ("Well.\n", "Yes, 好的。")


def test_a_stop_ends_the_answer_and_not_the_thought(tiny: ModelFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, options = LocalEngine(tiny, "cpu", threads=1), Sampling(stop=("\n",), thinking=None)
    thought, text, last = told(monkeypatch, engine, "<think>\nOne.\nTwo.\n</think>\n\nYes.\nMore.", options)
    assert (thought, text, last.reason) == ("One.\nTwo.\n", "Yes.", "done")


def test_the_limit_of_an_answer_does_not_count_its_thought(
    tiny: ModelFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = LocalEngine(opening(tiny, tmp_path), "cpu", threads=1)
    written = "This is a long thought about the question.\n</think>\n\nYes, it is so, and here is why."
    thought, text, last = told(monkeypatch, engine, written, Sampling(thinking=None, max_tokens=8))
    assert thought.startswith("This is a long thought")
    assert 0 < len(text) < len("Yes, it is so, and here is why.")
    assert last.reason == "length"


def test_a_draft_does_not_let_the_template_open_a_thought(
    tiny: ModelFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = LocalEngine(opening(tiny, tmp_path), "cpu", threads=1)
    assert told(monkeypatch, engine, "Yes.", Sampling())[:2] == ("", "Yes.")
    assert told(monkeypatch, engine, "Yes.", Sampling(thinking=None))[:2] == ("Yes.", "")


def test_an_answer_that_was_begun_is_thought_about_no_more(
    tiny: ModelFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = LocalEngine(opening(tiny, tmp_path), "cpu", threads=1)
    begun = [*QUESTION, Message("assistant", "Yes,")]
    assert told(monkeypatch, engine, " it is.", Sampling(thinking=None), begun)[:2] == ("", " it is.")


def test_the_model_s_own_parameters_are_used(tiny: ModelFiles) -> None:
    greedy = dataclasses.replace(tiny, sampling=SamplingParameters(temperature=0))
    engine = LocalEngine(greedy, "cpu", threads=1)

    def written() -> str:
        events = engine.stream(QUESTION, Sampling(max_tokens=20), threading.Event())
        return "".join(event.text for event in events if isinstance(event, TextAdded))

    assert written() == written()
