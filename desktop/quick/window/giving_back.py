"""Puts a result in place of the selection, or on the clipboard where that cannot be done, and never says otherwise.

The proof of a paste is that the other program fetched the text from the clipboard after the keys were pressed.
"""

import time
from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QClipboard

from desktop.quick.places import Place, Places
from desktop.quick.window.clipboard import Offered, Saved

_LOOK_MS = 25
_FOCUS_S = 1.5  # how long the window may take to get the keyboard back
_MANAGER_S = 0.15  # clipboard managers fetch what is new at once; the target only when it is asked to
_PASTE_S = 1.5
Step = Literal["focus", "settle", "paste", "after"]


class GivingBack(QObject):
    """Gives one result back.

    Signals:
        pasted(): the other program took it; the clipboard is as it was.
        copied(str): it is on the clipboard instead; why, one of focus (the window did not get the keyboard back),
            place (there is no window to go back to), paste (the program did not take it).
    """

    pasted = Signal()
    copied = Signal(str)

    def __init__(
        self,
        clipboard: QClipboard,
        places: Places,
        place: Place,
        text: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._clipboard, self._places, self._place, self._text, self._clock = clipboard, places, place, text, clock
        self._saved: Saved | None = None
        self._offered: Offered | None = None
        self._fetched_before = 0
        self._step: Step = "focus"
        self._since = clock()
        self._asked = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin; the own window is hidden by now."""
        if not self._places.pastes or not self._place.window:
            self._keep("place")
            return
        self._since = self._clock()
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        passed = self._clock() - self._since
        if self._step == "focus":
            self._wait_for_focus(passed)
        elif self._step == "settle" and passed > _MANAGER_S:
            if not self._places.is_back(self._place):
                self._keep("focus")
                return
            assert self._offered is not None  # noqa: S101 - made one step before
            self._fetched_before = self._offered.fetched
            self._places.press_paste()
            self._go_on("paste")
        elif self._step == "paste":
            assert self._offered is not None  # noqa: S101
            if self._offered.fetched > self._fetched_before:
                self._go_on("after")  # some programs fetch twice
            elif passed > _PASTE_S:
                self._keep("paste")
        elif self._step == "after" and passed > _MANAGER_S:
            self._timer.stop()
            if self._saved is not None and self._clipboard.text() == self._text:  # else somebody changed it meanwhile
                self._saved.put_back(self._clipboard)
            self.pasted.emit()

    def _wait_for_focus(self, passed: float) -> None:
        if self._places.is_back(self._place):
            self._saved = Saved(self._clipboard)
            self._offered = Offered(self._text, secret=True)
            self._clipboard.setMimeData(self._offered)
            self._go_on("settle")
        elif passed > _FOCUS_S:
            self._keep("focus")
        elif passed > _FOCUS_S / 5 and not self._asked:
            self._asked = True
            self._places.go_back(self._place)

    def _go_on(self, step: Step) -> None:
        self._step, self._since = step, self._clock()

    def _keep(self, why: str) -> None:
        self._timer.stop()
        self._clipboard.setText(self._text)
        self.copied.emit(why)
