"""Between two requests the chat thread has the last answer read, and leaves off when somebody asks."""

import threading
from pathlib import Path

import pytest

from desktop.chat.assistant import Request
from desktop.engine.interface import Engine, Finished, Message
from desktop.ui.models.chat_worker import ChatWorker
from tests.scripted_engine import ReadingEngine


@pytest.fixture
def engine() -> ReadingEngine:
    return ReadingEngine()


@pytest.fixture
def worker(engine: ReadingEngine, tmp_path: Path) -> ChatWorker:
    def opened() -> Engine:
        return engine

    worker = ChatWorker(opened)
    worker.load()
    return worker


def test_the_answer_is_read_behind_its_request(worker: ChatWorker, engine: ReadingEngine) -> None:
    engine.let_go = True
    earlier = (Message("user", "Hi"), Message("assistant", "Hello"))
    worker.make_way()
    worker.answer(Request(1, "Go on", earlier=earlier, begun="Well, "))
    assert engine.warmed == [[*earlier, Message("user", "Go on"), Message("assistant", "Well, Hello world")]]


@pytest.mark.parametrize("interrupt", ["make_way", "close"])
def test_a_new_request_and_the_end_stop_the_reading(worker: ChatWorker, engine: ReadingEngine, interrupt: str) -> None:
    worker.make_way()
    thread = threading.Thread(target=worker.answer, args=(Request(1, "Hi"),))
    thread.start()
    assert engine.reading.wait(30)
    getattr(worker, interrupt)()
    thread.join(30)
    assert not thread.is_alive()


def test_nothing_is_read_while_a_request_waits(worker: ChatWorker, engine: ReadingEngine) -> None:
    worker.make_way()
    worker.make_way()
    worker.answer(Request(1, "Hi"))
    assert engine.warmed == []
    engine.let_go = True
    worker.answer(Request(2, "And then?"))
    assert len(engine.warmed) == 1


def test_an_answer_is_told_as_finished_before_it_is_read(worker: ChatWorker, engine: ReadingEngine) -> None:
    engine.let_go = True
    told: list[tuple[bool, bool]] = []
    worker.happened.connect(lambda _, event: told.append((isinstance(event, Finished), engine.reading.is_set())))
    worker.answer(Request(1, "Hi"))
    assert told[-1] == (True, False)
