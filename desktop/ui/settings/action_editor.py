"""The quick actions: in which order they are offered, what each does, and those of the user's own."""

import dataclasses
import itertools
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import ActionError, InkstoneError
from desktop.quick.actions.action import Action
from desktop.quick.actions.loading import parse_actions, save_actions, write_actions
from desktop.quick.options import QuickOptions
from desktop.reasons import QuickReason
from desktop.ui.quick.texts import action_name
from desktop.ui.settings.action_form import ActionForm, blank
from desktop.ui.widgets import theme
from desktop.ui.widgets.background import Background
from desktop.ui.widgets.error_messages import localised
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label


class ActionEditor(QDialog):
    """The list at the left, the fields of one action at the right.

    Attributes:
        list: the actions, in the order of the quick window.
        form: the chosen one.
        save: keeps it; only while it is an action.
        note: what happened or what is wrong.
    """

    def __init__(self, options: QuickOptions, parent: QWidget) -> None:
        super().__init__(parent)
        self._options, self._background = options, Background(self)
        self._actions: dict[str, Action] = {}
        self.setWindowTitle(self.tr("Quick actions"))
        self.resize(theme.fitting((2 * theme.PALETTE_WIDTH, theme.DIALOG_HEIGHT), self.screen()))
        self.list = QListWidget()
        self.list.setObjectName("sections")
        self.list.setAccessibleName(self.tr("Quick actions"))
        self.list.setFixedWidth(theme.px(theme.DIALOG_WIDTH) // 3)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._chosen)
        self.form = ActionForm()
        self.form.edited.connect(self._follow)
        self.note = label("", "small")
        self.note.setWordWrap(True)
        self.save = IconButton("", self.tr("Save"), "primary", theme.ON_ACCENT)
        self.save.clicked.connect(self.keep)
        self._lay_out()
        self.reload()

    @property
    def chosen(self) -> str:
        """Which action is shown; "" for none."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def reload(self, chosen: str = "") -> None:
        """Read the actions anew, and show this one, or the one that was shown."""
        self._read(chosen or self.chosen)

    def step(self, by: int) -> None:
        """Offer the chosen action sooner, -1, or later, 1."""
        names = list(self._actions)
        at = names.index(self.chosen) if self.chosen in names else -1
        if at < 0 or not 0 <= at + by < len(names):
            return
        names[at], names[at + by] = names[at + by], names[at]
        self._do(lambda: self._options.order(names), self.chosen)

    @Slot()
    def keep(self) -> None:
        """Save the action that is shown."""
        if wrong := self.form.wrong():
            self.note.setText(wrong)
            return
        action = self.form.action
        self._do(lambda: self._options.keep(action), action.id, self.tr("Saved; it holds from the next quick prompt."))

    @Slot()
    def add(self) -> None:
        """Begin an action of one's own."""
        chinese = QLocale().language() == QLocale.Language.Chinese
        self._begin(blank(self._free("own"), "zh" if chinese else "en"))

    @Slot()
    def duplicate(self) -> None:
        """Begin with what the chosen action has."""
        action = self._actions[self.chosen]
        self._begin(dataclasses.replace(action, id=self._free(action.id), key=""))

    @Slot()
    def drop(self) -> None:
        """Delete an action of the user's, or make a shipped one what it was."""
        name = self.chosen
        self._do(lambda: self._options.drop(name), name)

    @Slot()
    def copy(self) -> None:
        """Copy the action as text, to be sent to somebody."""
        QGuiApplication.clipboard().setText(write_actions([self.form.action]))
        self.note.setText(self.tr("The action was copied as text."))

    @Slot()
    def paste(self) -> None:
        """Begin with an action that somebody copied as text."""
        try:
            action = parse_actions(QGuiApplication.clipboard().text(), Path("clipboard"))[0]
        except ActionError as error:
            self.note.setText(self.tr("The clipboard holds no action: {reason}").format(reason=error.reason))
            return
        name = action.id if action.id not in self._actions else self._free(action.id)
        self._begin(dataclasses.replace(action, id=name))

    def take_in(self, file: Path) -> None:
        """Add the actions of a file."""

        def read(names: list[str]) -> None:
            self.reload(names[-1])
            one, more = self.tr("1 action was added."), self.tr("{n} actions were added.")
            self.note.setText(one if len(names) == 1 else more.format(n=len(names)))

        self._background.run(lambda: self._options.take_in(file), read, self._fail)

    def write_out(self, file: Path) -> None:
        """Write the chosen action as a file."""
        action = self.form.action

        def write() -> None:
            try:
                save_actions([action], file)
            except OSError as error:
                raise InkstoneError(QuickReason.NOT_WRITTEN(file=file, why=error)) from error

        told_saved = self.tr("Saved as {name}.").format(name=file.name)
        self._background.run(write, lambda _: self.note.setText(told_saved), self._fail)

    # Within.

    def _read(self, chosen: str) -> None:
        found = self._options.load()
        self._actions = dict(found.sound)
        self.list.blockSignals(True)  # noqa: FBT003  # as Qt names it
        self.list.clear()
        for action in self._actions.values():
            item = QListWidgetItem(action_name(action), self.list)
            item.setData(Qt.ItemDataRole.UserRole, action.id)
            item.setSizeHint(QSize(0, theme.px(theme.BUTTON_HEIGHT)))
        self.list.blockSignals(False)  # noqa: FBT003
        names = list(self._actions)
        self.list.setCurrentRow(names.index(chosen) if chosen in names else 0)
        self._chosen()
        if found.broken:
            self.note.setText(localised(found.broken[0]))

    def _begin(self, action: Action) -> None:
        """Show an action that is nowhere yet."""
        item = QListWidgetItem(self.tr("New action"), self.list)
        item.setData(Qt.ItemDataRole.UserRole, action.id)
        item.setSizeHint(QSize(0, theme.px(theme.BUTTON_HEIGHT)))
        self._actions[action.id] = action
        self.list.setCurrentItem(item)
        first = next(iter(self.form.names.values()))
        first.setFocus()
        first.selectAll()

    def _free(self, name: str) -> str:
        taken = self._actions
        return next(one for number in itertools.count(2) if (one := f"{name}-{number}") not in taken)

    @Slot()
    def _chosen(self) -> None:
        self.note.setText("")
        if self.chosen in self._actions:
            self.form.show_action(self._actions[self.chosen])
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """Offer what can be done now."""
        self.save.setEnabled(not self.form.wrong())
        self._drop.setEnabled(self._options.is_own(self.chosen))

    def _do(self, change: Callable[[], object], chosen: str, said: str = "") -> None:
        def done(_: object) -> None:
            self.reload(chosen)
            self.note.setText(said)

        self._background.run(change, done, self._fail)

    def _fail(self, error: InkstoneError) -> None:
        self.note.setText(localised(error))

    @Slot()
    def _ask_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import…"), "", "TOML (*.toml)")
        if name:
            self.take_in(Path(name))

    @Slot()
    def _ask_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save as a file"), f"{self.chosen}.toml", "TOML (*.toml)")
        if name:
            self.write_out(Path(name))

    def _lay_out(self) -> None:
        up = IconButton("arrow-up", "", "quiet", theme.SOFT)
        up.setAccessibleName(self.tr("Offer it sooner"))
        up.clicked.connect(partial(self.step, -1))
        down = IconButton("arrow-down", "", "quiet", theme.SOFT)
        down.setAccessibleName(self.tr("Offer it later"))
        down.clicked.connect(partial(self.step, 1))
        add = IconButton("plus", self.tr("New"), "quiet", theme.SOFT)
        add.clicked.connect(self.add)
        more = IconButton("ellipsis", "", "quiet", theme.SOFT)
        more.setAccessibleName(self.tr("More"))
        menu = QMenu(more)
        menu.addAction(self.tr("Make a copy"), self.duplicate)
        self._drop = menu.addAction(self.tr("Delete, or as it was shipped"), self.drop)
        menu.addSeparator()
        menu.addAction(self.tr("Copy as text, to share it"), self.copy)
        menu.addAction(self.tr("Paste"), self.paste)
        menu.addAction(self.tr("Import…"), self._ask_import)
        menu.addAction(self.tr("Save as a file"), self._ask_export)
        more.clicked.connect(lambda: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        tools = QHBoxLayout()
        for button in (up, down, add, more):
            tools.addWidget(button)
        tools.addStretch(1)
        tools.setContentsMargins(theme.px(theme.SPACE_8), theme.px(theme.SPACE_12), 0, theme.px(theme.SPACE_16))
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.list, 1)
        left.addLayout(tools)
        inside = QWidget()
        inside.setObjectName("column")
        column = QVBoxLayout(inside)
        column.setContentsMargins(*(theme.px(theme.SPACE_24),) * 4)
        column.addWidget(self.form)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        close = IconButton("", self.tr("Close"), "outlined")
        close.clicked.connect(self.reject)
        foot, side = QHBoxLayout(), theme.px(theme.SPACE_24)
        foot.setContentsMargins(side, theme.px(theme.SPACE_12), side, theme.px(theme.SPACE_16))
        foot.setSpacing(theme.px(theme.SPACE_8))
        foot.addWidget(self.note, 1)
        foot.addWidget(close)
        foot.addWidget(self.save)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(area, 1)
        right.addLayout(foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left)
        layout.addLayout(right, 1)
