"""To whom a draft speaks."""

import threading

import pytest

from desktop.drafting.brief import Brief
from desktop.drafting.outline import plan
from desktop.drafting.session import DraftChecked, Drafting
from tests.drafting.template.test_shipped import SHIPPED
from tests.drafting.writers.guided.test_rejection_sampler import Knower


@pytest.mark.parametrize(("topic", "spoken_to"), [("study for the chemistry exam", True), ("move the office", False)])
def test_a_plan_speaks_to_who_learns_or_travels_and_to_nobody_else(topic: str, spoken_to: bool) -> None:
    template = SHIPPED.sound["work_plan"]
    engine = Knower("review your bees and honey notes beside the window.", "keep bees and honey beside the window.")
    draft = plan(template, Brief("work_plan", {"topic": topic, "length": "60 words"}))
    events = list(Drafting(engine, template).write(draft, threading.Event()))
    assert isinstance(events[-1], DraftChecked)
    assert ("your bees" in events[-1].draft.text) == spoken_to
