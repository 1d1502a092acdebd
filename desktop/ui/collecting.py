"""Garbage is collected on the GUI thread alone, so that no other thread ever destroys a widget.

Python collects cycles on whichever thread makes the object that is one too many. A widget is easily part of a cycle (it
knows a function that knows it), and Qt wants its objects destroyed on the thread where they live: one that went on the
chat thread has ended the process in a segmentation fault. While the window runs, Python's own collection is therefore
off, and a timer does the same by the same thresholds. What is not part of a cycle goes at once, as ever.
"""

import gc

from PySide6.QtCore import QObject, Qt, QTimer, Slot

INTERVAL_MS = 1000  # so seldom that an idle window stays idle; what is made in a second is collected in a millisecond


def collect_what_is_due() -> int | None:
    """Collect the oldest generation with more in it than its threshold allows; gives which, None where none has."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    due = [age for age, (count, most) in enumerate(zip(counts, thresholds, strict=True)) if 0 < most < count]
    if not due:
        return None
    gc.collect(due[-1])
    return due[-1]


class Collector(QObject):
    """Takes over from Python for the rest of the process.

    What is there already (modules, classes: half of all objects) is looked through no more, which halves how long the
    window stands still for a collection of everything: about 15 ms, once in some minutes.
    """

    def __init__(self, parent: QObject | None = None, interval_ms: int = INTERVAL_MS) -> None:
        """Begin; the parent lives on the GUI thread."""
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.CoarseTimer)
        timer.timeout.connect(self._look)
        timer.start(interval_ms)

    @Slot()
    def _look(self) -> None:
        collect_what_is_due()
