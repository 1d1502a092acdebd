"""A row of the outline: the section at the left, how much of it is written at the right."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui import theme

AMOUNT = Qt.ItemDataRole.UserRole + 1  # the text at the right
Index = QModelIndex | QPersistentModelIndex


class OutlineRow(QStyledItemDelegate):
    """Paints the amount in its own column; the name is cut where both have no room."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave room for the amount."""
        super().initStyleOption(option, index)
        rect = getattr(option, "rect")  # noqa: B009 - the stubs do not know it
        room = rect.width() - self._width(option, index) - theme.px(theme.SPACE_24)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        setattr(option, "text", option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room))  # noqa: B010

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row, then the amount."""
        super().paint(painter, option, index)
        amount = str(index.data(AMOUNT) or "")
        painter.save()
        painter.setPen(theme.colour(theme.FAINT))
        rect = getattr(option, "rect").adjusted(0, 0, -theme.px(theme.SPACE_8), 0)  # noqa: B009
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, amount)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every row is as high as a button, from the first moment on."""
        return QSize(0, max(theme.px(theme.BUTTON_HEIGHT), super().sizeHint(option, index).height()))

    def _width(self, option: QStyleOptionViewItem, index: Index) -> int:
        return option.fontMetrics.horizontalAdvance(str(index.data(AMOUNT) or ""))
