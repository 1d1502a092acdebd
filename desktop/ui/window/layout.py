"""Where the parts of the main window stand, and which of the panes at its sides there is room for."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.widgets import theme


def with_room_above(pages: QWidget) -> QWidget:
    """Put the conversations into a widget of their size, whose other children float above them."""
    views = QWidget()
    around = QVBoxLayout(views)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(pages)
    return views


def laid_out(
    sidebar: QWidget,
    header: QWidget,
    views: QWidget,
    foot: Sequence[QWidget],
    details: QWidget,
    status: QWidget,
) -> QWidget:
    """Put the parts of the window together.

    Args:
        sidebar: stands at the left.
        header: above the conversations.
        views: the conversations, and what floats above them.
        foot: what stands below them, from above; no wider than their column.
        details: at the right.
        status: below all of it.
    """
    body = QWidget()
    row = QWidget()
    in_row = QVBoxLayout()
    in_row.setSpacing(theme.px(theme.SPACE_12))
    centred = QHBoxLayout(row)
    side = theme.px(theme.SPACE_24)
    centred.setContentsMargins(side, 0, side, theme.px(theme.SPACE_16))
    for part in foot:
        part.setMaximumWidth(theme.px(theme.COLUMN_WIDTH))
        in_row.addWidget(part)
    centred.addStretch(1)
    centred.addLayout(in_row, 1000)  # all the room there is, up to the width of the column
    centred.addStretch(1)
    page = QVBoxLayout()
    page.setSpacing(0)
    page.addWidget(header)
    page.addWidget(views, 1)
    page.addWidget(row)
    above = QHBoxLayout()
    above.setSpacing(0)
    above.addWidget(sidebar)
    above.addLayout(page, 1)
    above.addWidget(details)
    layout = QVBoxLayout(body)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addLayout(above, 1)
    layout.addWidget(status)
    return body


class SidePanes:
    """Which panes beside the conversation are wanted; where there is little room, they stand back.

    Attributes:
        sidebar_wanted, details_wanted: seen where there is room.
    """

    def __init__(self) -> None:
        self.sidebar_wanted, self.details_wanted = True, False
        self._details_first = False  # where there is room for one of them

    def show_sidebar(self, *, wanted: bool) -> None:
        """Want the sidebar, or do not; it goes before the details."""
        self.sidebar_wanted, self._details_first = wanted, False

    def show_details(self, *, wanted: bool) -> None:
        """Want the details, or do not; what was asked for last is seen."""
        self.details_wanted = self._details_first = wanted

    def fit(self, width: int, sidebar: QWidget, details: QWidget) -> None:
        """Leave the conversation its room in a window of this width, in pixels."""
        room = width - theme.px(theme.COLUMN_LEAST)
        panes = [
            (sidebar, theme.px(theme.SIDEBAR_WIDTH) if self.sidebar_wanted else 0),
            (details, theme.px(theme.DETAILS_WIDTH) if self.details_wanted else 0),
        ]
        shown = set()
        for pane, needed in reversed(panes) if self._details_first else panes:
            if 0 < needed <= room:
                shown.add(pane)
                room -= needed
        for pane in (sidebar, details):  # one goes before the other comes: both at once would widen the window
            if pane not in shown:
                pane.hide()
        for pane in shown:
            pane.show()
