"""One model in memory at most: the one before gives back what it holds, and comes again where the other fails."""

import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.chat.assistant import Request
from desktop.engine.interface import Engine
from desktop.errors import BrokenModel, NotReady
from desktop.reasons import ModelReason
from desktop.ui.models.chat_worker import ChatThread, ChatWorker
from tests.scripted_engine import ScriptedEngine


class Weights:
    """What a model takes in memory."""


class Shop:
    """Opens engines, and sees that none is open beside another.

    Attributes:
        opened: all of them, in order.
        names: what they were opened for.
        broken: names of those that cannot be opened.
        opening: called meanwhile.
    """

    def __init__(self) -> None:
        self.opened: list[ScriptedEngine] = []
        self.names: list[str] = []
        self.broken: set[str] = set()
        self.opening: Callable[[], object] = lambda: None
        self.refused: weakref.ref[Weights] | None = None

    def open(self, name: str = "first") -> Engine:
        assert all(engine.closed for engine in self.opened)
        assert self.refused is None or self.refused() is None
        self.names.append(name)
        self.opening()
        if name in self.broken:
            weights = Weights()
            self.refused = weakref.ref(weights)
            raise BrokenModel(Path("model.onnx"), ModelReason.NO_GGUF())
        self.opened.append(ScriptedEngine())
        return self.opened[-1]


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def worker(qtbot: QtBot, shop: Shop, tmp_path: Path) -> ChatWorker:  # Qt must be there
    made = ChatWorker(shop.open, open_other=shop.open)
    made.load()
    return made


def test_the_model_before_is_given_back_before_another_is_loaded(worker: ChatWorker, shop: Shop) -> None:
    worker.use("second")
    assert shop.names == ["first", "second"]
    assert [engine.closed for engine in shop.opened] == [True, False]
    assert worker.engine() is shop.opened[1]


def test_where_another_fails_the_one_before_is_loaded_again_and_the_user_told(
    qtbot: QtBot, worker: ChatWorker, shop: Shop
) -> None:
    worker.use("second")
    shop.broken = {"third"}
    heard: list[str] = []
    worker.loaded.connect(lambda _: heard.append("loaded"))
    with qtbot.waitSignal(worker.not_used) as told:
        worker.use("third")
    assert told.args is not None
    assert told.args[0] == "third"
    assert "model.onnx" in told.args[1]
    assert shop.names == ["first", "second", "third", "second"]  # and not the chosen one of the settings
    assert heard == ["loaded"]
    assert worker.engine() is shop.opened[-1]
    assert not shop.opened[-1].closed


def test_where_neither_can_be_loaded_that_is_said(qtbot: QtBot, worker: ChatWorker, shop: Shop) -> None:
    shop.broken = {"first", "second"}
    with qtbot.waitSignals([worker.not_used, worker.load_failed]):
        worker.use("second")
    with pytest.raises(NotReady, match=r"model\.onnx"):
        worker.engine()
    with qtbot.waitSignal(worker.failed):
        worker.answer(Request(1, "Hello"))


def test_loading_again_gives_the_model_back_first(worker: ChatWorker, shop: Shop) -> None:
    worker.load()
    assert [engine.closed for engine in shop.opened] == [True, False]


def test_who_asks_for_the_model_meanwhile_gets_the_next_one(worker: ChatWorker, shop: Shop) -> None:
    with ThreadPoolExecutor(1) as other:
        asking = []
        shop.opening = lambda: asking.append(other.submit(worker.engine))
        worker.use("second")
        assert asking[0].result() is shop.opened[1]


def test_who_waits_for_a_model_while_the_window_closes_waits_no_longer(worker: ChatWorker, shop: Shop) -> None:
    with ThreadPoolExecutor(1) as other:
        asking = []

        def close() -> None:
            asking.append(other.submit(worker.engine))
            worker.close()
            with pytest.raises(NotReady):
                asking[0].result()

        shop.opening = close
        worker.use("second")
    assert len(asking) == 1


def test_closing_does_not_wait_for_a_model_that_is_being_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def open_slowly() -> Engine:
        begun.set()
        go_on.wait()
        return ScriptedEngine()

    worker = ChatWorker(open_slowly)
    thread = ChatThread(worker)
    thread.start()
    assert begun.wait()
    assert not thread.end()  # it would wait for ever
    assert thread.running
    go_on.set()
    qtbot.waitUntil(lambda: not thread.running)
    assert thread.end()
