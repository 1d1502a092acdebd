"""Gets a selection by pressing the keys that copy, where there is no other way; the clipboard is as before then."""

import time
from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QClipboard

from desktop.quick.paste_back.interface import PasteBack
from desktop.ui.quick.clipboard import Saved, is_secret

_LOOK_MS = 10
_READ_S = 3.0  # until the program has read the keys; one that takes longer hangs
_ANSWER_S = 0.4  # from then on: a program with nothing selected does nothing, and tells nobody
_TEXT_S = 0.4  # more, for the text of what it has put there


class SelectionCopy(QObject):
    """Copies one selection.

    Signals:
        copied(str, bool): the text, "" where nothing was selected; whether it is a secret and was not read.
    """

    copied = Signal(str, bool)

    def __init__(
        self, clipboard: QClipboard, paste_back: PasteBack, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._clipboard, self._paste_back, self._clock = clipboard, paste_back, clock
        self._saved: Saved | None = None
        self._listens = False
        self._changes = 0
        self._before = (0, 0)
        self._since = 0.0
        self._read = self._answered = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin; the other program has the keyboard. What cannot be kept is not replaced: then nothing is copied."""
        if is_secret(self._clipboard.mimeData()) or self._paste_back.clipboard_is_secret():
            self._end("")
            return
        self._saved = Saved(self._clipboard)
        if not self._saved.complete:
            self._end("")
            return
        self._clipboard.dataChanged.connect(self._count)
        self._listens = True
        self._before = self._state()
        self._since = self._clock()
        self._paste_back.press_copy()
        self._timer.start()

    @Slot()
    def cancel(self) -> None:
        """Wait no longer; nothing is told, and what was on the clipboard stays where it is."""
        self._stop()

    @Slot()
    def _count(self) -> None:
        self._changes += 1

    def _state(self) -> tuple[int, int]:
        return self._changes, self._paste_back.clipboard_changes()

    @Slot()
    def _look(self) -> None:
        state = self._state()
        self._read = self._reached(self._read, now=self._paste_back.has_read_keys)
        self._answered = self._reached(self._answered, now=lambda: state != self._before)
        passed = self._clock() - self._since
        if not self._answered:
            if passed > (_ANSWER_S if self._read else _READ_S):
                self._end("")
            return
        mime = self._clipboard.mimeData()
        if is_secret(mime) or self._paste_back.clipboard_is_secret():
            self._end("", secret=True)
        elif mime is not None and mime.hasText() and mime.text():
            text = "" if _is_a_whole_line(mime) else mime.text()
            if self._state() == state and self._saved is not None:  # else somebody has put something there meanwhile
                self._saved.put_back(self._clipboard)
            self._end(text)
        elif passed > _TEXT_S:  # a picture
            if self._saved is not None:
                self._saved.put_back(self._clipboard)
            self._end("")

    def _reached(self, already: bool, now: Callable[[], bool]) -> bool:
        """Count the time anew from the moment on when something has come to be."""
        if already or not now():
            return already
        self._since = self._clock()
        return True

    def _end(self, text: str, *, secret: bool = False) -> None:
        self._stop()
        self.copied.emit(text, secret)

    def _stop(self) -> None:
        self._timer.stop()
        if self._listens:
            self._clipboard.dataChanged.disconnect(self._count)
            self._listens = False


def _is_a_whole_line(mime: QMimeData) -> bool:
    """Tell whether an editor copied the line of the cursor because nothing was selected, as VS Code does and notes."""
    noted = bytes(mime.data("chromium/x-web-custom-data").data()).decode("utf-16-le", "replace")
    return '"isFromEmptySelection":true' in noted
