"""X11: shortcuts that are grabbed, so that the program below never sees them, and the way back into that program.

Everything here speaks to the X server over connections of its own, never over Qt's.
"""

import os
import select
import threading
import time
from collections.abc import Callable, Mapping

from Xlib import XK, X, display, error
from Xlib.ext import xtest
from Xlib.protocol import event as events

from desktop.quick.keys import Shortcut
from desktop.quick.places import Place

_MASKS = {"Ctrl": X.ControlMask, "Alt": X.Mod1Mask, "Shift": X.ShiftMask, "Meta": X.Mod4Mask}
_LOCKS = (0, X.LockMask, X.Mod2Mask, X.LockMask | X.Mod2Mask)  # Caps Lock and Num Lock do not matter
_HELD = ("Control_L", "Control_R", "Alt_L", "Alt_R", "Shift_L", "Shift_R", "Super_L", "Super_R", "Meta_L", "Meta_R")
_V_OF_PC_KEYBOARDS = 55  # the key beside C, whatever the layout writes on it
_TERMINALS = ("term", "konsole", "kitty", "alacritty", "tilix", "terminator", "rxvt")


class XUnavailable(Exception):
    """No X server answers, or it lacks XTEST."""


def _connect() -> display.Display:
    try:
        return display.Display()
    except (error.DisplayError, OSError) as failure:
        raise XUnavailable(str(failure)) from failure


class X11Places:
    """Other programs on X11; used from one thread."""

    pastes = True

    def __init__(self) -> None:
        """Connect. Raises XUnavailable."""
        self._display = _connect()
        if self._display.query_extension("XTEST") is None:
            raise XUnavailable("no XTEST")
        self._root = self._display.screen().root
        self._active = self._display.intern_atom("_NET_ACTIVE_WINDOW")

    @property
    def composited(self) -> bool:
        """Whether a compositor runs (EWMH, _NET_WM_CM_Sn)."""
        name = f"_NET_WM_CM_S{self._display.get_default_screen()}"
        return bool(self._display.get_selection_owner(self._display.intern_atom(name)) != X.NONE)

    def here(self) -> Place:
        """Tell which window has the keyboard, and who holds the selection."""
        window = self._active_window()
        owner = self._selection_owner()
        # The upper bits of an id are those of the connection that made it (X11 protocol, "Connection Setup").
        mask = int(self._display.display.info.resource_id_mask)
        return Place(window, self._program(window), owner, selects=not window or window & ~mask == owner & ~mask)

    def go_back(self, place: Place) -> None:
        """Ask the window manager, as a pager does (EWMH, _NET_ACTIVE_WINDOW)."""
        if not place.window:
            return
        window = self._display.create_resource_object("window", place.window)
        message = events.ClientMessage(window=window, client_type=self._active, data=(32, [2, X.CurrentTime, 0, 0, 0]))
        self._root.send_event(message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        self._display.flush()

    def is_back(self, place: Place) -> bool:
        """Tell whether that window has the keyboard, and its program still holds the selection."""
        if not place.window or self._active_window() != place.window:
            return False
        return not place.owner or self._selection_owner() == place.owner

    def press_paste(self) -> None:
        """Let go of all modifiers, then press Ctrl+V by key code, so that the layout does not matter."""
        held = self._display.query_keymap()
        for name in _HELD:
            code = self._code(name)
            if code and held[code // 8] >> code % 8 & 1:
                xtest.fake_input(self._display, X.KeyRelease, code)
        control, letter = self._code("Control_L"), self._code("v") or _V_OF_PC_KEYBOARDS
        for kind, code in (
            (X.KeyPress, control),
            (X.KeyPress, letter),
            (X.KeyRelease, letter),
            (X.KeyRelease, control),
        ):
            xtest.fake_input(self._display, kind, code)
        self._display.sync()

    def close(self) -> None:
        """Leave the server."""
        self._display.close()

    def _selection_owner(self) -> int:
        owner = self._display.get_selection_owner(self._display.intern_atom("PRIMARY"))
        return int(getattr(owner, "id", 0))

    def _code(self, name: str) -> int:
        code: int = self._display.keysym_to_keycode(XK.string_to_keysym(name))
        return code

    def _active_window(self) -> int:
        found = self._root.get_full_property(self._active, X.AnyPropertyType)
        return int(found.value[0]) if found is not None and len(found.value) else 0

    def _program(self, window: int) -> str:
        if not window:
            return ""
        try:
            named = self._display.create_resource_object("window", window).get_wm_class()
        except error.XError:  # it has gone
            return ""
        return str(named[1] if named else "").lower()


def takes_no_paste(program: str) -> bool:
    """Tell whether Ctrl+V means something else there, as in terminals, whose selection cannot be replaced anyway."""
    return any(name in program for name in _TERMINALS)


class X11Shortcuts:
    """Grabs shortcuts for the whole session, on a thread of its own.

    Attributes:
        refused: names of shortcuts that another program has grabbed already, since the last `bind`.
    """

    def __init__(self, pressed: Callable[[str], None]) -> None:
        """Connect.

        Args:
            pressed: called on the thread with the name that a shortcut was bound to.

        Raises:
            XUnavailable: no X server answers.
        """
        self.refused: tuple[str, ...] = ()
        self._pressed = pressed
        self._display = _connect()
        self._root = self._display.screen().root
        self._lock = threading.RLock()  # the connection is used from two threads
        self._bound: dict[tuple[int, int], str] = {}
        self._reader, self._writer = os.pipe()
        self._thread = threading.Thread(target=self._listen, name="inkstone-shortcuts", daemon=True)
        self._thread.start()

    def bind(self, shortcuts: Mapping[str, Shortcut]) -> tuple[str, ...]:
        """Grab these in place of those before; gives the names that could not be had."""
        refused = []
        with self._lock:
            for code, mask in self._bound:
                for lock in _LOCKS:
                    self._root.ungrab_key(code, mask | lock)
            self._bound.clear()
            for name, shortcut in shortcuts.items():
                code = self._display.keysym_to_keycode(XK.string_to_keysym(shortcut.key))
                mask = 0
                for modifier in shortcut.modifiers:
                    mask |= _MASKS[modifier]
                if not code or (code, mask) in self._bound or not self._grab(code, mask):
                    refused.append(name)
                else:
                    self._bound[code, mask] = name
            self._display.sync()
        self.refused = tuple(refused)
        return self.refused

    def close(self) -> None:
        """Let go of all and end the thread."""
        self.bind({})
        os.write(self._writer, b"x")
        self._thread.join()
        self._display.close()
        os.close(self._reader)
        os.close(self._writer)

    def _grab(self, code: int, mask: int) -> bool:
        failures = [error.CatchError(error.BadAccess) for _ in _LOCKS]
        for lock, failure in zip(_LOCKS, failures, strict=True):
            self._root.grab_key(code, mask | lock, False, X.GrabModeAsync, X.GrabModeAsync, onerror=failure)  # noqa: FBT003
        self._display.sync()
        if any(failure.get_error() for failure in failures):
            for lock in _LOCKS:
                self._root.ungrab_key(code, mask | lock)
            return False
        return True

    def _listen(self) -> None:
        while True:
            ready, _, _ = select.select([self._display, self._reader], [], [], 0.5)
            if self._reader in ready:
                return
            names = []
            with self._lock:
                while self._display.pending_events():
                    happened = self._display.next_event()
                    if happened.type == X.KeyPress:
                        mask = happened.state & (X.ControlMask | X.Mod1Mask | X.ShiftMask | X.Mod4Mask)
                        names.append(self._bound.get((happened.detail, mask)))
            for name in names:
                if name is not None:
                    self._pressed(name)


def wait_until(met: Callable[[], bool], seconds: float, pause: Callable[[float], None] = time.sleep) -> bool:
    """Look every 20 ms whether something is so; False when it was not in time."""
    end = time.monotonic() + seconds
    while not met():
        if time.monotonic() > end:
            return False
        pause(0.02)
    return True
