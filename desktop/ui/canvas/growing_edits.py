"""Editors on the page of the canvas that are as tall as their text, so that only the page scrolls."""

import math
import re

from PySide6.QtCore import QMimeData, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QKeySequence, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from desktop.ui.widgets import theme
from desktop.ui.widgets.alt_keys import is_command_key


class TallEdit(QTextEdit):
    """Plain text in as many lines as it needs; undo is left to the canvas where nothing was typed here."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(theme.CARET)  # headings and texts in one line
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: text wraps."""
        return QSize(0, self.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave undo and redo to the canvas where nothing was typed since its last step."""
        undo, redo = (event.matches(key) for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo))
        nothing_typed = (undo and not self.document().isUndoAvailable()) or (
            redo and not self.document().isRedoAvailable()
        )
        if nothing_typed or is_command_key(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _fit(self, size: QSizeF) -> None:
        least = self.fontMetrics().lineSpacing()
        self.setFixedHeight(max(least, math.ceil(size.height())) + theme.px(theme.SPACE_4))


class HeadingEdit(TallEdit):
    """A title or heading: one paragraph, which wraps where it is long.

    Signals:
        finished(): the user pressed Enter, or went elsewhere.
    """

    finished = Signal()

    def __init__(self, name: str, size: int) -> None:
        """Make one; `size` is that of its text, for a base font of 14 px."""
        super().__init__(name)
        font = QFont(self.font())
        font.setPixelSize(theme.px(size))
        font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)

    def text(self) -> str:
        """Give the line."""
        return " ".join(self.toPlainText().split("\n"))

    def setText(self, text: str) -> None:
        """Show another line."""
        if text != self.text():
            self.setPlainText(text)
            self.moveCursor(QTextCursor.MoveOperation.Start)
            self.document().clearUndoRedoStacks()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End with Enter: a heading has one paragraph."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hand over what was typed."""
        super().focusOutEvent(event)
        self.finished.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste several lines as one."""
        if source.hasText():
            self.insertPlainText(re.sub(r"\s+", " ", source.text()).strip())
