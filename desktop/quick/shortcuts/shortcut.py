"""Shortcuts as people write them: "Ctrl+Alt+Space"."""

from dataclasses import dataclass

from desktop.errors import BadInput
from desktop.reasons import QuickReason

_MODIFIERS = {
    "ctrl": "Ctrl",
    "control": "Ctrl",
    "alt": "Alt",
    "shift": "Shift",
    "meta": "Meta",
    "super": "Meta",
    "win": "Meta",
}
_ORDER = ("Ctrl", "Alt", "Shift", "Meta")
_NAMED = {"space": "space", "enter": "Return", "return": "Return", "tab": "Tab", "insert": "Insert", "home": "Home"}


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Modifiers and one key.

    Attributes:
        modifiers: of Ctrl, Alt, Shift and Meta, in this order.
        key: name of an X keysym: a small letter, a digit, F1 to F24, space, Return, Tab, Insert, Home.
    """

    modifiers: tuple[str, ...]
    key: str

    def __str__(self) -> str:
        """As people write it."""
        key = self.key.upper() if len(self.key) == 1 else self.key[0].upper() + self.key[1:]
        return "+".join([*self.modifiers, key])


def parse(text: str) -> Shortcut:
    """Read a shortcut; letter case and the order of the modifiers say nothing.

    Raises:
        BadInput: it has no modifier but Shift, or a key that is not known.
    """
    *held, key = (part.strip() for part in text.split("+"))
    modifiers = {_MODIFIERS.get(one.lower(), "") for one in held}
    lower = key.lower()
    number = lower[1:] if lower.startswith("f") and lower[1:].isdigit() else ""
    if len(lower) == 1 and lower.isascii() and lower.isalnum():
        name = lower
    elif number and 1 <= int(number) <= 24:
        name = f"F{int(number)}"
    else:
        name = _NAMED.get(lower, "")
    if "" in modifiers or not name or not (modifiers - {"Shift"} or number):
        raise BadInput(QuickReason.NO_SHORTCUT(text=text))
    return Shortcut(tuple(one for one in _ORDER if one in modifiers), name)
