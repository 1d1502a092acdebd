"""The real window with a scripted engine; tells on stdout, line by line, what the user sees.

Run as `python -m tests.real.driver [stay] [hidden]`; ends as the application does.
"""

import gc
import sys

from PySide6.QtCore import QObject, Slot

from desktop.chat.assistant import Request
from desktop.chat.history_unlocker import HistoryUnlocker
from desktop.engine.interface import Event, Finished, TextAdded
from desktop.paths import app_paths
from desktop.settings import Settings
from desktop.ui import application
from desktop.ui.conversation.chat import Chat
from desktop.ui.models.chat_worker import ChatWorker
from desktop.ui.window.main_window import MainWindow
from tests.scripted_engine import ScriptedEngine

ANSWER = [f"word{number} " for number in range(40)]
WITHOUT_END = [f"word{number} " for number in range(100_000)]


class Narrator(QObject):
    """Prints what the window shows, after it shows it: its slots run on the GUI thread, behind the window's own."""

    def __init__(self, window: MainWindow, worker: ChatWorker) -> None:
        super().__init__(window)
        self._window = window
        worker.loaded.connect(self._loaded)
        worker.happened.connect(self._happened)
        window.conversations.chat_shown.connect(self._read)
        window.conversations.branch_changed.connect(self._read)
        window.conversations.unsent_restored.connect(self._restored)
        window.preferences.changed.connect(self._spoke)

    @Slot(object)
    def _loaded(self) -> None:
        tell("ready")
        tell(f"Python collects garbage: {gc.isenabled()}")

    @Slot(object)
    def _read(self, chat: Chat) -> None:
        tell(f"read {' | '.join(turn.text for turn in chat.branch)}")

    @Slot(object)
    def _restored(self, chat: Chat) -> None:
        tell(f"typed before {chat.unsent}")

    @Slot()
    def _spoke(self) -> None:
        tell(f"says {self._window.sidebar.new.text()}")

    @Slot(object, object)
    def _happened(self, request: Request, event: Event) -> None:
        shown = self._window.shown.view.answers[-1].view.toPlainText()
        if isinstance(event, TextAdded):
            tell(f"shown {len(shown.split())}")
        elif isinstance(event, Finished):
            tell(f"finished {event.reason}: {request.text} -> {shown}")


def tell(line: str) -> None:
    print(line, flush=True)


class Engine(ScriptedEngine):
    """Answers in brief, or without end when it is asked for a book."""

    def stream(self, messages, options, stop):  # type: ignore[no-untyped-def]  # as the class above
        self.script = WITHOUT_END if "book" in messages[-1].content else ANSWER
        return super().stream(messages, options, stop)


def main() -> int:
    connect = application.connect

    def connect_and_narrate(window: MainWindow, worker: ChatWorker) -> None:
        connect(window, worker)
        Narrator(window, worker)

    application.connect = connect_and_narrate
    unlocker = HistoryUnlocker(app_paths().history)
    if unlocker.protection() is None:
        unlocker.protect("none")  # there is no keyring here
    settings = Settings(theme="light", welcomed=True, stay_ready="stay" in sys.argv)
    beginning = application.Beginning(hidden="hidden" in sys.argv)
    return application.run_window(app_paths(), settings, lambda _: Engine(interval=0.005), beginning)


if __name__ == "__main__":
    sys.exit(main())
