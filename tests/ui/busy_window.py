"""A window that is closed while a model is being `loading` or `checking`, as the argument says, or with a text in it
while the history is still `opening`, or while the end of a part is `failing`.

Run by `test_closing`: a process of its own, because what matters is that it ends.
"""

import dataclasses
import functools
import sys
import threading
from typing import Any

from PySide6.QtCore import QTimer

from desktop.chat.history_service import HistoryService
from desktop.chat.history_unlocker import HistoryUnlocker
from desktop.paths import AppPaths, app_paths
from desktop.settings import Settings
from desktop.ui import application, installed_models
from desktop.ui.models.chat_worker import ChatWorker
from desktop.ui.models.manager import ModelManager
from desktop.ui.window.main_window import MainWindow
from tests.scripted_engine import ScriptedEngine


def ready(window: MainWindow, what: str, begun: threading.Event) -> bool:
    if what == "failing":
        return window.conversations.link.writable
    return what in ("nothing", "opening") or begun.is_set()


def close(window: MainWindow, what: str, begun: threading.Event) -> None:
    if not ready(window, what, begun):
        QTimer.singleShot(10, functools.partial(close, window, what, begun))
        return
    if what in ("opening", "failing"):
        window.conversations.type("A long letter")
        window.preferences.change(theme="dark")
    for _ in range(2 if what == "opening" else 1):  # the first time it asks
        print("closing", flush=True)
        window.quit()


def fail() -> bool:
    raise ValueError("broken")


def main(what: str) -> int:
    begun = threading.Event()

    def busy(*_: object) -> Any:
        begun.set()
        threading.Event().wait()  # as long as a very large model takes on a very slow disk

    make_manager = installed_models.make_manager

    def make_busy_manager(paths: AppPaths, window: MainWindow, worker: ChatWorker, *, offline: bool) -> ModelManager:
        manager = make_manager(paths, window, worker, offline=offline)
        if what == "checking":
            manager.work = dataclasses.replace(manager.work, verify=busy)  # no model is so large
            QTimer.singleShot(0, lambda: manager.verify("any"))
        if what == "failing":
            manager.end = fail  # type: ignore[method-assign]  # no part fails by itself
        QTimer.singleShot(0, functools.partial(close, window, what, begun))
        return manager

    installed_models.make_manager = make_busy_manager
    paths = app_paths()
    HistoryUnlocker(paths.history).protect("none")  # there is no keyring here
    if what == "opening":
        HistoryUnlocker.open = busy  # type: ignore[method-assign, assignment]  # a keyring that asks
        HistoryService.end = functools.partialmethod(HistoryService.end, 0.1)  # type: ignore[assignment]
    settings = Settings(theme="light", welcomed=True)
    return application.run_window(paths, settings, busy if what == "loading" else lambda _: ScriptedEngine())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
