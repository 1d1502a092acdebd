"""The keys that decide about the pieces of a change, as the user chose them."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.ui.widgets.commands import CommandKey, shown_keys

ACCEPT, REJECT, NEXT, PREVIOUS = "accept-piece", "reject-piece", "next-piece", "previous-piece"
ACCEPT_ALL, REJECT_ALL = "accept-pieces", "reject-pieces"
_TWINS = {  # what is pressed means the same as these, unless it has a meaning of its own
    Qt.Key.Key_Enter: Qt.Key.Key_Return,
    Qt.Key.Key_Delete: Qt.Key.Key_Backspace,
    Qt.Key.Key_Right: Qt.Key.Key_Down,
    Qt.Key.Key_Left: Qt.Key.Key_Up,
}
_SIGNS = {"Return": "↵", "Backspace": "⌫", "Down": "↓", "Up": "↑", "Esc": "Esc"}


def piece_keys() -> list[CommandKey]:
    """List these keys."""
    translate = QCoreApplication.translate
    group = translate("PieceKeys", "Changes in a draft")
    return [
        CommandKey(ACCEPT, group, translate("PieceKeys", "Accept the change here"), "Return"),
        CommandKey(REJECT, group, translate("PieceKeys", "Reject the change here"), "Backspace"),
        CommandKey(NEXT, group, translate("PieceKeys", "Next change"), "Down"),
        CommandKey(PREVIOUS, group, translate("PieceKeys", "Change before"), "Up"),
        CommandKey(ACCEPT_ALL, group, translate("PieceKeys", "Accept all changes"), "Ctrl+Return"),
        CommandKey(REJECT_ALL, group, translate("PieceKeys", "Reject all changes"), "Esc"),
    ]


class PieceKeys:
    """Tells what a key means where changes are decided."""

    def __init__(self, chosen: Mapping[str, str]) -> None:
        """Know the user's keys by id; "" switches a key off."""
        self._keys = {key.id: key.now(chosen) for key in piece_keys()}

    def meaning(self, event: QKeyEvent) -> str:
        """Give the id of what a key does; "": nothing."""
        held, key = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, Qt.Key(event.key())
        for each in (key, _TWINS.get(key, key)):
            pressed = QKeySequence(QKeyCombination(held, each))
            for name, keys in self._keys.items():
                if keys == pressed:
                    return name
        return ""

    def shown(self, name: str) -> str:
        """Write a key as a button shows it; "" for none."""
        portable = self._keys[name].toString(QKeySequence.SequenceFormat.PortableText)
        held, plus, last = portable.rpartition("+")
        if last in _SIGNS:
            return f"{held}{plus}{_SIGNS[last]}"
        return shown_keys(self._keys[name])
