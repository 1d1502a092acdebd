import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.errors import InkstoneError, InternalError
from desktop.ui.widgets.background import Background


def test_work_whose_window_was_closed_meanwhile_ends_in_silence(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    background, go_on = Background(), threading.Event()
    delivered: list[bool] = []
    pool = background._pool
    background.run(go_on.wait, delivered.append)
    delete(background)
    go_on.set()
    pool.shutdown()
    assert (caplog.records, delivered) == ([], [])


def test_work_that_breaks_is_told_too(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    background, told, reported = Background(), list[InkstoneError](), list[object]()
    monkeypatch.setattr("sys.excepthook", lambda kind, *_: reported.append(kind))
    background.run(lambda: dict[str, int]()["nothing"], print, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], InternalError)
    assert reported == [KeyError]


class AtOnce(ThreadPoolExecutor):
    """Has done what it is given before it says so, as a quick thread may."""

    def submit(self, work: Callable[[], int], /) -> "Future[int]":  # type: ignore[override]  # all that is used here
        done = super().submit(work)
        done.exception()
        return done


def test_what_is_done_at_once_calls_back_behind_the_one_who_asked(qtbot: QtBot) -> None:
    background, delivered = Background(), list[int]()
    background._pool = AtOnce(1)
    background.run(lambda: 1, delivered.append)
    assert delivered == []
    qtbot.waitUntil(lambda: delivered == [1])


def test_a_bug_is_reported_and_whoever_waits_hears_of_it(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[BaseException] = []
    monkeypatch.setattr("sys.excepthook", lambda _kind, error, _trace: caught.append(error))
    background, heard = Background(), list[InkstoneError]()
    bug = ZeroDivisionError()

    def work() -> None:
        raise bug

    background.run(work, lambda _: None, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], InternalError)
    assert caught == [bug]


def test_nothing_of_it_runs_any_more_where_it_says_that_all_has_ended(qtbot: QtBot) -> None:
    for _ in range(200):
        background = Background()
        background.run(lambda: 1, lambda _: None)
        assert background.end(within=30)
        assert not any(thread.is_alive() for thread in background._pool._threads)
