"""The commands of the canvas, each with its name, its usual key and what it does."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.ui.actions import Actions

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
    bar = [name for name in (*_IN_BAR, *_IN_BAR_OF_CODE) if name in actions]
    names = {name: canvas.selected.name_of(actions[name]) for name in bar}
    canvas.bar.offer(names, {name: commands.key_of(f"{ACTION}{name}") for name in bar})
    canvas.bar.offer_only(_IN_BAR_OF_CODE if canvas.is_code else _IN_BAR)
