"""The clipboard: lent for one paste, with everything that was on it put back."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QClipboard

# Set by password managers; clipboard managers that know it keep nothing (KDE's Klipper, KeePassXC).
SECRET = "x-kde-passwordManagerHint"  # noqa: S105 - the name of a format
# The same on Windows (Microsoft: “Clipboard Formats”; KeePass) and macOS (nspasteboard.org).
_FORBIDS = ("ExcludeClipboardContentFromMonitorProcessing", "Clipboard Viewer Ignore", "org.nspasteboard.ConcealedType")
_MAY_BE_KEPT = "CanIncludeInClipboardHistory"  # holds 0 where it may not
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'  # how Qt names a format of Windows that it does not know
_MOST_BYTES = 64 << 20
_MOST_S = 1.0  # a program that hands its formats over slowly is not waited for longer


class Offered(QMimeData):
    """Text that notes when another program fetches it.

    Attributes:
        fetched: how often that was.
    """

    def __init__(self, text: str, *, secret: bool) -> None:
        super().__init__()
        self.fetched = 0
        self._text = text
        self._marks = [SECRET, _WINDOWS.format(_FORBIDS[0])] if secret else []

    def formats(self) -> list[str]:
        """Tell what it is offered as."""
        return ["text/plain", *self._marks]

    def hasFormat(self, mime_type: str) -> bool:
        """Tell whether it is offered so."""
        return mime_type in self.formats()

    def retrieveData(self, mime_type: str, preferred: Any) -> Any:  # noqa: ARG002 - Qt's
        """Hand it over."""
        if mime_type in self._marks:
            return QByteArray(b"secret")
        self.fetched += 1
        return self._text


class QtOffer:
    """Text lent to Qt's clipboard; an `Offer` that does not know who fetches."""

    def __init__(self, clipboard: QClipboard, text: str) -> None:
        """Put it there, marked so that clipboard managers keep nothing of it."""
        self._clipboard, self._offered = clipboard, Offered(text, secret=True)
        self._changes = 0
        clipboard.setMimeData(self._offered)
        clipboard.dataChanged.connect(self._count)

    @property
    def fetches(self) -> int:
        """How often anybody fetched it."""
        return self._offered.fetched

    @property
    def held(self) -> bool:
        """Whether nothing has come to the clipboard since."""
        return not self._changes

    def close(self) -> None:
        """Count no more."""
        self._clipboard.dataChanged.disconnect(self._count)

    def _count(self) -> None:
        self._changes += 1


class Saved:
    """All formats of a clipboard at one moment; a secret is not read, so it cannot be put back.

    Attributes:
        complete: everything that was there can be put back.
    """

    def __init__(self, clipboard: QClipboard, clock: Callable[[], float] = time.monotonic) -> None:
        found = clipboard.mimeData()
        self._formats: list[tuple[str, QByteArray]] = []
        self.complete = not is_secret(found)
        total, end = 0, clock() + _MOST_S
        for name in _worth_saving(found.formats() if found and self.complete else []):
            data = found.data(name)
            total += data.size()
            if total > _MOST_BYTES or clock() > end:
                self.complete = False
                break
            self._formats.append((name, QByteArray(data)))

    def put_back(self, clipboard: QClipboard) -> None:
        """Offer them again."""
        if not self._formats:
            clipboard.clear()
            return
        mime = QMimeData()
        for name, data in self._formats:
            mime.setData(name, data)
        clipboard.setMimeData(mime)


def is_secret(mime: QMimeData | None) -> bool:
    """Tell whether a password manager asks for this not to be kept or read."""
    if mime is None:
        return False
    if mime.hasFormat(SECRET) or any(mime.hasFormat(one) or mime.hasFormat(_WINDOWS.format(one)) for one in _FORBIDS):
        return True
    kept = _WINDOWS.format(_MAY_BE_KEPT)
    return mime.hasFormat(kept) and not any(bytes(mime.data(kept).data()))


def _worth_saving(formats: Sequence[str]) -> list[str]:
    """Leave out what X11 makes up by itself."""
    return [name for name in formats if name not in ("TARGETS", "MULTIPLE", "TIMESTAMP", "SAVE_TARGETS")]
