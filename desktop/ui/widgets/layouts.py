"""Layouts that Qt does not have: rows that go on in the next one, and a column that no scroll bar moves."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QScrollArea

from desktop.ui.widgets import theme


class FlowLayout(QLayout):
    """Puts its widgets side by side, `gap` pixels apart, in as many rows as they need."""

    def __init__(self, gap: int) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)  # in line with what stands above and below
        self._gap = gap
        self._items: list[QLayoutItem] = []

    def clear(self) -> None:
        """Hold nothing; the widgets live on."""
        self._items.clear()
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Give one, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one away, or None."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high all rows are."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """As small as may be."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Room for the largest widget."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.sizeHint())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def expandingDirections(self) -> Qt.Orientation:
        """Neither."""
        return Qt.Orientation(0)

    def _place(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        room = rect.adjusted(margins.left(), margins.top(), -margins.right(), -margins.bottom())
        x, y, row_height = room.left(), room.top(), 0
        for item in self._items:
            size = item.sizeHint()
            if item.isEmpty():
                continue
            if x > room.left() and x + size.width() > room.right() + 1:
                x, y, row_height = room.left(), y + row_height + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            row_height = max(row_height, size.height())
        return y + row_height - rect.top() + margins.bottom()


def keep_gutter(area: QScrollArea, inside: QLayout) -> int:
    """Keep `inside`, the layout of what an area scrolls, as wide with a scroll bar as without one.

    The strip at the right is empty, or the scroll bar's; what stands beside it never moves.

    Returns:
        The width of the strip, in pixels.
    """
    width = theme.px(theme.SPACE_12)  # as in the style sheet
    inside.setContentsMargins(0, 0, width, 0)

    def follow(_least: int, most: int) -> None:
        inside.setContentsMargins(0, 0, 0 if most > 0 else width, 0)

    area.verticalScrollBar().rangeChanged.connect(follow)
    return width
