"""The commands of the canvas, each with its name, its usual key and what it does."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.quick.actions.action import Action
from desktop.ui.canvas.markdown_keys import TextEdit, heading, link, toggled
from desktop.ui.canvas.piece_keys import piece_keys
from desktop.ui.quick.action_names import action_name
from desktop.ui.widgets.commands import CommandKey, Commands

if TYPE_CHECKING:
    from desktop.ui.canvas.canvas import Canvas

ACTION = "action-"  # begins the ids of what can be done with selected text
_IN_BAR = ("rewrite", "shorter", "longer", "formal", "friendly", "translate", "continue")
_IN_BAR_OF_CODE = ("explain", "fix-code", "test-code")
_NOT_HERE = ("ask", "reply", "summarize")  # want a request, or a mail; a summary of a draft is no part of it


def draft_keys(actions: Mapping[str, Action]) -> list[CommandKey]:
    """List every key of the canvas; `actions`, by id, are what can be done with selected text."""
    return [*_selected_keys(actions), *_writing_keys(), *_draft_keys(), *piece_keys()]


def add_commands(commands: Commands, canvas: "Canvas") -> None:
    """Give a canvas its commands, and its bar the actions on selected text."""
    actions = canvas.selected.actions
    does = {f"{ACTION}{name}": partial(canvas.act, name) for name in actions} | _writing(canvas) | _draft(canvas)
    for key in [*_selected_keys(actions), *_writing_keys(), *_draft_keys()]:
        commands.add(key.id, key.group, key.title, key.usual, does[key.id])
    bar = [name for name in (*_IN_BAR, *_IN_BAR_OF_CODE) if name in actions]
    canvas.bar.offer({name: action_name(actions[name]) for name in bar})
    canvas.bar.offer_only(_IN_BAR_OF_CODE if canvas.is_code else _IN_BAR)
    show_keys(commands, canvas)


def show_keys(commands: Commands, canvas: "Canvas") -> None:
    """Have the bar tell the keys of its buttons."""
    canvas.bar.show_keys({name: commands.key_of(f"{ACTION}{name}") for name in canvas.bar.buttons})


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


def _writing(canvas: "Canvas") -> dict[str, Callable[[], object]]:
    changes: dict[str, Callable[[str, int, int], TextEdit | None]] = {
        "bold": partial(toggled, mark="**"),
        "italic": partial(toggled, mark="*"),
        "heading-1": partial(heading, level=1),
        "heading-2": partial(heading, level=2),
        "heading-3": partial(heading, level=3),
        "link": link,
    }
    return {name: partial(canvas.page.change_text, change) for name, change in changes.items()}


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


def _draft(canvas: "Canvas") -> dict[str, Callable[[], object]]:
    return {
        "write": canvas.write,
        "undo": canvas.undo,
        "redo": canvas.redo,
        "version": canvas.version_back,
        "copy-draft": canvas.export.copy,
        "copy-rich": canvas.export.copy_rich,
        "save-draft": canvas.export.save_as,
        "canvas-keys": canvas.show_keys,
    }
