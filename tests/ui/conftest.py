"""The window without a screen: a scripted engine, the real chat thread, Qt's offscreen platform."""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.chat.assistant import Request
from desktop.chat.history_service import OpenHistory
from desktop.engine.interface import Engine, Event, Finished, TextAdded
from desktop.errors import SettingsError
from desktop.history import History
from desktop.settings import Settings, Theme, save_settings
from desktop.ui.application import connect, make_window
from desktop.ui.conversation.messages import Answer
from desktop.ui.models.chat_worker import ChatThread, ChatWorker
from desktop.ui.widgets.appearance import Appearance
from desktop.ui.widgets.preferences import Preferences
from desktop.ui.window.main_window import MainWindow
from tests.offscreen import ICONS, emptied_clipboard, ignore_its_warnings
from tests.scripted_engine import ScriptedEngine
from tests.ui.acting_canvas import drafting, open_canvas

__all__ = ["ICONS", "drafting", "emptied_clipboard", "open_canvas"]

PATIENCE_S = 30.0  # for what a busy machine may take its time with: the disk, a passphrase


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ignore_its_warnings(items, Path(__file__).parent)


@pytest.fixture(scope="session", autouse=True)
def appearance(qapp: QApplication) -> Appearance:
    """What the application wears in every test that does not ask for something else."""
    return Appearance(qapp, "light", ICONS, scale=1)


Wear = Callable[..., Appearance]


@pytest.fixture
def wear(qapp: QApplication, appearance: Appearance) -> Iterator[Wear]:
    """Dress the application otherwise, until the test ends."""
    font, worn = qapp.font(), []

    def wear(choice: Theme, scale: float = 1) -> Appearance:
        worn.append(Appearance(qapp, choice, ICONS, scale))
        return worn[-1]

    yield wear
    for one in worn:
        shiboken6.delete(one)
    qapp.setFont(font)
    appearance.dress()


class Witness(QObject):
    """Repeats on the GUI thread what the worker said, after the window has shown it."""

    loading = Signal()
    loaded = Signal(object)
    model_missing = Signal(str)
    load_failed = Signal(str)
    model_unknown = Signal(str)
    written = Signal()
    finished = Signal()
    failed = Signal(object, str)

    def __init__(self, worker: ChatWorker) -> None:
        super().__init__()
        for name in ("loading", "loaded", "model_missing", "model_unknown", "load_failed", "failed"):
            getattr(worker, name).connect(getattr(self, name))
        worker.happened.connect(self._tell)

    def _tell(self, request: Request, event: Event) -> None:
        if isinstance(event, TextAdded):
            self.written.emit()
        elif isinstance(event, Finished):
            self.finished.emit()


@dataclass
class Chat:
    """A window with its chat thread."""

    qtbot: QtBot
    window: MainWindow
    worker: ChatWorker
    thread: ChatThread
    seen: Witness
    ended: bool = False

    def type(self, text: str) -> None:
        QTest.keyClicks(self.window.composer.edit, text)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.composer.edit, key, held)

    def settle(self) -> None:
        """Wait until everything is saved and the window has heard of it."""
        assert self.window.conversations.link.service.settle(PATIENCE_S)
        self.qtbot.wait(1)  # what the history answered is queued to this thread

    def ask(self, text: str) -> Answer:
        """Type a message, send it, wait until it is answered."""
        self.type(text)
        with self.qtbot.waitSignal(self.seen.finished):
            self.press(Qt.Key.Key_Return)
        return self.last

    def end(self) -> None:
        """Close the window as the user does, and end the threads."""
        if self.ended:
            return
        self.ended = True
        self.window.close() or self.window.close()  # the first may only warn that something is not saved
        self.thread.end()
        self.window.conversations.end()
        self.window.preferences.end()
        self.window.deleteLater()

    @property
    def number(self) -> int | None:
        """Which conversation of the history is read."""
        return self.window.conversations.shown.record.number

    def pick(self, title: str) -> None:
        """Choose a row of the sidebar."""
        rows = self.window.sidebar.model.rows
        at = next(at for at, row in enumerate(rows) if row.title == title and not row.is_heading)
        self.window.sidebar.list.setCurrentIndex(self.window.sidebar.model.index(at, 0))
        self.settle()

    def titles(self) -> list[str]:
        """What the sidebar lists, without its headings."""
        return [row.title for row in self.window.sidebar.model.rows if not row.is_heading]

    @property
    def last(self) -> Answer:
        return self.window.shown.view.answers[-1]


StartChat = Callable[..., Chat]


@pytest.fixture
def start_chat(qtbot: QtBot, tmp_path: Path) -> Iterator[StartChat]:
    """Open a window whose model is loaded; with `until` another signal of the witness is waited for."""
    chats: list[Chat] = []

    def start(
        open_engine: Callable[[], Engine] = ScriptedEngine,
        until: str = "loaded",
        open_history: OpenHistory = lambda: History.open(tmp_path / "history"),
        settings: Settings | None = None,
        *,
        opened: bool = True,
        open_other: Callable[[str], Engine] | None = None,
        wrong: Sequence[SettingsError] = (),
    ) -> Chat:
        worker = ChatWorker(open_engine, open_other=open_other)
        save = functools.partial(save_settings, tmp_path / "settings.toml")
        preferences = Preferences(settings or Settings(theme="light"), save, wrong)
        window = make_window(preferences, open_history)
        connect(window, worker)
        chat = Chat(qtbot, window, worker, ChatThread(worker), Witness(worker))
        chats.append(chat)
        window.show()
        if opened:
            window.conversations.link.start()
        with qtbot.waitSignal(getattr(chat.seen, until)):
            chat.thread.start()
        return chat

    yield start
    for chat in chats:
        chat.end()


@pytest.fixture
def chat(start_chat: StartChat, engine: ScriptedEngine) -> Chat:
    """A window in which `engine` answers."""
    return start_chat(lambda: engine)


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()
