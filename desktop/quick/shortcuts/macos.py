"""macOS: RegisterEventHotKey (Apple: Carbon, CarbonEvents.h). Written from the headers and not run on the platform.

Carbon calls back in the main thread's event loop, which Qt runs; so everything here is used from the main thread.
"""

import ctypes
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from desktop.quick.shortcuts.interface import BackEndUnavailable, BoundShortcut, Pressed, Reported
from desktop.quick.shortcuts.shortcut import Shortcut

EVENT_HOT_KEY_EXISTS = -9878  # eventHotKeyExistsErr
_MODIFIERS = {"Meta": 0x0100, "Shift": 0x0200, "Alt": 0x0800, "Ctrl": 0x1000}  # cmdKey, shiftKey, optionKey, controlKey
_KEYBOARD_CLASS, _HOT_KEY_PRESSED = int.from_bytes(b"keyb"), 5
_DIRECT_OBJECT, _HOT_KEY_ID, _SIGNATURE = int.from_bytes(b"----"), int.from_bytes(b"hkid"), int.from_bytes(b"Inks")
# Virtual key codes are places on an ANSI keyboard (HIToolbox, Events.h: kVK_…), in rows as they are numbered.
_PLACES = {
    **dict(zip("asdfhgzxcv", (0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    **dict(zip("bqweryt123465", (11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23), strict=True)),
    **dict(zip("97", (25, 26), strict=True)),
    **dict(zip("80", (28, 29), strict=True)),
    **dict(zip("ouipljknm", (31, 32, 34, 35, 37, 38, 40, 45, 46), strict=True)),
    "Return": 36,
    "Tab": 48,
    "space": 49,
    "Insert": 114,
    "Home": 115,
    **dict(
        zip(
            (f"F{number}" for number in range(1, 21)),
            (122, 120, 99, 118, 96, 97, 98, 100, 101, 109, 103, 111, 105, 107, 113, 106, 64, 79, 80, 90),
            strict=True,
        )
    ),
}


class MacHotKeyApi(Protocol):
    """What of Carbon this needs."""

    def listen(self, pressed: Callable[[int], None]) -> None:
        """Have a function called with the number of each shortcut that is pressed."""
        ...

    def register(self, number: int, modifiers: int, key: int) -> tuple[int, object]:
        """Take a shortcut; 0 and what it is let go of with, or the code of the error."""
        ...

    def unregister(self, reference: object) -> None:
        """Let go of one."""
        ...

    def close(self) -> None:
        """Listen no more."""
        ...


class MacShortcuts:
    """Registers shortcuts; a `ShortcutBackEnd` that calls back on the main thread."""

    def __init__(self, pressed: Pressed, reported: Reported, api: MacHotKeyApi | None = None) -> None:
        """Begin.

        Args:
            pressed: called with the name of a shortcut.
            reported: called after each `bind`.
            api: the system; None: that of this machine.

        Raises:
            BackEndUnavailable: Carbon is not there.
        """
        self._pressed, self._reported = pressed, reported
        self._api: MacHotKeyApi = Carbon() if api is None else api
        self._held: dict[int, tuple[str, object]] = {}
        self._number = 0
        self._api.listen(self._hear)

    def bind(self, shortcuts: Mapping[str, Shortcut]) -> None:
        """Register these in place of those before."""
        self._let_go()
        results: dict[str, BoundShortcut] = {}
        for name, shortcut in shortcuts.items():
            key = key_of(shortcut)
            if key is None:
                results[name] = BoundShortcut("no key")
                continue
            self._number += 1  # never one of before: an old press may be on its way
            code, reference = self._api.register(self._number, modifiers_of(shortcut), key)
            if not code:
                self._held[self._number] = (name, reference)
                results[name] = BoundShortcut(keys=str(shortcut))
            else:
                results[name] = (
                    BoundShortcut("taken")
                    if code == EVENT_HOT_KEY_EXISTS
                    else BoundShortcut("failed", detail=f"OSStatus {code}")
                )
        self._reported(results)

    def close(self) -> None:
        """Let go of all."""
        self._let_go()
        self._api.close()

    def _hear(self, number: int) -> None:
        if number in self._held:
            self._pressed(self._held[number][0], "")

    def _let_go(self) -> None:
        for _, reference in self._held.values():
            self._api.unregister(reference)
        self._held.clear()


def modifiers_of(shortcut: Shortcut) -> int:
    """Give Carbon's mask; Meta is Command, Alt is Option."""
    return sum(_MODIFIERS[one] for one in shortcut.modifiers)


def key_of(shortcut: Shortcut) -> int | None:
    """Give the virtual key code, None where a Mac has no such key."""
    return _PLACES.get(shortcut.key)


class _EventTypeSpec(ctypes.Structure):
    _fields_ = (("eventClass", ctypes.c_uint32), ("eventKind", ctypes.c_uint32))


class _HotKeyId(ctypes.Structure):
    _fields_ = (("signature", ctypes.c_uint32), ("id", ctypes.c_uint32))


class Carbon:
    """The functions themselves, through ctypes."""

    def __init__(self) -> None:
        """Load the framework. Raises BackEndUnavailable."""
        try:
            carbon: Any = ctypes.CDLL("/System/Library/Frameworks/Carbon.framework/Carbon")
        except OSError as error:
            raise BackEndUnavailable(str(error)) from error
        pointer, word = ctypes.c_void_p, ctypes.c_uint32
        carbon.GetApplicationEventTarget.restype = pointer
        carbon.InstallEventHandler.argtypes = [pointer, pointer, ctypes.c_ulong, pointer, pointer, pointer]
        carbon.RegisterEventHotKey.argtypes = [word, word, _HotKeyId, pointer, word, pointer]
        carbon.UnregisterEventHotKey.argtypes = [pointer]
        carbon.RemoveEventHandler.argtypes = [pointer]
        carbon.GetEventParameter.argtypes = [pointer, word, word, pointer, ctypes.c_ulong, pointer, pointer]
        self._carbon = carbon
        self._handler = ctypes.c_void_p()
        self._callback: object = None

    def listen(self, pressed: Callable[[int], None]) -> None:
        """InstallEventHandler at the application's target."""
        kind = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)

        def called(_: object, event: object, __: object) -> int:
            found = _HotKeyId()
            size = ctypes.sizeof(found)
            self._carbon.GetEventParameter(
                event, _DIRECT_OBJECT, _HOT_KEY_ID, None, size, None, ctypes.addressof(found)
            )
            if found.signature == _SIGNATURE:
                pressed(int(found.id))
            return 0

        callback = kind(called)
        self._callback = callback  # Carbon keeps only its address
        wanted = _EventTypeSpec(_KEYBOARD_CLASS, _HOT_KEY_PRESSED)
        self._carbon.InstallEventHandler(
            self._carbon.GetApplicationEventTarget(),
            ctypes.cast(callback, ctypes.c_void_p),
            1,
            ctypes.addressof(wanted),
            None,
            ctypes.addressof(self._handler),
        )

    def register(self, number: int, modifiers: int, key: int) -> tuple[int, object]:
        """RegisterEventHotKey."""
        reference = ctypes.c_void_p()
        target = self._carbon.GetApplicationEventTarget()
        code = self._carbon.RegisterEventHotKey(
            key, modifiers, _HotKeyId(_SIGNATURE, number), target, 0, ctypes.addressof(reference)
        )
        return int(code), reference

    def unregister(self, reference: object) -> None:
        """UnregisterEventHotKey."""
        self._carbon.UnregisterEventHotKey(reference)

    def close(self) -> None:
        """RemoveEventHandler."""
        self._carbon.RemoveEventHandler(self._handler)
