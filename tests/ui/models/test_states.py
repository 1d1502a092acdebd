import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from desktop.codes import Coded
from desktop.engine.interface import Engine
from desktop.errors import BrokenModel
from desktop.reasons import ModelReason
from tests.scripted_engine import INFO, ScriptedEngine
from tests.ui.conftest import Chat, StartChat

Report = Callable[[Coded, float], None]


def click(chat: Chat, button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_broken_model_says_why_and_retry_loads_it_again(start_chat: StartChat) -> None:
    failures = [BrokenModel(Path("model.onnx"), ModelReason.NO_GGUF())]

    def open_engine() -> Engine:
        if failures:
            raise failures.pop()
        return ScriptedEngine()

    chat = start_chat(open_engine, until="load_failed")
    notice = chat.window.model_notice
    assert notice.sentence.text() == "model.onnx cannot be used: it is not a whole GGUF file."
    with chat.qtbot.waitSignal(chat.seen.loaded):
        click(chat, notice.action)
    assert not notice.isVisible()


def test_a_message_sent_while_the_model_loads_is_answered_once_it_is_there(start_chat: StartChat) -> None:
    loaded = threading.Event()

    def open_engine() -> Engine:
        loaded.wait()
        return ScriptedEngine()

    chat = start_chat(open_engine, until="loading")
    chat.type("Early")
    chat.press(Qt.Key.Key_Return)
    assert chat.last.progress.text() == "Waiting for the model…"
    with chat.qtbot.waitSignal(chat.seen.finished):
        loaded.set()
    assert chat.last.view.markdown == "Hello world"


def test_a_message_sent_while_a_broken_model_loads_is_kept_with_retry(start_chat: StartChat) -> None:
    tried = threading.Event()

    def open_engine() -> Engine:
        tried.wait()
        raise BrokenModel(Path("model.onnx"), ModelReason.NO_GGUF())

    chat = start_chat(open_engine, until="loading")
    chat.type("Early")
    chat.press(Qt.Key.Key_Return)
    with chat.qtbot.waitSignal(chat.seen.failed):
        tried.set()
    assert chat.last.notice is not None
    assert chat.last.notice.sentence.text() == "model.onnx cannot be used: it is not a whole GGUF file."


def test_the_status_bar_tells_model_device_and_why(start_chat: StartChat) -> None:
    status = start_chat().window.status
    assert status.model.said == "Scripted 135M · int8"
    assert status.device.text() == "CPU, 2 threads"
    assert status.device.toolTip() == status.device.accessibleDescription() == str(INFO.reason)
    assert status.privacy.text() == "Local only: nothing leaves this machine"
