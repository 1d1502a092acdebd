"""The editors on the page of the canvas: as tall as their text, so that only the page scrolls.

A title and a heading are one paragraph. The text of a section is Markdown as it is written: what is bold is bold, and
its marks stand back. Places in a text: Qt counts UTF-16 units, Python counts characters.
"""

import math
import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMimeData, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontDatabase,
    QKeyEvent,
    QKeySequence,
    QSyntaxHighlighter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from desktop.text.markdown_lines import HEADING, ITEM, TASK, CodeFences
from desktop.ui.canvas.markdown_keys import TextEdit, indented, next_line
from desktop.ui.widgets import theme
from desktop.ui.widgets.commands import is_command_key

_LINE_MARK = re.compile(rf"[ \t]*(?:{ITEM}(?:[ \t]+{TASK})?|>)(?=[ \t])")
_HEADING = re.compile(rf"({HEADING})[ \t]+\S")
# Longer marks first: *** is both.
_INLINE = re.compile(
    r"(?P<code>`+)(?P<in_code>[^`\n]+)(?P=code)"
    r"|(?P<stars>\*{1,3})(?=[^\s*])(?P<in_stars>[^*\n]+)(?<=[^\s])(?P=stars)"
    r"|\[(?P<words>[^\]\n]*)\]\((?P<address>[^)\s]*)\)"
)
_HEADING_SIZES = {1: theme.TEXT_TITLE, 2: 18, 3: theme.TEXT_HEADING}


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


class SectionEdit(TallEdit):
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
        self._marks = MarkdownHighlighter(self.document())
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

    def underline(self, sentences: Sequence[str]) -> None:
        """Put a dotted line below each of these, wherever they stand; it is no part of the text."""
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        look.setUnderlineColor(theme.colour(theme.FAINT))
        text, marks = self.toPlainText(), []
        for sentence in sentences:
            if (start := text.find(sentence)) >= 0:
                mark = QTextEdit.ExtraSelection()
                cursor = QTextCursor(self.document())
                cursor.setPosition(position_of(text, start))
                cursor.setPosition(position_of(text, start + len(sentence)), QTextCursor.MoveMode.KeepAnchor)
                setattr(mark, "cursor", cursor)  # noqa: B010  # the stubs do not know them
                setattr(mark, "format", look)  # noqa: B010
                marks.append(mark)
        self.setExtraSelections(marks)

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


class MarkdownHighlighter(QSyntaxHighlighter):
    """Marks headings, lists, quotations, bold and italic words, code and links, line by line."""

    def highlightBlock(self, text: str) -> None:
        """Mark one line."""
        fences = _fences_of(self.previousBlockState())
        code = fences.read(text)
        self.setCurrentBlockState(_state_of(fences))
        if code:
            look = QTextCharFormat()
            look.setFontFamilies([QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()])
            if code != "code":
                look.setForeground(theme.colour(theme.FAINT))
            self._mark(text, 0, len(text), look)
            return
        if heading := _HEADING.match(text):
            look = QTextCharFormat()
            look.setFontWeight(QFont.Weight.DemiBold)
            look.setProperty(QTextCharFormat.Property.FontPixelSize, theme.px(_HEADING_SIZES.get(len(heading[1]), 14)))
            self._mark(text, 0, len(text), look)
            quiet = QTextCharFormat(look)
            quiet.setForeground(theme.colour(theme.FAINT))
            self._mark(text, 0, len(heading[1]), quiet)
            return
        mark = _LINE_MARK.match(text)
        if mark:
            self._mark(text, 0, mark.end(), self._quiet())
        for found in _INLINE.finditer(text, mark.end() if mark else 0):
            self._mark_inline(text, found)

    def _mark_inline(self, text: str, found: re.Match[str]) -> None:
        look, quiet = QTextCharFormat(), self._quiet()
        if found["code"]:
            name = "in_code"
            look.setFontFamilies([QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()])
        elif found["stars"]:
            name = "in_stars"
            if len(found["stars"]) >= 2:
                look.setFontWeight(QFont.Weight.DemiBold)
            look.setFontItalic(len(found["stars"]) != 2)
        else:
            name = "words"
            look.setForeground(theme.colour(theme.ACCENT))
            look.setFontUnderline(True)
        self._mark(text, found.start(), found.end(), quiet)
        self._mark(text, *found.span(name), look)

    def _mark(self, text: str, start: int, end: int, look: QTextCharFormat) -> None:
        first = position_of(text, start)
        self.setFormat(first, position_of(text, end) - first, look)

    def _quiet(self) -> QTextCharFormat:
        quiet = QTextCharFormat()
        quiet.setForeground(theme.colour(theme.FAINT))
        return quiet


def characters_before(text: str, position: int) -> int:
    """Turn a position of Qt's into the number of characters before it."""
    return len(text.encode("utf-16-le")[: 2 * position].decode("utf-16-le", "ignore"))


def position_of(text: str, characters: int) -> int:
    """Turn a number of characters into a position of Qt's."""
    return len(text[:characters].encode("utf-16-le")) // 2


def _is_enter(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held == Qt.KeyboardModifier.NoModifier


def _state_of(fences: CodeFences) -> int:
    """Give the number that Qt keeps with a line: which fence ends the code, and whether a list goes on."""
    return 8 * len(fences.fence) + 4 * fences.fence.startswith("~") + 2 * fences.contained + fences.in_list


def _fences_of(state: int) -> CodeFences:
    if state <= 0:  # -1 before the first line
        return CodeFences()
    fence = ("~" if state & 4 else "`") * (state // 8)
    return CodeFences(fence, contained=bool(state & 2), in_list=bool(state & 1))
