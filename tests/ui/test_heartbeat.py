import time

from PySide6.QtCore import QObject, Qt, QTimer

from desktop.engine.interface import TextAdded
from tests.scripted_engine import ScriptedEngine
from tests.ui.conftest import Chat
from tests.ui.test_markdown_view import PAGE

BEAT_S, ALLOWED_S = 0.005, 0.050


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

    def _beat(self) -> None:
        now = time.perf_counter()
        self.worst_s = max(self.worst_s, now - self._due)
        self.beats += 1
        self._due = now + BEAT_S


def test_the_window_stays_responsive_while_a_long_answer_streams(chat: Chat, engine: ScriptedEngine) -> None:
    written = PAGE * 20  # the answer is long already when the measured part begins
    page = PAGE * 10
    engine.script = [TextAdded(written), *(page[start : start + 4] for start in range(0, 4 * 700, 4))]
    engine.interval = 1 / 200  # 200 tokens a second
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
    assert heart.worst_s <= ALLOWED_S
