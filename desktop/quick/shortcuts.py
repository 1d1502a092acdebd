"""Global shortcuts: which back end this machine has, said in a sentence, and the shortcuts that the user chose."""

import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import tomli_w

from desktop.errors import BadInput, SettingsError
from desktop.quick.keys import Shortcut, parse

USUAL = "Ctrl+Alt+Space"


class Shortcuts(Protocol):
    """Keys that call Inkstone wherever the focus is."""

    def bind(self, shortcuts: Mapping[str, Shortcut]) -> tuple[str, ...]:
        """Take these in place of those before; gives the names that could not be had."""
        ...

    def close(self) -> None:
        """Let go of all."""
        ...


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user chose about quick prompts; kept in `quick.toml` of the home.

    Attributes:
        shortcuts: by the id of an action, "" for the window without one.
        order: ids of the actions that come first.
    """

    shortcuts: Mapping[str, str] = field(default_factory=lambda: {"": USUAL})
    order: tuple[str, ...] = ()


def load_choices(path: Path) -> Choices:
    """Read them; a missing file gives the usual ones.

    Raises:
        SettingsError: the file holds something else.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Choices()
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
    return Choices(shortcuts, tuple(order))


def save_choices(choices: Choices, path: Path) -> None:
    """Write them in one step. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    table = {"order": list(choices.order), "shortcuts": dict(choices.shortcuts)}
    partial.write_text(tomli_w.dumps(table), encoding="utf-8")
    partial.replace(path)


def parsed(choices: Choices) -> tuple[dict[str, Shortcut], tuple[str, ...]]:
    """Give the shortcuts that can be bound, and the names of those that are none or are there twice."""
    sound: dict[str, Shortcut] = {}
    wrong = []
    for name, text in choices.shortcuts.items():
        if not text:
            continue
        try:
            shortcut = parse(text)
        except BadInput:
            wrong.append(name)
            continue
        if shortcut in sound.values():
            wrong.append(name)
        else:
            sound[name] = shortcut
    return sound, tuple(wrong)


def backend(environment: Mapping[str, str], platform: str = sys.platform) -> tuple[str, str]:
    """Name the back end of a machine (x11 or command), and say what that means for the user."""
    if platform.startswith("linux") and environment.get("WAYLAND_DISPLAY"):
        return "command", "Wayland: bind the command “inkstone quick” in the keyboard settings of the desktop"
    if platform.startswith("linux") and environment.get("DISPLAY"):
        return "x11", "X11: Inkstone takes its shortcuts from the X server itself"
    if platform.startswith("linux"):
        return "command", "no display: there are no shortcuts here"
    return "command", "this system: bind the command “inkstone quick” to a key with its own tools"


def open_shortcuts(environment: Mapping[str, str], pressed: Callable[[str], None]) -> Shortcuts | None:
    """Open the back end; None where the command must be bound.

    Args:
        environment: tells the desktop.
        pressed: called with the name of a shortcut, on a thread of the back end's own.
    """
    if backend(environment)[0] == "x11":
        from desktop.quick.x11 import X11Shortcuts, XUnavailable

        try:
            return X11Shortcuts(pressed)
        except XUnavailable:
            return None
    return None
