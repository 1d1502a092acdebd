"""A difference as one text: what goes is struck through, what comes stands beside it, what is to come is faint."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor

from desktop.quick.editing.diff import Difference
from desktop.ui.widgets import theme
from desktop.ui.widgets.text_view import TextView


class DifferenceText(TextView):
    """Draws a difference and the text around it, which stays as it is.

    Attributes:
        difference: what is drawn.
        open: numbers of the changes that are not decided; None: all of them.
        accepted: numbers of those that are decided for the new text.
        current: number of the change that the keys act on; -1: none.
    """

    def __init__(self, name: str, before: str = "", after: str = "") -> None:
        super().__init__(name)
        self._before, self._after = before, after
        self.document().setDocumentMargin(theme.CARET)  # as in the editor whose place it takes
        self.difference = Difference(())
        self.open: Collection[int] | None = None
        self._starts: dict[int, int] = {}  # number of a change -> where it is drawn
        self.accepted: Collection[int] = ()
        self.current = -1

    def show_difference(self, difference: Difference) -> None:
        """Show another one."""
        self.difference = difference
        self.draw()

    def changed_at(self, number: int) -> QRect:
        """Tell where a change that is drawn begins, in pixels of this view."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._starts.get(number, 0))
        return self.cursorRect(cursor).translated(self.viewport().pos())

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "difference"):
            self.draw()

    def draw(self) -> None:
        """Draw it as it stands now."""
        self.clear()
        cursor = QTextCursor(self.document())
        plain, number = QTextCharFormat(), -1
        self._starts.clear()
        cursor.insertText(self._before, plain)
        for part in self.difference.parts:
            if not part.changed:
                cursor.insertText(part.added, plain)
                continue
            number += 1
            self._starts[number] = cursor.position()
            if self.open is not None and number not in self.open:
                cursor.insertText(part.added if number in self.accepted else part.removed, plain)
                continue
            cursor.insertText(_visible(part.removed), _look("removed", here=number == self.current))
            if part.removed and part.added:
                cursor.insertText("\u200a", plain)  # a hair between the two, only to be seen
            cursor.insertText(_visible(part.added), _look("added", here=number == self.current))
        waiting = QTextCharFormat()
        waiting.setForeground(theme.colour(theme.FAINT))
        cursor.insertText(self.difference.pending, waiting)
        cursor.insertText(self._after, plain)
        self.set_line_height()


def _look(kind: str, *, here: bool) -> QTextCharFormat:
    ground, ink = theme.change_colours()[kind]
    look = QTextCharFormat()
    look.setBackground(QColor(ground))
    look.setForeground(QColor(ink))
    look.setFontStrikeOut(kind == "removed")  # never colour alone
    if here:
        look.setFontWeight(QFont.Weight.DemiBold)
        look.setFontUnderline(kind == "added")
    return look


def _visible(text: str) -> str:
    """Let a changed line break be seen."""
    return text.replace("\n", "⏎\n") if text and text.isspace() else text
