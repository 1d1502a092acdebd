"""Puts a result in place of the selection, or on the clipboard where that cannot be done, and never says otherwise.

The proof of a paste is that the other program fetched the text from the clipboard after the keys were pressed. On X11
it is known who fetches; elsewhere somebody, after what clipboard managers fetch at once.
"""

import time
from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QClipboard

from desktop.quick.paste_back.interface import ClipboardOffer, PasteBack, PasteTarget
from desktop.ui.quick.clipboard import QtOffer, Saved

_LOOK_MS = 25
_FOCUS_S = 2.0  # how long the window may take to get the keyboard back
_MANAGER_S = 0.15  # clipboard managers fetch what is new at once; the target only when it is asked to
_PASTE_S = 3.0  # a busy machine; too short, and a paste that did happen would be denied
PasteStep = Literal["focus", "settle", "paste", "after"]


class PasteBackController(QObject):
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
        paste_back: PasteBack,
        target: PasteTarget,
        text: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._clipboard, self._paste_back, self._target, self._text, self._clock = (
            clipboard,
            paste_back,
            target,
            text,
            clock,
        )
        self._saved: Saved | None = None
        self._offer: ClipboardOffer | None = None
        self._fetches_before = 0
        self._step: PasteStep = "focus"
        self._since = clock()
        self._asked = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin; the own window is hidden by now."""
        if not self._paste_back.pastes or not self._paste_back.can_paste(self._target):
            self._keep("place")
            return
        self._since = self._clock()
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        passed = self._clock() - self._since
        if self._step == "focus":
            self._wait_for_focus(passed)
        elif self._offer is not None and self._step == "settle" and passed > _MANAGER_S:
            if not self._paste_back.is_back(self._target):
                self._keep("focus")
                return
            self._fetches_before = self._offer.fetches
            self._paste_back.press_paste()
            self._go_on("paste")
        elif self._offer is not None and self._step == "paste":
            if self._offer.fetches > self._fetches_before:
                self._go_on("after")  # some programs fetch twice
            elif passed > _PASTE_S or not self._offer.held:
                self._keep("paste")
        elif self._offer is not None and passed > _MANAGER_S:
            self._timer.stop()
            held = self._offer.held
            self._offer.close()
            if self._saved is not None and held:  # else somebody changed it meanwhile
                self._saved.put_back(self._clipboard)
            self.pasted.emit()

    def _wait_for_focus(self, passed: float) -> None:
        if self._paste_back.is_back(self._target):
            self._saved = Saved(self._clipboard)
            self._offer = self._paste_back.offer(self._text, self._target) or QtOffer(self._clipboard, self._text)
            self._go_on("settle")
        elif passed > _FOCUS_S:
            self._keep("focus")
        elif passed > _FOCUS_S / 8 and not self._asked:
            self._asked = True
            self._paste_back.go_back(self._target)

    def _go_on(self, step: PasteStep) -> None:
        self._step, self._since = step, self._clock()

    def _keep(self, why: str) -> None:
        self._timer.stop()
        if self._offer is not None:
            self._offer.close()
        self._clipboard.setText(self._text)
        self.copied.emit(why)
