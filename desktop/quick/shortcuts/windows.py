"""Windows: RegisterHotKey (Microsoft: winuser.h). Written from the documentation and not run on the platform."""

import ctypes
import threading
from collections.abc import Mapping
from typing import Any, Protocol

from desktop.quick.shortcuts.interface import BoundShortcut, Pressed, Reported
from desktop.quick.shortcuts.shortcut import Shortcut

WM_HOTKEY, WM_QUIT, WM_WAKE = 0x0312, 0x0012, 0x8000 + 1  # the last is one of an application's own (WM_APP)
ERROR_HOTKEY_ALREADY_REGISTERED = 1409
_MODIFIERS = {"Alt": 0x0001, "Ctrl": 0x0002, "Shift": 0x0004, "Meta": 0x0008}
_NO_REPEAT = 0x4000
_KEYS = {"space": 0x20, "Return": 0x0D, "Tab": 0x09, "Insert": 0x2D, "Home": 0x24}


class WindowsHotKeyApi(Protocol):
    """What of Windows this needs; all but `wake` is called on the thread that owns the keys."""

    def open_queue(self) -> int:
        """Give the thread a queue of messages, and its id."""
        ...

    def register(self, number: int, modifiers: int, key: int) -> int:
        """Take a shortcut; 0, or the code of the error."""
        ...

    def unregister(self, number: int) -> None:
        """Let go of one."""
        ...

    def next_message(self) -> tuple[int, int]:
        """Wait for a message; its number and its first parameter."""
        ...

    def wake(self, thread: int, message: int) -> None:
        """Send a message without content to a thread."""
        ...


class WindowsShortcuts:
    """Registers shortcuts, on a thread of its own with a queue of messages; a `ShortcutBackEnd`."""

    def __init__(self, pressed: Pressed, reported: Reported, api: WindowsHotKeyApi | None = None) -> None:
        """Begin.

        Args:
            pressed: called on the thread with the name of a shortcut.
            reported: called on the thread after each `bind`.
            api: the system; None: that of this machine.
        """
        self._pressed, self._reported = pressed, reported
        self._api: WindowsHotKeyApi = User32() if api is None else api
        self._lock = threading.Lock()
        self._wanted: Mapping[str, Shortcut] = {}
        self._closing = False
        self._names: dict[int, str] = {}
        self._number = 0
        self._windows_thread = 0
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="inkstone-shortcuts", daemon=True)
        self._thread.start()
        self._ready.wait()  # only until the thread has a queue, for a message sent before is lost

    def bind(self, shortcuts: Mapping[str, Shortcut]) -> None:
        """Register these in place of those before."""
        with self._lock:
            self._wanted = dict(shortcuts)
        self._api.wake(self._windows_thread, WM_WAKE)

    def close(self) -> None:
        """Let go of all and end the thread."""
        self._closing = True
        self._api.wake(self._windows_thread, WM_WAKE)
        self._thread.join()

    def _listen(self) -> None:
        self._windows_thread = self._api.open_queue()
        self._ready.set()
        while not self._closing:
            message, number = self._api.next_message()
            if message == WM_HOTKEY and number in self._names:
                self._pressed(self._names[number], "")
            elif message == WM_WAKE and not self._closing:
                self._register_all()
            elif message == WM_QUIT:
                break
        self._let_go()

    def _let_go(self) -> None:
        for number in self._names:
            self._api.unregister(number)
        self._names.clear()

    def _register_all(self) -> None:
        with self._lock:
            wanted = self._wanted
        self._let_go()
        results = {}
        for name, shortcut in wanted.items():
            # Never a number of before: a press of an old shortcut may be in the queue still. 0xBFFF is the last one.
            self._number = self._number % 0xBFFF + 1
            code = self._api.register(self._number, modifiers_of(shortcut), key_of(shortcut))
            if not code:
                self._names[self._number] = name
                results[name] = BoundShortcut(keys=str(shortcut))
            elif code == ERROR_HOTKEY_ALREADY_REGISTERED:
                # Also for a key of our own: the same twice, which `parsed` has sorted out.
                results[name] = BoundShortcut("taken")
            else:
                results[name] = BoundShortcut("failed", detail=f"error {code}")
        self._reported(results)


def modifiers_of(shortcut: Shortcut) -> int:
    """Give the fsModifiers of RegisterHotKey; a key that is held does not call again."""
    return _NO_REPEAT | sum(_MODIFIERS[one] for one in shortcut.modifiers)


def key_of(shortcut: Shortcut) -> int:
    """Give the virtual key code; letters and digits are those of ASCII."""
    if shortcut.key.startswith("F") and shortcut.key[1:].isdigit():
        return 0x70 + int(shortcut.key[1:]) - 1
    return _KEYS.get(shortcut.key) or ord(shortcut.key.upper())


class User32:
    """The functions themselves, through ctypes."""

    def __init__(self) -> None:
        from ctypes import wintypes

        load: Any = ctypes  # WinDLL is there on Windows only
        self._user32 = load.WinDLL("user32", use_last_error=True)
        self._kernel32 = load.WinDLL("kernel32")
        self._last_error = load.get_last_error
        self._message = wintypes.MSG()
        word, handle = ctypes.c_uint, ctypes.c_void_p
        self._user32.RegisterHotKey.argtypes = [handle, ctypes.c_int, word, word]
        self._user32.UnregisterHotKey.argtypes = [handle, ctypes.c_int]
        self._user32.GetMessageW.argtypes = [handle, handle, word, word]
        self._user32.PeekMessageW.argtypes = [handle, handle, word, word, word]
        self._user32.PostThreadMessageW.argtypes = [ctypes.c_uint32, word, ctypes.c_size_t, ctypes.c_ssize_t]

    def open_queue(self) -> int:
        """Look for a message, which makes the queue."""
        self._user32.PeekMessageW(ctypes.byref(self._message), None, 0, 0, 0)
        return int(self._kernel32.GetCurrentThreadId())

    def register(self, number: int, modifiers: int, key: int) -> int:
        """RegisterHotKey for this thread."""
        done = self._user32.RegisterHotKey(None, number, modifiers, key)
        return 0 if done else int(self._last_error()) or -1

    def unregister(self, number: int) -> None:
        """UnregisterHotKey."""
        self._user32.UnregisterHotKey(None, number)

    def next_message(self) -> tuple[int, int]:
        """GetMessage; a failure ends the thread as WM_QUIT does."""
        if self._user32.GetMessageW(ctypes.byref(self._message), None, 0, 0) <= 0:
            return WM_QUIT, 0
        return int(self._message.message), int(self._message.wParam)

    def wake(self, thread: int, message: int) -> None:
        """PostThreadMessage."""
        self._user32.PostThreadMessageW(thread, message, 0, 0)
