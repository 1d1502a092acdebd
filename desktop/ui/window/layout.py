"""Where the parts of the main window stand."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.widgets import theme

if TYPE_CHECKING:
    from desktop.ui.window.main_window import MainWindow


def laid_out(window: "MainWindow", views: QWidget) -> QWidget:
    """Put the parts of the window together; `views` holds the conversations."""
    body = QWidget()
    foot = QWidget()
    in_foot = QVBoxLayout()
    in_foot.setSpacing(theme.px(theme.SPACE_12))
    centred = QHBoxLayout(foot)
    side = theme.px(theme.SPACE_24)
    centred.setContentsMargins(side, 0, side, theme.px(theme.SPACE_16))
    for part in (window.history_notice, window.model_notice, window.composer):
        part.setMaximumWidth(theme.px(theme.COLUMN_WIDTH))
        in_foot.addWidget(part)
    centred.addStretch(1)
    centred.addLayout(in_foot, 1000)  # all the room there is, up to the width of the column
    centred.addStretch(1)
    around = QVBoxLayout(views)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(window.pages)
    page = QVBoxLayout()
    page.setSpacing(0)
    page.addWidget(window.header)
    page.addWidget(views, 1)
    page.addWidget(foot)
    above = QHBoxLayout()
    above.setSpacing(0)
    above.addWidget(window.sidebar)
    above.addLayout(page, 1)
    above.addWidget(window.details)
    layout = QVBoxLayout(body)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addLayout(above, 1)
    layout.addWidget(window.status)
    return body
