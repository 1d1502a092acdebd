"""Asking how the history is protected, and for what opens it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label

SHORTEST_PASSPHRASE = 8


class ProtectionChoice(QWidget):
    """Three ways to protect the history, and the fields of a new passphrase.

    Signals:
        changed(): something was chosen or typed.
    """

    changed = Signal()

    def __init__(self, *, keyring: bool, chosen: str = "") -> None:
        super().__init__()
        self._ways = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_4))
        self._buttons: dict[str, QRadioButton] = {}
        for kind, title, meaning in self._kinds(keyring=keyring):
            button = QRadioButton(title)
            button.setAccessibleDescription(meaning)
            button.setEnabled(kind != "keyring" or keyring)
            self._buttons[kind] = button
            self._ways.addButton(button)
            about = label(meaning, "small")
            about.setWordWrap(True)
            about.setContentsMargins(theme.px(theme.SPACE_24 + theme.SPACE_4) + 2, 0, 0, theme.px(theme.SPACE_8))
            layout.addWidget(button)
            layout.addWidget(about)
        self.first, self.second = _secret(self.tr("Passphrase")), _secret(self.tr("Passphrase once more"))
        for field in (self.first, self.second):
            field.textChanged.connect(self._changed)
            layout.addWidget(field)
        self.problem = label("", "small")
        self.problem.setWordWrap(True)
        layout.addWidget(self.problem)
        self._buttons[chosen or ("keyring" if keyring else "passphrase")].setChecked(True)
        self._ways.buttonClicked.connect(self._changed)
        self._changed()

    @property
    def kind(self) -> str:
        """What is chosen: keyring, passphrase or none."""
        return next(kind for kind, button in self._buttons.items() if button.isChecked())

    @property
    def passphrase(self) -> str:
        """What was typed."""
        return self.first.text()

    @property
    def complete(self) -> bool:
        """Whether this can be done as it is."""
        return self.kind != "passphrase" or not self._problem()

    def _problem(self) -> str:
        first, second = self.first.text(), self.second.text()
        if first and len(first) < SHORTEST_PASSPHRASE:
            return self.tr("At least {n} characters.").format(n=SHORTEST_PASSPHRASE)
        if second and first != second:
            return self.tr("The two are not the same.")
        return "" if first and second else " "

    @Slot()
    def _changed(self) -> None:
        typed = self.kind == "passphrase"
        self.first.setVisible(typed)
        self.second.setVisible(typed)
        self.problem.setText(self._problem() if typed else "")
        self.problem.setVisible(typed)
        self.changed.emit()

    def _kinds(self, *, keyring: bool) -> list[tuple[str, str, str]]:
        ring = (
            self.tr("Encrypted; this system keeps the key and opens it when you log in.")
            if keyring
            else self.tr("This system has no keyring that works.")
        )
        return [
            ("keyring", self.tr("Keyring of this system"), ring),
            (
                "passphrase",
                self.tr("Passphrase"),
                self.tr("Encrypted; you type it at every start. Without it nobody can read the history, not even you."),
            ),
            (
                "none",
                self.tr("Not encrypted"),
                self.tr("Whoever can read the files of this machine can read the history."),
            ),
        ]


class UnlockDialog(QDialog):
    """Asks for the passphrase, or for the recovery key.

    Signals:
        given(str, bool): what was typed; whether it is the recovery key.
    """

    given = Signal(str, bool)

    def __init__(self, parent: QWidget, sentence: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Unlock the history"))
        self.setMinimumWidth(theme.px(theme.DIALOG_WIDTH * 2 // 3))
        said = label(sentence, "plain")
        said.setWordWrap(True)
        self.field = _secret(self.tr("Passphrase"))
        self._recovery = False
        self.other = IconButton("", self.tr("Use the recovery key"), "quiet")
        self.other.clicked.connect(self._turn)
        unlock = IconButton("", self.tr("Unlock"), "primary", theme.ON_ACCENT)
        unlock.setDefault(True)
        unlock.clicked.connect(self._give)
        later = IconButton("", self.tr("Later"), "outlined")
        later.clicked.connect(self.reject)
        layout = dialog_layout(self)
        layout.addWidget(said)
        layout.addWidget(self.field)
        layout.addLayout(buttons(self.other, later, unlock))
        self.field.setFocus()

    @Slot()
    def _turn(self) -> None:
        self._recovery = not self._recovery
        name = self.tr("Recovery key") if self._recovery else self.tr("Passphrase")
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(name)
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if self._recovery else QLineEdit.EchoMode.Password)
        self.field.clear()
        other = self.tr("Use the passphrase") if self._recovery else self.tr("Use the recovery key")
        self.other.show_as("", other, "quiet", theme.INK)
        self.field.setFocus()

    @Slot()
    def _give(self) -> None:
        if self.field.text():
            self.given.emit(self.field.text(), self._recovery)
            self.accept()


class ChooseProtection(QDialog):
    """Asks how the history is to be protected.

    Signals:
        chosen(str, str): the kind, and the passphrase where it is one.
    """

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget, *, keyring: bool, now: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Protection of the history"))
        self.setMinimumWidth(theme.px(theme.DIALOG_WIDTH * 3 // 4))
        self.choice = ProtectionChoice(keyring=keyring, chosen=now)
        self.agree = IconButton("", self.tr("Protect it so"), "primary", theme.ON_ACCENT)
        self.agree.setDefault(True)
        self.agree.clicked.connect(self._choose)
        leave = IconButton("", self.tr("Cancel"), "outlined")
        leave.clicked.connect(self.reject)
        self.choice.changed.connect(self._refresh)
        layout = dialog_layout(self)
        layout.addWidget(self.choice)
        layout.addLayout(buttons(None, leave, self.agree))
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self.agree.setEnabled(self.choice.complete)
        self.adjustSize()

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self.choice.kind, self.choice.passphrase)
        self.accept()


class RecoveryKey(QDialog):
    """Shows the recovery key, to be printed or written down."""

    def __init__(self, parent: QWidget, key: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Recovery key"))
        self.setMinimumWidth(theme.px(theme.DIALOG_WIDTH * 3 // 4))
        about = label(
            self.tr(
                "It opens the history when the keyring or the passphrase is lost. Write it down or print it, and keep "
                "it where nobody else finds it: whoever has it can read everything."
            ),
            "plain",
        )
        about.setWordWrap(True)
        shown = QPlainTextEdit(key)
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName(self.tr("Recovery key"))
        shown.setFixedHeight(3 * shown.fontMetrics().lineSpacing() + theme.px(theme.SPACE_12))
        copy = IconButton("copy", self.tr("Copy"), "outlined")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(key))
        close = IconButton("", self.tr("Close"), "primary", theme.ON_ACCENT)
        close.clicked.connect(self.accept)
        layout = dialog_layout(self)
        layout.addWidget(about)
        layout.addWidget(shown)
        layout.addLayout(buttons(copy, None, close))


def dialog_layout(dialog: QDialog) -> QVBoxLayout:
    """Give a dialog its column."""
    layout = QVBoxLayout(dialog)
    side = theme.px(theme.SPACE_24)
    layout.setContentsMargins(side, side, side, theme.px(theme.SPACE_16))
    layout.setSpacing(theme.px(theme.SPACE_16))
    return layout


def buttons(left: QWidget | None, middle: QWidget | None, right: QWidget) -> QHBoxLayout:
    """Put the buttons of a dialog in their places."""
    row = QHBoxLayout()
    row.setSpacing(theme.px(theme.SPACE_8))
    if left is not None:
        row.addWidget(left)
    row.addStretch(1)
    if middle is not None:
        row.addWidget(middle)
    row.addWidget(right)
    return row


def _secret(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    return field
