"""Two texts as one, word by word: what is new is accepted or rejected piece by piece, also by keyboard."""

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.quick.editing.diff import Difference
from desktop.ui.canvas.difference_text import DifferenceText
from desktop.ui.canvas.piece_keys import ACCEPT, ACCEPT_ALL, NEXT, PREVIOUS, REJECT, REJECT_ALL, PieceKeys
from desktop.ui.widgets import theme
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label


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
        self, difference: Difference, before: str = "", after: str = "", keys: PieceKeys | None = None
    ) -> None:
        """Show a difference between two texts that stay as they are; `keys` decide about it."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Changes"))
        self._difference, self._before, self._after = difference, before, after
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
        """Take all that is not decided."""
        self.accepted.update(self._open)
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
        self._view.current = self._open[self.current] if self._open else -1
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
