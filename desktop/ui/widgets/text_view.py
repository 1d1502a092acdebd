"""Text as tall as it is: read-only views without scroll bars, for the column of a conversation."""

import math
import re
from collections.abc import Iterator

from PySide6.QtCore import QSize, QSizeF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QTextEdit, QWidget

from desktop.ui.widgets import theme


class TextView(QTextBrowser):
    """Selectable text that takes the height it needs and loads nothing, whatever the text says.

    Attributes:
        focused_by_key: the keyboard brought the focus here, so that it must be seen.

    Signals:
        focus_changed(): it got or lost the focus.
    """

    focus_changed = Signal()

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.focused_by_key = False
        self.hang = 0  # pixels below the last line, for what hangs deeper than letters
        self._found: list[tuple[int, int]] = []  # start and end, as Qt counts
        self._found_for: tuple[re.Pattern[str] | None, int, int] = (None, -1, 0)
        self.setAccessibleName(accessible_name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().height())
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def set_line_height(self) -> None:
        """Give plain text the line height of reading text."""
        look = QTextBlockFormat()
        look.setLineHeight(theme.px(theme.TEXT_BASE * theme.LINE_HEIGHT), theme.AT_LEAST)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(look)

    def show_whole(self) -> None:
        """Show what has not been shown yet."""

    def mark_found(self, pattern: re.Pattern[str] | None, current: int = -1) -> int:
        """Mark what a search found, one place more than the others; gives how many places there are."""
        wanted = (pattern, current, self.document().revision())
        if wanted == self._found_for or (pattern is None and not self._found):
            return len(self._found)
        self._found_for, self._found = wanted, list(self._find(pattern)) if pattern is not None else []
        marks = []
        for number, (start, end) in enumerate(self._found):
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            look = QTextCharFormat()
            look.setBackground(theme.colour(theme.ACCENT if number == current else theme.ColorRole.Highlight))
            look.setFontUnderline(True)
            look.setUnderlineColor(theme.colour(theme.ACCENT))
            look.setForeground(theme.colour(theme.ON_ACCENT if number == current else theme.INK))
            mark.format = look
            marks.append(mark)
        self.setExtraSelections(marks)
        return len(self._found)

    def found_top(self, number: int) -> int:
        """Tell how far below the upper edge a place that was found is, in pixels."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._found[number][0])
        return self.cursorRect(cursor).top()

    def _find(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        block = self.document().begin()
        while block.isValid():
            text = block.text()
            for found in pattern.finditer(text):
                start, end = (len(text[:at].encode("utf-16-le")) // 2 for at in found.span())
                yield block.position() + start, block.position() + end
            block = block.next()

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: ARG002 - nothing is ever loaded
        """Give an empty picture for whatever the text asks: an invalid answer would make Qt read the file itself."""
        nothing = QImage(1, 1, QImage.Format.Format_ARGB32)
        nothing.fill(Qt.GlobalColor.transparent)
        return nothing

    def minimumSizeHint(self) -> QSize:
        """Ask for no width at all: text wraps, and the column decides."""
        return QSize(0, self.height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the message."""
        super().focusInEvent(event)
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        self.focused_by_key = event.reason() in by_key
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the message."""
        super().focusOutEvent(event)
        self.focused_by_key = False
        self.focus_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave scrolling to the conversation."""
        scrolls = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Space)
        arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if event.key() in (*scrolls, *arrows) and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the conversation."""
        event.ignore()

    def _fit(self, size: QSizeF) -> None:
        height = math.ceil(size.height()) + self.hang
        if height != self.height():
            self.setFixedHeight(height)
