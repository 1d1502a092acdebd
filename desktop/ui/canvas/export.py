"""A draft leaves the canvas: to the clipboard as Markdown or rich text, or to a file of another program."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.chat.drafting import Draft
from desktop.errors import InkstoneError
from desktop.ui.markdown.copying import as_rich_text
from desktop.ui.widgets.background import Background
from desktop.ui.widgets.error_messages import localised
from desktop.ui.widgets.save_dialog import ask_where

WriteDraft = Callable[[Draft, Path], None]  # raises InkstoneError; called on another thread

_KINDS = (".docx", ".pdf", ".html", ".md", ".txt")


class DraftExport(QObject):
    """Copies and writes the draft of a canvas.

    Signals:
        said(str): a sentence for the user.
    """

    said = Signal(str)

    def __init__(self, window: QWidget, draft: Callable[[], Draft], export: WriteDraft | None) -> None:
        """Know where the draft comes from.

        Args:
            window: asks for the name of a file.
            draft: gives it with what was typed last.
            export: writes one as a document; None: it can only be copied.
        """
        super().__init__(window)
        self._window, self._draft, self._export = window, draft, export
        self._background = Background(self)

    @Slot()
    def copy(self) -> None:
        """Copy the document as Markdown."""
        QGuiApplication.clipboard().setText(self._draft().text)
        self.said.emit(self.tr("The document was copied."))

    @Slot()
    def copy_rich(self) -> None:
        """Copy the document as rich text for a word processor or a mail."""
        QGuiApplication.clipboard().setMimeData(as_rich_text(self._draft().text))
        self.said.emit(self.tr("The document was copied as rich text."))

    @Slot()
    def save_as(self) -> None:
        """Write the document as a file of another program."""
        if (path := ask_where(self._window, self.tr("Save as"), self._draft().title, _KINDS)) is not None:
            self.export(path)

    def export(self, path: Path) -> None:
        """Write the document, which may take seconds, on another thread; what goes wrong is told."""
        export, draft = self._export, self._draft()
        if export is not None:
            done = self.tr("Saved as {name}.").format(name=path.name)
            self._background.run(lambda: export(draft, path), lambda _: self.said.emit(done), self._fail)

    def _fail(self, error: InkstoneError) -> None:
        self.said.emit(localised(error))
