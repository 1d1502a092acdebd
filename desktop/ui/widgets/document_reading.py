"""Reads documents away from the GUI thread, for whatever works on their text: a brief, a message."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Slot

from desktop.codes import Coded
from desktop.errors import InkstoneError
from desktop.ui.widgets.background import Background

# Gives a text, and what was left out of it; ends early when the event is set; raises InkstoneError.
Read = Callable[[Path, threading.Event], tuple[str, Sequence[Coded]]]


def document_kinds() -> str:
    """Give the filter of a dialog that asks for documents."""
    translate = QCoreApplication.translate
    return translate("Documents", "Documents (*.docx *.pdf *.html *.htm *.md *.txt);;All files (*)")


class DocumentReading(QObject):
    """Reads one document after another. A stop ends the process that parses it, and nothing is told of it then."""

    def __init__(self, read: Read, parent: QObject) -> None:
        super().__init__(parent)
        self._read = read
        self._background = Background(self)
        self._stops: set[threading.Event] = set()
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.end)  # else the process would wait for the last document

    def begin(
        self, path: Path, then: Callable[[str, Sequence[Coded]], object], failed: Callable[[InkstoneError], object]
    ) -> threading.Event:
        """Read a document; `then` gets its text and what was left out of it, `failed` why it cannot be read.

        Gives what stops that.
        """
        stop = threading.Event()
        self._stops.add(stop)

        def over(tell: Callable[[], object]) -> None:
            self._stops.discard(stop)
            if not stop.is_set():
                tell()

        self._background.run(
            lambda: ("", ()) if stop.is_set() else self._read(path, stop),
            lambda read: over(lambda: then(*read)),
            lambda error: over(lambda: failed(error)),
        )
        return stop

    @Slot()
    def end(self) -> None:
        """Stop all of it."""
        for stop in self._stops:
            stop.set()
