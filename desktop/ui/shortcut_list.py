"""All shortcuts at a glance."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.actions import Command
from desktop.ui.icons import IconButton
from desktop.ui.labels import label


class ShortcutList(QDialog):
    """Lists every command that has a key, by group.

    Signals:
        change_wanted(): the user wants other keys.
    """

    change_wanted = Signal()

    def __init__(self, parent: QWidget, commands: Iterable[Command], *, changeable: bool = True) -> None:
        """List the commands; `changeable`: the settings can give them other keys."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shortcuts"))
        self.resize(theme.px(theme.DIALOG_WIDTH), theme.px(theme.DIALOG_HEIGHT))
        self.keys: list[tuple[str, str]] = []
        page = QWidget()
        grid = QGridLayout(page)
        side = theme.px(theme.SPACE_24)
        grid.setContentsMargins(side, theme.px(theme.SPACE_12), side, side)
        grid.setHorizontalSpacing(theme.px(theme.SPACE_16))
        grid.setVerticalSpacing(theme.px(theme.SPACE_8))
        grid.setColumnStretch(0, 1)
        group = ""
        for command in commands:
            if not command.keys:
                continue
            if command.group != group:
                group = command.group
                heading = label(group, "section")
                heading.setContentsMargins(0, theme.px(theme.SPACE_12), 0, 0)
                grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
            row = grid.rowCount()
            grid.addWidget(label(command.title, "plain"), row, 0)
            grid.addWidget(label(command.keys, "key"), row, 1, Qt.AlignmentFlag.AlignRight)
            self.keys.append((command.title, command.keys))
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
        if changeable:
            foot.addWidget(change)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addLayout(foot)
        close.setFocus()
