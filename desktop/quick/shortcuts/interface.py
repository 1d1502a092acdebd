"""Global shortcuts: what every back end can do, and what becomes of a shortcut."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from desktop.quick.shortcuts.shortcut import Shortcut

BackEnd = Literal["x11", "portal", "windows", "macos", "wayland", "nothing", "other"]
Trouble = Literal[
    "", "asked", "taken", "twice", "unreadable", "no key", "denied", "unassigned", "gone", "no portal", "failed"
]

SENTENCES: Mapping[BackEnd, str] = {
    "x11": "X11: Inkstone takes its shortcuts from the X server itself",
    "portal": "Wayland: the desktop asks you once and then calls Inkstone, through its portal",
    "windows": "Windows: Inkstone registers its shortcuts with the system",
    "macos": "macOS: Inkstone registers its shortcuts with the system",
    "wayland": "Wayland without portal: bind the command “inkstone quick” in the keyboard settings of the desktop",
    "nothing": "no display: there are no shortcuts here",
    "other": "this system: bind the command “inkstone quick” to a key with its own tools",
}
TROUBLES: Mapping[Trouble, str] = {
    "": "",
    "asked": "the desktop is asking you for it",
    "taken": "another program has this shortcut; choose another one",
    "twice": "two actions have this shortcut; choose another one for one of them",
    "unreadable": "this is no shortcut; write one as Ctrl+Alt+Space",
    "no key": "the keyboard has no such key",
    "denied": "you or the desktop refused it; it is asked for again when it is changed or Inkstone starts",
    "unassigned": "the desktop gave it no key; choose one in its keyboard settings",
    "gone": "the desktop's portal has ended; the shortcut holds again when it is back",
    "no portal": "the desktop has no portal for shortcuts; bind the command “inkstone quick” in its keyboard settings",
    "failed": "the system refused it",
}


class BackEndUnavailable(Exception):
    """The system that a back end speaks to does not answer."""


@dataclass(frozen=True, slots=True)
class BoundShortcut:
    """What became of one shortcut.

    Attributes:
        trouble: "" when it holds; else why it does not, a stable word that `TROUBLES` tells in English.
        keys: what is to be pressed, as the desktop says it; it may differ from what was wished.
        detail: what the system answered, where it said more.
    """

    trouble: Trouble = ""
    keys: str = ""
    detail: str = ""

    @property
    def holds(self) -> bool:
        """Whether pressing it calls Inkstone."""
        return not self.trouble

    def __str__(self) -> str:
        """Tell it in English."""
        said = TROUBLES[self.trouble]
        return f"{said} ({self.detail})" if self.detail else said


class ShortcutBackEnd(Protocol):
    """Keys that call Inkstone wherever the focus is; nothing here waits for a person or another program.

    Whoever opens one gives it two functions, which are called on a thread of the back end's own (macOS: the main one):
    `pressed(name, activation)` with the leave to come to the front that Wayland gives ("" elsewhere), and
    `reported(results)` with what became of every shortcut of the last `bind`, again whenever that changes.
    """

    def bind(self, shortcuts: Mapping[str, Shortcut]) -> None:
        """Take these in place of those before; "" is the window without an action."""
        ...

    def close(self) -> None:
        """Let go of all and end the thread."""
        ...


Pressed = Callable[[str, str], None]
Reported = Callable[[Mapping[str, BoundShortcut]], None]
