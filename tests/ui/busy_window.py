"""A window that is closed while a model is being loaded or checked, as the argument says: `loading`, `checking`.

Run by `test_closing`: a process of its own, because what matters is that it ends.
"""

import dataclasses
import functools
import sys
import threading
from typing import Any

from PySide6.QtCore import QTimer

from desktop.chat.history_unlocker import HistoryUnlocker
from desktop.paths import AppPaths, app_paths
from desktop.settings import Settings
from desktop.ui import application, installed_models
from desktop.ui.models.chat_worker import ChatWorker
from desktop.ui.models.manager import ModelManager
from desktop.ui.window.main_window import MainWindow
from tests.scripted_engine import ScriptedEngine


def main(what: str) -> int:
    begun = threading.Event()

    def busy(*_: object) -> Any:
        begun.set()
        threading.Event().wait()  # as long as a very large model takes on a very slow disk

    def close(window: MainWindow) -> None:
        if what == "nothing" or begun.is_set():
            print("closing", flush=True)
            window.quit()
        else:
            QTimer.singleShot(10, functools.partial(close, window))

    make_manager = installed_models.make_manager

    def make_busy_manager(paths: AppPaths, window: MainWindow, worker: ChatWorker, *, offline: bool) -> ModelManager:
        manager = make_manager(paths, window, worker, offline=offline)
        if what == "checking":
            manager._work = dataclasses.replace(manager._work, verify=busy)  # no model is so large
            QTimer.singleShot(0, lambda: manager.verify("any"))
        QTimer.singleShot(0, functools.partial(close, window))
        return manager

    installed_models.make_manager = make_busy_manager
    paths = app_paths()
    HistoryUnlocker(paths.history).protect("none")  # there is no keyring here
    settings = Settings(theme="light", welcomed=True)
    return application.run_window(paths, settings, busy if what == "loading" else lambda _: ScriptedEngine(), busy)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
