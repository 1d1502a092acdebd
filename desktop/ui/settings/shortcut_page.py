"""The page of the settings about keys: those of the window and those of drafts, all of which can be changed."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.widgets import theme
from desktop.ui.widgets.commands import CommandKey
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.key_field import KeyField
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.preferences import Preferences


class ShortcutPage(QWidget):
    """Everything that has a key, or can have one.

    Attributes:
        fields: of each key, by its id.
        problem: why a key was refused.
    """

    def __init__(self, preferences: Preferences, places: Sequence[Sequence[CommandKey]]) -> None:
        """List the keys of each place; the same key may mean something else in another place."""
        super().__init__()
        self._preferences = preferences
        self._place = {key.id: place for place in places for key in place}
        self._keys = {key.id: key for place in places for key in place}
        self.fields: dict[str, KeyField] = {}
        self.problem = label("", "small")
        self.problem.setWordWrap(True)
        usual = IconButton("rotate-ccw", self.tr("Usual keys"), "outlined")
        usual.clicked.connect(self._reset)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(theme.SPACE_16))
        self._grid.setColumnStretch(0, 1)
        group = ""
        for key in self._keys.values():
            if key.group != group:
                group = key.group
                heading = label(group, "section")
                heading.setContentsMargins(0, theme.px(theme.SPACE_12), 0, 0)
                self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 2)
            self._add(key)
        top = QHBoxLayout()
        top.addWidget(self.problem, 1)
        top.addWidget(usual)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addLayout(self._grid)
        layout.addStretch(1)

    def _add(self, key: CommandKey) -> None:
        title = label(key.title, "plain")
        title.setWordWrap(True)
        field = KeyField(self._now(key), key.title)
        field.editingFinished.connect(lambda name=key.id: self._choose(name))
        self.fields[key.id] = field
        row = self._grid.rowCount()
        self._grid.addWidget(title, row, 0)
        self._grid.addWidget(field, row, 1)

    def _now(self, key: CommandKey) -> QKeySequence:
        return key.now(self._preferences.settings.shortcuts)

    def _choose(self, name: str) -> None:
        """Take a key; one that means something else in the same place is refused."""
        keys, key = self.fields[name].keySequence(), self._keys[name]
        others = [one for one in self._place[name] if one.id != name and not keys.isEmpty()]
        other = next((one for one in others if self._now(one) == keys), None)
        if other is not None:
            self.problem.setText(self.tr("“{command}” has this key already.").format(command=other.title))
            self.fields[name].setKeySequence(self._now(key))
            return
        self.problem.setText("")
        text = keys.toString(QKeySequence.SequenceFormat.PortableText)
        chosen = {one: kept for one, kept in self._preferences.settings.shortcuts.items() if one != name}
        if text != key.usual:
            chosen[name] = text
        self._preferences.change(shortcuts=chosen)

    @Slot()
    def _reset(self) -> None:
        self._preferences.change(shortcuts={})
        for name, field in self.fields.items():
            field.setKeySequence(self._now(self._keys[name]))
        self.problem.setText("")
