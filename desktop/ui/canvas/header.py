"""The row above the page: back to the templates, what was told, and what is done with the whole draft."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.ui.widgets import theme
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label


class CanvasHeader(QWidget):
    """Buttons for the whole draft.

    Attributes:
        note: what the user is told.
        save: writes the draft as a document.

    Signals:
        left(), undone(), redone(), version_wanted(), copied(), rich_copied(), saved(): a button was
            pressed.
    """

    left = Signal()
    undone = Signal()
    redone = Signal()
    version_wanted = Signal()
    copied = Signal()
    rich_copied = Signal()
    saved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.note = label("", "small")
        back = IconButton("", self.tr("All templates"), "quiet", theme.SOFT)
        back.clicked.connect(self.left)
        self._version = IconButton("", self.tr("Earlier version"), "quiet", theme.SOFT)
        self._version.clicked.connect(self.version_wanted)
        self._undo = IconButton("", self.tr("Undo"), "quiet", theme.SOFT)
        self._undo.clicked.connect(self.undone)
        self._redo = IconButton("", self.tr("Redo"), "quiet", theme.SOFT)
        self._redo.clicked.connect(self.redone)
        copy = IconButton("copy", self.tr("Copy"), "quiet", theme.SOFT)
        copy.setProperty("menu", "true")  # room for its arrow
        copy.setMenu(self._copy_menu())
        self.save = IconButton("download", self.tr("Save as"), "quiet", theme.SOFT)
        self.save.clicked.connect(self.saved)
        buttons = QWidget()
        flow = FlowLayout(theme.px(theme.SPACE_4))
        buttons.setLayout(flow)
        for button in (back, self._version, self._undo, self._redo, copy, self.save):
            flow.addWidget(button)
        self.note.setWordWrap(True)
        self.note.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(buttons, 3)
        row.addWidget(self.note, 2)

    def tell(self, sentence: str) -> None:
        """Say something beside the buttons; "" is nothing, and takes no room."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    def _copy_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("As rich text, for a word processor"), self.rich_copied.emit)
        menu.addAction(self.tr("As Markdown"), self.copied.emit)
        return menu

    def show_state(self, *, undo: bool, redo: bool, version: bool) -> None:
        """Offer what can be done now."""
        self._undo.setEnabled(undo)
        self._redo.setEnabled(redo)
        self._version.setEnabled(version)
