"""The shortcuts that the user chose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.errors import BadInput
from desktop.files.settings_file import change_choices, read_choices
from desktop.quick.shortcuts.interface import BoundShortcut
from desktop.quick.shortcuts.shortcut import Shortcut, parse

USUAL = "Ctrl+Alt+Space"


@dataclass(frozen=True, slots=True)
class ShortcutChoices:
    """What the user chose about quick prompts; kept in `quick.toml` of the home.

    Attributes:
        shortcuts: by the id of an action, "" for the window without one.
        order: ids of the actions that come first.
    """

    shortcuts: Mapping[str, str] = field(default_factory=lambda: {"": USUAL})
    order: tuple[str, ...] = ()


def load_choices(path: Path) -> ShortcutChoices:
    """Read them; the usual ones where one is missing or wrong."""
    return read_choices(path, ShortcutChoices)[0]


def save_choices(path: Path, changed: Mapping[str, Any]) -> None:
    """Write changed choices, by the names of their fields; all else in the file stays. Raises OSError."""
    change_choices(path, changed)


def parsed(choices: ShortcutChoices) -> tuple[dict[str, Shortcut], dict[str, BoundShortcut]]:
    """Give the shortcuts that can be bound, and what is wrong with the others; an empty text is no shortcut at all."""
    sound: dict[str, Shortcut] = {}
    wrong = {}
    for name, text in choices.shortcuts.items():
        if not text:
            continue
        try:
            shortcut = parse(text)
        except BadInput:
            wrong[name] = BoundShortcut("unreadable", detail=text)
            continue
        if shortcut in sound.values():
            wrong[name] = BoundShortcut("twice")
        else:
            sound[name] = shortcut
    return sound, wrong
