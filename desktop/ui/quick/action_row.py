"""The row of the quick window with what can be done: an action with its key each, the rest below “More”."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy

from desktop.quick.actions.action import Action
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconLabel, icon_names
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.layouts import FlowLayout

_SHOWN = 5  # the others are below “More”


def key_label(text: str) -> QLabel:
    """Make the picture of a key, as small as it can be."""
    key = label(text, "key")
    key.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return key


class ActionButton(QPushButton):
    """An action with its key.

    Attributes:
        action: what it stands for.
    """

    def __init__(self, action: Action, name: str) -> None:
        super().__init__()
        self.action = action
        self.setProperty("kind", "action")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(theme.SPACE_8), 0, theme.px(theme.SPACE_8), 0)
        row.setSpacing(theme.px(theme.SPACE_8))
        if action.icon in icon_names():  # another Inkstone may have had it
            row.addWidget(IconLabel(action.icon, theme.SOFT))
        row.addWidget(label(name, "plain"))
        if action.key:
            row.addWidget(key_label(action.key))
            self.setToolTip(f"Alt+{action.key}")

    def sizeHint(self) -> QSize:
        """As wide as its labels."""
        layout = self.layout()
        width = layout.sizeHint().width() if layout is not None else 0
        return QSize(width + theme.px(theme.SPACE_4), theme.px(theme.BUTTON_HEIGHT))


class ActionRow(QFrame):
    """Offers actions.

    Attributes:
        chips: by id of the action.

    Signals:
        chosen(Action): the user wants this done.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("quickChoices")
        self.chips: dict[str, ActionButton] = {}
        self._below: dict[str, Action] = {}
        self._flow = FlowLayout(theme.px(theme.SPACE_4))
        self.setLayout(self._flow)
        side, room = theme.px(theme.SPACE_12), theme.px(theme.SPACE_8)
        self._flow.setContentsMargins(side, room, theme.px(theme.SPACE_16), room)
        self._more = QPushButton(self.tr("More"))
        self._more.setProperty("kind", "action")
        self._more.setMenu(QMenu(self._more))
        self._more.menu().triggered.connect(self._pick_below)

    def offer(self, actions: Sequence[Action]) -> None:
        """Show other actions."""
        for chip in self.chips.values():
            chip.hide()
            chip.deleteLater()
        self.chips.clear()
        self._flow.clear()
        for action in actions[:_SHOWN]:
            chip = ActionButton(action, _name(action))
            chip.clicked.connect(self._pick)
            self.chips[action.id] = chip
            self._flow.addWidget(chip)
        self._below = {action.id: action for action in actions[_SHOWN:]}
        self._more.menu().clear()
        for action in self._below.values():
            item = self._more.menu().addAction(f"{_name(action)}\tAlt+{action.key}".removesuffix("\tAlt+"))
            item.setData(action.id)
        self._flow.addWidget(self._more)
        self._more.setVisible(bool(self._below))

    def mark(self, action: Action) -> None:
        """Show which action is being done."""
        for chip in self.chips.values():
            chip.setChecked(chip.action is action)

    @Slot()
    def _pick(self) -> None:
        chip = self.sender()
        if isinstance(chip, ActionButton):
            self.chosen.emit(chip.action)

    @Slot(QAction)
    def _pick_below(self, item: QAction) -> None:
        self.chosen.emit(self._below[str(item.data())])


def _name(action: Action) -> str:
    chinese = QLocale().language() == QLocale.Language.Chinese
    return action.name.get("zh" if chinese else "en", next(iter(action.name.values())))
