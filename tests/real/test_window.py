import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.driver import ANSWER
from tests.real.screen import RunningWindow, running_window, virtual_screen


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with virtual_screen() as display:
        yield display


@pytest.fixture
def window(display: str, tmp_path: Path) -> Iterator[RunningWindow]:
    with running_window(display, tmp_path) as window:
        window.wait_for("ready")
        window.take_focus()
        yield window


def said_on_stderr(window: RunningWindow) -> str:
    assert window.process.stderr is not None
    return window.process.stderr.read()


def test_a_prompt_is_typed_sent_and_answered(window: RunningWindow) -> None:
    window.hands("type", "--delay", "5", "a short mail")
    window.hands("key", "Return")
    assert window.wait_for("finished") == f"finished done: a short mail -> {''.join(ANSWER).strip()}"


def test_escape_stops_and_the_next_prompt_is_answered(window: RunningWindow) -> None:
    window.hands("type", "--delay", "5", "a book")
    window.hands("key", "Return")
    window.wait_for("shown 5")
    window.hands("key", "Escape")
    stopped = window.wait_for("finished")
    assert stopped.startswith("finished stopped: a book -> word0 word1 ")
    window.hands("type", "--delay", "5", "a mail")
    window.hands("key", "Return")
    assert window.wait_for("finished").startswith("finished done: a mail")


@pytest.mark.parametrize("way", ["close", "interrupt"])
def test_quitting_while_an_answer_streams_ends_the_process_well(window: RunningWindow, way: str) -> None:
    window.hands("type", "--delay", "5", "a book")
    window.hands("key", "Return")
    window.wait_for("shown")
    if way == "close":
        window.hands("key", "alt+F4")
    else:
        window.process.send_signal(signal.SIGINT)
    assert window.process.wait(timeout=3) == 0
    assert said_on_stderr(window) == ""
