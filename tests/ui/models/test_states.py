import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from desktop.codes import Coded
from desktop.engine.interface import Engine
from desktop.errors import BrokenModel, Cancelled, DownloadFailed, ModelNotPrepared
from desktop.models.progress import Work
from desktop.reasons import ModelReason, PrepareReason
from tests.scripted_engine import INFO, ScriptedEngine
from tests.ui.conftest import Chat, StartChat

Report = Callable[[Coded, float], None]


class Disk:
    """A machine on which the model is prepared or not."""

    def __init__(self) -> None:
        self.prepared = False
        self.failures: list[Exception] = []
        self.go_on = threading.Event()

    def open_engine(self) -> Engine:
        if not self.prepared:
            raise ModelNotPrepared("smollm2-135m-instruct")
        return ScriptedEngine()

    def prepare(self, report: Report, stop: threading.Event) -> None:
        report(Work.DOWNLOADING(name="model.gguf", done=41, total=93), 0.44)
        while not self.go_on.wait(0.01):
            if stop.is_set():
                raise Cancelled("the model")
        if self.failures:
            raise self.failures.pop()
        self.prepared = True


def click(chat: Chat, button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_missing_model_is_offered_prepared_with_progress_and_loaded(start_chat: StartChat) -> None:
    disk = Disk()
    chat = start_chat(disk.open_engine, disk.prepare, until="model_missing")
    notice, composer = chat.window.model_notice, chat.window.composer
    assert notice.isVisible()
    assert notice.sentence.text() == "The starter model is not on this machine yet (93 MB download)."
    assert notice.action.text() == "Prepare"
    chat.type("Kept while there is no model")
    assert not composer.button.isEnabled()
    assert composer.hint.text() == "Prepare the starter model first"
    chat.press(Qt.Key.Key_Return)
    assert composer.text() == "Kept while there is no model"
    with chat.qtbot.waitSignal(chat.seen.prepare_progressed):
        click(chat, notice.action)
    assert notice.progress.isVisible()
    assert notice.progress.value() == 440
    assert notice.sentence.text() == "Downloading model.gguf: 41 of 93 MB"
    with chat.qtbot.waitSignal(chat.seen.loaded):
        disk.go_on.set()
    assert not notice.isVisible()
    assert chat.window.status.model.text() == f"{INFO.model} · {INFO.precision}"
    with chat.qtbot.waitSignal(chat.seen.finished):
        click(chat, composer.button)
    assert chat.last.view.markdown == "Hello world"


def test_a_preparation_that_fails_says_why_and_can_be_tried_again(start_chat: StartChat) -> None:
    disk = Disk()
    disk.go_on.set()
    disk.failures = [DownloadFailed("The model", PrepareReason.CLIENT_SAID(said="no route"))]
    chat = start_chat(disk.open_engine, disk.prepare, until="model_missing")
    notice = chat.window.model_notice
    with chat.qtbot.waitSignal(chat.seen.prepare_failed):
        click(chat, notice.action)
    assert notice.sentence.text() == "The model could not be downloaded (no route); check the network and try again."
    assert notice.action.text() == "Retry"
    with chat.qtbot.waitSignal(chat.seen.loaded):
        click(chat, notice.action)


def test_cancel_stops_the_preparation_and_offers_it_again(start_chat: StartChat) -> None:
    disk = Disk()
    chat = start_chat(disk.open_engine, disk.prepare, until="model_missing")
    notice = chat.window.model_notice
    with chat.qtbot.waitSignal(chat.seen.prepare_progressed):
        click(chat, notice.action)
    with chat.qtbot.waitSignal(chat.seen.prepare_cancelled):
        click(chat, notice.cancel)
    assert notice.action.text() == "Prepare"
    assert not notice.progress.isVisible()


def test_closing_the_window_stops_the_preparation(start_chat: StartChat) -> None:
    disk = Disk()
    chat = start_chat(disk.open_engine, disk.prepare, until="model_missing")
    with chat.qtbot.waitSignal(chat.seen.prepare_progressed):
        click(chat, chat.window.model_notice.action)
    chat.window.close()
    chat.thread.end()
    assert not chat.thread.running
    assert not disk.prepared


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
    assert status.model.text() == "Scripted 135M · int8"
    assert status.device.text() == "CPU, 2 threads"
    assert status.device.toolTip() == status.device.accessibleDescription() == str(INFO.reason)
    assert status.privacy.text() == "Local only: nothing leaves this machine"
