"""macOS: the way back into the program that a selection came from (Apple: AppKit, CGEvent).

Written from the headers and not run on the platform. Pressing keys in other programs needs the user's leave, in the
system's settings: Privacy & Security, Accessibility; without it results go to the clipboard.
"""

import ctypes
from typing import Any, Protocol

from desktop.quick.paste_back.interface import ClipboardOffer, PasteTarget
from desktop.quick.shortcuts.interface import BackEndUnavailable

_C, _V = 8, 9  # kVK_ANSI_C, kVK_ANSI_V: places on the keyboard, whatever the layout writes there
_HELD = (54, 55, 56, 58, 59, 60, 61, 62)  # both Commands, Shifts, Options and Controls
_COMMAND_FLAG = 1 << 20  # kCGEventFlagMaskCommand
_FORBIDS = ("org.nspasteboard.ConcealedType",)  # nspasteboard.org

MacKey = tuple[int, bool, int]  # its virtual code, whether it goes down, the modifiers that are held with it


class MacApi(Protocol):
    """What of macOS this needs."""

    def allowed(self) -> bool:
        """Tell whether keys may be pressed in other programs."""
        ...

    def frontmost(self) -> tuple[int, str]:
        """Give the process in front and its name; 0 where there is none."""
        ...

    def to_front(self, process: int) -> None:
        """Ask for a program to come to the front."""
        ...

    def is_down(self, key: int) -> bool:
        """Tell whether a key is held."""
        ...

    def send(self, keys: list[MacKey]) -> None:
        """Press and let go of keys."""
        ...

    def clipboard_changes(self) -> int:
        """Count the changes of the pasteboard."""
        ...

    def clipboard_types(self) -> list[str]:
        """Give the types of what is on the pasteboard."""
        ...


class MacPasteBack:
    """Other programs on macOS; a place is a program here, for the system tells no window of it."""

    composited = True

    def __init__(self, api: MacApi | None = None) -> None:
        """Begin.

        Args:
            api: the system; None: that of this machine.

        Raises:
            BackEndUnavailable: AppKit is not there.
        """
        self._api: MacApi = AppKit() if api is None else api

    @property
    def pastes(self) -> bool:
        """Whether the user allowed it."""
        return self._api.allowed()

    def here(self) -> PasteTarget:
        """Tell which program is in front; nobody knows what is selected in it."""
        process, name = self._api.frontmost()
        return PasteTarget(process, name.lower(), selects=False)

    def go_back(self, target: PasteTarget) -> None:
        """Ask for it to come to the front."""
        if target.window:
            self._api.to_front(target.window)

    def is_back(self, target: PasteTarget) -> bool:
        """Tell whether that program is in front."""
        return bool(target.window) and self._api.frontmost()[0] == target.window

    def can_paste(self, target: PasteTarget) -> bool:
        """Tell whether there is a program; Command+V means the same in all of them."""
        return bool(target.window)

    def press_paste(self) -> None:
        """Let go of all modifiers, then press Command+V by key code."""
        self._press_with_command(_V)

    def can_copy(self, target: PasteTarget) -> bool:
        """Tell whether there is a program and keys may be pressed in it."""
        return bool(target.window) and self._api.allowed()

    def press_copy(self) -> None:
        """Let go of all modifiers, then press Command+C by key code."""
        self._press_with_command(_C)

    def has_read_keys(self) -> bool:
        """Take it for granted: the system does not tell."""
        return True

    def offer(self, text: str, target: PasteTarget) -> ClipboardOffer | None:  # noqa: ARG002 - the interface's
        """Leave it to Qt: macOS does not tell who fetches."""
        return None

    def clipboard_changes(self) -> int:
        """Count them here, for Qt hears of a change only when Inkstone comes to the front."""
        return self._api.clipboard_changes()

    def clipboard_is_secret(self) -> bool:
        """Tell whether a password manager marked it."""
        return any(name in _FORBIDS for name in self._api.clipboard_types())

    def _press_with_command(self, letter: int) -> None:
        keys: list[MacKey] = [(key, False, 0) for key in _HELD if self._api.is_down(key)]
        self._api.send([*keys, (letter, True, _COMMAND_FLAG), (letter, False, _COMMAND_FLAG)])


class AppKit:
    """The functions and Objective-C messages themselves, through ctypes."""

    def __init__(self) -> None:
        """Load the frameworks. Raises BackEndUnavailable."""
        try:
            self._objc: Any = ctypes.CDLL("/usr/lib/libobjc.dylib")
            ctypes.CDLL("/System/Library/Frameworks/AppKit.framework/AppKit")
            self._services: Any = ctypes.CDLL(
                "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"
            )
        except OSError as error:
            raise BackEndUnavailable(str(error)) from error
        self._objc.objc_getClass.restype = self._objc.sel_registerName.restype = ctypes.c_void_p
        self._objc.objc_getClass.argtypes = self._objc.sel_registerName.argtypes = [ctypes.c_char_p]
        self._services.AXIsProcessTrusted.restype = ctypes.c_bool
        self._services.CGEventSourceKeyState.restype = ctypes.c_bool
        self._services.CGEventSourceKeyState.argtypes = [ctypes.c_int32, ctypes.c_uint16]
        self._services.CGEventCreateKeyboardEvent.restype = ctypes.c_void_p
        self._services.CGEventCreateKeyboardEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint16, ctypes.c_bool]
        self._services.CGEventSetFlags.argtypes = [ctypes.c_void_p, ctypes.c_uint64]
        self._services.CGEventPost.argtypes = [ctypes.c_uint32, ctypes.c_void_p]
        self._services.CFRelease.argtypes = [ctypes.c_void_p]

    def allowed(self) -> bool:
        """AXIsProcessTrusted."""
        return bool(self._services.AXIsProcessTrusted())

    def frontmost(self) -> tuple[int, str]:
        """NSWorkspace's frontmostApplication."""
        workspace = self._send(self._class("NSWorkspace"), "sharedWorkspace")
        program = self._send(workspace, "frontmostApplication")
        if not program:
            return 0, ""
        process = self._send(program, "processIdentifier", result=ctypes.c_int32)
        return int(process), self._text(self._send(program, "localizedName"))

    def to_front(self, process: int) -> None:
        """NSRunningApplication's activateWithOptions."""
        number = ctypes.c_int32(process)
        program = self._send(self._class("NSRunningApplication"), "runningApplicationWithProcessIdentifier:", number)
        if program:
            self._send(program, "activateWithOptions:", ctypes.c_ulong(2), result=ctypes.c_bool)

    def is_down(self, key: int) -> bool:
        """CGEventSourceKeyState, of all of the session."""
        return bool(self._services.CGEventSourceKeyState(0, key))

    def send(self, keys: list[MacKey]) -> None:
        """CGEventPost to the session."""
        for key, down, flags in keys:
            event = self._services.CGEventCreateKeyboardEvent(None, key, down)
            self._services.CGEventSetFlags(event, flags)
            self._services.CGEventPost(1, event)
            self._services.CFRelease(event)

    def clipboard_changes(self) -> int:
        """NSPasteboard's changeCount."""
        return int(self._send(self._pasteboard(), "changeCount", result=ctypes.c_long))

    def clipboard_types(self) -> list[str]:
        """NSPasteboard's types."""
        types = self._send(self._pasteboard(), "types")
        count = self._send(types, "count", result=ctypes.c_ulong) if types else 0
        return [self._text(self._send(types, "objectAtIndex:", ctypes.c_ulong(index))) for index in range(count)]

    def _pasteboard(self) -> Any:
        return self._send(self._class("NSPasteboard"), "generalPasteboard")

    def _class(self, name: str) -> Any:
        return self._objc.objc_getClass(name.encode())

    def _text(self, string: Any) -> str:
        found = self._send(string, "UTF8String", result=ctypes.c_char_p) if string else None
        return found.decode() if found else ""

    def _send(self, receiver: Any, message: str, *arguments: Any, result: Any = ctypes.c_void_p) -> Any:
        """Send a message; each kind of arguments needs a function type of its own (objc_msgSend)."""
        kind = ctypes.CFUNCTYPE(result, ctypes.c_void_p, ctypes.c_void_p, *(type(one) for one in arguments))
        call = kind(("objc_msgSend", self._objc))
        return call(receiver, self._objc.sel_registerName(message.encode()), *arguments)
