"""Everything that can be done, by name and by key: for the palette, the list of shortcuts and the keys themselves."""

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


def shown_keys(keys: QKeySequence) -> str:
    """Write keys as this platform does; Enter is called what stands on it, everywhere."""
    return with_enter(keys.toString(QKeySequence.SequenceFormat.NativeText))


def with_enter(keys: str) -> str:
    """Give keys that Qt wrote with our word for Enter, which it calls Return."""
    return keys.replace("Return", QCoreApplication.translate("Keys", "Enter"))


@dataclass(frozen=True, slots=True)
class CommandKey:
    """A key that the user can change, and what it does.

    Attributes:
        id: the name under which the settings keep it.
        group: what it belongs to, in the user's language.
        title: what it does, in the user's language.
        usual: the key where the user chose no other, in Qt's portable form; "" for none.
    """

    id: str
    group: str
    title: str
    usual: str

    def now(self, chosen: Mapping[str, str]) -> QKeySequence:
        """Give the key that holds where these are chosen."""
        return QKeySequence(chosen.get(self.id, self.usual), QKeySequence.SequenceFormat.PortableText)


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done.

    Attributes:
        id: the name under which the settings keep its key.
        group: what it belongs to, in the user's language.
        usual: its key where the user chose no other, in Qt's portable form; "" for none.
    """

    id: str
    group: str
    usual: str
    action: QAction

    @property
    def title(self) -> str:
        """Its name in the user's language."""
        return self.action.text()

    @property
    def keys(self) -> str:
        """Its key as it is written on this platform."""
        return shown_keys(self.action.shortcut())


class Commands(QObject):
    """The commands of a window.

    Args:
        window: where their keys work.
        chosen: the user's keys by id; "" switches a key off.

    Attributes:
        chosen: the user's keys of now.
        commands: by id.
    """

    def __init__(self, window: QWidget, chosen: Mapping[str, str]) -> None:
        super().__init__(window)
        self._window, self.chosen = window, dict(chosen)
        self.commands: dict[str, Command] = {}

    def add(self, keys: Iterable[CommandKey], does: Mapping[str, Callable[[], object]]) -> None:
        """Have each of `does` called by its name and by its key."""
        for key in keys:
            self._add(key, does[key.id])

    def _add(self, key: CommandKey, do: Callable[[], object]) -> None:
        action = QAction(key.title, self)
        action.setShortcut(key.now(self.chosen))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False: do())
        self._window.addAction(action)
        self.commands[key.id] = Command(key.id, key.group, key.usual, action)

    def __getitem__(self, name: str) -> QAction:
        return self.commands[name].action

    def choose_keys(self, chosen: Mapping[str, str]) -> None:
        """Use the user's keys from now on."""
        self.chosen = dict(chosen)
        for key in self.keys():
            self.commands[key.id].action.setShortcut(key.now(self.chosen))

    def keys(self) -> list[CommandKey]:
        """List the key of every command."""
        return [CommandKey(name, each.group, each.title, each.usual) for name, each in self.commands.items()]

    def key_of(self, name: str) -> str:
        """Give the key of a command as it is written on this platform, "" for none."""
        return self.commands[name].keys if name in self.commands else ""


def is_command_key(event: QKeyEvent, platform: str = sys.platform) -> bool:
    """Tell whether a key is none that types: Alt and a letter is a command, but on macOS, Option types letters.

    Without asking, a key without meaning would take the place of what is selected.
    """
    if platform == "darwin":
        return False
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return held == Qt.KeyboardModifier.AltModifier and event.text().isprintable() and bool(event.text())
