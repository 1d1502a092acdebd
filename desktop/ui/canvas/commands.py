"""The commands of the canvas, each with its name and its usual key, and what those of writing do to a text."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication

from desktop.quick.actions.action import Action
from desktop.ui.canvas.markdown_keys import TextEdit, heading, link, toggled
from desktop.ui.canvas.piece_keys import piece_keys
from desktop.ui.quick.action_names import action_name
from desktop.ui.widgets.commands import CommandKey

ACTION = "action-"  # begins the ids of what can be done with selected text
IN_BAR = ("rewrite", "shorter", "longer", "formal", "friendly", "translate", "continue")
IN_BAR_OF_CODE = ("explain", "fix-code", "test-code")
_NOT_HERE = ("ask", "reply", "summarize")  # want a request, or a mail; a summary of a draft is no part of it


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
        CommandKey("copy-draft", group, translate("CanvasCommands", "Copy the draft"), "Ctrl+Shift+C"),
        CommandKey("copy-rich", group, translate("CanvasCommands", "Copy the draft as rich text"), "Ctrl+Alt+C"),
        CommandKey("save-draft", group, translate("CanvasCommands", "Save as"), "Ctrl+S"),
        CommandKey("canvas-keys", group, translate("CanvasCommands", "Show all shortcuts"), "Ctrl+/"),
    ]
