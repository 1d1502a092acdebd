"""A row of the outline: the section at the left, how much of it is written at the right."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.widgets import theme

AMOUNT = Qt.ItemDataRole.UserRole + 1  # the text at the right
Index = QModelIndex | QPersistentModelIndex


class OutlineRow(QStyledItemDelegate):
    """Paints the amount in its own column; the name is cut where both have no room, but not below half of the row."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave room for the amount."""
        super().initStyleOption(option, index)
        amount = option.fontMetrics.horizontalAdvance(self.amount(option, index))
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        room = _width(option) - amount
        setattr(option, "text", option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room))  # noqa: B010

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row, then the amount."""
        super().paint(painter, option, index)
        painter.save()
        painter.setPen(theme.colour(theme.SOFT))
        rect = getattr(option, "rect").adjusted(0, 0, -theme.px(theme.SPACE_8), 0)  # noqa: B009
        place = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(rect, place, self.amount(option, index))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every row is as high as a button, from the first moment on."""
        return QSize(0, max(theme.px(theme.BUTTON_HEIGHT), super().sizeHint(option, index).height()))

    def amount(self, option: QStyleOptionViewItem, index: Index) -> str:
        """Give what is told at the right: nothing where it would leave too little of the name."""
        amount, name = str(index.data(AMOUNT) or ""), str(index.data(Qt.ItemDataRole.DisplayRole))
        wide = option.fontMetrics.horizontalAdvance
        room = _width(option) - wide(amount)
        return amount if wide(name) <= room or 2 * room >= _width(option) else ""


def _width(option: QStyleOptionViewItem) -> int:
    return int(getattr(option, "rect").width()) - theme.px(theme.SPACE_24)  # noqa: B009 - the stubs do not know it
