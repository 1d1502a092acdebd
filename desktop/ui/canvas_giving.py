"""A draft leaves the canvas: to the clipboard as Markdown or rich text, or to a file of another program."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.chat.drafts import Draft
from desktop.errors import InkstoneError
from desktop.ui.markdown.copying import as_rich_text
from desktop.ui.sentences import told

Export = Callable[[Draft, Path], None]  # raises InkstoneError


class Giving(QObject):
    """Copies and writes the draft of a canvas.

    Signals:
        said(str): a sentence for the user.
    """

    said = Signal(str)

    def __init__(self, window: QWidget, draft: Callable[[], Draft], export: Export | None) -> None:
        """Know where the draft comes from.

        Args:
            window: asks for the name of a file.
            draft: gives it with what was typed last.
            export: writes one as a document; None: it can only be copied.
        """
        super().__init__(window)
        self._window, self._draft, self._export = window, draft, export

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
        kinds = self.tr("Word document (*.docx);;PDF (*.pdf);;Web page (*.html);;Markdown (*.md);;Plain text (*.txt)")
        title = self._draft().title
        name, chosen = QFileDialog.getSaveFileName(self._window, self.tr("Save as"), title, kinds)
        if name:
            path = Path(name)
            self.export(path if path.suffix else path.with_suffix(chosen[chosen.index("*") + 1 : -1]))

    def export(self, path: Path) -> None:
        """Write the document; what goes wrong is told."""
        if self._export is None:
            return
        try:
            self._export(self._draft(), path)
        except InkstoneError as error:
            self.said.emit(told(error))
        else:
            self.said.emit(self.tr("Saved as {name}.").format(name=path.name))
