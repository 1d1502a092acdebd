"""The text of a section: an editor for Markdown as it is written, as tall as the text."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QTextBlockFormat,
    QTextCursor,
)

from desktop.ui.canvas.growing_edits import TallEdit
from desktop.ui.canvas.markdown_keys import TextEdit, indented, next_line
from desktop.ui.canvas.markdown_marks import Marks
from desktop.ui.widgets import theme
from desktop.ui.widgets.text_places import characters_before, position_of


class GrowingEdit(TallEdit):
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
        super().__init__(name)
        self._marks = Marks(self.document())
        self._set_line_height()
        self.document().clearUndoRedoStacks()
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
        self._set_line_height()
        self._changed = False
        self.document().clearUndoRedoStacks()  # what is not typed is taken back by the canvas

    def change(self, key: Callable[[str, int, int], TextEdit | None]) -> bool:
        """Do what a key of Markdown does; tells whether it did anything."""
        text = self.toPlainText()
        edit = key(text, *self.selection()) if not self.isReadOnly() else None
        if edit is None:
            return False
        cursor, new = self.textCursor(), edit.of(text)
        cursor.setPosition(position_of(text, edit.start))
        cursor.setPosition(position_of(text, edit.end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(edit.text)
        cursor.setPosition(position_of(new, edit.select_start))
        cursor.setPosition(position_of(new, edit.select_end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        return True

    def selection(self) -> tuple[int, int]:
        """Give where the selection begins and ends, in characters; twice the cursor where nothing is selected."""
        text, cursor = self.toPlainText(), self.textCursor()
        return characters_before(text, cursor.selectionStart()), characters_before(text, cursor.selectionEnd())

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
        """Go on with lists."""
        if not (_is_enter(event) and self.change(next_line)):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Have Tab and Shift+Tab move list items in and out; elsewhere they go to the next field, as everywhere."""
        by = 1 if next else -1
        return self.change(lambda text, start, end: indented(text, start, end, by)) or super().focusNextPrevChild(next)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the marks again in the new colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_marks"):
            self._marks.rehighlight()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selection below the usual."""
        menu = self.createStandardContextMenu(event.pos())
        self.menu_opening.emit(menu)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def _set_line_height(self) -> None:
        look = QTextBlockFormat()
        look.setLineHeight(theme.px(theme.TEXT_BASE * theme.LINE_HEIGHT), theme.AT_LEAST)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(look)

    @Slot()
    def _note(self) -> None:
        self._changed = True


def _is_enter(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held == Qt.KeyboardModifier.NoModifier
