"""A field that takes the key that is pressed in it, and the cross in a field that empties it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QKeySequenceEdit, QLineEdit

from desktop.ui.widgets import theme
from desktop.ui.widgets.commands import with_enter
from desktop.ui.widgets.icons import IconButton


class ClearButton(IconButton):
    """A cross at the end of a line, as large as its text asks for; there while something is in it."""

    def __init__(self, line: QLineEdit, name: str) -> None:
        """Stand in a line; `name` is what a screen reader says. What a press does is left to who makes it."""
        super().__init__("x", "", "tool", theme.SOFT, line)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        line.setTextMargins(0, 0, theme.px(theme.ICON + theme.SPACE_12), 0)
        inside = QHBoxLayout(line)
        inside.setContentsMargins(0, 0, theme.px(theme.SPACE_4), 0)
        inside.addStretch(1)
        inside.addWidget(self)
        line.textChanged.connect(self._follow)
        self._follow(line.text())

    @Slot(str)
    def _follow(self, text: str) -> None:
        self.setVisible(bool(text))


class KeyField(QKeySequenceEdit):
    """Takes one key; `editingFinished` tells when the user has pressed it, or taken it away.

    Attributes:
        cross: takes the key away.
    """

    def __init__(self, keys: QKeySequence, command: str) -> None:
        """Show the key of a command, by its name."""
        super().__init__(keys)
        self.setMaximumSequenceLength(1)
        self.setAccessibleName(self.tr("Key of: {command}").format(command=command))
        line = self.findChild(QLineEdit)
        assert line is not None  # noqa: S101  # what Qt shows the key in
        self._line = line
        line.setAccessibleName(self.accessibleName())
        line.setPlaceholderText(self.tr("none"))
        line.textChanged.connect(self._name_enter)
        self._name_enter(line.text())
        self.cross = ClearButton(line, self.tr("No key for: {command}").format(command=command))
        self.cross.clicked.connect(self._take_away)

    @property
    def shown(self) -> str:
        """The key as the user reads it."""
        return self._line.text()

    @Slot(str)
    def _name_enter(self, text: str) -> None:
        """Write the Enter key as everywhere else; Qt has a word of its own."""
        if text != with_enter(text):
            self._line.setText(with_enter(text))

    @Slot()
    def _take_away(self) -> None:
        self.clear()
        self.editingFinished.emit()
