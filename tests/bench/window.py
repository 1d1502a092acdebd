"""How soon the window stands, and how late its event loop runs while the real model writes: `make bench-window`.

Prints one JSON object: first_paint_s (from the start of the process), beats, late_p99_ms and late_worst_ms of a 5 ms
timer on the GUI thread, decode_tokens_per_s, gui_cpu_percent (processor time of the GUI thread while the answer
streams, in percent of one core), idle_cpu_percent (of the whole process in ten seconds, two after the answer's end).
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from desktop import services
from desktop.chat.assistant import Request
from desktop.chat.history_unlocker import HistoryUnlocker
from desktop.engine.interface import EngineInfo, Event, Finished, TextAdded
from desktop.paths import app_paths
from desktop.settings import Settings
from desktop.ui import application
from desktop.ui.models.chat_worker import ChatWorker
from desktop.ui.window.main_window import MainWindow
from tests.ui.heart import Heart

STARTED = "INKSTONE_BENCH_STARTED"
PIECES = 250  # of text; the model may not end by itself
SETTLE_MS, IDLE_MS = 2000, 10_000
QUESTION = "Write a long essay about rivers, with headings and lists. " * 20


class Observer(QObject):
    """Asks as soon as the model is loaded, and tells what was seen once it has answered."""

    def __init__(self, window: MainWindow, worker: ChatWorker) -> None:
        super().__init__(window)
        self._window = window
        self._first_paint_s = 0.0
        self._pieces = 0
        self._heart: Heart | None = None
        self._found: dict[str, float] = {}
        self._began, self._busy = 0.0, 0.0  # of what is measured: the time, and the processor time
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

    def _begin(self, busy: float) -> None:
        self._began, self._busy = time.monotonic(), busy

    def _percent(self, busy: float) -> float:
        return round(100 * (busy - self._busy) / (time.monotonic() - self._began), 2)

    @Slot(object, object)
    def _happened(self, request: Request, event: Event) -> None:
        self._pieces += isinstance(event, TextAdded)
        if self._pieces == 1 and isinstance(event, TextAdded):
            self._begin(time.thread_time())
        if self._pieces == PIECES:
            self._window.stop()
        if isinstance(event, Finished) and self._heart is not None:
            late = sorted(self._heart.late_s)
            self._heart.stop()
            self._found = {
                "first_paint_s": round(self._first_paint_s, 3),
                "beats": len(late),
                "late_p99_ms": round(1000 * late[len(late) * 99 // 100], 1),
                "late_worst_ms": round(1000 * late[-1], 1),
                "decode_tokens_per_s": round(event.usage.decode_tokens_per_s, 1),
                "gui_cpu_percent": self._percent(time.thread_time()),
            }
            QTimer.singleShot(SETTLE_MS, self._rest)

    @Slot()
    def _rest(self) -> None:
        self._begin(time.process_time())
        QTimer.singleShot(IDLE_MS, self._rested)

    @Slot()
    def _rested(self) -> None:
        print(json.dumps({**self._found, "idle_cpu_percent": self._percent(time.process_time())}))
        QApplication.quit()


def main(arguments: Sequence[str]) -> int:
    """Show the window as the application does, with an observer beside the worker."""
    if STARTED not in os.environ:  # begin anew: the time that a system tells of a process can be a second off
        os.environ[STARTED] = str(time.monotonic())
        os.execv(sys.executable, [sys.executable, "-m", "tests.bench.window", *arguments])  # noqa: S606  # itself
    connect, settings = application.connect, Settings(model="tiny", theme="light", welcomed=True)

    def connect_and_observe(window: MainWindow, worker: ChatWorker) -> None:
        connect(window, worker)
        Observer(window, worker)

    application.connect = connect_and_observe
    with tempfile.TemporaryDirectory() as home:
        paths = app_paths(Path(home))
        HistoryUnlocker(paths.history).protect(
            "none"
        )  # a question that nobody answers would keep the window from closing
        return application.run_window(paths, settings, lambda chosen: services.open_engine(paths, chosen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
