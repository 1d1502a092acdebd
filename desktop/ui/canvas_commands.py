"""The commands of the canvas, each with its name, its usual key and what it does."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.ui.actions import Actions
from desktop.ui.markdown_keys import Edit, heading, link, toggled

if TYPE_CHECKING:
    from desktop.ui.canvas import Canvas

ACTION = "action-"  # begins the ids of what can be done with selected text
_IN_BAR = ("rewrite", "shorter", "longer", "formal", "friendly", "translate", "continue")
_IN_BAR_OF_CODE = ("explain", "fix-code", "test-code")
_NOT_HERE = ("ask", "reply", "summarize")  # want a request, or a mail; a summary of a draft is no part of it


def add_commands(commands: Actions, canvas: "Canvas") -> None:
    """Give a canvas its commands, and its bar the actions on selected text."""
    translate = QCoreApplication.translate
    selected = translate("CanvasCommands", "Selected text")
    actions = {name: each for name, each in canvas.selected.actions.items() if name not in _NOT_HERE}
    for name, action in actions.items():
        key = f"Alt+{action.key}" if action.key else ""
        commands.add(f"{ACTION}{name}", selected, canvas.selected.name_of(action), key, partial(canvas.act, name))
    _add_writing(commands, canvas)
    _add_draft(commands, canvas)
    bar = [name for name in (*_IN_BAR, *_IN_BAR_OF_CODE) if name in actions]
    names = {name: canvas.selected.name_of(actions[name]) for name in bar}
    canvas.bar.offer(names, {name: commands.key_of(f"{ACTION}{name}") for name in bar})
    canvas.bar.offer_only(_IN_BAR_OF_CODE if canvas.is_code else _IN_BAR)


def _add_writing(commands: Actions, canvas: "Canvas") -> None:
    translate = QCoreApplication.translate
    group = translate("CanvasCommands", "Writing")

    def add(name: str, title: str, usual: str, key: Callable[[str, int, int], Edit | None]) -> None:
        commands.add(name, group, title, usual, partial(canvas.page.change_text, key))

    add("bold", translate("CanvasCommands", "Bold"), "Ctrl+B", partial(toggled, mark="**"))
    add("italic", translate("CanvasCommands", "Italic"), "Ctrl+I", partial(toggled, mark="*"))
    add("heading-1", translate("CanvasCommands", "Large heading"), "Ctrl+1", partial(heading, level=1))
    add("heading-2", translate("CanvasCommands", "Middle heading"), "Ctrl+2", partial(heading, level=2))
    add("heading-3", translate("CanvasCommands", "Small heading"), "Ctrl+3", partial(heading, level=3))
    add("link", translate("CanvasCommands", "Link"), "Ctrl+Shift+K", link)


def _add_draft(commands: Actions, canvas: "Canvas") -> None:
    translate = QCoreApplication.translate
    group = translate("CanvasCommands", "Draft")
    commands.add("write", group, translate("CanvasCommands", "Write the rest, or stop"), "Ctrl+G", canvas.write)
    commands.add("undo", group, translate("CanvasCommands", "Undo"), "Ctrl+Z", canvas.undo)
    commands.add("redo", group, translate("CanvasCommands", "Redo"), "Ctrl+Shift+Z", canvas.redo)
    commands.add("version", group, translate("CanvasCommands", "Earlier version"), "Ctrl+Alt+Z", canvas.version_back)
    commands.add("copy-draft", group, translate("CanvasCommands", "Copy the draft"), "Ctrl+Shift+C", canvas.giving.copy)
    rich = translate("CanvasCommands", "Copy the draft as rich text")
    commands.add("copy-rich", group, rich, "Ctrl+Alt+C", canvas.giving.copy_rich)
    commands.add("save-draft", group, translate("CanvasCommands", "Save as"), "Ctrl+S", canvas.giving.save_as)
    commands.add("canvas-keys", group, translate("CanvasCommands", "Show all shortcuts"), "Ctrl+/", canvas.show_keys)
