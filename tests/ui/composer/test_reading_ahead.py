"""A message is read while it is being written: by the window, and by the chat thread."""

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.attached import Attachment, joined
from desktop.chat.assistant import Request
from desktop.engine.interface import Engine, Message
from desktop.settings import Settings
from desktop.ui.composer.reading_ahead import WORTH, unread
from desktop.ui.models.chat_worker import ChatWorker
from tests.scripted_engine import ReadingEngine, ScriptedEngine
from tests.ui.conftest import PATIENCE_S, Chat, StartChat

DOCUMENT = "The ink dries on the stone. " * 30
PATIENCE_MS = int(PATIENCE_S * 1000)


class PatientEngine(ScriptedEngine):
    """Reads ahead until it is stopped or may go on, and tells each.

    Attributes:
        begun, ended: reading began; it was stopped.
        go_on: the reading is over.
    """

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.ended, self.go_on = threading.Semaphore(0), threading.Semaphore(0), threading.Event()

    def warm(self, messages: Sequence[Message], stop: threading.Event) -> None:
        super().warm(messages, stop)
        self.begun.release()
        while not self.go_on.wait(0.005):
            if stop.is_set():
                self.ended.release()
                return


@pytest.fixture
def engine() -> PatientEngine:
    return PatientEngine()


def begun(engine: PatientEngine) -> bool:
    return engine.begun.acquire(timeout=PATIENCE_S)


def ended(engine: PatientEngine) -> bool:
    return engine.ended.acquire(timeout=PATIENCE_S)


def attach(chat: Chat, engine: PatientEngine, name: str = "report.pdf") -> None:
    chat.window.composer.attach(name, DOCUMENT)
    chat.qtbot.waitUntil(lambda: engine.begun.acquire(blocking=False), timeout=PATIENCE_MS)


def question(typed: str = "") -> list[Message]:
    return [Message("user", joined(typed, [Attachment("report.pdf", DOCUMENT)]))]


def test_a_document_is_read_while_the_question_is_typed(chat: Chat, engine: PatientEngine) -> None:
    attach(chat, engine)
    chat.type("What dries?")
    assert not engine.ended.acquire(blocking=False)  # what is typed behind it is no reason to begin again
    engine.go_on.set()
    with chat.qtbot.waitSignal(chat.seen.finished):
        chat.press(Qt.Key.Key_Return)
    chat.qtbot.waitUntil(lambda: len(engine.warmed) == 2, timeout=PATIENCE_MS)
    assert engine.warmed[0] == question()
    assert engine.asked == [question("What dries?")]
    assert engine.warmed[1:] == [[*question("What dries?"), Message("assistant", "Hello world")]]


def test_enter_ends_the_reading_and_the_answer_is_the_same(chat: Chat, engine: PatientEngine) -> None:
    attach(chat, engine)
    chat.type("What dries?")
    with chat.qtbot.waitSignal(chat.seen.written):
        chat.press(Qt.Key.Key_Return)
    assert ended(engine)
    assert engine.asked == [question("What dries?")]
    engine.go_on.set()


def test_a_removed_document_ends_the_reading_and_what_is_left_is_little(chat: Chat, engine: PatientEngine) -> None:
    attach(chat, engine)
    chat.type("What dries?")
    chip = next(each for each in chat.window.composer.findChildren(QPushButton) if "report.pdf" in each.text())
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert ended(engine)
    attach(chat, engine, "other.txt")  # another one is read from its beginning
    engine.go_on.set()
    assert engine.warmed[1:] == [[Message("user", joined("What dries?", [Attachment("other.txt", DOCUMENT)]))]]


@pytest.mark.parametrize("leave", ["another conversation", "the end", "another model"])
def test_the_reading_ends_with_what_it_was_for(chat: Chat, engine: PatientEngine, leave: str) -> None:
    attach(chat, engine)
    if leave == "another conversation":
        chat.window.new_temporary()
    elif leave == "another model":
        chat.window.signals.load_wanted.emit()
    else:
        chat.end()
    assert ended(engine)
    engine.go_on.set()


def test_after_another_model_is_loaded_the_document_is_read_by_that(chat: Chat, engine: PatientEngine) -> None:
    attach(chat, engine)
    chat.window.signals.load_wanted.emit()
    assert ended(engine)
    chat.qtbot.waitUntil(lambda: engine.begun.acquire(blocking=False), timeout=PATIENCE_MS)
    engine.go_on.set()
    assert engine.warmed == [question(), question()]


def test_nothing_is_read_while_an_answer_is_written(chat: Chat, engine: PatientEngine) -> None:
    engine.go_on.set()
    engine.hold.clear()
    chat.type("Hi")
    with chat.qtbot.waitSignal(chat.seen.written):
        chat.press(Qt.Key.Key_Return)
    chat.window.composer.attach("report.pdf", DOCUMENT)
    pause = chat.window._ahead._pause
    with chat.qtbot.waitSignal(pause.timeout):
        pass
    assert engine.warmed == []
    with chat.qtbot.waitSignal(chat.seen.finished):
        engine.hold.set()
    chat.qtbot.waitUntil(lambda: len(engine.warmed) == 2, timeout=PATIENCE_MS)
    answered = [Message("user", "Hi"), Message("assistant", "Hello world")]
    assert engine.warmed == [answered, [*answered, *question()]]


def test_a_few_words_are_not_worth_it(chat: Chat, engine: PatientEngine) -> None:
    engine.go_on.set()
    chat.type("Hi")
    with chat.qtbot.waitSignal(chat.window._ahead._pause.timeout):
        pass
    assert chat.ask(", who are you?").message.text == "Hello world"
    chat.qtbot.waitUntil(lambda: bool(engine.warmed), timeout=PATIENCE_MS)
    assert [one.content for one in engine.warmed[0]] == ["Hi, who are you?", "Hello world"]


def test_a_document_that_does_not_fit_the_model_is_told_before_it_is_sent(chat: Chat, engine: PatientEngine) -> None:
    composer = chat.window.composer
    composer.attach("report.pdf", "ink " * 9000)
    chat.qtbot.waitUntil(composer.problem.isVisible, timeout=PATIENCE_MS)
    assert "the model takes at most 8191: shorten it or split it." in composer.problem.text()
    chat.type("And?")
    assert composer.problem.isVisible()
    QTest.mouseClick(composer._chips.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert not composer.problem.isVisible()
    assert engine.warmed == []


def test_an_earlier_question_that_is_edited_is_read_in_its_place(chat: Chat, engine: PatientEngine) -> None:
    engine.go_on.set()
    chat.ask("Hi")
    chat.qtbot.waitUntil(lambda: len(engine.warmed) == 1, timeout=PATIENCE_MS)  # else the next one makes it stop
    chat.ask("And then?")
    chat.qtbot.waitUntil(lambda: len(engine.warmed) == 2, timeout=PATIENCE_MS)
    chat.window.composing.edit(chat.window.conversations.shown.branch[2])
    chat.window.composer.attach("report.pdf", DOCUMENT)
    chat.qtbot.waitUntil(lambda: len(engine.warmed) == 3, timeout=PATIENCE_MS)
    assert engine.warmed[2] == [
        Message("user", "Hi"),
        Message("assistant", "Hello world"),
        Message("user", joined("And then?", [Attachment("report.pdf", DOCUMENT)])),
    ]
    chat.window.composing.edit(
        chat.window.conversations.shown.branch[1]
    )  # nobody is asked about an answer that is corrected
    chat.window.composer.attach("report.pdf", DOCUMENT)
    with chat.qtbot.waitSignal(chat.window._ahead._pause.timeout):
        pass
    assert len(engine.warmed) == 3


def test_a_document_waits_for_its_conversation_and_for_another_language(start_chat: StartChat, tmp_path: Path) -> None:
    chat = start_chat()
    name = tmp_path / "notes.txt"
    name.write_text(DOCUMENT, encoding="utf-8")
    composer = chat.window.composer
    composer.attach_files([name])
    chat.window.new_temporary()
    assert not composer.attachments
    chat.window.new_chat()
    chat.qtbot.waitUntil(lambda: [one.name for one in composer.attachments] == ["notes.txt"], timeout=PATIENCE_MS)
    other = tmp_path / "other.txt"
    other.write_text(DOCUMENT, encoding="utf-8")
    composer.attach_files([other])
    chat.window.apply(Settings(language="en"), Settings(language="zh_CN"))
    made_anew = chat.window.composer
    assert made_anew is not composer
    chat.qtbot.waitUntil(
        lambda: [one.name for one in made_anew.attachments] == ["notes.txt", "other.txt"], timeout=PATIENCE_MS
    )


def worker_of(engine: Engine, folder: Path) -> ChatWorker:
    worker = ChatWorker(lambda: engine)
    worker.load()
    return worker


@pytest.mark.parametrize("interrupt", ["make_way", "close", "stop"])
def test_the_chat_thread_lets_go(tmp_path: Path, interrupt: str) -> None:
    engine, stop = ReadingEngine(), threading.Event()
    worker = worker_of(engine, tmp_path)
    thread = threading.Thread(target=worker.read_ahead, args=(question(), stop))
    thread.start()
    assert engine.reading.wait(PATIENCE_S)
    if interrupt == "stop":
        stop.set()
    else:
        getattr(worker, interrupt)()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()


def test_who_asks_goes_before_who_reads_ahead(tmp_path: Path) -> None:
    engine = ReadingEngine()
    engine.let_go = True
    worker = worker_of(engine, tmp_path)
    worker.make_way()
    worker.read_ahead(question(), threading.Event())
    assert engine.warmed == []
    worker.answer(Request(1, "Hi"))
    worker.read_ahead(question(), threading.Event())
    assert engine.warmed[1:] == [question()]


MESSAGES = st.lists(st.builds(Message, st.sampled_from(["user", "assistant"]), st.text("ab", max_size=6)), max_size=4)


@given(MESSAGES, MESSAGES)
def test_what_is_unread_is_what_was_not_read(messages: list[Message], read: list[Message]) -> None:
    def flat(conversation: list[Message]) -> list[tuple[int, str, str]]:
        return [
            (at, one.role, one.content[:end])
            for at, one in enumerate(conversation)
            for end in range(len(one.content) + 1)
        ]

    known, count = set(flat(read)), 0
    for at, one in enumerate(messages):
        if messages[:at] != read[:at]:
            count += len(one.content)
        else:
            count += sum((at, one.role, one.content[:end]) not in known for end in range(1, len(one.content) + 1))
    assert unread(messages, read) == count


def test_a_little_more_is_not_worth_it() -> None:
    assert unread([Message("user", DOCUMENT + "What dries?")], [Message("user", DOCUMENT)]) < WORTH < len(DOCUMENT)
