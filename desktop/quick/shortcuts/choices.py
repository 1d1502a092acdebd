"""The shortcuts that the user chose."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import tomli_w

from desktop.atomic_file import write_text
from desktop.errors import BadInput, SettingsError
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
    """Read them; a missing file gives the usual ones.

    Raises:
        SettingsError: the file holds something else.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ShortcutChoices()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(path, str(error)) from error
    for key in table:
        if key not in ("shortcuts", "order"):
            raise SettingsError(path, f"unknown key “{key}”")
    shortcuts, order = table.get("shortcuts", {"": USUAL}), table.get("order", [])
    if not isinstance(shortcuts, dict) or not all(isinstance(one, str) for one in shortcuts.values()):
        raise SettingsError(path, "“shortcuts” must be a table of texts")
    if not isinstance(order, list) or not all(isinstance(one, str) for one in order):
        raise SettingsError(path, "“order” must be a list of texts")
    return ShortcutChoices(shortcuts, tuple(order))


def save_choices(choices: ShortcutChoices, path: Path) -> None:
    """Write them in one step. Raises OSError."""
    table = {"order": list(choices.order), "shortcuts": dict(choices.shortcuts)}
    write_text(path, tomli_w.dumps(table))


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
