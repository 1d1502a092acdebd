"""How the ways back of Windows and macOS use their systems, which are faked; not run on the platforms."""

import ctypes
from dataclasses import dataclass, field

import pytest

from desktop.quick.paste_back.interface import NoPasteBack, PasteTarget
from desktop.quick.paste_back.macos import MacPasteBack
from desktop.quick.paste_back.select import open_paste_back
from desktop.quick.paste_back.windows import Input, WindowsPasteBack
from desktop.quick.shortcuts.interface import BackEndUnavailable

CONTROL, C, V, ALT, NO_KEY = 0x11, 0x43, 0x56, 0xA4, 0xE8


@dataclass
class FakeWindows:
    """Windows with two programs."""

    front: int = 5
    down: set[int] = field(default_factory=set)
    formats: set[str] = field(default_factory=set)
    sent: list[tuple[int, bool]] = field(default_factory=list)

    def foreground(self) -> int:
        return self.front

    def program(self, window: int) -> str:
        return {5: "C:\\Programs\\Editor.EXE", 6: "C:\\Windows\\cmd.exe"}[window]

    def to_foreground(self, window: int) -> None:
        self.front = window

    def is_down(self, key: int) -> bool:
        return key in self.down

    def send(self, keys: list[tuple[int, bool]]) -> None:
        self.sent += keys

    def clipboard_changes(self) -> int:
        return 3

    def clipboard_has(self, format_name: str) -> bool:
        return format_name in self.formats


def test_windows_goes_back_to_the_same_window_only() -> None:
    api = FakeWindows()
    places = WindowsPasteBack(api)
    place = places.here()
    assert place == PasteTarget(5, "editor", selects=False)
    assert places.is_back(place)
    api.front = 6
    assert not places.is_back(place)
    places.go_back(place)
    assert places.is_back(place)
    api.front = 0
    assert not places.is_back(places.here())


def test_windows_lets_go_of_held_modifiers_before_it_presses() -> None:
    api = FakeWindows(down={ALT})
    WindowsPasteBack(api).press_copy()
    assert api.sent == [
        (NO_KEY, False),
        (NO_KEY, True),
        (ALT, True),
        (CONTROL, False),
        (C, False),
        (C, True),
        (CONTROL, True),
    ]
    api.sent.clear()
    api.down.clear()
    WindowsPasteBack(api).press_paste()
    assert api.sent == [(CONTROL, False), (V, False), (V, True), (CONTROL, True)]


def test_windows_presses_nothing_in_a_terminal() -> None:
    places = WindowsPasteBack(FakeWindows(front=6))
    place = places.here()
    assert not places.can_copy(place)
    assert not places.can_paste(place)


def test_windows_knows_what_password_managers_mark() -> None:
    api = FakeWindows()
    places = WindowsPasteBack(api)
    assert not places.clipboard_is_secret()
    api.formats = {"ExcludeClipboardContentFromMonitorProcessing"}
    assert places.clipboard_is_secret()
    assert places.clipboard_changes() == 3
    assert places.offer("x", PasteTarget(5)) is None


def test_an_input_has_the_size_that_windows_wants() -> None:
    assert ctypes.sizeof(Input) == (40 if ctypes.sizeof(ctypes.c_void_p) == 8 else 28)
    assert Input.any.offset == ctypes.sizeof(ctypes.c_void_p)


@dataclass
class FakeMac:
    """macOS with an editor in front."""

    front: int = 70
    may: bool = True
    down: set[int] = field(default_factory=set)
    types: list[str] = field(default_factory=list)
    sent: list[tuple[int, bool, int]] = field(default_factory=list)

    def allowed(self) -> bool:
        return self.may

    def frontmost(self) -> tuple[int, str]:
        return self.front, "TextEdit" if self.front else ""

    def to_front(self, process: int) -> None:
        self.front = process

    def is_down(self, key: int) -> bool:
        return key in self.down

    def send(self, keys: list[tuple[int, bool, int]]) -> None:
        self.sent += keys

    def clipboard_changes(self) -> int:
        return 9

    def clipboard_types(self) -> list[str]:
        return self.types


def test_macos_goes_back_to_the_same_program_only() -> None:
    api = FakeMac()
    places = MacPasteBack(api)
    place = places.here()
    assert place == PasteTarget(70, "textedit", selects=False)
    api.front = 71
    assert not places.is_back(place)
    places.go_back(place)
    assert places.is_back(place)


def test_macos_lets_go_of_held_modifiers_before_it_presses() -> None:
    api = FakeMac(down={58, 59})
    places = MacPasteBack(api)
    places.press_paste()
    places.press_copy()
    command = 1 << 20
    let_go = [(58, False, 0), (59, False, 0)]
    assert api.sent == [
        *let_go,
        (9, True, command),
        (9, False, command),
        *let_go,
        (8, True, command),
        (8, False, command),
    ]


def test_macos_presses_nothing_without_the_leave_of_the_user() -> None:
    places = MacPasteBack(FakeMac(may=False))
    assert not places.pastes
    assert not places.can_copy(places.here())


def test_macos_knows_what_password_managers_mark() -> None:
    assert not MacPasteBack(FakeMac(types=["public.utf8-plain-text"])).clipboard_is_secret()
    places = MacPasteBack(FakeMac(types=["public.utf8-plain-text", "org.nspasteboard.ConcealedType"]))
    assert places.clipboard_is_secret()
    assert places.clipboard_changes() == 9
    assert places.offer("x", PasteTarget(70)) is None


def test_where_there_is_no_appkit_results_go_to_the_clipboard() -> None:
    with pytest.raises(BackEndUnavailable):
        MacPasteBack()
    assert isinstance(open_paste_back({}, "darwin"), NoPasteBack)
