"""The window in front of 100,000 messages in 5,000 conversations: `make bench-large-home`.

Prints one JSON object, in milliseconds: first_paint (from the start of the process), listed (all conversations in the
sidebar, from the first paint), search (from the end of typing's pause to the hits shown), open_long (2,000 messages,
from the click to the first paint), scroll_frame_p95 (of the sidebar). `--home` keeps the generated home.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from desktop.chat.history_service import OpenHistory
from desktop.chat.history_unlocker import HistoryUnlocker
from desktop.history.exchange import save
from desktop.paths import app_paths
from desktop.settings import Settings
from desktop.ui import application
from desktop.ui.sidebar.conversation_library import SEARCH_MS
from desktop.ui.widgets.preferences import Preferences
from desktop.ui.window.main_window import MainWindow
from tests.bench.history import LONG, generate, longest
from tests.scripted_engine import ScriptedEngine

STARTED = "INKSTONE_BENCH_STARTED"
QUERIES = ("hippopotamus", "计划", "report monday")


class Observer(QObject):
    """Does with the window what a user does, one thing after another, and notes how long each takes."""

    def __init__(self, window: MainWindow, conversations: int) -> None:
        super().__init__(window)
        self._window, self._conversations = window, conversations
        self._found: dict[str, float] = {}
        self._began = 0.0
        self._queries = list(QUERIES)
        self._searched: list[float] = []
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and "first_paint" not in self._found:
            self._note("first_paint", float(os.environ[STARTED]))
            self._began = time.monotonic()
            self._window.library.changed.connect(self._listed)
        return super().eventFilter(watched, event)

    def _note(self, name: str, since: float) -> None:
        self._found[name] = round(1000 * (time.monotonic() - since), 1)

    @Slot()
    def _listed(self) -> None:
        if len(self._window.library.conversations()) == self._conversations and "listed" not in self._found:
            self._note("listed", self._began)
            QTimer.singleShot(0, self._scroll)

    def _scroll(self) -> None:
        view = self._window.sidebar.list
        bar, frames = view.verticalScrollBar(), []
        for place in range(0, bar.maximum(), max(1, bar.maximum() // 200)):
            began = time.monotonic()
            bar.setValue(place)
            view.viewport().repaint()
            frames.append(time.monotonic() - began)
        self._found["scroll_frame_p95"] = round(1000 * sorted(frames)[len(frames) * 95 // 100], 1)
        self._window.library.found.connect(self._hit)
        self._search()

    def _search(self) -> None:
        self._began = time.monotonic()
        self._window.sidebar.search.setText(self._queries.pop(0))

    @Slot()
    def _hit(self) -> None:
        self._window.sidebar.list.viewport().repaint()
        self._searched.append(1000 * (time.monotonic() - self._began) - SEARCH_MS)
        if self._queries:
            self._search()
            return
        self._found["search"] = round(max(self._searched), 1)
        self._window.sidebar.search.clear()
        self._window.conversations.link.read(longest, self._open)

    def _open(self, number: int) -> None:
        self._began = time.monotonic()
        self._window.conversations.branch_changed.connect(self._opened)
        self._window.conversations.open(number)

    @Slot()
    def _opened(self) -> None:
        view = self._window.shown.view
        if len(view.messages) < LONG // 4:
            return
        view.viewport().repaint()
        self._note("open_long", self._began)
        self._found["messages"] = len(view.messages)
        print(json.dumps(self._found))
        QApplication.quit()


def fill(home: Path) -> None:
    """Write the history of years into a home, without encryption."""
    unlocker = HistoryUnlocker(app_paths(home).history)
    unlocker.protect("none")
    history = unlocker.open()
    store = history.connect()
    save(store, generate(100_000, 5_000))
    store.close()
    history.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--home", type=Path, help="keep the home here, and use it if it is there")
    chosen = parser.parse_args()
    if STARTED not in os.environ:  # begin anew: the time that a system tells of a process can be a second off
        home = chosen.home or Path(tempfile.mkdtemp())
        if not app_paths(home).history.exists():
            fill(home)
        os.environ[STARTED] = str(time.monotonic())
        os.execv(sys.executable, [sys.executable, "-m", "tests.bench.large_home", "--home", str(home)])  # noqa: S606
    paths, make = app_paths(chosen.home), application.make_window

    def make_and_observe(preferences: Preferences, open_history: OpenHistory) -> MainWindow:
        window = make(preferences, open_history)
        Observer(window, 5_000)
        return window

    application.make_window = make_and_observe
    settings = Settings(model="tiny", theme="light", welcomed=True)
    return application.run_window(paths, settings, lambda _settings: ScriptedEngine())


if __name__ == "__main__":
    sys.exit(main())
