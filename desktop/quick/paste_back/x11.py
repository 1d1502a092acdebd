"""X11: the way back into the program that a selection came from, over a connection of its own, never over Qt's."""

from Xlib import X, error
from Xlib.ext import xtest
from Xlib.protocol import event as events

from desktop.quick.paste_back.interface import ClipboardOffer, PasteTarget
from desktop.quick.paste_back.x11_key_receipt import KeyReceipt
from desktop.quick.x11_display import XUnavailable, code_of, connect

_HELD = ("Control_L", "Control_R", "Alt_L", "Alt_R", "Shift_L", "Shift_R", "Super_L", "Super_R", "Meta_L", "Meta_R")
_TERMINALS = ("term", "konsole", "kitty", "alacritty", "tilix", "terminator", "rxvt")
_EDITORS = ("emacs", "vim")  # Ctrl+C means something else there, and what is selected in them is PRIMARY anyway


class X11PasteBack:
    """Other programs on X11; used from one thread."""

    pastes = True

    def __init__(self) -> None:
        """Connect. Raises XUnavailable."""
        self._display = connect()
        if self._display.query_extension("XTEST") is None:
            raise XUnavailable("no XTEST")
        self._root = self._display.screen().root
        self._active = self._display.intern_atom("_NET_ACTIVE_WINDOW")
        self._reading: KeyReceipt | None = None

    @property
    def composited(self) -> bool:
        """Whether a compositor runs (EWMH, _NET_WM_CM_Sn)."""
        name = f"_NET_WM_CM_S{self._display.get_default_screen()}"
        return bool(self._display.get_selection_owner(self._display.intern_atom(name)) != X.NONE)

    def here(self) -> PasteTarget:
        """Tell which window has the keyboard, and who holds the selection."""
        window = self._active_window()
        owner = self._selection_owner()
        # The upper bits of an id are those of the connection that made it (X11 protocol, "Connection Setup").
        mask = int(self._display.display.info.resource_id_mask)
        return PasteTarget(window, self._program(window), owner, selects=not window or window & ~mask == owner & ~mask)

    def go_back(self, target: PasteTarget) -> None:
        """Ask the window manager, as a pager does (EWMH, _NET_ACTIVE_WINDOW)."""
        if not target.window:
            return
        window = self._display.create_resource_object("window", target.window)
        message = events.ClientMessage(window=window, client_type=self._active, data=(32, [2, X.CurrentTime, 0, 0, 0]))
        self._root.send_event(message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        self._display.flush()

    def is_back(self, target: PasteTarget) -> bool:
        """Tell whether that window has the keyboard, and its program still holds the selection."""
        if not target.window or self._active_window() != target.window:
            return False
        return not target.owner or self._selection_owner() == target.owner

    def can_paste(self, target: PasteTarget) -> bool:
        """Tell whether Ctrl+V pastes there; terminals take it for something else, and cannot replace a selection."""
        return bool(target.window) and not any(name in target.program for name in _TERMINALS)

    def press_paste(self) -> None:
        """Let go of all modifiers, then press Ctrl+V by key code, so that the layout does not matter."""
        self._let_go()
        self._press_with_control("v")

    def can_copy(self, target: PasteTarget) -> bool:
        """Tell whether Ctrl+C copies there."""
        return bool(target.window) and not any(name in target.program for name in (*_EDITORS, *_TERMINALS))

    def press_copy(self) -> None:
        """Let go of all keys, also of the shortcut's own, then press Ctrl+C by key code."""
        self._let_go(everything=True)
        self._reading = KeyReceipt(self._display, self._active_window())
        self._press_with_control("c")

    def has_read_keys(self) -> bool:
        """Tell whether the program has got those keys."""
        return self._reading is None or self._reading.reached()

    def offer(self, text: str, target: PasteTarget) -> ClipboardOffer | None:
        """Own the clipboard over a connection that sees who asks."""
        from desktop.quick.paste_back.x11_offer import X11Offer

        try:
            return X11Offer(text, target.window)
        except XUnavailable:
            return None

    def clipboard_changes(self) -> int:
        """Leave it to Qt."""
        return 0

    def clipboard_is_secret(self) -> bool:
        """Leave it to Qt."""
        return False

    def _let_go(self, *, everything: bool = False) -> None:
        held = self._display.query_keymap()
        down = {code for code in range(8, 256) if held[code // 8] >> code % 8 & 1}
        modifiers = {self._code(name) for name in _HELD}
        for code in down if everything else down & modifiers:
            xtest.fake_input(self._display, X.KeyRelease, code)

    def _press_with_control(self, key: str) -> None:
        control, letter = self._code("Control_L"), self._code(key)
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
        return code_of(self._display, name)

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
