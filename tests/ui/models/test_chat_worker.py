import sys
from collections.abc import Callable

import pytest

from desktop.ui.models.chat_worker import ChatWorker
from tests.scripted_engine import ScriptedEngine


class Clinging(ScriptedEngine):
    """Fails when it is to give back what it holds."""

    def close(self) -> None:
        raise OSError("broken")


@pytest.mark.parametrize("again", [lambda worker: worker.load(), lambda worker: worker.use("other")])
def test_a_model_that_cannot_be_closed_keeps_nobody_waiting_for_the_next(
    monkeypatch: pytest.MonkeyPatch, again: Callable[[ChatWorker], None]
) -> None:
    reported: list[type] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: reported.append(kind))
    following = ScriptedEngine()
    engines = [Clinging(), following]
    worker = ChatWorker(lambda: engines.pop(0), open_other=lambda _id: engines.pop(0))
    worker.load()
    again(worker)
    assert worker.engine() is following
    assert reported == [OSError]
