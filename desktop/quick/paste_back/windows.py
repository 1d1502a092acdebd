"""Windows: the way back into the program that a selection came from (Microsoft: winuser.h).

Written from the documentation and not run on the platform.
"""

import ctypes
from pathlib import PureWindowsPath
from typing import Any, Protocol

from desktop.quick.paste_back.interface import ClipboardOffer, PasteTarget

_CONTROL, _C, _V, _NO_KEY = 0x11, 0x43, 0x56, 0xE8  # virtual keys; the last is assigned to nothing
_HELD = (0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0x5B, 0x5C)  # both Shifts, Controls, Alts and Windows keys
_KEY_UP = 0x0002
_TERMINALS = ("windowsterminal", "cmd", "conhost", "powershell", "pwsh", "mintty", "alacritty", "wezterm", "putty")
_FORBIDS = ("ExcludeClipboardContentFromMonitorProcessing", "Clipboard Viewer Ignore")

WindowsKey = tuple[int, bool]  # its virtual code, and whether it goes up


class WindowsApi(Protocol):
    """What of Windows this needs."""

    def foreground(self) -> int:
        """Give the window that has the keyboard, 0 where none has."""
        ...

    def program(self, window: int) -> str:
        """Give the path of the program of a window, "" where it is not told."""
        ...

    def to_foreground(self, window: int) -> None:
        """Ask for a window to get the keyboard."""
        ...

    def is_down(self, key: int) -> bool:
        """Tell whether a key is held."""
        ...

    def send(self, keys: list[WindowsKey]) -> None:
        """Press and let go of keys, in one piece."""
        ...

    def clipboard_changes(self) -> int:
        """Count the changes of the clipboard."""
        ...

    def clipboard_has(self, format_name: str) -> bool:
        """Tell whether the clipboard holds something in a format."""
        ...


class WindowsPasteBack:
    """Other programs on Windows."""

    pastes = True
    composited = True

    def __init__(self, api: WindowsApi | None = None) -> None:
        """Begin; `api` is the system, None that of this machine."""
        self._api: WindowsApi = User32Windows() if api is None else api

    def here(self) -> PasteTarget:
        """Tell which window has the keyboard; nobody knows what is selected in it."""
        window = self._api.foreground()
        program = PureWindowsPath(self._api.program(window)).stem.lower() if window else ""
        return PasteTarget(window, program, selects=False)

    def go_back(self, target: PasteTarget) -> None:
        """Ask for it; Windows grants that to the program that has the keyboard now."""
        if target.window:
            self._api.to_foreground(target.window)

    def is_back(self, target: PasteTarget) -> bool:
        """Tell whether that window has the keyboard."""
        return bool(target.window) and self._api.foreground() == target.window

    def can_paste(self, target: PasteTarget) -> bool:
        """Tell whether Ctrl+V pastes over a selection there."""
        return bool(target.window) and target.program not in _TERMINALS

    def press_paste(self) -> None:
        """Let go of all modifiers, then press Ctrl+V by key code."""
        self._press_with_control(_V)

    def can_copy(self, target: PasteTarget) -> bool:
        """Tell whether Ctrl+C copies there; in a terminal it would end what runs."""
        return self.can_paste(target)

    def press_copy(self) -> None:
        """Let go of all modifiers, then press Ctrl+C by key code."""
        self._press_with_control(_C)

    def has_read_keys(self) -> bool:
        """Take it for granted: the system does not tell."""
        return True

    def offer(self, text: str, target: PasteTarget) -> ClipboardOffer | None:  # noqa: ARG002 - the interface's
        """Leave it to Qt: Windows does not tell who fetches."""
        return None

    def clipboard_changes(self) -> int:
        """Count the changes of the clipboard."""
        return self._api.clipboard_changes()

    def clipboard_is_secret(self) -> bool:
        """Tell whether a password manager marked it."""
        return any(self._api.clipboard_has(name) for name in _FORBIDS)

    def _press_with_control(self, letter: int) -> None:
        down = [key for key in _HELD if self._api.is_down(key)]
        # A Windows key or Alt that goes up alone opens a menu; a key in between, which is none, prevents that.
        keys: list[WindowsKey] = [(_NO_KEY, False), (_NO_KEY, True)] if down else []
        keys += [(key, True) for key in down]
        keys += [(_CONTROL, False), (letter, False), (letter, True), (_CONTROL, True)]
        self._api.send(keys)


class _KeyboardInput(ctypes.Structure):
    _fields_ = (
        ("wVk", ctypes.c_uint16),
        ("wScan", ctypes.c_uint16),
        ("dwFlags", ctypes.c_uint32),
        ("time", ctypes.c_uint32),
        ("dwExtraInfo", ctypes.c_size_t),
    )


class _AnyInput(ctypes.Union):
    _fields_ = (("ki", _KeyboardInput), ("room", ctypes.c_byte * (32 if ctypes.sizeof(ctypes.c_void_p) == 8 else 24)))


class Input(ctypes.Structure):
    """INPUT of winuser.h: 40 bytes where pointers have 8."""

    _fields_ = (("type", ctypes.c_uint32), ("any", _AnyInput))


class User32Windows:
    """The functions themselves, through ctypes."""

    def __init__(self) -> None:
        load: Any = ctypes  # WinDLL is there on Windows only
        self._user32, self._kernel32 = load.WinDLL("user32"), load.WinDLL("kernel32")
        self._user32.GetForegroundWindow.restype = ctypes.c_void_p
        self._user32.SetForegroundWindow.argtypes = [ctypes.c_void_p]
        self._user32.GetWindowThreadProcessId.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        self._user32.GetAsyncKeyState.restype = ctypes.c_short
        self._user32.RegisterClipboardFormatW.argtypes = [ctypes.c_wchar_p]
        self._user32.GetClipboardSequenceNumber.restype = ctypes.c_uint32
        self._user32.SendInput.argtypes = [ctypes.c_uint, ctypes.c_void_p, ctypes.c_int]
        self._kernel32.OpenProcess.restype = ctypes.c_void_p
        self._kernel32.CloseHandle.argtypes = [ctypes.c_void_p]
        self._kernel32.QueryFullProcessImageNameW.argtypes = [ctypes.c_void_p, ctypes.c_uint32, *[ctypes.c_void_p] * 2]

    def foreground(self) -> int:
        """GetForegroundWindow."""
        return int(self._user32.GetForegroundWindow() or 0)

    def program(self, window: int) -> str:
        """QueryFullProcessImageName of the window's process."""
        number = ctypes.c_uint32()
        self._user32.GetWindowThreadProcessId(window, ctypes.addressof(number))
        process = self._kernel32.OpenProcess(0x1000, 0, number.value)  # PROCESS_QUERY_LIMITED_INFORMATION
        if not process:
            return ""
        room, size = ctypes.create_unicode_buffer(1024), ctypes.c_uint32(1024)
        self._kernel32.QueryFullProcessImageNameW(process, 0, ctypes.addressof(room), ctypes.addressof(size))
        self._kernel32.CloseHandle(process)
        return room.value

    def to_foreground(self, window: int) -> None:
        """SetForegroundWindow."""
        self._user32.SetForegroundWindow(window)

    def is_down(self, key: int) -> bool:
        """GetAsyncKeyState."""
        return bool(self._user32.GetAsyncKeyState(key) & 0x8000)

    def send(self, keys: list[WindowsKey]) -> None:
        """SendInput."""
        inputs = (Input * len(keys))()
        for one, (key, up) in zip(inputs, keys, strict=True):
            one.type = 1  # INPUT_KEYBOARD
            one.any.ki = _KeyboardInput(wVk=key, dwFlags=_KEY_UP if up else 0)
        self._user32.SendInput(len(keys), ctypes.addressof(inputs), ctypes.sizeof(Input))

    def clipboard_changes(self) -> int:
        """GetClipboardSequenceNumber."""
        return int(self._user32.GetClipboardSequenceNumber())

    def clipboard_has(self, format_name: str) -> bool:
        """IsClipboardFormatAvailable."""
        return bool(self._user32.IsClipboardFormatAvailable(self._user32.RegisterClipboardFormatW(format_name)))
