"""Ctrl+C ends the window, but never in the middle of something."""

import signal

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.interrupt import ends_on_interrupt


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_quits_once_what_is_going_on_is_over(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    quits: list[str] = []
    monkeypatch.setattr(qapp, "quit", lambda: quits.append("quit"))
    before = signal.getsignal(number)
    with ends_on_interrupt(qapp.quit):
        signal.raise_signal(number)
        assert quits == []  # as it would be inside a paint event
        qtbot.waitUntil(lambda: quits == ["quit"])
    assert signal.getsignal(number) is before
