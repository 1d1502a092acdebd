import gc
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QTimer

from desktop.engine.interface import TextAdded
from tests.scripted_engine import ScriptedEngine
from tests.ui.conftest import Chat
from tests.ui.test_markdown_view import PAGE

BEAT_S, ALLOWED_S, ATTEMPTS = 0.005, 0.050, 3


class Heart(QObject):
    """Beats every 5 ms on the GUI thread and remembers how late its latest beat was."""

    def __init__(self) -> None:
        super().__init__()
        self.beats, self.worst_s = 0, 0.0
        self._due = time.perf_counter() + BEAT_S
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(round(BEAT_S * 1000))

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.worst_s = max(self.worst_s, now - self._due)
        self.beats += 1
        self._due = now + BEAT_S


@pytest.fixture
def only_the_window_s_garbage() -> Iterator[None]:
    """Keep the collector away from what the test run holds: 150,000 objects, 0.1 s, and none of the window's."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("only_the_window_s_garbage")
def test_the_window_stays_responsive_while_a_long_answer_streams(chat: Chat, engine: ScriptedEngine) -> None:
    """A stall that the window causes comes back every time; one of a busy machine does not."""
    page = PAGE * 10
    # The answer is long already when the measured part begins.
    engine.script = [TextAdded(PAGE * 20), *(page[start : start + 4] for start in range(0, 4 * 700, 4))]
    engine.interval = 1 / 200  # 200 tokens a second
    worst_s: list[float] = []
    while not worst_s or (worst_s[-1] > ALLOWED_S and len(worst_s) < ATTEMPTS):
        chat.window.new_draft()
        worst_s.append(worst_lateness(chat))
    assert min(worst_s) <= ALLOWED_S


def worst_lateness(chat: Chat) -> float:
    """Have an answer streamed; gives how late the latest beat was, in seconds."""
    chat.type("Write a book")
    with chat.qtbot.waitSignal(chat.seen.written):
        chat.press(Qt.Key.Key_Return)
    heart = Heart()
    with chat.qtbot.waitSignal(chat.seen.finished, timeout=20_000):
        pass
    print(
        f"{heart.beats} beats, the latest {heart.worst_s * 1000:.1f} ms late; {len(chat.last.view.markdown)} characters"
    )
    assert heart.beats > 300
    heart.stop()
    return heart.worst_s
