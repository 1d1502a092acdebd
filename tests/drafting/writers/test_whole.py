"""Texts in one piece: lists, code, solutions, long sources in parts."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from desktop.drafting.brief import Brief
from desktop.drafting.outline import plan
from desktop.drafting.session import DraftChecked, Drafting
from desktop.drafting.writers.whole import split_source
from desktop.engine.interface import Event, Finished, Message, Sampling, TextAdded, Usage
from desktop.errors import PromptTooLong
from tests.drafting.template.test_shipped import SHIPPED
from tests.drafting.writers.freely import written_freely
from tests.scripted_engine import INFO


@dataclass
class Answering:
    """Gives one answer after another; the last again and again."""

    answers: Sequence[str]
    asked: list[list[Message]] = field(default_factory=list)
    info = INFO

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        answer = self.answers[min(len(self.asked), len(self.answers) - 1)]
        self.asked.append(list(messages))
        for stopper in options.stop:
            answer = answer.partition(stopper)[0]
        yield TextAdded(answer)
        yield Finished("done", Usage(1, 0, 1, 0.1, 0.0))

    def warm(self, messages: Sequence[Message], stop: threading.Event) -> None: ...

    def close(self) -> None: ...

    def count_tokens(self, text: str) -> int:
        return len(text.split())


def written(template_id: str, slots: dict[str, str], *answers: str) -> tuple[DraftChecked, Answering]:
    engine, template = Answering(answers), SHIPPED.sound[template_id]
    *_, last = Drafting(engine, template).write(plan(template, Brief(template_id, slots)), threading.Event())
    assert isinstance(last, DraftChecked)
    return last, engine


def test_a_list_has_as_many_different_lines_as_asked() -> None:
    lines = (
        " Golden crust",
        " The golden crust",
        " Rise and shine",
        " [Name]",
        " Flour power\nand more",
        " Bread ahead",
    )
    last, engine = written("brainstorm", {"topic": "names for a bakery", "length": "4 names"}, *lines)
    assert last.draft.text.strip() == "1. Golden crust\n2. Rise and shine\n3. Flour power\n4. Bread ahead"
    assert engine.asked[2][-1] == Message("assistant", "1. Golden crust\n2.")


def test_a_list_that_the_model_cannot_fill_ends() -> None:
    last, engine = written("brainstorm", {"topic": "names"}, " Golden crust")
    assert last.draft.text.strip() == "1. Golden crust"
    assert len(engine.asked) == 30


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("Sure! Here it is:\n\n```python\nx = 1\n```\nThis sets x.", "```python\nx = 1\n```"),
        ("x = 1", "```python\nx = 1\n```"),
        ("```\nx = 1\n", "```python\nx = 1\n```"),
        ("```js\nx = 1\n```", "```js\nx = 1\n```"),
    ],
)
def test_code_is_one_block_with_its_language(answer: str, text: str) -> None:
    assert written("code", {"topic": "set x", "language": "Python"}, answer)[0].draft.text.strip() == text


def test_code_that_does_not_parse_is_written_once_more_where_the_model_can_write() -> None:
    slots, broken, sound = {"topic": "set x", "language": "Python"}, "```python\nx = (\n```", "```python\nx = 1\n```"
    last, engine = written_freely("code", slots, broken, sound)
    assert last.draft.text.strip() == sound
    assert engine.options[0].seed != engine.options[1].seed
    assert written_freely("code", slots, sound, broken)[0].draft.text.strip() == sound
    last, engine = written_freely("code", slots, broken)
    assert last.draft.text.strip() == broken
    assert len(engine.asked) == 2


def test_a_request_is_told_as_it_stands_to_a_model_that_can_write() -> None:
    request = "Write a rhymed poem about my cat Tiger, who hates Mondays"
    _, engine = written_freely("poem", {"topic": "my cat Tiger"}, "Tiger sleeps.", request=request)
    assert engine.asked[0][-1].content == request
    assert engine.asked[0][-2].role == "assistant"
    _, engine = written_freely("poem", {"topic": "my cat Tiger"}, "Tiger sleeps.")
    assert engine.asked[0][-1].content == "Write a poem about my cat Tiger."


def test_a_solution_ends_with_its_answer_and_wrong_sums_are_marked() -> None:
    last, _ = written("solve", {"source": "17 + 26?"}, "17 + 26 = 42\nThe answer is: 42\n\nI hope this helps.")
    assert last.draft.text.strip().splitlines() == [
        "17 + 26 = 42 (⚠ the sum is 43)",
        "",
        "Answer: 42",
    ]


def test_what_stands_in_the_source_may_stand_in_the_text() -> None:
    source = "The old harbor was repaired by twelve workers in the spring."
    last, _ = written("rewrite", {"source": source}, source)
    assert last.report.checks["leftovers"]


def test_a_long_source_is_summarized_in_parts_and_then_together() -> None:
    source = "\n\n".join(f"Paragraph {number} " + "word " * 400 for number in range(5))
    last, engine = written("summarize", {"source": source}, "First part.", "Second part.", "Third part.", "All of it.")
    assert len(engine.asked) == 4
    assert engine.asked[-1][-1].content.endswith("First part.\n\nSecond part.\n\nThird part.")
    assert last.draft.text.strip() == "All of it."


def test_a_long_source_is_rewritten_part_by_part() -> None:
    source = "\n\n".join(f"Paragraph {number} " + "word " * 700 for number in range(3))
    last, engine = written("rewrite", {"source": source}, "One.", "Two.", "Three.")
    assert last.draft.text.strip() == "One.\n\nTwo.\n\nThree."
    assert "Paragraph 1" in engine.asked[1][-1].content


def test_no_word_of_a_source_is_lost_when_it_is_cut() -> None:
    source = "One sentence here. " * 300 + "\n\nShort.\n\n" + "x" * 5000
    parts = split_source(Answering([""]), source, 50)
    assert "".join("".join(parts).split()) == "".join(source.split())
    assert len(parts) > 10


@dataclass
class Rambling(Answering):
    """Says a thousand words to anything, if it may, and refuses what does not fit, as an engine does."""

    limits: list[int | None] = field(default_factory=list)

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        self.limits.append(options.max_tokens)
        tokens = sum(self.count_tokens(message.content) for message in messages)
        if tokens > self.info.context_length:
            raise PromptTooLong(tokens, self.info.context_length)
        self.asked.append(list(messages))
        yield TextAdded(" ".join(["word"] * min(1000, options.max_tokens or 1000)))
        yield Finished("done", Usage(1, 0, 1, 0.1, 0.0))


@pytest.mark.parametrize("template_id", ["summarize", "analyze"])
def test_notes_on_a_long_source_never_outgrow_the_context(template_id: str) -> None:
    engine, template = Rambling([]), SHIPPED.sound[template_id]
    source = "\n\n".join(
        f"Paragraph {number} says this and that about it." for number in range(engine.info.context_length)
    )
    draft = plan(template, Brief(template_id, {"source": source}))
    *_, last = Drafting(engine, template).write(draft, threading.Event())
    assert isinstance(last, DraftChecked)
    assert last.draft.text
    assert None not in engine.limits
    assert len(engine.asked) > 3


def test_a_stop_while_notes_are_combined_keeps_them() -> None:
    engine, template, stop = Rambling([]), SHIPPED.sound["summarize"], threading.Event()
    source = "\n\n".join(
        f"Paragraph {number} says this and that about it." for number in range(engine.info.context_length)
    )
    parts = len(split_source(engine, source, 1200))
    text = ""
    for event in Drafting(engine, template).write(plan(template, Brief("summarize", {"source": source})), stop):
        if len(engine.asked) > parts:
            stop.set()
        else:
            text = event.draft.text
    assert event.draft.text == text
