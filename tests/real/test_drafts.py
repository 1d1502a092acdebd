"""Drafts of the starter model itself: every check holds, and the cache is used between sections."""

import threading
from collections.abc import Iterator, Sequence

import pytest

from desktop.drafting.brief import Brief
from desktop.drafting.outline import plan
from desktop.drafting.session import DraftChecked, Drafting
from desktop.engine.interface import Event, Finished, Message, Sampling
from desktop.engine.local import LocalEngine
from tests.bench.starter import starter_model
from tests.drafting.template.test_shipped import SHIPPED


@pytest.fixture(scope="module")
def engine() -> Iterator[LocalEngine]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("INKSTONE_HOME", raising=False)
        yield LocalEngine(starter_model().files(), "cpu")


class Watched:
    """Notes how much of each prompt the cache held."""

    def __init__(self, engine: LocalEngine) -> None:
        self._engine, self.reused, self.prompt = engine, 0, 0
        self.info, self.warm, self.count_tokens = engine.info, engine.warm, engine.count_tokens
        self.close = engine.close

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        for event in self._engine.stream(messages, options, stop):
            if isinstance(event, Finished):
                self.reused += event.usage.reused_tokens
                self.prompt += event.usage.prompt_tokens
            yield event


@pytest.mark.parametrize(
    ("template", "slots", "points"),
    [
        ("email", {"topic": "rescheduling the budget meeting", "audience": "Ms. Chen"}, ("new time: Thursday 14:00",)),
        ("work_report", {"topic": "support team", "length": "150 words"}, ("answered 340 tickets", "hire Maria Lopez")),
    ],
)
def test_the_starter_model_makes_a_draft_that_holds_its_contract(
    engine: LocalEngine, template: str, slots: dict[str, str], points: tuple[str, ...]
) -> None:
    chosen, watched = SHIPPED.sound[template], Watched(engine)
    brief = Brief(template, slots, points)
    *_, last = Drafting(watched, chosen).write(plan(chosen, brief), threading.Event())
    assert isinstance(last, DraftChecked)
    assert last.report.checks == dict.fromkeys(last.report.checks, True)
    assert last.report.amount > 80
    assert watched.reused > 0.7 * watched.prompt
