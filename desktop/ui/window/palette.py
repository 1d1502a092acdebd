"""The command palette: every command and every conversation, found by a few letters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.widgets import theme

_Index = QModelIndex | QPersistentModelIndex
MOST = 60
ROW = 34


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to choose.

    Attributes:
        detail: what it belongs to.
        keys: its shortcut, "" for none.
        do: what choosing it does.
    """

    title: str
    detail: str
    keys: str
    do: Callable[[], object]


def rank(query: str, title: str) -> int | None:
    """Tell how well a title matches, 0 the best; None where it does not.

    Every letter must come in order; whole words and beginnings of words come first.
    """
    wanted, text = query.casefold().replace(" ", ""), title.casefold()
    if query.casefold() in text:
        at = text.index(query.casefold())
        return 0 if at == 0 else 1 if not text[at - 1].isalnum() else 2
    place = 0
    for letter in wanted:
        place = text.find(letter, place) + 1
        if not place:
            return None
    return 3 + place // 8


def found(query: str, entries: Sequence[Entry]) -> list[Entry]:
    """Give the entries that match, the best first."""
    ranked = [(rank(query, entry.title), entry) for entry in entries]
    return [entry for _, entry in sorted(((r, e) for r, e in ranked if r is not None), key=lambda one: one[0])][:MOST]


class EntryList(QAbstractListModel):
    """What the palette lists."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []

    def show(self, entries: list[Entry]) -> None:
        """List these."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the rows."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the title, or what a screen reader says."""
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.title, entry.detail, entry.keys) if part)
        return None


class EntryPainter(QStyledItemDelegate):
    """Paints an entry: title, what it belongs to, key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002 - all are alike
        """All rows are equally tall."""
        return QSize(theme.px(theme.PALETTE_WIDTH) // 2, theme.px(ROW))

    def paint(self, painter: QPainter, option: Any, index: _Index) -> None:
        """Paint the entry."""
        model = index.model()
        assert isinstance(model, EntryList)  # noqa: S101  # the only model that it paints
        entry = model.entries[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            chosen = option.state & QStyle.StateFlag.State_Selected
            painter.setBrush(theme.colour(theme.ColorRole.Highlight if chosen else theme.SUNK))
            painter.drawRoundedRect(QRectF(option.rect), theme.px(theme.RADIUS_ROW), theme.px(theme.RADIUS_ROW))
        room = option.rect.adjusted(theme.px(theme.SPACE_12), 0, -theme.px(theme.SPACE_12), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        small = painter.font()
        small.setPixelSize(theme.px(theme.TEXT_SMALL))
        side = " · ".join(part for part in (entry.detail, entry.keys) if part)
        usual = painter.font()
        painter.setFont(small)
        painter.setPen(theme.colour(theme.SOFT))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, side)
        taken = painter.fontMetrics().horizontalAdvance(side) + theme.px(theme.SPACE_16)
        painter.setFont(usual)
        painter.setPen(theme.colour(theme.INK))
        line = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, room.width() - taken)
        painter.drawText(room, middle, line)
        painter.restore()


class Palette(QFrame):
    """Floats at the top of the window until something is chosen or Escape is pressed."""

    def __init__(self, window: QWidget, entries: Sequence[Entry]) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self._entries = entries
        self._came_from = QApplication.focusWidget()
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("What do you want to do?"))
        self.field.setAccessibleName(self.tr("Find a command or a conversation"))
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.model = EntryList()
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Commands and conversations"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryPainter(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._choose)
        layout = QVBoxLayout(self)
        gap = theme.px(theme.SPACE_8)
        layout.setContentsMargins(0, 0, 0, gap)
        layout.setSpacing(gap)
        layout.addWidget(self.field)
        inside = QVBoxLayout()
        inside.setContentsMargins(gap, 0, gap, 0)
        inside.addWidget(self.list)
        layout.addLayout(inside)
        self._search("")
        self.place()
        self.show()
        self.raise_()
        self.field.setFocus()

    def place(self) -> None:
        """Stand in the upper middle of the window, as tall as what is found."""
        around = self.parentWidget()
        if around is not None:
            margin = theme.px(theme.SPACE_24)
            width = min(theme.px(theme.PALETTE_WIDTH), around.width() - 2 * margin)
            rows = theme.px(ROW) * max(1, len(self.model.entries))
            needed = self.field.sizeHint().height() + rows + theme.px(theme.SPACE_24)
            self.resize(width, min(needed, around.height() * 6 // 10))
            self.move((around.width() - width) // 2, around.height() // 10)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Arrows, Enter and Escape are for the list; leaving the field closes the palette."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # nothing typed here is a shortcut of the window
            return True
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and self.model.entries:
                at = (self.list.currentIndex().row() + step) % len(self.model.entries)
                self.list.setCurrentIndex(self.model.index(at, 0))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
        if event.type() is QEvent.Type.FocusOut:
            self.leave()
        return super().eventFilter(watched, event)

    def leave(self) -> None:
        """Go, and give the focus back."""
        self.field.removeEventFilter(self)
        self.hide()
        self.deleteLater()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus()

    def _search(self, query: str) -> None:
        self.model.show(found(query.strip(), self._entries))
        if self.model.entries:
            self.list.setCurrentIndex(self.model.index(0, 0))
        self.place()

    def _choose(self) -> None:
        at = self.list.currentIndex().row()
        if 0 <= at < len(self.model.entries):
            do = self.model.entries[at].do
            self.leave()
            do()
