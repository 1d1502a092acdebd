"""Closing the window ends the process within a bound, whatever is being done or fails, and saves what can be saved."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from desktop.history import History
from desktop.paths import app_paths
from desktop.settings import load_settings
from desktop.ui.closing import end_each
from desktop.ui.drafting import worker as drafting
from desktop.ui.drafting.worker import DraftThread
from desktop.ui.quick import worker as quick
from desktop.ui.quick.worker import QuickThread

ROOT = Path(__file__).parents[2]


def closed(home: Path, work: str) -> subprocess.CompletedProcess[str]:
    """Close a window at work in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tests.ui.busy_window", work],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "INKSTONE_HOME": str(home)},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,  # s; without a bound it never ends
    )


@pytest.mark.parametrize("work", ["loading", "checking", "nothing"])
def test_the_process_ends_though_a_thread_is_at_work(tmp_path: Path, work: str) -> None:
    done = closed(tmp_path, work)
    assert (done.returncode, done.stdout) == (0, "closing\n"), done.stderr


def test_what_is_lost_with_a_history_that_never_opened_is_told(tmp_path: Path) -> None:
    done = closed(tmp_path, "opening")
    assert (done.returncode, done.stdout) == (0, "closing\nclosing\n"), done.stderr  # the first time it asked
    assert "could not be saved: 1" in done.stderr


def test_the_history_and_the_settings_are_saved_though_the_end_of_another_part_fails(tmp_path: Path) -> None:
    done = closed(tmp_path, "failing")
    assert (done.returncode, done.stdout) == (0, "closing\n"), done.stderr
    assert len(list((tmp_path / "logs").glob("crash-*"))) == 1
    assert load_settings(app_paths(tmp_path).settings_file).theme == "dark"
    history = History.open(tmp_path / "history")
    store = history.connect()
    assert store.composer.text(None) == "A long letter"
    store.close()
    history.close()


def test_every_part_is_ended_though_one_fails_or_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    ended, reported = [], []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: reported.append(kind))

    def fail() -> None:
        raise OSError("broken")

    assert end_each(lambda: ended.append("a"), lambda: 0)
    assert not end_each(fail, lambda: False, lambda: ended.append("b"))
    assert ended == ["a", "b"]
    assert reported == [OSError]


class Busy(QObject):
    """A worker that is at work until it may end."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.wanted.connect(self.work)

    @Slot()
    def work(self) -> None:
        self.begun.set()
        self.may_end.wait()


@pytest.mark.parametrize("place", [drafting, quick])
def test_a_thread_that_goes_on_is_not_waited_for_without_end(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, place: ModuleType
) -> None:
    busy = Busy()
    thread = {drafting: DraftThread, quick: QuickThread}[place](busy)
    thread.start()
    busy.wanted.emit()
    busy.begun.wait()
    with monkeypatch.context() as patch:
        patch.setattr(place, "_PATIENCE_MS", 0)
        assert not thread.end()
    busy.may_end.set()
    assert thread.end()
