"""A timer on the GUI thread that notices when the event loop is held up."""

import time

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_S = 0.005


class Heart(QObject):
    """Beats every 5 ms and remembers how late each beat was.

    Attributes:
        late_s: seconds, one per beat; early beats are below 0.
    """

    def __init__(self) -> None:
        super().__init__()
        self.late_s: list[float] = []
        self._due = time.perf_counter() + BEAT_S
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(round(BEAT_S * 1000))

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late_s.append(now - self._due)
        self._due = now + BEAT_S
