"""The keys of the canvas: its commands, what those of writing do to a text, and the keys that decide about changes."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.quick.actions.action import Action
from desktop.ui.canvas.markdown_keys import TextEdit, heading, link, toggled
from desktop.ui.quick.texts import action_name
from desktop.ui.widgets.commands import CommandKey, shown_keys

ACTION = "action-"  # begins the ids of what can be done with selected text
IN_BAR = ("rewrite", "shorter", "longer", "formal", "friendly", "translate", "continue")
IN_BAR_OF_CODE = ("explain", "fix-code", "test-code")
_NOT_HERE = ("ask", "reply", "summarize")  # want a request, or a mail; a summary of a draft is no part of it
ACCEPT, REJECT, NEXT, PREVIOUS = "accept-piece", "reject-piece", "next-piece", "previous-piece"
ACCEPT_ALL, REJECT_ALL = "accept-pieces", "reject-pieces"
_TWINS = {  # what is pressed means the same as these, unless it has a meaning of its own
    Qt.Key.Key_Enter: Qt.Key.Key_Return,
    Qt.Key.Key_Delete: Qt.Key.Key_Backspace,
    Qt.Key.Key_Right: Qt.Key.Key_Down,
    Qt.Key.Key_Left: Qt.Key.Key_Up,
}
_SIGNS = {"Return": "↵", "Backspace": "⌫", "Down": "↓", "Up": "↑", "Esc": "Esc"}


def draft_keys(actions: Mapping[str, Action]) -> list[CommandKey]:
    """List every key of the canvas; `actions`, by id, are what can be done with selected text."""
    return [*command_keys(actions), *piece_keys()]


def command_keys(actions: Mapping[str, Action]) -> list[CommandKey]:
    """List the keys that are commands wherever the keyboard is on the canvas."""
    return [*_selected_keys(actions), *_writing_keys(), *_draft_keys()]


def text_changes() -> dict[str, Callable[[str, int, int], TextEdit | None]]:
    """Give what each command of writing does to a text and what is selected in it."""
    return {
        "bold": partial(toggled, mark="**"),
        "italic": partial(toggled, mark="*"),
        "heading-1": partial(heading, level=1),
        "heading-2": partial(heading, level=2),
        "heading-3": partial(heading, level=3),
        "link": link,
    }


def _selected_keys(actions: Mapping[str, Action]) -> list[CommandKey]:
    group = QCoreApplication.translate("CanvasCommands", "Selected text")
    return [
        CommandKey(f"{ACTION}{name}", group, action_name(action), f"Alt+{action.key}" if action.key else "")
        for name, action in actions.items()
        if name not in _NOT_HERE
    ]


def _writing_keys() -> list[CommandKey]:
    translate = QCoreApplication.translate
    group = translate("CanvasCommands", "Writing")
    return [
        CommandKey("bold", group, translate("CanvasCommands", "Bold"), "Ctrl+B"),
        CommandKey("italic", group, translate("CanvasCommands", "Italic"), "Ctrl+I"),
        CommandKey("heading-1", group, translate("CanvasCommands", "Large heading"), "Ctrl+1"),
        CommandKey("heading-2", group, translate("CanvasCommands", "Middle heading"), "Ctrl+2"),
        CommandKey("heading-3", group, translate("CanvasCommands", "Small heading"), "Ctrl+3"),
        CommandKey("link", group, translate("CanvasCommands", "Link"), "Ctrl+Shift+K"),
    ]


def _draft_keys() -> list[CommandKey]:
    translate = QCoreApplication.translate
    group = translate("CanvasCommands", "Draft")
    return [
        CommandKey("write", group, translate("CanvasCommands", "Write the rest, or stop"), "Ctrl+G"),
        CommandKey("undo", group, translate("CanvasCommands", "Undo"), "Ctrl+Z"),
        CommandKey("redo", group, translate("CanvasCommands", "Redo"), "Ctrl+Shift+Z"),
        CommandKey("version", group, translate("CanvasCommands", "Earlier version"), "Ctrl+Alt+Z"),
        CommandKey(
            "remove-own",
            group,
            translate("CanvasCommands", "Remove sentences not from the brief"),
            "Ctrl+Shift+Backspace",
        ),
        CommandKey("copy-draft", group, translate("CanvasCommands", "Copy the draft"), "Ctrl+Shift+C"),
        CommandKey("copy-rich", group, translate("CanvasCommands", "Copy the draft as rich text"), "Ctrl+Alt+C"),
        CommandKey("save-draft", group, translate("CanvasCommands", "Save as"), "Ctrl+S"),
        CommandKey("canvas-keys", group, translate("CanvasCommands", "Show all shortcuts"), "Ctrl+/"),
    ]


def piece_keys() -> list[CommandKey]:
    """List the keys that decide about the pieces of a change."""
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
    """Tells what a key means where changes are decided, as the user chose it."""

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
