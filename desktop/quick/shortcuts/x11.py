"""X11: shortcuts that are grabbed, so that the program below never sees them."""

import contextlib
import itertools
import select

from Xlib import X, error

from desktop.quick.shortcuts.interface import BoundShortcut, Pressed, Reported
from desktop.quick.shortcuts.thread import ShortcutThread
from desktop.quick.x11_display import code_of, connect

_MODIFIER_KEYS = {"Alt": ("Alt_L", "Meta_L"), "Meta": ("Super_L", "Hyper_L")}
_USUAL = {"Ctrl": X.ControlMask, "Shift": X.ShiftMask, "Alt": X.Mod1Mask, "Meta": X.Mod4Mask}
_KEYBOARD, _MODIFIERS = 1, 0  # what MappingNotify is about (X11 protocol); 2 is the pointer


class X11Shortcuts(ShortcutThread):
    """Grabs shortcuts for the whole session, on a thread and a connection of its own; a `ShortcutBackEnd`.

    A change of the keyboard's layout is followed: “Z” is where the layout has it. On a layout without Latin letters
    the places of a US keyboard hold.
    """

    def __init__(self, pressed: Pressed, reported: Reported, name: str | None = None) -> None:
        """Connect.

        Args:
            pressed: called on the thread with the name that a shortcut was bound to.
            reported: called on the thread after each `bind`, and where a new layout changes what holds.
            name: of the display; None: as the environment says.

        Raises:
            XUnavailable: no X server answers.
        """
        super().__init__()
        self._pressed, self._reported = pressed, reported
        self._display = connect(name)
        self._root = self._display.screen().root
        self._grabbed: dict[tuple[int, int], str] = {}
        self._results: dict[str, BoundShortcut] = {}
        self._masks = dict(_USUAL)
        self._locks: tuple[int, ...] = (0,)
        self._learn_modifiers()
        self._thread.start()

    def _live(self) -> None:
        try:
            while self._step():
                pass
        except (error.ConnectionClosedError, OSError) as failure:  # the session ends, or its server has crashed
            self._reported({name: BoundShortcut("failed", detail=str(failure)) for name in self._wanted})
        finally:
            with contextlib.suppress(error.ConnectionClosedError):
                self._display.close()

    def _step(self) -> bool:
        if not self._display.pending_events():
            select.select([self._display, self._inbox], [], [])
        for wanted in self._inbox.take():
            if wanted is None:
                self._let_go()
                self._display.sync()
                return False
            self._wanted = wanted
            self._grab_all()
            self._reported(dict(self._results))
        for name in self._read_events():
            self._pressed(name, "")
        return True

    def _read_events(self) -> list[str]:
        names, remapped = [], False
        while self._display.pending_events():
            happened = self._display.next_event()
            if happened.type == X.KeyPress:
                # The grab lasts until the key is up; without this, keys sent to the program below would come here. They
                # are sent on another connection: the server must have done this before anybody hears of the shortcut.
                self._display.ungrab_keyboard(X.CurrentTime)
                self._display.sync()
                names.append(self._grabbed.get((happened.detail, happened.state & self._told_apart)))
            elif happened.type == X.MappingNotify and happened.request in (_KEYBOARD, _MODIFIERS):
                self._display.refresh_keyboard_mapping(happened)
                remapped = True
        self._display.flush()
        if remapped:
            before = dict(self._results)
            self._learn_modifiers()
            self._grab_all()
            if self._results != before:
                self._reported(dict(self._results))
        return [name for name in names if name is not None]

    @property
    def _told_apart(self) -> int:
        mask = 0
        for one in self._masks.values():
            mask |= one
        return mask

    def _learn_modifiers(self) -> None:
        """Find which bits Alt, Super and the locks have on this keyboard."""
        rows = self._display.get_modifier_mapping()

        def mask_of(*names: str) -> int:
            for name in names:
                code = code_of(self._display, name)
                for bit, codes in enumerate(rows):
                    if code and code in codes:
                        return 1 << bit
            return 0

        self._masks = {one: mask_of(*_MODIFIER_KEYS.get(one, ())) or usual for one, usual in _USUAL.items()}
        locks = {X.LockMask, mask_of("Num_Lock") or X.Mod2Mask, mask_of("Scroll_Lock")}
        locks -= {0, *self._masks.values()}
        chosen = itertools.chain.from_iterable(itertools.combinations(locks, n) for n in range(len(locks) + 1))
        self._locks = tuple(sum(some) for some in chosen)

    def _let_go(self) -> None:
        # By the key alone: the locks may have had other bits when it was grabbed. A key that has gone is no error here.
        for code, _ in self._grabbed:
            self._root.ungrab_key(code, X.AnyModifier, onerror=error.CatchError(error.BadValue))
        self._grabbed.clear()

    def _grab_all(self) -> None:
        self._let_go()
        self._results.clear()
        for name, shortcut in self._wanted.items():
            code = code_of(self._display, shortcut.key)
            mask = 0
            for modifier in shortcut.modifiers:
                mask |= self._masks[modifier]
            if not code:
                self._results[name] = BoundShortcut("no key")
            elif (code, mask) in self._grabbed:
                self._results[name] = BoundShortcut("twice")
            elif self._grab(code, mask):
                self._grabbed[code, mask] = name
                self._results[name] = BoundShortcut(keys=str(shortcut))
            else:
                self._results[name] = BoundShortcut("taken")
        self._display.sync()  # whoever hears that a key was let go of can have it

    def _grab(self, code: int, mask: int) -> bool:
        failures = [error.CatchError(error.BadAccess) for _ in self._locks]
        for lock, failure in zip(self._locks, failures, strict=True):
            self._root.grab_key(code, mask | lock, False, X.GrabModeAsync, X.GrabModeAsync, onerror=failure)  # noqa: FBT003
        self._display.sync()
        if any(failure.get_error() for failure in failures):
            for lock in self._locks:
                self._root.ungrab_key(code, mask | lock)
            self._display.sync()
            return False
        return True
