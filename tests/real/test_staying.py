"""Closing the window while Inkstone stays ready: with a real tray, and with none."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.real.screen import PATIENCE_S, RunningWindow, running_window, virtual_screen

TITLE = "^(Inkstone|a book)$"  # the window is named after its conversation


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with virtual_screen() as display:
        yield display


@pytest.fixture
def tray(display: str) -> Iterator[None]:
    if shutil.which("trayer") is None:
        pytest.fail("This test needs a tray; install it with: apt-get install trayer")
    command = ["trayer", "--edge", "top", "--align", "right", "--widthtype", "request", "--height", "32"]
    process = subprocess.Popen(command, env=os.environ | {"DISPLAY": display}, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def until(met: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not met():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)


def seen(window: RunningWindow) -> bool:
    try:
        return bool(window.hands("search", "--onlyvisible", "--name", TITLE).strip())
    except subprocess.CalledProcessError:  # nothing was found
        return False


def click_in_the_tray(window: RunningWindow) -> None:
    """Click in the middle of the tray, which holds one icon."""
    found = window.hands("search", "--sync", "--onlyvisible", "--class", "trayer").split()
    window.hands("mousemove", "--window", found[-1], "16", "16", "click", "1")


def test_the_window_goes_to_the_tray_and_comes_back(display: str, tray: None, tmp_path: Path) -> None:
    with running_window(display, tmp_path, "stay") as window:
        window.wait_for("ready")
        window.take_focus()
        window.hands("type", "--delay", "5", "a book")
        window.hands("key", "Return")
        window.wait_for("shown")
        window.hands("key", "alt+F4")
        until(lambda: not seen(window))
        window.wait_for("shown")  # the answer goes on
        click_in_the_tray(window)
        until(lambda: seen(window))
        window.take_focus("a book")
        window.hands("key", "ctrl+q")
        assert window.process.wait(PATIENCE_S) == 0


def test_started_unseen_it_waits_in_the_tray(display: str, tray: None, tmp_path: Path) -> None:
    with running_window(display, tmp_path, "hidden") as window:
        window.wait_for("ready")
        assert not seen(window)
        click_in_the_tray(window)
        until(lambda: seen(window))
        window.take_focus()
        window.hands("key", "alt+F4")
        until(lambda: not seen(window))
        assert window.process.poll() is None


def test_without_a_tray_the_window_is_minimised(display: str, tmp_path: Path) -> None:
    with running_window(display, tmp_path, "stay") as window:
        window.wait_for("ready")
        window.take_focus()
        window.hands("key", "alt+F4")
        until(lambda: not seen(window))
        assert window.process.poll() is None
        minimised = window.hands("search", "--name", TITLE).split()
        assert minimised  # the window list of the desktop still has it


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_all_the_same(display: str, tray: None, tmp_path: Path, number: signal.Signals) -> None:
    with running_window(display, tmp_path, "stay") as window:
        window.wait_for("ready")
        window.process.send_signal(number)
        assert window.process.wait(PATIENCE_S) == 0


def test_without_the_setting_closing_is_the_end(display: str, tray: None, tmp_path: Path) -> None:
    with running_window(display, tmp_path) as window:
        window.wait_for("ready")
        window.take_focus()
        window.hands("key", "alt+F4")
        assert window.process.wait(PATIENCE_S) == 0
