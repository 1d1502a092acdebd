"""The page of the settings about quick prompts: their keys, the command to bind, staying ready, the actions."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.errors import BadInput, InkstoneError
from desktop.quick.options import QuickOptions
from desktop.quick.shortcuts.shortcut import parse
from desktop.quick.startup.command import as_line
from desktop.ui.quick.hotkeys import Hotkeys
from desktop.ui.quick.texts import action_name, back_end_text, trouble_text
from desktop.ui.widgets import theme
from desktop.ui.widgets.background import Background
from desktop.ui.widgets.error_messages import localised
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.key_field import KeyField
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.preferences import Preferences


class QuickPage(QWidget):
    """Everything about quick prompts that is chosen once.

    Attributes:
        keys: the field of each shortcut, "" for the window without an action.
        how: what calls Inkstone here.
        problem: what is wrong with the last change, or with the keys that do not hold.
        copy: copies the command.
        bind: has the desktop bind the command; None where Inkstone cannot have it done.
        at_login, stay: switches.

    Signals:
        editor_wanted(): the actions are to be edited.
    """

    editor_wanted = Signal()

    def __init__(self, options: QuickOptions, hotkeys: Hotkeys, preferences: Preferences) -> None:
        super().__init__()
        self._options, self._hotkeys, self._preferences = options, hotkeys, preferences
        self._background = Background(self)
        self.keys: dict[str, KeyField] = {}
        self.problem = label("", "small")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.bind: IconButton | None = None
        self.how = label("", "soft")
        self.how.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(theme.SPACE_16))
        self._grid.setColumnStretch(0, 1)
        self._fill_keys()
        self.stay = QCheckBox(self.tr("Stay ready when the window is closed"))
        self.stay.setChecked(preferences.settings.stay_ready)
        self.stay.toggled.connect(self._choose_stay)
        self.at_login = QCheckBox(self.tr("Start when I log in"))
        self.at_login.setEnabled(False)  # until the disk has told
        self.at_login.clicked.connect(self._choose_login)
        edit = IconButton("pencil", self.tr("Edit the actions…"), "outlined")
        edit.clicked.connect(self.editor_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_12))
        layout.addWidget(self.how)
        layout.addWidget(self.problem)
        layout.addLayout(self._grid)
        other_ways = label(self.tr("Any other way of calling it starts this command:"), "soft")
        other_ways.setWordWrap(True)
        layout.addWidget(other_ways)
        layout.addLayout(self._command())
        layout.addWidget(self.stay)
        layout.addWidget(self.at_login)
        layout.addWidget(edit)
        layout.addStretch(1)
        hotkeys.bound.connect(self._show_results)
        self._background.run(lambda: options.autostart.on, self._show_login)
        self._show_results()

    def _command(self) -> QHBoxLayout:
        line = QLineEdit(as_line(self._options.command))
        line.setReadOnly(True)
        line.setAccessibleName(self.tr("The command to bind to a key"))
        line.setCursorPosition(0)
        self.copy = IconButton("copy", self.tr("Copy"), "outlined")
        self.copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.setSpacing(theme.px(theme.SPACE_8))
        row.addWidget(line, 1)
        row.addWidget(self.copy)
        if desktop := self._options.desktop:
            self.bind = IconButton("keyboard", self.tr("Bind it in {desktop}").format(desktop=desktop), "outlined")
            self.bind.clicked.connect(self._bind)
            row.addWidget(self.bind)
        return row

    def _fill_keys(self) -> None:
        names: dict[str, str] = {"": self.tr("Quick prompt")}
        if self._hotkeys.back_end not in ("wayland", "nothing", "other"):  # else only the desktop binds keys
            names |= {action.id: action_name(action) for action in self._options.load().sound.values()}
        try:
            chosen = self._options.choices.shortcuts
        except InkstoneError as error:
            self._say(localised(error))
            return
        for row, (name, title) in enumerate(names.items()):
            keys = QKeySequence(chosen.get(name, ""), QKeySequence.SequenceFormat.PortableText)
            field = KeyField(keys, title)
            field.editingFinished.connect(partial(self._choose_key, name))
            self.keys[name] = field
            self._grid.addWidget(label(title, "plain"), row, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(field, row, 1)

    def _choose_key(self, name: str) -> None:
        """Take a key; one that is none, or that another action has, is refused."""
        field, before = self.keys[name], self._options.choices.shortcuts.get(name, "")
        text = field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        if text == before:
            return
        wrong = self._wrong_with(name, text)
        if not wrong:
            try:
                self._options.choose_shortcut(name, text)
            except InkstoneError as error:
                wrong = localised(error)
        self._say(wrong)
        if wrong:
            field.setKeySequence(QKeySequence(before, QKeySequence.SequenceFormat.PortableText))
        else:
            self._hotkeys.bind()

    def _wrong_with(self, name: str, text: str) -> str:
        if not text:
            return ""
        try:
            shortcut = parse(text)
        except BadInput:
            return self._told_needs()
        for other, field in self.keys.items():
            taken = field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
            if other != name and taken and parse(taken) == shortcut:
                return self.tr("“{command}” has this key already.").format(command=self._title(other))
        return ""

    def _title(self, name: str) -> str:
        if not name:
            return self.tr("Quick prompt")
        action = self._options.load().sound.get(name)
        return action_name(action) if action is not None else name

    def _told_needs(self) -> str:
        return self.tr("A shortcut needs Ctrl, Alt or the system key, and a letter, digit, space or F key.")

    @Slot()
    def _show_results(self) -> None:
        """Say what calls Inkstone here, and which keys do not hold, and why."""
        self.how.setText(back_end_text(self._hotkeys.back_end))
        troubles = {name: result for name, result in self._hotkeys.results.items() if not result.holds}
        if self._hotkeys.back_end != "wayland" and troubles:  # there it is the same for all, and said above
            line = self.tr("{command}: {trouble}")
            told_each = (
                line.format(command=self._title(name), trouble=trouble_text(one)) for name, one in troubles.items()
            )
            self._say("\n".join(told_each))

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(as_line(self._options.command))
        self._say(self.tr("The command was copied."))

    @Slot()
    def _bind(self) -> None:
        text = self.keys[""].keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        try:
            shortcut = parse(text)
        except BadInput:
            self._say(self._told_needs())
            return
        self._background.run(lambda: self._options.bind(shortcut), self._tell_bound, self._fail)

    def _tell_bound(self, at_once: bool) -> None:
        if at_once:
            self._say(self.tr("The key is bound; change it in the settings of the desktop, or here again."))
        else:
            self._say(self.tr("The key is bound; it holds from your next login."))

    def _fail(self, error: InkstoneError) -> None:
        self._say(localised(error))

    @Slot(bool)
    def _choose_stay(self, stay: bool) -> None:
        self._preferences.change(stay_ready=stay)

    @Slot(bool)
    def _choose_login(self, on: bool) -> None:
        self._background.run(partial(self._turn_login, on), self._show_login, self._login_failed)

    def _turn_login(self, on: bool) -> bool:
        self._options.autostart.turn(on=on)
        return self._options.autostart.on

    def _show_login(self, on: bool) -> None:
        self.at_login.setEnabled(True)
        self.at_login.setChecked(on)

    def _login_failed(self, error: InkstoneError) -> None:
        self.at_login.setChecked(not self.at_login.isChecked())
        self._fail(error)
