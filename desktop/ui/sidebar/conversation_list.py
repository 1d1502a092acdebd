"""The rows of the sidebar: conversations under headings of time, or what a search found, with its matches marked."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.widgets import theme

if TYPE_CHECKING:
    from desktop.history import Conversation, Hit

_Index = QModelIndex | QPersistentModelIndex
ROW, FOUND_ROW = 34, 56  # heights


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: a heading has only a title.

    Attributes:
        number: of the conversation; None for a heading, and for unsent text of a new one.
        detail: text of a search hit around its matches, `marks` are their places in it.
    """

    title: str
    number: int | None = None
    conversation: "Conversation | None" = None
    detail: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    hit: "Hit | None" = None

    @property
    def is_heading(self) -> bool:
        """Whether it only stands above others."""
        return self.conversation is None and self.hit is None

    @property
    def is_draft(self) -> bool:
        """Whether it is a document that was found, and no conversation."""
        return self.hit is not None and self.hit.place == "draft"


class ConversationList(QAbstractListModel):
    """What the sidebar lists.

    Signals:
        renamed(int, str): the user gave this conversation another title.
    """

    renamed = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ListRow] = []

    def show(self, conversations: "Sequence[Conversation]", today: dt.date | None = None) -> None:
        """List conversations, which come in order, under headings."""
        day = today or dt.date.today()
        rows: list[ListRow] = []
        above = ""
        for one in conversations:
            heading = self._heading(one, day)
            if heading != above:
                rows.append(ListRow(heading))
                above = heading
            rows.append(ListRow(one.title or self.tr("New chat"), one.id, one))
        self._reset(rows)

    def show_hits(self, hits: "Sequence[Hit]") -> None:
        """List what a search found."""
        self._reset(
            [ListRow(self._title(hit), hit.conversation, None, hit.snippet, hit.highlights, hit) for hit in hits]
        )

    def row_of(self, number: int | None) -> int:
        """Give the row of a conversation; -1 where it is not listed."""
        rows = (at for at, row in enumerate(self.rows) if number is not None and row.number == number)
        return next(rows, -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the title, or what a screen reader says."""
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}: {row.detail}" if row.detail else row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return "" if row.is_heading else row.title
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Rename a conversation."""
        row = self.rows[index.row()]
        if role != Qt.ItemDataRole.EditRole or row.number is None or str(value) == row.title:
            return False
        self.renamed.emit(row.number, str(value))
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings cannot be chosen; only conversations can be renamed."""
        row = self.rows[index.row()]
        if row.is_heading:
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsEditable if row.conversation else usual

    def _reset(self, rows: list[ListRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def _title(self, hit: "Hit") -> str:
        if hit.place == "draft":
            return self.tr("Draft: {title}").format(title=hit.title) if hit.title else self.tr("Draft")
        return hit.title or self.tr("Unsent text")

    def _heading(self, one: "Conversation", today: dt.date) -> str:
        if one.pinned and one.deleted_at is None:
            return self.tr("Pinned")
        day = dt.datetime.fromtimestamp((one.deleted_at or one.updated) / 1000).date()
        age = (today - day).days
        if age <= 0:
            return self.tr("Today")
        if age == 1:
            return self.tr("Yesterday")
        if age < 7:
            return self.tr("This week")
        return self.tr("This month") if age < 30 else self.tr("Earlier")


class TitleEdit(QLineEdit):
    """Edits a title in its row; Escape is for it, not for the window."""

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the shortcuts of the window."""
        if event.type() is QEvent.Type.ShortcutOverride and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)


class RowPainter(QStyledItemDelegate):
    """Paints a row and lets its title be edited in place."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002 - all rows are alike
        """All rows of a list are equally tall, so that thousands cost nothing."""
        found = bool(_row(index).hit)
        return QSize(theme.px(theme.SIDEBAR_WIDTH) // 2, theme.px(FOUND_ROW if found else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the row."""
        row = _row(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = option.rect.adjusted(0, 0, 0, -theme.px(2))
        if row.is_heading:
            self._paint_heading(painter, room, row.title)
        else:
            self._paint_ground(painter, QRectF(room), option)
            inner = room.adjusted(theme.px(theme.SPACE_8), 0, -theme.px(theme.SPACE_8), 0)
            if row.hit is None:
                painter.setPen(theme.colour(theme.INK if _chosen(option) else theme.SOFT))
                line = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, inner.width())
                painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, line)
            else:
                self._paint_found(painter, inner, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, room: Any, title: str) -> None:
        painter.setFont(_small(painter.font(), bold=True))
        painter.setPen(theme.colour(theme.SOFT))
        inner = room.adjusted(theme.px(theme.SPACE_8), 0, 0, -theme.px(theme.SPACE_4))
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom, title)

    def _paint_ground(self, painter: QPainter, room: QRectF, option: Any) -> None:
        chosen, pointed = _chosen(option), bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        half = theme.px(2) / 2
        painter.setPen(QPen(theme.colour(theme.ACCENT), theme.px(2)) if focused else Qt.PenStyle.NoPen)
        ground = theme.ColorRole.Highlight if chosen else theme.LINE
        painter.setBrush(theme.colour(ground) if chosen or pointed else Qt.BrushStyle.NoBrush)
        radius = theme.px(theme.RADIUS_ROW)
        painter.drawRoundedRect(room.adjusted(half, half, -half, -half), radius, radius)

    def _paint_found(self, painter: QPainter, room: Any, row: ListRow) -> None:
        top = room.adjusted(0, theme.px(6), 0, 0)
        painter.setPen(theme.colour(theme.INK))
        line = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(top, Qt.AlignmentFlag.AlignTop, line)
        plain, bold = _small(painter.font(), bold=False), _small(painter.font(), bold=True)
        text, marks = _around_first(row.detail, row.marks, room.width(), QFontMetrics(plain))
        x, bottom = room.left(), room.bottom() - theme.px(theme.SPACE_8)
        for part, marked in _parts(text, marks):
            painter.setFont(bold if marked else plain)
            painter.setPen(theme.colour(theme.ACCENT if marked else theme.SOFT))
            left = room.right() - x
            if left <= 0:
                break
            shown = painter.fontMetrics().elidedText(part, Qt.TextElideMode.ElideRight, left)
            painter.drawText(x, bottom, shown)
            x += painter.fontMetrics().horizontalAdvance(part)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:  # noqa: ARG002
        """Edit the title in place."""
        editor = TitleEdit(parent)
        editor.setObjectName("rename")
        editor.setAccessibleName(self.tr("Title"))
        return editor


class ConversationListView(QListView):
    """The list itself; keeps its place when the rows change.

    Signals:
        menu_wanted(Row, QPoint): the user wants to do something with a row; the place is global.
        entered(): the user pressed Enter.
    """

    menu_wanted = Signal(object, object)
    entered = Signal()

    def __init__(self, model: ConversationList) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(RowPainter(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of Enter."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.state() is not QListView.State.EditingState:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def rows_changed(self, number: int | None) -> None:
        """Lay out again, mark a conversation, and stay where the user has scrolled to."""
        at = self.verticalScrollBar().value()
        self.doItemsLayout()
        self.mark(number)
        self.verticalScrollBar().setValue(at)

    def mark(self, number: int | None) -> None:
        """Mark the conversation that is read, without picking it."""
        with QSignalBlocker(self.selectionModel()):
            self.setCurrentIndex(self._model.index(self._model.row_of(number), 0))
        self.viewport().update()

    def current(self) -> ListRow | None:
        """Give the row that is marked."""
        index = self.currentIndex()
        return self._model.rows[index.row()] if index.isValid() else None

    def _ask_menu(self, at: Any) -> None:
        index = self.indexAt(at)
        if not index.isValid():  # asked by keyboard: the row that is marked
            index = self.currentIndex()
        if index.isValid() and not _row(index).is_heading:
            self.menu_wanted.emit(_row(index), self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))


def _row(index: _Index) -> ListRow:
    model = index.model()
    assert isinstance(model, ConversationList)  # noqa: S101  # the only model that these views have
    return model.rows[index.row()]


def _chosen(option: Any) -> bool:
    return bool(option.state & QStyle.StateFlag.State_Selected)


def _small(font: QFont, *, bold: bool) -> QFont:
    small = QFont(font)
    small.setPixelSize(theme.px(theme.TEXT_SMALL))
    small.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return small


def _around_first(
    text: str, marks: tuple[tuple[int, int], ...], width: int, metrics: QFontMetrics
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Cut the beginning away where the first match would otherwise have no room."""
    if not marks or metrics.horizontalAdvance(text[: marks[0][1]]) < width:
        return text, marks
    start = marks[0][0]
    while start > 0 and metrics.horizontalAdvance(text[start - 1 : marks[0][1]]) < width // 2:
        start -= 1
    return "…" + text[start:], tuple((max(a - start, 0) + 1, b - start + 1) for a, b in marks if b > start)


def _parts(text: str, marks: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Split a text into parts that are marked and parts that are not."""
    parts, at = [], 0
    for start, end in marks:
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [part for part in [*parts, (text[at:], False)] if part[0]]
