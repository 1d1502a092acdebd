"""The tools of a message, pressed in the window: what they do to the conversation and to the history."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.ui.conversation.messages import Answer, OwnMessage
from tests.scripted_engine import ScriptedEngine
from tests.ui.conftest import Chat
from tests.ui.conversation.test_kept import stored, texts


def click(chat: Chat, widget: object) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


def own(chat: Chat, text: str) -> OwnMessage:
    widgets = chat.window.shown.view.findChildren(OwnMessage)
    return next(one for one in widgets if one.message.text == text and one.isVisible())


def test_versions_are_walked_with_their_arrows(chat: Chat, engine: ScriptedEngine) -> None:
    chat.ask("Hi")
    engine.script = ["Other"]
    with chat.qtbot.waitSignal(chat.seen.finished):
        click(chat, chat.last.tools.regenerate)
    chat.settle()
    assert (chat.last.view.markdown, chat.last.tools.versions.count.text()) == ("Other", "2 / 2")
    click(chat, chat.last.tools.versions.before)
    chat.settle()
    assert (chat.last.view.markdown, chat.last.tools.versions.count.text()) == ("Hello world", "1 / 2")
    click(chat, chat.last.tools.versions.after)
    chat.settle()
    assert texts(chat) == ["Hi", "Other"]


def test_a_question_is_edited_where_it_stands(chat: Chat, engine: ScriptedEngine) -> None:
    chat.ask("A letter")
    chat.settle()
    click(chat, own(chat, "A letter").tools.edit)
    assert chat.window.composer.editing.text() == "Editing an earlier message"
    assert chat.window.composer.text() == "A letter"
    chat.window.composer.set_text("A poem")
    with chat.qtbot.waitSignal(chat.seen.finished):
        chat.press(Qt.Key.Key_Return)
    chat.settle()
    assert texts(chat) == ["A poem", "Hello world"]
    assert own(chat, "A poem").tools.versions.count.text() == "2 / 2"


def test_an_answer_is_corrected_by_hand(chat: Chat, engine: ScriptedEngine, tmp_path: Path) -> None:
    chat.ask("Hi")
    click(chat, chat.last.tools.edit)
    assert chat.window.composer.editing.text() == "Correcting an answer"
    chat.window.composer.set_text("Hello, world!")
    chat.press(Qt.Key.Key_Return)
    chat.settle()
    assert chat.last.view.markdown == "Hello, world!"
    assert [turn.text for turn in stored(tmp_path)[0]] == ["Hi", "Hello, world!"]
    chat.ask("And?")
    assert engine.asked[-1][1].content == "Hello, world!"


def test_a_title_that_comes_late_leaves_the_editing_alone(chat: Chat) -> None:
    chat.ask("Frist")
    chat.window.composing.edit(chat.window.conversations.shown.branch[0])
    chat.type("!")
    chat.window.conversations.chat_shown.emit(
        chat.window.conversations.shown
    )  # as when the history has given it a title
    assert chat.window.composer.text() == "Frist!"
    assert chat.window.composer.editing.isVisible()
    chat.window.new_chat()
    assert chat.window.composer.text() == ""
    assert not chat.window.composer.editing.isVisible()


def test_escape_leaves_the_editing(chat: Chat) -> None:
    chat.ask("A letter")
    chat.type("half")
    click(chat, own(chat, "A letter").tools.edit)
    chat.press(Qt.Key.Key_Escape)
    assert not chat.window.composer.editing.isVisible()
    assert chat.window.composer.text() == "half"


def test_a_deleted_message_comes_back_with_undo(chat: Chat) -> None:
    chat.ask("First")
    chat.ask("Second")
    chat.settle()
    chat.window.pages.delete_wanted.emit(chat.window.conversations.shown.branch[2])
    chat.settle()
    assert texts(chat) == ["First", "Hello world"]
    click(chat, chat.window.toast.undo)
    chat.settle()
    assert texts(chat) == ["First", "Hello world", "Second", "Hello world"]


def test_a_cut_answer_offers_to_go_on(chat: Chat, engine: ScriptedEngine) -> None:
    engine.reason = "length"
    chat.ask("Hi")
    engine.reason, engine.script = "done", [" and more"]
    with chat.qtbot.waitSignal(chat.seen.finished):
        chat.window.shown.view.continue_requested.emit(chat.window.conversations.shown.branch[-1])
    assert chat.last.view.markdown == "Hello world and more"


@pytest.mark.parametrize(
    ("name", "kind", "written"),
    [("answer.md", "", "answer.md"), ("answer v1.2", "PDF (*.pdf)", "answer v1.2.pdf"), ("a", "", "a.md")],
)
def test_a_message_is_exported_as_its_file_is_named(
    name: str, kind: str, written: str, chat: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / name), kind))
    chat.ask("Hi")
    with chat.qtbot.waitSignal(chat.window.library.said) as said:
        chat.window.pages.export_wanted.emit(chat.window.conversations.shown.branch[-1])
    assert said.args == [f"Exported to {tmp_path / written}."]
    data = (tmp_path / written).read_bytes()
    assert data.startswith(b"%PDF-") if written.endswith(".pdf") else data == b"Hello world"


def test_a_message_that_cannot_be_written_is_told(chat: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "absent" / "a.pdf"), ""))
    chat.ask("Hi")
    with chat.qtbot.waitSignal(chat.window.library.said) as said:
        chat.window.pages.export_wanted.emit(chat.window.conversations.shown.branch[-1])
    assert said.args == ["a.pdf cannot be written (No such file or directory)."]


def test_a_search_shows_the_message_that_it_found_on_its_own_branch(chat: Chat, engine: ScriptedEngine) -> None:
    engine.script = ["About zebras"]
    chat.ask("Animals")
    engine.script = ["About ants"]
    with chat.qtbot.waitSignal(chat.seen.finished):
        chat.window.latest.regenerate()
    chat.settle()
    chat.window.new_chat()
    with chat.qtbot.waitSignal(chat.window.library.found):
        chat.window.sidebar.search.setText("zebras")
    chat.window.sidebar.list.setCurrentIndex(chat.window.sidebar.model.index(0, 0))
    chat.settle()
    assert texts(chat) == ["Animals", "About zebras"]


def test_the_keyboard_searches_in_the_conversation(chat: Chat) -> None:
    chat.ask("Hi")
    chat.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = chat.window.shown.view.find_bar
    assert bar.isVisible()
    QTest.keyClicks(bar.field, "world")
    chat.qtbot.waitUntil(lambda: bar.count.text() == "1 of 1")
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_five_hundred_messages_are_painted_within_150_ms(chat: Chat) -> None:
    answer = "A paragraph with **bold** words, `code` and a list:\n\n- one\n- two\n\n```python\nprint(1)\n```\n"

    def fill(store):  # type: ignore[no-untyped-def]  # what the keeper calls
        number, parent = store.conversations.create("Long").id, None
        for turn in range(250):
            parent = store.messages.add(number, "user", f"Question {turn}", parent=parent).id
            parent = store.messages.add(number, "assistant", answer, parent=parent).id
        return store.conversations.get(number)

    made: list[object] = []
    chat.window.conversations.link.write(fill, made.append)
    chat.qtbot.waitUntil(lambda: bool(made), timeout=20_000)
    conversations = chat.window.conversations
    taken: list[float] = []
    for _ in range(3):
        began = time.thread_time()  # of the GUI thread, whatever else the machine does
        with chat.qtbot.waitSignal(conversations.branch_changed):
            conversations.open(made[0].id, "Long")  # type: ignore[attr-defined]
        chat.window.shown.view.viewport().repaint()
        taken.append(time.thread_time() - began)
        assert isinstance(chat.last, Answer)
        conversations.new()
        conversations.forget(made[0].id)  # type: ignore[attr-defined]
    assert min(taken) < 0.15
