"""Edits a file of the user's as text, with what it gives, or the line at fault, beside it: a template, a scene."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QWidget

from desktop.codes import system_reason
from desktop.errors import InkstoneError, SceneError, TemplateError
from desktop.files.plain import open_plain
from desktop.ui.history.protection import dialog_layout
from desktop.ui.widgets import theme
from desktop.ui.widgets.error_messages import localised, worded
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label

_PREVIEW_AFTER = 200  # milliseconds without typing
_LARGEST_FILE = 256 * 1024


class EditedFiles(Protocol):
    """Where the files lie. What is not as it must be raises TemplateError or SceneError."""

    def source_of(self, file_id: str, /) -> str:
        """Give the text of a file."""
        ...

    def replace_source(self, file_id: str, text: str, /) -> None:
        """Save a changed text."""
        ...

    def take_in(self, text: str, /) -> str:
        """Add a new one; gives its id."""
        ...


class FileEditor(QDialog):
    """The text of a template at the left, its preview, or the line at fault, at the right.

    Attributes:
        text: the TOML.
        preview: what it gives.
        save: keeps it; only while it is sound.

    Signals:
        saved(str): the id of what was saved.
    """

    saved = Signal(str)

    def __init__(self, files: EditedFiles, parent: QWidget, title: str, file_id: str = "") -> None:
        """Edit one of the user's files; without an id, a new one is pasted in."""
        super().__init__(parent)
        self._files, self._id = files, file_id
        self.setWindowTitle(title)
        self.resize(theme.fitting((2 * theme.PALETTE_WIDTH, theme.DIALOG_HEIGHT), self.screen()))
        self.text = QPlainTextEdit()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(theme.px(theme.TEXT_BASE))
        self.text.setFont(font)
        self.text.setAccessibleName(self.tr("Text of the file"))
        self.text.setPlaceholderText(self.tr("Paste the text here, or open a file."))
        self.preview = label("", "soft")
        self.preview.setWordWrap(True)
        self.save = IconButton("", self.tr("Save"), "primary", theme.ON_ACCENT)
        self.save.clicked.connect(self._save)
        file = IconButton("", self.tr("Open a file"), "outlined")
        file.clicked.connect(self._open)
        cancel = IconButton("", self.tr("Cancel"), "outlined")
        cancel.clicked.connect(self.reject)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_PREVIEW_AFTER)
        self._waiting.timeout.connect(self.show_preview)
        self.text.textChanged.connect(self._waiting.start)
        sides = QHBoxLayout()
        sides.addWidget(self.text, 3)
        sides.addWidget(self.preview, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(file)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        layout = dialog_layout(self)
        layout.addLayout(sides, 1)
        layout.addLayout(buttons)
        if file_id:
            self.text.setPlainText(files.source_of(file_id))
        self.show_preview()

    def outline(self, text: str) -> str:
        """Say what a text gives. Raises TemplateError or SceneError, with the line at fault."""
        raise NotImplementedError

    @Slot()
    def show_preview(self) -> None:
        """Show what the text gives, or what is wrong with it and where."""
        self._waiting.stop()
        text = self.text.toPlainText()
        self.save.setEnabled(False)
        if not text.strip():
            self.preview.setText("")
            return
        try:
            told = self.outline(text)
        except (TemplateError, SceneError) as error:
            line = self.tr("Line {line}: {reason}.") if error.line else "{reason}."
            self.preview.setText(line.format(line=error.line, reason=error.reason))
            return
        except InkstoneError as error:
            self.preview.setText(localised(error))
            return
        self.preview.setText(told)
        self.save.setEnabled(True)

    @Slot()
    def _save(self) -> None:
        self.show_preview()
        if not self.save.isEnabled():
            return
        try:
            if self._id:
                self._files.replace_source(self._id, self.text.toPlainText())
            else:
                self._id = self._files.take_in(self.text.toPlainText())
        except (TemplateError, SceneError) as error:
            self.preview.setText(localised(error))
            return
        except OSError as error:
            self.preview.setText(worded(system_reason(error)))
            return
        self.saved.emit(self._id)
        self.accept()

    @Slot()
    def _open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open a file"), "", "TOML (*.toml)")
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Put a file's text in, to be looked at before it is saved."""
        try:
            with open_plain(path) as file:
                self.text.setPlainText(file.read(_LARGEST_FILE).decode("utf-8"))
        except (OSError, UnicodeDecodeError):
            self.preview.setText(self.tr("{name} cannot be read as text.").format(name=path.name))
