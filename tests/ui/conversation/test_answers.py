import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.crashes import install_crash_hook
from desktop.engine.interface import ContextTrimmed, Message, ThoughtAdded
from desktop.errors import PromptTooLong
from tests.scripted_engine import ScriptedEngine
from tests.ui.conftest import Chat


def visible_texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_an_answer_streams_in_order_and_joins_the_conversation(chat: Chat, engine: ScriptedEngine) -> None:
    words = [f"word{number} " for number in range(60)]
    engine.script = words
    engine.interval = 0.002
    answer = chat.ask("Count")
    assert answer.view.markdown.split() == [f"word{number}" for number in range(60)]
    assert answer.view.toPlainText().split() == answer.view.markdown.split()
    chat.ask("Again")
    assert engine.asked[1] == [
        Message("user", "Count"),
        Message("assistant", "".join(words)),
        Message("user", "Again"),
    ]


def test_statistics_and_speed_are_told(chat: Chat) -> None:
    answer = chat.ask("Hi")
    statistics = answer.statistics.text()
    assert statistics.startswith("2 tokens · ")
    assert statistics.endswith("/s · 0.2 s to first word")
    assert chat.window.status.speed.text().endswith(" tokens/s")


@pytest.mark.parametrize("way", ["escape", "button"])
def test_stop_keeps_what_was_written(chat: Chat, engine: ScriptedEngine, way: str) -> None:
    engine.hold.clear()
    engine.interval = 0.04  # more than is merged into one
    chat.type("Hi")
    with chat.qtbot.waitSignals([chat.seen.written, chat.seen.written]):
        chat.press(Qt.Key.Key_Return)
    assert chat.window.composer.button.text() == "Stop"
    with chat.qtbot.waitSignal(chat.seen.finished):
        if way == "escape":
            chat.press(Qt.Key.Key_Escape)
        else:
            QTest.mouseClick(chat.window.composer.button, Qt.MouseButton.LeftButton)
    assert chat.last.view.markdown == "Hello world"
    assert "Stopped" in visible_texts(chat.last)
    assert chat.window.composer.button.text() == "Send"
    engine.hold.set()
    chat.ask("Go on")
    assert engine.asked[1][1] == Message("assistant", "Hello world")


def test_an_answer_that_was_cut_says_so(chat: Chat, engine: ScriptedEngine) -> None:
    engine.reason = "length"
    assert "Cut: the answer reached its length limit" in visible_texts(chat.ask("Hi"))


def test_what_was_left_out_of_the_prompt_is_told(chat: Chat, engine: ScriptedEngine) -> None:
    engine.script = [ContextTrimmed(4), "Yes"]
    texts = visible_texts(chat.ask("Hi"))
    assert "The first 4 messages were left out: the conversation no longer fits the model" in texts


def test_a_failed_request_keeps_its_text_and_retry_asks_it_again(chat: Chat, engine: ScriptedEngine) -> None:
    engine.script = [PromptTooLong(9, 4)]
    chat.type("My long text")
    with chat.qtbot.waitSignal(chat.seen.failed):
        chat.press(Qt.Key.Key_Return)
    failed = chat.last
    assert failed.notice is not None
    assert failed.notice.isVisible()
    assert failed.notice.sentence.text() == (
        "This request is 9 tokens long; the model takes at most 4: shorten it or split it."
    )
    engine.script = ["Done"]
    with chat.qtbot.waitSignal(chat.seen.finished):
        QTest.mouseClick(failed.notice.action, Qt.MouseButton.LeftButton)
    assert [messages[-1].content for messages in engine.asked] == ["My long text", "My long text"]
    assert len(chat.window.shown.view.answers) == 1
    assert chat.last.view.markdown == "Done"
    assert chat.last.notice is None


def test_a_bug_goes_to_the_crash_hook_and_the_user_reads_whose_fault_it_is(
    chat: Chat, engine: ScriptedEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: caught.append(error))
    install_crash_hook(tmp_path / "logs")
    bug = ZeroDivisionError("division by zero")
    engine.script = [bug]
    chat.type("Hi")
    with chat.qtbot.waitSignal(chat.seen.failed):
        chat.press(Qt.Key.Key_Return)
    assert caught == [bug]
    assert chat.last.notice is not None
    sentence = chat.last.notice.sentence.text()
    assert "its own fault" in sentence
    (report,) = (tmp_path / "logs").iterdir()
    assert str(report) in sentence
    assert "division" not in sentence


def test_copy_gives_the_markdown(chat: Chat, engine: ScriptedEngine) -> None:
    engine.script = ["# Title\n\n", "**bold** text"]
    answer = chat.ask("Hi")
    QTest.mouseClick(answer.tools.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "# Title\n\n**bold** text"
    assert answer.tools.copy.name == "Copied"


def test_two_conversations_answer_one_after_the_other(chat: Chat, engine: ScriptedEngine) -> None:
    engine.hold.clear()
    engine.interval = 0.04
    chat.type("First")
    with chat.qtbot.waitSignals([chat.seen.written, chat.seen.written]):
        chat.press(Qt.Key.Key_Return)
    first = chat.last
    chat.window.new_chat()
    assert chat.window.composer.button.text() == "Send"
    chat.type("Second")
    with chat.qtbot.waitSignals([chat.seen.finished, chat.seen.finished]):
        chat.press(Qt.Key.Key_Return)
        engine.hold.set()
    assert first.view.markdown == chat.last.view.markdown == "Hello world"
    assert [messages[-1].content for messages in engine.asked] == ["First", "Second"]
    assert engine.asked[1] == [Message("user", "Second")]


def test_closing_the_window_while_an_answer_streams_ends_the_thread(
    chat: Chat, engine: ScriptedEngine, qtbot: QtBot
) -> None:
    engine.hold.clear()
    chat.type("Hi")
    with qtbot.waitSignal(chat.seen.written), qtbot.waitSignal(chat.window.conversations.asked) as asked:
        chat.press(Qt.Key.Key_Return)
    (request,) = asked.args
    chat.window.close()
    chat.thread.end()
    assert request.stop.is_set()
    assert not chat.thread.running


def test_a_request_still_waiting_when_the_window_closes_is_not_begun(chat: Chat, engine: ScriptedEngine) -> None:
    engine.hold.clear()
    chat.type("First")
    with chat.qtbot.waitSignal(chat.seen.written):
        chat.press(Qt.Key.Key_Return)
    chat.window.new_chat()
    chat.type("Second")
    chat.press(Qt.Key.Key_Return)
    chat.window.close()
    chat.thread.end()
    assert len(engine.asked) == 1


def test_a_thought_is_folded_away_and_unfolds(chat: Chat, engine: ScriptedEngine) -> None:
    engine.script = [ThoughtAdded("Let me think"), ThoughtAdded(" about it."), "Yes."]
    answer = chat.ask("Is it so?")
    assert answer.view.markdown == "Yes."
    assert answer.thought.fold.name == "Thought for 1 s"
    assert answer.thought.isVisible()
    assert not answer.thought.shown.isVisible()
    before = answer.height()
    QTest.mouseClick(answer.thought.fold, Qt.MouseButton.LeftButton)
    chat.qtbot.waitUntil(lambda: answer.height() > before)
    assert answer.thought.shown.text() == "Let me think about it."
    assert answer.thought.shown.isVisible()
    chat.ask("Sure?")
    assert engine.asked[1][1] == Message("assistant", "Yes.")


def test_an_answer_without_a_thought_has_no_line_for_it(chat: Chat) -> None:
    assert not chat.ask("Hi").thought.isVisible()
