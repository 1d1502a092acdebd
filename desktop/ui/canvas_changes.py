"""Two texts of a section as one, word by word: what is new is accepted or rejected piece by piece, also by keyboard."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.quick.diff import word_difference
from desktop.ui import theme
from desktop.ui.icons import IconButton
from desktop.ui.labels import label
from desktop.ui.text_view import TextView


class ChangesView(QFrame):
    """Shows what changed; Enter accepts the piece under the mark, Backspace rejects it, the arrows go on and back.

    Attributes:
        accepted: numbers of the pieces that are accepted.
        current: the piece that Enter and Backspace are about.

    Signals:
        decided(str): every piece is accepted or rejected; the text that comes of it.
    """

    decided = Signal(str)

    def __init__(self, old: str, new: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._difference = word_difference(old, new)
        self._open = list(range(len(self._difference.changes)))
        self.accepted: set[int] = set()
        self.current = 0
        self._view = TextView(self.tr("Changes"))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout()
        for text, key, slot in (
            (self.tr("Accept"), "↵", self.accept),
            (self.tr("Reject"), "⌫", self.reject),
            (self.tr("Next"), "↓", self.next),
            (self.tr("Accept all"), "", self.accept_all),
            (self.tr("Reject all"), "", self.reject_all),
        ):
            button = IconButton("", text, "quiet", theme.SOFT)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys stay with the text
            button.clicked.connect(slot)
            row.addWidget(button)
            if key:
                row.addWidget(label(key, "key"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_8))
        layout.addWidget(self._view)
        layout.addLayout(row)
        self._draw()

    @property
    def open(self) -> int:
        """How many pieces are not decided."""
        return len(self._open)

    @Slot()
    def accept(self) -> None:
        """Take the new words here."""
        self._decide(accept=True)

    @Slot()
    def reject(self) -> None:
        """Keep the old words here."""
        self._decide(accept=False)

    @Slot()
    def next(self) -> None:
        """Go to the next piece."""
        self._step(1)

    @Slot()
    def accept_all(self) -> None:
        """Take all that is not decided."""
        self.accepted.update(self._open)
        self._finish()

    @Slot()
    def reject_all(self) -> None:
        """Keep the old words wherever it is not decided."""
        self._finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide with the keyboard."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.accept()
            case Qt.Key.Key_Backspace | Qt.Key.Key_Delete:
                self.reject()
            case Qt.Key.Key_Down | Qt.Key.Key_Right:
                self._step(1)
            case Qt.Key.Key_Up | Qt.Key.Key_Left:
                self._step(-1)
            case _:
                super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()

    def _step(self, by: int) -> None:
        if self._open:
            self.current = (self.current + by) % len(self._open)
            self._draw()

    def _decide(self, *, accept: bool) -> None:
        number = self._open.pop(self.current)
        if accept:
            self.accepted.add(number)
        if not self._open:
            self._finish()
            return
        self.current %= len(self._open)
        self._draw()

    def _finish(self) -> None:
        self._open.clear()
        self.decided.emit(self._difference.with_changes(self.accepted))

    def _draw(self) -> None:
        self._view.clear()
        cursor = QTextCursor(self._view.document())
        plain = QTextCharFormat()
        number = -1
        for part in self._difference.parts:
            if not part.changed:
                cursor.insertText(part.added, plain)
                continue
            number += 1
            if number not in self._open:
                cursor.insertText(part.added if number in self.accepted else part.removed, plain)
                continue
            here = self._open.index(number) == self.current
            cursor.insertText(part.removed, _look("removed", here=here))
            cursor.insertText(part.added, _look("added", here=here))
        self._view.set_line_height()


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
