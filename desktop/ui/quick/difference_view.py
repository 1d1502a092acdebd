"""Shows a difference in place: what goes is struck through, what comes stands beside it; each change can be refused."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser

from desktop.quick.editing.diff import Difference
from desktop.ui.widgets import theme

_NUMBER = int(QTextCharFormat.Property.UserProperty) + 1  # of the change that text belongs to, from 1


class DifferenceView(QTextBrowser):
    """The text with its changes.

    Never selectable by mouse: on X11 that would take the selection from the program that is to be pasted into.

    Attributes:
        refused: numbers of the changes that will not be made, from 0.
        current: the change that the keys act on; -1: none.

    Signals:
        chosen_changed(): a change was refused or taken again.
    """

    chosen_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Text and changes"))
        self.document().setDocumentMargin(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.difference = Difference(())
        self.refused: set[int] = set()
        self.current = -1

    def show_difference(self, difference: Difference, refused: Collection[int] = ()) -> None:
        """Show another one; of its changes these are refused until the user takes them."""
        self.difference = difference
        self.refused = set(refused)
        self.current = -1
        self._draw()

    def show_text(self, text: str) -> None:
        """Show text in which nothing changes."""
        self.show_difference(Difference((), text) if text else Difference(()))

    @property
    def result(self) -> str:
        """The text with the changes that were not refused."""
        count = len(self.difference.changes)
        return self.difference.with_changes([number for number in range(count) if number not in self.refused])

    def step(self, by: int) -> None:
        """Go to the next change (1) or the one before (-1)."""
        if count := len(self.difference.changes):
            self.current = (self.current + by) % count if self.current >= 0 else (0 if by > 0 else count - 1)
            self._draw()

    def toggle(self, number: int | None = None) -> None:
        """Refuse a change or take it again: this one, or the current one."""
        number = self.current if number is None else number
        if 0 <= number < len(self.difference.changes):
            self.refused ^= {number}
            self._draw()
            self.chosen_changed.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Refuse the change under the pointer or take it again."""
        cursor = self.cursorForPosition(event.position().toPoint())
        for back in (0, 1):
            probe = QTextCursor(cursor)
            if not back:
                probe.movePosition(QTextCursor.MoveOperation.NextCharacter)
            number = probe.charFormat().property(_NUMBER)
            if number:
                self.toggle(int(number) - 1)
                return

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "refused"):
            self._draw()

    def height_for(self, width: int) -> int:
        """How high all of it is at this width, in pixels."""
        document = self.document()
        document.setTextWidth(width)
        return round(document.size().height()) + theme.px(theme.SPACE_4)

    def _draw(self) -> None:
        at = self.verticalScrollBar().value()
        self.clear()
        cursor = QTextCursor(self.document())
        block = cursor.blockFormat()
        block.setLineHeight(theme.px(theme.TEXT_BASE * theme.LINE_HEIGHT), theme.AT_LEAST)
        cursor.setBlockFormat(block)
        number = 0
        for part in self.difference.parts:
            if not part.changed:
                cursor.insertText(part.added, self._plain(theme.INK))
                continue
            refused = number in self.refused
            if part.removed:
                cursor.insertText(_visible(part.removed), self._changed(number, removed=True, refused=refused))
            if part.removed and part.added and not refused:
                cursor.insertText("\u200a", self._plain(theme.INK))  # a hair between the two, only to be seen
            if part.added and not (refused and part.removed):
                cursor.insertText(_visible(part.added), self._changed(number, removed=False, refused=refused))
            number += 1
        if self.difference.pending:
            waiting = bool(self.difference.parts)
            cursor.insertText(self.difference.pending, self._plain(theme.FAINT if waiting else theme.INK))
        self.verticalScrollBar().setValue(at)

    def _plain(self, role: theme.ColorRole) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setForeground(theme.colour(role))
        return look

    def _changed(self, number: int, *, removed: bool, refused: bool) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setProperty(_NUMBER, number + 1)
        if refused:
            look.setForeground(theme.colour(theme.INK if removed else theme.FAINT))
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            look.setFontStrikeOut(not removed)
        else:
            background, text = theme.change_colours()["removed" if removed else "added"]
            look.setBackground(QColor(background))
            look.setForeground(QColor(text))
            look.setFontStrikeOut(removed)
        if number == self.current:
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            look.setUnderlineColor(theme.colour(theme.ACCENT))
        return look


def _visible(text: str) -> str:
    """Let a changed line break be seen."""
    return text.replace("\n", "⏎\n") if text.isspace() else text
