"""The clipboard: lent for one paste, with everything that was on it put back."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QClipboard

# Set by password managers; clipboard managers that know it keep nothing (KDE's Klipper, KeePassXC).
SECRET = "x-kde-passwordManagerHint"  # noqa: S105 - the name of a format
_MOST_BYTES = 64 << 20


class Offered(QMimeData):
    """Text that notes when another program fetches it.

    Attributes:
        fetched: how often that was.
    """

    def __init__(self, text: str, *, secret: bool) -> None:
        super().__init__()
        self.fetched = 0
        self._text = text
        self._secret = secret

    def formats(self) -> list[str]:
        """Tell what it is offered as."""
        return ["text/plain", *([SECRET] if self._secret else [])]

    def hasFormat(self, mime_type: str) -> bool:
        """Tell whether it is offered so."""
        return mime_type in self.formats()

    def retrieveData(self, mime_type: str, preferred: Any) -> Any:  # noqa: ARG002 - Qt's
        """Hand it over."""
        if mime_type == SECRET:
            return QByteArray(b"secret")
        self.fetched += 1
        return self._text


class Saved:
    """All formats of a clipboard at one moment."""

    def __init__(self, clipboard: QClipboard) -> None:
        found = clipboard.mimeData()
        self._formats: list[tuple[str, QByteArray]] = []
        total = 0
        for name in _worth_saving(found.formats() if found else []):
            data = found.data(name)
            total += data.size()
            if total > _MOST_BYTES:
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
    return mime is not None and mime.hasFormat(SECRET)


def _worth_saving(formats: Sequence[str]) -> list[str]:
    """Leave out what X11 makes up by itself."""
    return [name for name in formats if name not in ("TARGETS", "MULTIPLE", "TIMESTAMP", "SAVE_TARGETS")]
