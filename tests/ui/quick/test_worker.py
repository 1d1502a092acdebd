import dataclasses
import threading
from collections.abc import Sequence

from desktop.engine.interface import Message
from desktop.quick.actions.action import Action
from desktop.ui.quick.worker import ActionRun, QuickWorker
from tests.scripted_engine import ScriptedEngine


def action(name: str) -> Action:
    pair = (f"{name} before", f"{name} after")
    return Action(name, {"en": name}, {"en": "{text}"}, languages=("en",), examples={"en": (pair,)})


@dataclasses.dataclass
class Warmed(ScriptedEngine):
    stop_at: str = ""

    def warm(self, messages: Sequence[Message], stop: threading.Event) -> None:
        super().warm(messages, stop)
        if messages[0].content == self.stop_at:
            stop.set()


def warmed(engine: Warmed) -> list[str]:
    worker = QuickWorker(lambda: engine, lambda: [action("formal"), action("shorter")])
    worker.warm(ActionRun(action("rewrite"), "It rains."))
    return [messages[0].content for messages in engine.warmed]


def test_all_actions_that_may_be_picked_are_read_ahead() -> None:
    assert warmed(Warmed()) == ["rewrite before", "formal before", "shorter before"]


def test_what_is_picked_meanwhile_ends_the_reading() -> None:
    assert warmed(Warmed(stop_at="rewrite before")) == ["rewrite before"]
