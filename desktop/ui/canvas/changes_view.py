"""Two texts as one, word by word: what is new is accepted or rejected piece by piece, also by keyboard."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.quick.editing.diff import Difference
from desktop.ui.canvas.commands import ACCEPT, ACCEPT_ALL, NEXT, PREVIOUS, REJECT, REJECT_ALL, PieceKeys
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.layouts import FlowLayout
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


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """What is said of one change: what was wrong, and whether that is sure."""

    text: str = ""
    sure: bool = True


class ChangesView(QFrame):
    """Shows what changed; usually Enter accepts the piece under the mark, Backspace rejects it, arrows go on and back.

    Attributes:
        accepted: numbers of the pieces that are accepted.
        current: the piece that Enter and Backspace are about, counted among those that are open.
        row: the buttons; below the text, or above the edge that `dock` was told where the text goes on below it.

    Signals:
        decided(str): every piece is accepted or rejected; the text that comes of it.
        stepped(): another piece is the current one.
    """

    decided = Signal(str)
    stepped = Signal()

    def __init__(
        self,
        difference: Difference,
        before: str = "",
        after: str = "",
        keys: PieceKeys | None = None,
        notes: Sequence[ChangeNote] = (),
    ) -> None:
        """Show a difference between two texts that stay as they are.

        Args:
            difference: what changes.
            before: what stands before it.
            after: what stands behind it.
            keys: decide about it.
            notes: what is said of each change, in their order; none says nothing, and all are sure.
        """
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Changes"))
        self._difference, self._before, self._after, self._notes = difference, before, after, notes
        self._open = list(range(len(difference.changes)))
        self.accepted: set[int] = set()
        self.current = 0
        self._view = DifferenceText(self.tr("Changes"), before, after)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.show_difference(difference)
        self.row = QFrame(self)
        self.row.setObjectName("decisions")
        flow = self._flow = FlowLayout(theme.px(theme.SPACE_4))
        flow.setContentsMargins(0, theme.px(theme.SPACE_8), 0, 0)
        self.row.setLayout(flow)
        self._edge: int | None = None
        self._labels: dict[str, QLabel] = {}
        for text, name, slot in (
            (self.tr("Accept"), ACCEPT, self.accept),
            (self.tr("Reject"), REJECT, self.reject),
            (self.tr("Next"), NEXT, self.next),
            (self.tr("Accept all"), ACCEPT_ALL, self.accept_all),
            (self.tr("Reject all"), REJECT_ALL, self.reject_all),
        ):
            button = IconButton("", text, "quiet", theme.SOFT)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys stay with the text
            button.clicked.connect(slot)
            self._labels[name] = label("", "key")
            flow.addWidget(_with_key(button, self._labels[name]))
        self.note = label("", "key")
        flow.addWidget(self.note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._view)
        self._place = QWidget()  # of the row, where the end of the text is seen
        layout.addWidget(self._place)
        self.row.raise_()
        self.use_keys(keys or PieceKeys({}))
        self._draw()

    def use_keys(self, keys: PieceKeys) -> None:
        """Decide with these keys from now on."""
        self._keys = keys
        for name, shown in self._labels.items():
            shown.setText(keys.shown(name))
            shown.setVisible(bool(keys.shown(name)))
        self._keep_place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the place of the row."""
        super().resizeEvent(event)
        self._keep_place()

    def dock(self, edge: int) -> None:
        """Keep the row above `edge`, in pixels of this view, where the text goes on below it."""
        self._edge = edge
        self._put_row()

    def here(self) -> QRect:
        """Tell where the current piece stands in this view, with the row below it."""
        piece = self._view.changed_at(self._view.current)
        return piece.translated(self._view.pos()).adjusted(0, 0, 0, self.row.height())

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
    def previous(self) -> None:
        """Go to the piece before."""
        self._step(-1)

    @Slot()
    def accept_all(self) -> None:
        """Take all that is not decided, but for what is only offered: that is taken one by one."""
        offered = {number for number, note in enumerate(self._notes) if not note.sure}
        self.accepted.update(set(self._open) - offered)
        self._finish()

    @Slot()
    def reject_all(self) -> None:
        """Keep the old words wherever it is not decided."""
        self._finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide with the keyboard."""
        does = {
            ACCEPT: self.accept,
            REJECT: self.reject,
            NEXT: self.next,
            PREVIOUS: self.previous,
            ACCEPT_ALL: self.accept_all,
            REJECT_ALL: self.reject_all,
        }.get(self._keys.meaning(event))
        if does is not None:
            does()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        if self._open:
            self.current = (self.current + by) % len(self._open)
            self._draw()
            self.stepped.emit()

    def _decide(self, *, accept: bool) -> None:
        number = self._open.pop(self.current)
        if accept:
            self.accepted.add(number)
        if not self._open:
            self._finish()
            return
        self.current %= len(self._open)
        self._draw()
        self.stepped.emit()

    def _finish(self) -> None:
        self._open.clear()
        self.decided.emit(self._before + self._difference.with_changes(self.accepted) + self._after)

    def _draw(self) -> None:
        self._view.open, self._view.accepted = self._open, self.accepted
        self._view.current = current = self._open[self.current] if self._open else -1
        note = self._notes[current] if 0 <= current < len(self._notes) else ChangeNote()
        self.note.setText(note.text if note.sure else self.tr("perhaps: {what}").format(what=note.text))
        self.note.setVisible(bool(note.text))
        self._view.draw()

    def _keep_place(self) -> None:
        self._place.setFixedHeight(self._flow.heightForWidth(self.width()))
        self._put_row()

    def _put_row(self) -> None:
        height, below = self._place.height(), self._view.geometry().bottom() + 1
        least = min(below, self._view.y() + height)  # something of the text is seen above it
        top = below if self._edge is None else max(least, min(below, self._edge - height))
        self.row.setGeometry(0, top, self.width(), height)


def _with_key(button: IconButton, key: QLabel) -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, theme.px(theme.SPACE_8), 0)
    row.setSpacing(theme.px(theme.SPACE_4))
    row.addWidget(button)
    row.addWidget(key, 0, Qt.AlignmentFlag.AlignVCenter)
    return both


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
