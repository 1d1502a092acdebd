import threading

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.ui.background import Background


def test_work_whose_window_was_closed_meanwhile_ends_in_silence(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    background, go_on = Background(), threading.Event()
    delivered: list[bool] = []
    pool = background._pool
    background.run(go_on.wait, delivered.append)
    delete(background)
    go_on.set()
    pool.shutdown()
    assert (caplog.records, delivered) == ([], [])
