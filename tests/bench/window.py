"""How soon the window stands, and how late its event loop runs while the real model writes: `make bench-window`.

Prints one JSON object: first_paint_s (from the start of the process), beats, late_p99_ms and late_worst_ms of a 5 ms
timer on the GUI thread, decode_tokens_per_s.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QApplication

from desktop import app
from desktop.chat.assistant import Request
from desktop.chat.door import Door
from desktop.engine.interface import EngineInfo, Event, Finished, TextAdded
from desktop.paths import app_paths
from desktop.settings import Settings
from desktop.ui.chat_worker import ChatWorker
from desktop.ui.main_window import MainWindow
from tests.ui.heart import Heart

STARTED = "INKSTONE_BENCH_STARTED"
PIECES = 250  # of text; the model may not end by itself
QUESTION = "Write a long essay about rivers, with headings and lists. " * 20


class Observer(QObject):
    """Asks as soon as the model is loaded, and tells what was seen once it has answered."""

    def __init__(self, window: MainWindow, worker: ChatWorker) -> None:
        super().__init__(window)
        self._window = window
        self._first_paint_s = 0.0
        self._pieces = 0
        self._heart: Heart | None = None
        window.installEventFilter(self)
        worker.loaded.connect(self._loaded)
        worker.happened.connect(self._happened)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self._first_paint_s:
            self._first_paint_s = time.monotonic() - float(os.environ[STARTED])
        return super().eventFilter(watched, event)

    @Slot(object)
    def _loaded(self, info: EngineInfo) -> None:
        self._window.submit(QUESTION)
        self._heart = Heart()

    @Slot(object, object)
    def _happened(self, request: Request, event: Event) -> None:
        self._pieces += isinstance(event, TextAdded)
        if self._pieces == PIECES:
            self._window.stop()
        if isinstance(event, Finished) and self._heart is not None:
            late = sorted(self._heart.late_s)
            found = {
                "first_paint_s": round(self._first_paint_s, 3),
                "beats": len(late),
                "late_p99_ms": round(1000 * late[len(late) * 99 // 100], 1),
                "late_worst_ms": round(1000 * late[-1], 1),
                "decode_tokens_per_s": round(event.usage.decode_tokens_per_s, 1),
            }
            print(json.dumps(found))
            QApplication.quit()


def main(arguments: Sequence[str]) -> int:
    """Show the window as the application does, with an observer beside the worker."""
    if STARTED not in os.environ:  # begin anew: the time that a system tells of a process can be a second off
        os.environ[STARTED] = str(time.monotonic())
        os.execv(sys.executable, [sys.executable, "-m", "tests.bench.window", *arguments])  # noqa: S606  # itself
    connect, settings = app.connect, Settings(theme="light", welcomed=True)

    def connect_and_observe(window: MainWindow, worker: ChatWorker) -> None:
        connect(window, worker)
        Observer(window, worker)

    app.connect = connect_and_observe
    with tempfile.TemporaryDirectory() as home:
        paths = app_paths(Path(home))
        Door(paths.history).protect("none")  # a question that nobody answers would keep the window from closing
        return app.run_window(paths, settings, lambda chosen: app.open_engine(paths, chosen), lambda report, stop: None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
