"""X11: a connection to the X server, and the codes of its keys."""

from Xlib import XK, display, error

from desktop.quick.shortcuts.interface import BackEndUnavailable

# Where these keys are on every PC keyboard (evdev), whatever the layout writes on them; rows from their first key on.
_ROWS = {10: "1234567890", 24: "qwertyuiop", 38: "asdfghjkl", 52: "zxcvbnm"}


class XUnavailable(BackEndUnavailable):
    """No X server answers, or it lacks XTEST."""


def connect(name: str | None = None) -> display.Display:
    """Open a connection. Raises XUnavailable."""
    try:
        return display.Display(name)
    except (error.DisplayError, OSError) as failure:
        raise XUnavailable(str(failure)) from failure


def code_of(server: display.Display, name: str) -> int:
    """Give the code of a key by the name of its keysym, 0 where the keyboard has none.

    A layout without Latin letters has its own ones on their keys: there the key is found by its place.
    """
    code: int = server.keysym_to_keycode(XK.string_to_keysym(name))
    if not code and len(name) == 1:
        code = next((first + row.index(name) for first, row in _ROWS.items() if name in row), 0)
    return code
