"""Conversations outlive the window: a real history file, a scripted engine, the window closed and opened again."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.engine.interface import ThoughtAdded
from desktop.errors import PromptTooLong
from desktop.history import History, StoredMessage
from tests.scripted_engine import ScriptedEngine
from tests.ui.conftest import Chat, StartChat


def stored(tmp_path: Path) -> list[list[StoredMessage]]:
    """What the file holds, read on the side while the window is open."""
    history = History.open(tmp_path / "history")
    store = history.connect()
    try:
        return [store.messages.branch(one.id) for one in store.conversations.page()]
    finally:
        store.close()
        history.close()


def texts(chat: Chat) -> list[str]:
    return [turn.text for turn in chat.window.conversations.shown.branch]


def test_a_conversation_is_there_again_after_a_restart(start_chat: StartChat, engine: ScriptedEngine) -> None:
    chat = start_chat(lambda: engine)
    chat.ask("A plan for next week")
    chat.settle()
    chat.end()
    again = start_chat(lambda: engine)
    again.settle()
    assert again.titles() == ["A plan for next week"]
    assert texts(again) == ["A plan for next week", "Hello world"]
    assert again.last.view.markdown == "Hello world"
    again.ask("And now?")
    assert [message.content for message in engine.asked[-1]] == ["A plan for next week", "Hello world", "And now?"]


def test_a_question_is_on_the_disk_before_its_answer_begins(chat: Chat, engine: ScriptedEngine, tmp_path: Path) -> None:
    engine.script, engine.hold = [], engine.hold
    engine.hold.clear()
    chat.type("Will this be kept?")
    chat.press(Qt.Key.Key_Return)
    chat.settle()
    ((question, answer),) = stored(tmp_path)
    assert question.text == "Will this be kept?"
    assert answer.status == "pending"


def test_tokens_are_on_the_disk_while_the_answer_streams(chat: Chat, engine: ScriptedEngine, tmp_path: Path) -> None:
    engine.hold.clear()
    chat.type("Hi")
    with chat.qtbot.waitSignal(chat.seen.written):
        chat.press(Qt.Key.Key_Return)
    chat.settle()
    ((_, answer),) = stored(tmp_path)
    assert answer.text.startswith("Hello")
    assert answer.status == "streaming"


def test_what_is_typed_comes_back_after_a_restart(start_chat: StartChat) -> None:
    chat = start_chat()
    chat.type("half a sentence that was never se")
    chat.qtbot.waitUntil(lambda: not chat.window.conversations.unsent_waits)
    chat.settle()
    again = start_chat()  # the first window is still open: it reads what is on the disk, as after a crash
    again.qtbot.waitUntil(lambda: again.window.composer.text() == "half a sentence that was never se")


def test_what_is_typed_belongs_to_its_conversation(start_chat: StartChat) -> None:
    chat = start_chat()
    chat.ask("First")
    chat.type("about the first")
    chat.window.new_chat()
    chat.type("something new")
    chat.settle()
    chat.end()
    again = start_chat()
    again.qtbot.waitUntil(lambda: again.window.composer.text() == "something new")
    again.pick("First")
    assert again.window.composer.text() == "about the first"


def test_writing_an_answer_again_keeps_the_first_beside_it(chat: Chat, engine: ScriptedEngine) -> None:
    chat.ask("Hi")
    engine.script = ["Other"]
    with chat.qtbot.waitSignal(chat.seen.finished):
        chat.window.latest.regenerate()
    chat.settle()
    assert texts(chat) == ["Hi", "Other"]
    answer = chat.window.conversations.shown.branch[-1]
    assert len(answer.siblings) == 2
    chat.window.conversations.choose(answer.siblings[0])
    chat.settle()
    assert texts(chat) == ["Hi", "Hello world"]


def test_asking_differently_keeps_what_was_asked(chat: Chat, engine: ScriptedEngine) -> None:
    chat.ask("Hi")
    chat.ask("A letter")
    chat.type("half a draft")
    chat.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert chat.window.composer.text() == "A letter"
    chat.window.composer.set_text("A poem")
    with chat.qtbot.waitSignal(chat.seen.finished):
        chat.press(Qt.Key.Key_Return)
    chat.settle()
    assert texts(chat) == ["Hi", "Hello world", "A poem", "Hello world"]
    assert [message.content for message in engine.asked[-1]] == ["Hi", "Hello world", "A poem"]
    assert chat.window.composer.text() == "half a draft"
    question = chat.window.conversations.shown.branch[2]
    chat.window.conversations.choose(question.siblings[0])
    chat.settle()
    assert texts(chat)[2] == "A letter"


def test_a_cut_answer_is_continued_where_it_ended(chat: Chat, engine: ScriptedEngine, tmp_path: Path) -> None:
    engine.reason = "length"
    chat.ask("Hi")
    engine.reason, engine.script = "done", [" and more"]
    with chat.qtbot.waitSignal(chat.seen.finished):
        chat.window.latest.go_on()
    chat.settle()
    assert engine.asked[-1][-1].content == "Hello world"
    assert engine.asked[-1][-1].role == "assistant"
    assert texts(chat) == ["Hi", "Hello world and more"]
    ((_, answer),) = stored(tmp_path)
    assert (answer.text, answer.status) == ("Hello world and more", "done")
    assert chat.last.view.markdown == "Hello world and more"


def test_a_failed_answer_is_asked_again_in_its_place(chat: Chat, engine: ScriptedEngine, tmp_path: Path) -> None:
    engine.script = [PromptTooLong(9, 4)]
    chat.type("Hi")
    with chat.qtbot.waitSignal(chat.seen.failed):
        chat.press(Qt.Key.Key_Return)
    chat.settle()
    ((_, answer),) = stored(tmp_path)
    assert answer.status == "failed"
    engine.script = ["Now"]
    with chat.qtbot.waitSignal(chat.seen.finished):
        chat.window.latest.go_on()
    chat.settle()
    ((_, answer),) = stored(tmp_path)
    assert (answer.text, answer.status, len(answer.siblings)) == ("Now", "done", 1)


def test_an_answer_goes_on_while_another_conversation_is_read(chat: Chat, engine: ScriptedEngine) -> None:
    chat.ask("First")
    engine.hold.clear()
    chat.type("More")
    with chat.qtbot.waitSignal(chat.seen.written):
        chat.press(Qt.Key.Key_Return)
    chat.window.new_chat()
    assert chat.window.composer.button.text() == "Send"
    with chat.qtbot.waitSignal(chat.seen.finished):
        engine.hold.set()
    chat.settle()
    chat.pick("First")
    assert texts(chat) == ["First", "Hello world", "More", "Hello world"]
    assert chat.last.view.markdown == "Hello world"


def test_a_conversation_forks_into_one_of_its_own(chat: Chat) -> None:
    chat.ask("Hi")
    chat.window.latest.fork()
    chat.settle()
    chat.settle()
    assert chat.titles() == ["Hi", "Hi"]
    chat.ask("Only here")
    chat.settle()
    other = next(row for row in chat.window.sidebar.model.rows if row.number not in (None, chat.number))
    chat.window.conversations.open(other.number or 0)
    chat.settle()
    assert texts(chat) == ["Hi", "Hello world"]


def test_a_temporary_chat_is_never_written(chat: Chat, tmp_path: Path) -> None:
    chat.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert chat.window.header.temporary.isVisible()
    chat.ask("My secret is 4711")
    chat.window.latest.regenerate()
    chat.settle()
    assert chat.titles() == []
    assert stored(tmp_path) == []
    chat.end()
    for path in (tmp_path / "history").rglob("*"):
        assert b"4711" not in path.read_bytes()


def test_a_draft_survives_that_an_answer_is_written_again(start_chat: StartChat, engine: ScriptedEngine) -> None:
    chat = start_chat(lambda: engine)
    chat.ask("Hi")
    chat.type("not sent yet")
    with chat.qtbot.waitSignal(chat.seen.finished):
        chat.window.latest.regenerate()
    assert chat.window.composer.text() == "not sent yet"
    chat.settle()
    chat.end()
    again = start_chat(lambda: engine)
    again.qtbot.waitUntil(lambda: again.window.composer.text() == "not sent yet")


def test_what_is_typed_before_the_history_is_open_stands_behind_what_was_typed_before(start_chat: StartChat) -> None:
    chat = start_chat()
    chat.type("from before")
    chat.qtbot.waitUntil(lambda: not chat.window.conversations.unsent_waits)
    chat.settle()
    chat.end()
    again = start_chat(opened=False)
    again.type("and now")
    again.window.conversations.link.start()
    again.qtbot.waitUntil(lambda: again.window.composer.text() == "from before\nand now")


def test_conversations_that_were_not_read_for_long_leave_the_desk_and_come_back(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.conversation.controller.MOST_CHATS", 2)
    for number in range(4):
        chat.window.new_chat()
        chat.ask(f"Question {number}")
        chat.settle()
    assert len(chat.window.conversations.open_chats()) <= 3
    chat.pick("Question 0")
    assert texts(chat) == ["Question 0", "Hello world"]
    assert chat.last.view.markdown == "Hello world"


def test_a_thought_is_kept_apart_from_its_answer(start_chat: StartChat, engine: ScriptedEngine, tmp_path: Path) -> None:
    engine.script = [ThoughtAdded("Let me think."), "Yes."]
    chat = start_chat(lambda: engine)
    chat.ask("Is it so?")
    chat.settle()
    chat.end()
    (messages,) = stored(tmp_path)
    assert messages[1].text == "Yes."
    again = start_chat(lambda: engine)
    again.settle()
    assert again.last.thought.fold.name == "Thought for 1 s"
    assert again.window.conversations.shown.branch[1].thought.text == "Let me think."
