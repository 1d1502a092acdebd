"""The text that a draft works on: pasted, typed, or read from a file that is chosen or dropped."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.codes import Coded
from desktop.errors import InkstoneError
from desktop.ui.widgets import theme
from desktop.ui.widgets.document_reading import DocumentReading, Read, document_kinds
from desktop.ui.widgets.error_messages import localised, worded
from desktop.ui.widgets.icons import IconButton


class SourceEdit(QPlainTextEdit):
    """A text that also takes files.

    Signals:
        dropped(Path): a file was dropped.
    """

    dropped = Signal(object)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take files, too."""
        return bool(_file_of(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Hand a file on instead of writing its address."""
        file = _file_of(source)
        if file is None:
            super().insertFromMimeData(source)
        else:
            self.dropped.emit(file)


class SourceField(QWidget):
    """The text, and the button that reads a file into it.

    Attributes:
        edit: the text.
        choose: asks for a file.

    Signals:
        said(str): a sentence about the file; "" when there is nothing more to say.
    """

    said = Signal(str)

    def __init__(self, edit: SourceEdit, read: Read) -> None:
        """Put the button below the text; `read` is called on another thread."""
        super().__init__()
        self.edit = edit
        self._reading = DocumentReading(read, self)
        self.choose = IconButton("file-text", self.tr("From a file…"), "outlined")
        self.choose.clicked.connect(self._ask)
        edit.dropped.connect(self.read)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_8))
        layout.addWidget(edit)
        layout.addWidget(self.choose)

    @Slot(object)
    def read(self, file: Path) -> None:
        """Read a file in place of the text; where it cannot be read, the text stays."""
        self.choose.setEnabled(False)
        self.said.emit(self.tr("Reading {name}…").format(name=file.name))
        self._reading.begin(file, self._show, self._fail)

    def _show(self, text: str, left_out: Sequence[Coded]) -> None:
        self.choose.setEnabled(True)
        self.said.emit(" ".join(map(worded, left_out)))
        self.edit.selectAll()
        self.edit.insertPlainText(text)  # and not setPlainText: Ctrl+Z brings back what stood there

    def _fail(self, error: InkstoneError) -> None:
        self.choose.setEnabled(True)
        self.said.emit(localised(error))

    @Slot()
    def _ask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("From a file…"), "", document_kinds())
        if name:
            self.read(Path(name))


def _file_of(source: QMimeData) -> Path | None:
    urls = source.urls() if source.hasUrls() else []
    return Path(urls[0].toLocalFile()) if urls and urls[0].isLocalFile() else None
