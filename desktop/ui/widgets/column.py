"""A scrolled column of widgets of which only those near what is seen exist.

A row is a promise of a widget: until it is near, its height is an estimate, so that a conversation of thousands of
messages opens as quickly as a short one. What the reader looks at stays where it is when heights above become known.
"""

import itertools
from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.ui.widgets import theme

_ROUNDS = 20  # of making what is seen; each brings heights that change what that is
_NEAR, _FAR = 1.0, 2.5  # viewports beyond the edges: made in advance, kept at most


class ColumnRow:
    """One place in a column.

    Attributes:
        widget: None while it is far from what is seen.
        top: pixels from the beginning of the column.
        height: pixels; an estimate while there is no widget.
        gap: room below it, in the pixels of a usual font.
        fills: it is at least as high as what is seen.
    """

    gap = theme.SPACE_24
    fills = False

    def __init__(self) -> None:
        self.widget: QWidget | None = None
        self.top = self.height = 0
        self.known = False  # the height is that at the width of now

    def estimate(self, width: int, size: int) -> int:
        """Guess the height at a width and a size of text, all in pixels; quick."""
        raise NotImplementedError

    def make(self) -> QWidget:
        """Make the widget, a child of the viewport."""
        raise NotImplementedError

    def unmake(self) -> None:
        """Keep what the widget knows: it will be deleted."""

    @property
    def pinned(self) -> bool:
        """Whether the widget must stay, however far away."""
        return False

    @property
    def complete(self) -> bool:
        """Whether the widget shows all that it will; until then an estimate may be better than its height."""
        return True


class Column(QAbstractScrollArea):
    """Shows rows below each other, in the middle and no wider than reads well.

    Attributes:
        rows: first to last; change them with `replace` and `extend` only.
        follows: the end stays in view, whatever is added.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[ColumnRow] = []
        self.follows = False
        self._anchor: tuple[ColumnRow, int] | None = None  # a row, and where its top is seen, from that of the viewport
        self._width = self._above = 0
        self._busy = False
        self._chained: list[QWidget] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # so that the keyboard can scroll
        self.viewport().setObjectName("column")
        self.viewport().setBackgroundRole(theme.ColorRole.Window)
        self._ring = QFrame(self)
        self._ring.setObjectName("ring")
        self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ring.hide()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._go_on)

    def leave_above(self, pixels: int) -> None:
        """Keep room above the first row for what floats there; what is read stays where it is, if it can."""
        if pixels != self._above:
            self._above = pixels
            self.lay_out()

    # What is in it.

    def replace(self, rows: Sequence[ColumnRow], anchor: tuple[ColumnRow, int] | None = None) -> None:
        """Show other rows; those that were there before keep their widgets.

        Args:
            rows: first to last.
            anchor: a row and where its top shall be, in pixels from that of what is seen; None: at the end.
        """
        kept = set(map(id, rows))
        for row in self.rows:
            if id(row) not in kept:
                self._unmake(row)
        self.rows = list(rows)
        self._anchor, self.follows = anchor, anchor is None
        self.lay_out()

    def extend(self, rows: Sequence[ColumnRow]) -> None:
        """Show rows behind all others."""
        self.rows += rows
        self.lay_out()

    def make(self, row: ColumnRow) -> None:
        """Make the widget of a row now, wherever it is."""
        if row.widget is None:
            row.widget = row.make()
            row.widget.setGeometry(self._edge(), self.viewport().height() + row.top, self._width, row.height)
            row.widget.show()

    def anchor(self) -> tuple[ColumnRow, int] | None:
        """Tell what is seen: a row and where its top is, in pixels from that of the viewport; None: it follows."""
        if self.follows or not self.rows:
            return None
        value = self.verticalScrollBar().value()
        at = self._row_at(value)
        row = self.rows[at]
        if row.widget is None and at + 1 < len(self.rows) and self.rows[at + 1].top < value + self.viewport().height():
            row = self.rows[at + 1]  # its own height is a guess: let it grow upwards
        return row, row.top - value

    def scroll_to(self, row: ColumnRow, place: int = 0, room: int = 0) -> None:
        """Bring a place of a row into view, if it is not; in pixels from its top, with room around it."""
        self.make(row)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        self._measure(row)
        self._stack()
        at = row.top + place
        if bar.value() + room <= at <= bar.value() + height - room:
            return
        self.follows, self._anchor = False, (row, height // 3 - place)
        self.lay_out()

    @Slot()
    def to_end(self) -> None:
        """Go to the end and stay there."""
        self.follows, self._anchor = True, None
        self.lay_out()

    # Where it lies.

    @Slot()
    def lay_out(self) -> None:
        """Put everything in its place, and what is seen where it was seen."""
        if self._busy:
            return
        self._busy = True
        try:
            self._lay_out()
        finally:
            self._busy = False
        self.moved()

    def moved(self) -> None:
        """Take notice that something else is seen."""

    def _lay_out(self) -> None:
        self._widen()
        for row in self.rows:
            if row.widget is not None:
                self._measure(row)
        for _ in range(_ROUNDS):
            self._stack()
            self._aim()
            missing = [row for row in self._seen(0) if row.widget is None]
            for row in missing:
                self.make(row)
                self._measure(row)
            if not missing:
                break
        self._anchor = self.anchor()
        self._move()
        self._retire()
        if not self._later.isActive():
            self._later.start(0)

    def _widen(self) -> None:
        """Take the width that there is."""
        width = self._column_width()
        if width == self._width:
            return
        self._width = width
        for row in self.rows:
            row.known = False
        if self._anchor is not None:  # inside a row the same share of it stays above
            row, at = self._anchor
            if at < 0 and row.height and row.widget is not None:
                before = row.height
                self._measure(row)
                self._anchor = row, round(at * row.height / before)

    def _column_width(self) -> int:
        side = max(theme.px(theme.SPACE_24), (self.width() - theme.px(theme.COLUMN_WIDTH)) // 2)
        outside = theme.px(theme.SPACE_12)  # room for what is drawn around a message
        return max(1, self.width() - 2 * (side - outside))

    def _edge(self) -> int:
        return (self.width() - self._width) // 2  # the bar's coming and going must not move the column

    def _measure(self, row: ColumnRow) -> None:
        widget = row.widget
        if widget is None:
            return
        if widget.width() != self._width:
            widget.resize(self._width, widget.height())
        layout = widget.layout()
        if layout is not None:
            layout.activate()
        height = widget.heightForWidth(self._width) if widget.hasHeightForWidth() else widget.sizeHint().height()
        if row.fills:
            height = max(height, self.viewport().height() - 2 * theme.px(theme.SPACE_24))
        if not row.complete:
            height = max(height, row.height)
        row.height, row.known = height, True

    def _stack(self) -> None:
        """Add up the heights, and tell the scroll bar."""
        top = theme.px(theme.SPACE_24) + self._above
        size = theme.px(theme.TEXT_BASE)
        gaps = {gap: theme.px(gap) for gap in {row.gap for row in self.rows}}
        for row in self.rows:
            if not row.known:
                row.height, row.known = row.estimate(self._width, size), True
            row.top = top
            top += row.height + gaps[row.gap]
        if self.rows:
            top += theme.px(theme.SPACE_24) - gaps[self.rows[-1].gap]
        height, bar = self.viewport().height(), self.verticalScrollBar()
        bar.setPageStep(height)
        bar.setSingleStep(theme.px(theme.TEXT_BASE * theme.LINE_HEIGHT))
        bar.setRange(0, max(0, top - height))

    def _aim(self) -> None:
        bar = self.verticalScrollBar()
        if self.follows:
            bar.setValue(bar.maximum())
        elif self._anchor is not None:
            bar.setValue(self._anchor[0].top - self._anchor[1])

    def _row_at(self, y: int) -> int:
        return max(0, bisect_right(self.rows, y, key=lambda row: row.top) - 1)

    def _seen(self, beyond: float) -> list[ColumnRow]:
        """Give the rows that are in view, or at most so many viewports beyond it."""
        if not self.rows:
            return []
        value, height = self.verticalScrollBar().value(), self.viewport().height()
        first = self._row_at(round(value - beyond * height))
        last = self._row_at(round(value + (1 + beyond) * height))
        return self.rows[first : last + 1]

    def _move(self) -> None:
        value, edge = self.verticalScrollBar().value(), self._edge()
        for row in self.rows:
            if row.widget is not None:
                row.widget.setGeometry(edge, row.top - value, self._width, row.height)

    def _retire(self) -> None:
        near = set(map(id, self._seen(_FAR)))
        focused = self.focusWidget()
        for row in self.rows:
            if row.widget is None or id(row) in near or row.pinned:
                continue
            if focused is None or not row.widget.isAncestorOf(focused):
                self._unmake(row)

    def _unmake(self, row: ColumnRow) -> None:
        if (widget := row.widget) is not None:
            row.unmake()
            row.widget = None  # before it is hidden: the focus it loses may scroll, and what scrolls unmakes rows
            widget.hide()
            widget.deleteLater()

    @Slot()
    def _go_on(self) -> None:
        """Make one more row that may be seen soon; then see to the order of the keyboard."""
        missing = next((row for row in self._seen(_NEAR) if row.widget is None), None)
        if missing is None:
            self._chain()
            return
        self.make(missing)
        self.lay_out()

    def _chain(self) -> None:
        """Have the keyboard reach the widgets in the order in which they are read."""
        order: list[QWidget] = [self]
        for row in self.rows:
            if row.widget is not None:
                inside = [row.widget, *row.widget.findChildren(QWidget)]
                order += [one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        if order != self._chained:
            self._chained = order
            for before, after in itertools.pairwise(order):
                QWidget.setTabOrder(before, after)

    # What the user does.

    def viewportEvent(self, event: QEvent) -> bool:
        """Lay out again when a row has become higher or lower."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.lay_out()
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the column into the window."""
        super().resizeEvent(event)
        self._ring.setGeometry(self.viewport().geometry())
        self._ring.raise_()
        self.lay_out()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Follow the scroll bar."""
        if self._busy:
            return
        bar = self.verticalScrollBar()
        self.follows = bar.value() >= bar.maximum() - theme.px(theme.SPACE_8)
        self._anchor = self.anchor()
        self.lay_out()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        self._ring.setVisible(event.reason() in by_key)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self._ring.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the beginning and to the end as well."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            self.to_end()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Bring what the keyboard reaches into view."""
        moved = super().focusNextPrevChild(forward)
        focused = self.focusWidget()
        if moved and focused is not None and self.viewport().isAncestorOf(focused):
            self._show_widget(focused)
        return moved

    def _show_widget(self, widget: QWidget) -> None:
        place = QRect(widget.mapTo(self.viewport(), widget.rect().topLeft()), widget.size())
        bar, room = self.verticalScrollBar(), theme.px(theme.SPACE_24)
        below = place.bottom() - self.viewport().height() + room
        if place.top() < room and below < 0:
            bar.setValue(bar.value() + place.top() - room)
        elif below > 0:
            bar.setValue(bar.value() + min(below, place.top() - room))
