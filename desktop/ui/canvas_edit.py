"""The text of a section: an editor for Markdown as it is written, as tall as the text."""

import math

from PySide6.QtCore import QSize, QSizeF, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QTextBlockFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from desktop.ui import theme
from desktop.ui.canvas_marks import Marks
from desktop.ui.text_places import characters_before


class GrowingEdit(QTextEdit):
    """Plain text, Markdown as it is written, as tall as the text.

    Signals:
        entered(): it has the focus.
        written(): the user changed it and went elsewhere.
        menu_opening(QMenu): the context menu is about to be shown; more can be added.
    """

    entered = Signal()
    written = Signal()
    menu_opening = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(theme.CARET)  # in line with the heading
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._marks = Marks(self.document())
        self._changed = False
        self.textChanged.connect(self._note)

    def show_text(self, text: str) -> None:
        """Put a text in that the user did not type."""
        if text == self.toPlainText():
            return
        before = self.toPlainText()
        if before and text.startswith(before):  # it grew: what is read or selected stays where it is
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text[len(before) :])
        else:
            self.setPlainText(text)
        look = QTextBlockFormat()
        look.setLineHeight(theme.px(theme.TEXT_BASE * theme.LINE_HEIGHT), theme.AT_LEAST)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(look)
        self._changed = False
        self.document().clearUndoRedoStacks()  # what is not typed is taken back by the canvas

    def selection(self) -> tuple[int, int]:
        """Give where the selection begins and ends, in characters; twice the cursor where nothing is selected."""
        text, cursor = self.toPlainText(), self.textCursor()
        return characters_before(text, cursor.selectionStart()), characters_before(text, cursor.selectionEnd())

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: text wraps."""
        return QSize(0, self.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the page."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that this section is being worked on."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hand over what was typed."""
        super().focusOutEvent(event)
        self.flush()

    def flush(self) -> None:
        """Hand over what was typed now."""
        if self._changed:
            self._changed = False
            self.written.emit()
            self.document().clearUndoRedoStacks()  # from here on it is a step of the canvas

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave undo and redo to the canvas where nothing was typed since its last step."""
        undo, redo = (event.matches(key) for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo))
        if (undo and not self.document().isUndoAvailable()) or (redo and not self.document().isRedoAvailable()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selection below the usual."""
        menu = self.createStandardContextMenu(event.pos())
        self.menu_opening.emit(menu)
        menu.exec(event.globalPos())
        menu.deleteLater()

    @Slot()
    def _note(self) -> None:
        self._changed = True

    def _fit(self, size: QSizeF) -> None:
        least = self.fontMetrics().lineSpacing()
        self.setFixedHeight(max(least, math.ceil(size.height())) + theme.px(theme.SPACE_4))
