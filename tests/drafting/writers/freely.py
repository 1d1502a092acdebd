"""An engine that was measured to write by itself, and says what a test wrote down, one answer after another."""

import dataclasses
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.drafting.brief import Brief
from desktop.drafting.outline import plan
from desktop.drafting.session import DraftChecked, Drafting
from desktop.engine.interface import Ability, Event, Finished, Message, Sampling, TextAdded, Usage
from tests.drafting.template.test_shipped import SHIPPED
from tests.scripted_engine import INFO


@dataclass
class FreeEngine:
    """Gives one answer after another, word by word; the last again and again.

    Attributes:
        answers: in order.
        asked: the messages of every request.
        options: how each was to be answered.
    """

    answers: Sequence[str]
    asked: list[list[Message]] = field(default_factory=list)
    options: list[Sampling] = field(default_factory=list)
    info = dataclasses.replace(INFO, abilities={"en": Ability.FREE, "zh": Ability.FREE})

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        """Say the next answer, as far as the stop strings let it."""
        answer = self.answers[min(len(self.asked), len(self.answers) - 1)]
        self.asked.append(list(messages))
        self.options.append(options)
        for stopper in options.stop:
            answer = answer.partition(stopper)[0]
        for at in range(0, len(answer), 4):
            yield TextAdded(answer[at : at + 4])
        yield Finished("done", Usage(1, 0, 1, 0.1, 0.0))

    def warm(self, messages: Sequence[Message], stop: threading.Event) -> None: ...

    def close(self) -> None: ...

    def count_tokens(self, text: str) -> int:
        """Count a word as a token."""
        return len(text.split())


def written_freely(
    template_id: str, slots: Mapping[str, str], *answers: str, request: str = ""
) -> tuple[DraftChecked, FreeEngine]:
    """Draft a text in one piece; gives the last event, and the engine with what it was asked."""
    engine, template = FreeEngine(answers), SHIPPED.sound[template_id]
    draft = plan(template, Brief(template_id, slots, request=request))
    *_, last = Drafting(engine, template).write(draft, threading.Event())
    assert isinstance(last, DraftChecked)
    return last, engine
