import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.driver import ANSWER
from tests.real.screen import PATIENCE_S, RunningWindow, running_window, virtual_screen


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with virtual_screen() as display:
        yield display


def type_text(window: RunningWindow, text: str) -> None:
    window.hands("type", "--delay", "5", text)


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


def test_garbage_is_not_left_to_whichever_thread_happens_to_run(window: RunningWindow) -> None:
    assert window.wait_for("Python collects garbage") == "Python collects garbage: False"


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


def test_everything_is_there_again_after_the_process_was_killed(display: str, tmp_path: Path) -> None:
    with running_window(display, tmp_path) as window:
        window.wait_for("ready")
        window.take_focus()
        type_text(window, "a short mail")
        window.hands("key", "Return")
        window.wait_for("finished")
        type_text(window, "a book")
        window.hands("key", "Return")
        window.wait_for("shown 100")
        type_text(window, "and then")
        time.sleep(1.2)  # what is older than a second must be there
        window.process.kill()
        window.process.wait()
    with running_window(display, tmp_path) as window:
        # The model and the history come up on threads of their own: either may be first.
        _, shown, _ = window.wait_for_all("ready", "read a short mail", "typed before and then")
        question, answer, book, begun = shown.removeprefix("read ").split(" | ")
        assert (question, book) == ("a short mail", "a book")
        assert answer.split() == "".join(ANSWER).split()
        words = begun.split()
        assert len(words) >= 100
        assert words == [f"word{number}" for number in range(len(words))]
        window.take_focus("a short mail")
        window.hands("key", "ctrl+Return")  # the interrupted answer is continued where it ended
        window.wait_for("shown")
        window.hands("key", "Escape")
        assert window.wait_for("finished").startswith("finished stopped: a book -> word0 word1 ")


def test_a_message_is_edited_searched_and_read_in_the_other_language(window: RunningWindow) -> None:
    type_text(window, "a short mail")
    window.hands("key", "Return")
    window.wait_for("finished")
    window.hands("key", "ctrl+e")
    window.hands("key", "ctrl+a")
    type_text(window, "a long letter")
    window.hands("key", "Return")
    window.wait_for("finished done: a long letter")
    window.hands("key", "ctrl+n")
    window.wait_for("read")
    window.hands("key", "ctrl+shift+f")
    type_text(window, "letter")
    time.sleep(0.5)  # a search begins when nobody types
    window.hands("key", "Down")
    window.wait_for("read a long letter | word0")
    window.hands("key", "ctrl+k")
    type_text(window, "english")
    window.hands("key", "Return")
    window.wait_for("says 新对话")


def test_a_second_start_hands_over_to_the_first(window: RunningWindow, display: str, tmp_path: Path) -> None:
    window.hands("key", "ctrl+n")
    with running_window(display, tmp_path) as second:
        assert second.process.wait(timeout=PATIENCE_S) == 0
        assert second.lines.empty()
    type_text(window, "still the first")
    window.hands("key", "Return")
    window.wait_for("finished done: still the first")
