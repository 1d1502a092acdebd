"""The commands of the canvas, each with its name, its usual key and what it does."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.quick.actions.action import Action
from desktop.ui.canvas.markdown_keys import Edit, heading, link, toggled
from desktop.ui.canvas.piece_keys import piece_keys
from desktop.ui.quick.action_names import action_name
from desktop.ui.widgets.commands import Actions, Key

if TYPE_CHECKING:
    from desktop.ui.canvas.canvas import Canvas

ACTION = "action-"  # begins the ids of what can be done with selected text
_IN_BAR = ("rewrite", "shorter", "longer", "formal", "friendly", "translate", "continue")
_IN_BAR_OF_CODE = ("explain", "fix-code", "test-code")
_NOT_HERE = ("ask", "reply", "summarize")  # want a request, or a mail; a summary of a draft is no part of it


def draft_keys(actions: Mapping[str, Action]) -> list[Key]:
    """List every key of the canvas; `actions`, by id, are what can be done with selected text."""
    return [*_selected_keys(actions), *_writing_keys(), *_draft_keys(), *piece_keys()]


def add_commands(commands: Actions, canvas: "Canvas") -> None:
    """Give a canvas its commands, and its bar the actions on selected text."""
    actions = canvas.selected.actions
    does = {f"{ACTION}{name}": partial(canvas.act, name) for name in actions} | _writing(canvas) | _draft(canvas)
    for key in [*_selected_keys(actions), *_writing_keys(), *_draft_keys()]:
        commands.add(key.id, key.group, key.title, key.usual, does[key.id])
    bar = [name for name in (*_IN_BAR, *_IN_BAR_OF_CODE) if name in actions]
    canvas.bar.offer({name: action_name(actions[name]) for name in bar})
    canvas.bar.offer_only(_IN_BAR_OF_CODE if canvas.is_code else _IN_BAR)
    show_keys(commands, canvas)


def show_keys(commands: Actions, canvas: "Canvas") -> None:
    """Have the bar tell the keys of its buttons."""
    canvas.bar.show_keys({name: commands.key_of(f"{ACTION}{name}") for name in canvas.bar.buttons})


def _selected_keys(actions: Mapping[str, Action]) -> list[Key]:
    group = QCoreApplication.translate("CanvasCommands", "Selected text")
    return [
        Key(f"{ACTION}{name}", group, action_name(action), f"Alt+{action.key}" if action.key else "")
        for name, action in actions.items()
        if name not in _NOT_HERE
    ]


def _writing_keys() -> list[Key]:
    translate = QCoreApplication.translate
    group = translate("CanvasCommands", "Writing")
    return [
        Key("bold", group, translate("CanvasCommands", "Bold"), "Ctrl+B"),
        Key("italic", group, translate("CanvasCommands", "Italic"), "Ctrl+I"),
        Key("heading-1", group, translate("CanvasCommands", "Large heading"), "Ctrl+1"),
        Key("heading-2", group, translate("CanvasCommands", "Middle heading"), "Ctrl+2"),
        Key("heading-3", group, translate("CanvasCommands", "Small heading"), "Ctrl+3"),
        Key("link", group, translate("CanvasCommands", "Link"), "Ctrl+Shift+K"),
    ]


def _writing(canvas: "Canvas") -> dict[str, Callable[[], object]]:
    changes: dict[str, Callable[[str, int, int], Edit | None]] = {
        "bold": partial(toggled, mark="**"),
        "italic": partial(toggled, mark="*"),
        "heading-1": partial(heading, level=1),
        "heading-2": partial(heading, level=2),
        "heading-3": partial(heading, level=3),
        "link": link,
    }
    return {name: partial(canvas.page.change_text, change) for name, change in changes.items()}


def _draft_keys() -> list[Key]:
    translate = QCoreApplication.translate
    group = translate("CanvasCommands", "Draft")
    return [
        Key("write", group, translate("CanvasCommands", "Write the rest, or stop"), "Ctrl+G"),
        Key("undo", group, translate("CanvasCommands", "Undo"), "Ctrl+Z"),
        Key("redo", group, translate("CanvasCommands", "Redo"), "Ctrl+Shift+Z"),
        Key("version", group, translate("CanvasCommands", "Earlier version"), "Ctrl+Alt+Z"),
        Key("copy-draft", group, translate("CanvasCommands", "Copy the draft"), "Ctrl+Shift+C"),
        Key("copy-rich", group, translate("CanvasCommands", "Copy the draft as rich text"), "Ctrl+Alt+C"),
        Key("save-draft", group, translate("CanvasCommands", "Save as"), "Ctrl+S"),
        Key("canvas-keys", group, translate("CanvasCommands", "Show all shortcuts"), "Ctrl+/"),
    ]


def _draft(canvas: "Canvas") -> dict[str, Callable[[], object]]:
    return {
        "write": canvas.write,
        "undo": canvas.undo,
        "redo": canvas.redo,
        "version": canvas.version_back,
        "copy-draft": canvas.giving.copy,
        "copy-rich": canvas.giving.copy_rich,
        "save-draft": canvas.giving.save_as,
        "canvas-keys": canvas.show_keys,
    }
