"""How the back ends of Windows and macOS handle messages, with their systems faked; not run on the platforms."""

import queue
from collections.abc import Callable, Iterator, Mapping

import pytest

from desktop.quick.shortcuts import macos as macos_shortcuts
from desktop.quick.shortcuts import windows as windows_shortcuts
from desktop.quick.shortcuts.interface import BackEndUnavailable, BoundShortcut
from desktop.quick.shortcuts.macos import MacShortcuts
from desktop.quick.shortcuts.shortcut import parse
from desktop.quick.shortcuts.windows import WM_HOTKEY, WM_QUIT, WindowsShortcuts

PATIENCE_S = 60
SPACE, P = parse("Ctrl+Alt+Space"), parse("Meta+Shift+P")


class FakeWindows:
    """RegisterHotKey and a queue of messages.

    Attributes:
        registered: number -> modifiers and key, what holds now.
        taken: keys of other programs.
    """

    def __init__(self) -> None:
        self.registered: dict[int, tuple[int, int]] = {}
        self.taken: set[int] = set()
        self.broken = False
        self.messages: queue.Queue[tuple[int, int]] = queue.Queue()

    def open_queue(self) -> int:
        return 7

    def register(self, number: int, modifiers: int, key: int) -> int:
        if self.broken:
            return 5
        if key in self.taken or (modifiers, key) in self.registered.values():
            return windows_shortcuts.ERROR_HOTKEY_ALREADY_REGISTERED
        self.registered[number] = (modifiers, key)
        return 0

    def unregister(self, number: int) -> None:
        del self.registered[number]

    def next_message(self) -> tuple[int, int]:
        return self.messages.get(timeout=PATIENCE_S)

    def wake(self, thread: int, message: int) -> None:
        assert thread == 7
        self.messages.put((message, 0))


class Heard:
    """What a back end says."""

    def __init__(self) -> None:
        self.pressed: queue.Queue[str] = queue.Queue()
        self.reports: queue.Queue[Mapping[str, BoundShortcut]] = queue.Queue()

    def press(self, name: str, activation: str) -> None:
        assert activation == ""
        self.pressed.put(name)

    def report(self) -> Mapping[str, BoundShortcut]:
        return self.reports.get(timeout=PATIENCE_S)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def windows(heard: Heard) -> Iterator[tuple[WindowsShortcuts, FakeWindows]]:
    api = FakeWindows()
    shortcuts = WindowsShortcuts(heard.press, heard.reports.put, api)
    yield shortcuts, api
    shortcuts.close()
    assert api.registered == {}


def test_windows_registers_and_hears(windows: tuple[WindowsShortcuts, FakeWindows], heard: Heard) -> None:
    shortcuts, api = windows
    shortcuts.bind({"": SPACE, "proofread": P})
    assert heard.report() == {"": BoundShortcut(keys="Ctrl+Alt+Space"), "proofread": BoundShortcut(keys="Shift+Meta+P")}
    assert list(api.registered.values()) == [(0x4003, 0x20), (0x400C, 0x50)]
    first, second = api.registered
    for message in ((WM_HOTKEY, second), (0x100, first), (WM_HOTKEY, 999), (WM_HOTKEY, first)):
        api.messages.put(message)
    assert [heard.pressed.get(timeout=PATIENCE_S) for _ in "12"] == ["proofread", ""]


def test_windows_tells_a_conflict_and_a_failure(windows: tuple[WindowsShortcuts, FakeWindows], heard: Heard) -> None:
    shortcuts, api = windows
    api.taken = {0x50}
    shortcuts.bind({"": SPACE, "proofread": P})
    assert heard.report() == {"": BoundShortcut(keys="Ctrl+Alt+Space"), "proofread": BoundShortcut("taken")}
    api.broken = True
    shortcuts.bind({"": SPACE})
    assert heard.report() == {"": BoundShortcut("failed", detail="error 5")}


def test_windows_forgets_presses_of_what_was_bound_before(
    windows: tuple[WindowsShortcuts, FakeWindows], heard: Heard
) -> None:
    shortcuts, api = windows
    shortcuts.bind({"": SPACE})
    heard.report()
    (old,) = api.registered
    shortcuts.bind({"proofread": SPACE})
    heard.report()
    (new,) = api.registered
    api.messages.put((WM_HOTKEY, old))
    api.messages.put((WM_HOTKEY, new))
    assert heard.pressed.get(timeout=PATIENCE_S) == "proofread"


def test_windows_lets_go_when_its_thread_is_told_to_quit(
    windows: tuple[WindowsShortcuts, FakeWindows], heard: Heard
) -> None:
    shortcuts, api = windows
    shortcuts.bind({"": SPACE})
    heard.report()
    api.messages.put((WM_QUIT, 0))
    shortcuts._thread.join(PATIENCE_S)
    assert api.registered == {}


@pytest.mark.parametrize(
    ("text", "on_windows", "on_a_mac"),
    [("Ctrl+A", 0x41, 0), ("Ctrl+9", 0x39, 25), ("F1", 0x70, 122), ("F24", 0x87, None), ("Ctrl+Insert", 0x2D, 114)],
)
def test_keys_have_the_codes_of_each_system(text: str, on_windows: int, on_a_mac: int | None) -> None:
    assert windows_shortcuts.key_of(parse(text)) == on_windows
    assert macos_shortcuts.key_of(parse(text)) == on_a_mac


def test_every_letter_and_digit_has_a_place_of_its_own_on_a_mac() -> None:
    places = {macos_shortcuts.key_of(parse(f"Ctrl+{key}")) for key in "abcdefghijklmnopqrstuvwxyz0123456789"}
    assert len(places) == 36
    assert None not in places


class FakeCarbon:
    """RegisterEventHotKey."""

    def __init__(self) -> None:
        self.registered: dict[int, tuple[int, int]] = {}
        self.code = 0
        self.press: Callable[[int], None]
        self.closed = False

    def listen(self, pressed: Callable[[int], None]) -> None:
        self.press = pressed

    def register(self, number: int, modifiers: int, key: int) -> tuple[int, object]:
        if not self.code:
            self.registered[number] = (modifiers, key)
        return self.code, number

    def unregister(self, reference: object) -> None:
        assert isinstance(reference, int)
        del self.registered[reference]

    def close(self) -> None:
        self.closed = True


def test_macos_registers_hears_and_lets_go(heard: Heard) -> None:
    api = FakeCarbon()
    shortcuts = MacShortcuts(heard.press, heard.reports.put, api)
    shortcuts.bind({"": SPACE, "proofread": P, "far": parse("F24")})
    assert heard.report() == {
        "": BoundShortcut(keys="Ctrl+Alt+Space"),
        "proofread": BoundShortcut(keys="Shift+Meta+P"),
        "far": BoundShortcut("no key"),
    }
    assert list(api.registered.values()) == [(0x1800, 49), (0x0300, 35)]
    old = next(iter(api.registered))
    shortcuts.bind({"proofread": SPACE})
    heard.report()
    api.press(old)
    (new,) = api.registered
    api.press(new)
    assert heard.pressed.get_nowait() == "proofread"
    assert heard.pressed.empty()
    shortcuts.close()
    assert (api.registered, api.closed) == ({}, True)


@pytest.mark.parametrize(
    ("code", "bound"), [(-9878, BoundShortcut("taken")), (-50, BoundShortcut("failed", detail="OSStatus -50"))]
)
def test_macos_tells_a_conflict_and_a_failure(heard: Heard, code: int, bound: BoundShortcut) -> None:
    api = FakeCarbon()
    api.code = code
    shortcuts = MacShortcuts(heard.press, heard.reports.put, api)
    shortcuts.bind({"": SPACE})
    assert heard.report() == {"": bound}


def test_where_there_is_no_carbon_that_is_said(heard: Heard) -> None:
    with pytest.raises(BackEndUnavailable):
        MacShortcuts(heard.press, heard.reports.put)
