"""X11: whether a program has come to a key that was pressed (EWMH, _NET_WM_USER_TIME)."""

from Xlib import X, Xatom, display, error

_HALF = 1 << 31  # the server's times are 32 bits of milliseconds, and begin anew after 49 days


class KeyReceipt:
    """Made before a key is pressed, it tells when the program of a window has got that key.

    Programs write the time of each key that they get on their window, for the window manager. That the text of a key
    is worked off is not said by it, but comes soon after; a program that is busy or stopped writes nothing.
    """

    def __init__(self, server: display.Display, window: int) -> None:
        """Note the time.

        Args:
            server: a connection with no wait for events of its own.
            window: that has the keyboard; 0 where that is not known.
        """
        self._server = server
        self._window = window
        self._time, self._elsewhere = (server.intern_atom(f"_NET_WM_USER_TIME{end}") for end in ("", "_WINDOW"))
        self._tells = self._told() is not None
        self._now = _time_of(server) if self._tells else 0

    def reached(self) -> bool:
        """Tell whether the program has got the key; of one that never tells, or has gone, it is taken for granted."""
        told = self._told() if self._tells else None
        return told is None or (told - self._now) % (2 * _HALF) < _HALF

    def _told(self) -> int | None:
        """Read the time of the program's last key; it may stand on a window that is there for this alone."""
        for window in (self._number(self._window, self._elsewhere), self._window):
            if window and (told := self._number(window, self._time)) is not None:
                return told
        return None

    def _number(self, window: int, name: int) -> int | None:
        if not window:
            return None
        try:
            found = self._server.create_resource_object("window", window).get_full_property(name, X.AnyPropertyType)
        except error.XError:  # it has gone
            return None
        return int(found.value[0]) if found is not None and len(found.value) else None


def _time_of(server: display.Display) -> int:
    """Ask for the server's time, as programs do (ICCCM 2.1): by a change of a property, which comes with it."""
    window = server.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent, event_mask=X.PropertyChangeMask)
    window.change_property(Xatom.WM_NAME, Xatom.STRING, 8, b"")
    while (happened := server.next_event()).type != X.PropertyNotify:
        if happened.type == X.MappingNotify:
            server.refresh_keyboard_mapping(happened)
    window.destroy()
    return int(happened.time)
