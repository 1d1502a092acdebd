"""All shortcuts at a glance."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.widgets import theme
from desktop.ui.widgets.commands import CommandKey, shown_keys
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label


class ShortcutList(QDialog):
    """Lists everything that has a key, by group.

    Signals:
        change_wanted(): the user wants other keys.
    """

    change_wanted = Signal()

    def __init__(self, parent: QWidget, keys: Iterable[CommandKey], chosen: Mapping[str, str]) -> None:
        """List the keys as they are where the user has `chosen` these."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shortcuts"))
        self.resize(theme.fitting((theme.DIALOG_WIDTH, theme.DIALOG_HEIGHT), self.screen()))
        self.keys: list[tuple[str, str]] = []
        page = QWidget()
        grid = QGridLayout(page)
        side = theme.px(theme.SPACE_24)
        grid.setContentsMargins(side, theme.px(theme.SPACE_12), side, side)
        grid.setHorizontalSpacing(theme.px(theme.SPACE_16))
        grid.setVerticalSpacing(theme.px(theme.SPACE_8))
        grid.setColumnStretch(0, 1)
        group = ""
        for key in keys:
            if not (shown := shown_keys(key.now(chosen))):
                continue
            if key.group != group:
                group = key.group
                heading = label(group, "section")
                heading.setContentsMargins(0, theme.px(theme.SPACE_12), 0, 0)
                grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
            row = grid.rowCount()
            grid.addWidget(label(key.title, "plain"), row, 0)
            grid.addWidget(label(shown, "key"), row, 1, Qt.AlignmentFlag.AlignRight)
            self.keys.append((key.title, shown))
        area = QScrollArea()
        area.setAccessibleName(self.tr("Shortcuts"))
        area.setWidgetResizable(True)
        area.setWidget(page)
        change = IconButton("keyboard", self.tr("Change shortcuts…"), "outlined")
        change.clicked.connect(self.change_wanted)
        close = IconButton("", self.tr("Close"), "primary", theme.ON_ACCENT)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(side, theme.px(theme.SPACE_12), side, theme.px(theme.SPACE_16))
        foot.addWidget(change)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addLayout(foot)
        close.setFocus()
