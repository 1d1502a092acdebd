"""Answers go into the history while they are written: their text as it comes, and how they ended."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.chat.history_service import HistoryService
from desktop.engine import interface
from desktop.errors import NotFound
from desktop.history.thoughts import Thought, ThoughtTimer, to_extra

if TYPE_CHECKING:
    from desktop.history.records import StoredStatus, StoredUsage

SAVE_S = 0.25  # how often the text of an answer is saved while it comes


@dataclass(eq=False, slots=True)
class RecordRef:
    """The number that a message or conversation has in the history; None until it is written."""

    number: int | None = None

    def get(self) -> int:
        """Give the number. Raises NotFound where it was never written."""
        if self.number is None:
            raise NotFound("message", 0)
        return self.number


@dataclass(frozen=True, slots=True)
class AnswerRecorder:
    """Saves one answer while it is written."""

    service: HistoryService
    record: RecordRef

    def add(self, text: str) -> None:
        """Save more of it."""
        self.service.write(lambda store: store.messages.append(self.record.get(), text))

    def keep_thought(self, thought: Thought) -> None:
        """Save what was thought before it."""
        extra = to_extra(thought)
        self.service.write(lambda store: store.messages.set_extra(self.record.get(), extra))

    def finish(self, status: "StoredStatus", usage: "StoredUsage | None" = None) -> None:
        """Save how it ended."""
        self.service.write(lambda store: store.messages.finish(self.record.get(), status, usage))


def saved(
    events: Iterator[interface.Event],
    answer: AnswerRecorder,
    model: str = "",
    interval: float = SAVE_S,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[interface.Event]:
    """Pass the events of an answer on, saving its text at once and then every `interval` seconds, and how it ended."""
    held: list[str] = []
    last = -interval

    def save() -> None:
        if held:
            answer.add("".join(held))
            held.clear()

    try:
        for event in _thoughts_saved(events, answer, clock):
            if isinstance(event, interface.TextAdded):
                held.append(event.text)
                if clock() - last >= interval:
                    save()
                    last = clock()
            elif isinstance(event, interface.Finished):
                save()
                answer.finish(event.reason, stored_usage(event.usage, model))
            yield event
    except Exception:
        save()
        answer.finish("failed")
        raise
    finally:
        save()


def _thoughts_saved(
    events: Iterator[interface.Event], answer: AnswerRecorder, clock: Callable[[], float]
) -> Iterator[interface.Event]:
    """Pass the events of an answer on, saving what was thought when that is over."""
    thinking = ThoughtTimer(clock)
    try:
        for event in events:
            if isinstance(event, interface.ThoughtAdded):
                thinking.add(event.text)
            elif thought := thinking.end():
                answer.keep_thought(thought)
            yield event
    finally:
        if thought := thinking.end():
            answer.keep_thought(thought)


def stored_usage(usage: interface.Usage, model: str = "") -> "StoredUsage":
    """Tell what an answer took in the history's words."""
    from desktop.history import StoredUsage

    return StoredUsage(
        usage.prompt_tokens,
        usage.reused_tokens,
        usage.new_tokens,
        usage.first_token_s,
        usage.decode_tokens_per_s,
        model,
        guessed_tokens=usage.guessed_tokens,
    )
