"""Shortcuts on a real X server: grabbed, refused, changed, and followed when the layout changes."""

import contextlib
import queue
import subprocess
import threading
from collections.abc import Iterator, Mapping

import pytest
from Xlib import X, display
from Xlib.ext import xtest

from desktop.quick.shortcuts.interface import BoundShortcut
from desktop.quick.shortcuts.shortcut import Shortcut, parse
from desktop.quick.shortcuts.x11 import X11Shortcuts
from tests.quick.x11_events import PATIENCE_S, next_event
from tests.real.screen import virtual_screen

CONTROL, ALT, CAPS, NUM, Z_ON_US, Y_ON_US, P_ON_US = 37, 64, 66, 77, 52, 29, 33  # codes of a PC keyboard


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    with virtual_screen() as name:
        yield name


class Client:
    """The back end on a screen, and what it says."""

    def __init__(self, screen: str) -> None:
        self.pressed: queue.Queue[str] = queue.Queue()
        self.reports: queue.Queue[Mapping[str, BoundShortcut]] = queue.Queue()
        self.shortcuts = X11Shortcuts(lambda name, _: self.pressed.put(name), self.reports.put, screen)

    def bind(self, shortcuts: Mapping[str, Shortcut]) -> Mapping[str, BoundShortcut]:
        self.shortcuts.bind(shortcuts)
        return self.reports.get(timeout=PATIENCE_S)

    def close(self) -> None:
        self.shortcuts.close()


@pytest.fixture
def client(screen: str) -> Iterator[Client]:
    with contextlib.closing(Client(screen)) as client:
        yield client


@pytest.fixture
def layout(screen: str) -> Iterator[list[str]]:
    """Set the layout by calling; the usual one is back afterwards."""
    command = ["setxkbmap", "-display", screen]
    yield command
    subprocess.run([*command, "us"], check=True)


@pytest.fixture
def keyboard(screen: str) -> Iterator[display.Display]:
    with contextlib.closing(display.Display(screen)) as keyboard:
        yield keyboard


def press(keyboard: display.Display, *codes: int) -> None:
    for code in codes:
        xtest.fake_input(keyboard, X.KeyPress, code)
    for code in reversed(codes):
        xtest.fake_input(keyboard, X.KeyRelease, code)
    keyboard.sync()


def test_each_action_has_a_shortcut_of_its_own(client: Client, keyboard: display.Display) -> None:
    results = client.bind({"": parse("Ctrl+Alt+Z"), "proofread": parse("Ctrl+Alt+P")})
    assert results == {"": BoundShortcut(keys="Ctrl+Alt+Z"), "proofread": BoundShortcut(keys="Ctrl+Alt+P")}
    press(keyboard, CONTROL, ALT, P_ON_US)
    press(keyboard, CONTROL, ALT, Z_ON_US)
    assert [client.pressed.get(timeout=PATIENCE_S) for _ in "12"] == ["proofread", ""]


def test_a_shortcut_of_another_program_is_told_and_the_others_hold(screen: str, client: Client) -> None:
    with contextlib.closing(Client(screen)) as other:
        other.bind({"theirs": parse("Ctrl+Alt+J")})
        results = client.bind({"a": parse("Ctrl+Alt+J"), "b": parse("Ctrl+Alt+K"), "c": parse("Ctrl+Alt+K")})
        assert results == {
            "a": BoundShortcut("taken"),
            "b": BoundShortcut(keys="Ctrl+Alt+K"),
            "c": BoundShortcut("twice"),
        }
        other.bind({})
        assert client.bind({"a": parse("Ctrl+Alt+J")})["a"].holds


def test_a_change_lets_go_of_what_was_before(client: Client, screen: str, keyboard: display.Display) -> None:
    client.bind({"a": parse("Ctrl+Alt+Z")})
    client.bind({"b": parse("Ctrl+Alt+P")})
    with contextlib.closing(Client(screen)) as other:
        assert other.bind({"theirs": parse("Ctrl+Alt+Z")})["theirs"].holds
    press(keyboard, CONTROL, ALT, P_ON_US)
    assert client.pressed.get(timeout=PATIENCE_S) == "b"


@pytest.mark.parametrize("lock", [CAPS, NUM])
def test_locks_do_not_matter(client: Client, keyboard: display.Display, lock: int) -> None:
    client.bind({"a": parse("Ctrl+Alt+Z")})
    press(keyboard, lock)
    try:
        press(keyboard, CONTROL, ALT, Z_ON_US)
        assert client.pressed.get(timeout=PATIENCE_S) == "a"
    finally:
        press(keyboard, lock)


def test_a_new_layout_is_followed(client: Client, keyboard: display.Display, layout: list[str], screen: str) -> None:
    """On a German keyboard Z and Y have changed their places."""
    client.bind({"a": parse("Ctrl+Alt+Z"), "end": parse("Ctrl+Alt+P")})
    subprocess.run([*layout, "de"], check=True)
    until_grabbed(screen, Y_ON_US)
    press(keyboard, CONTROL, ALT, Z_ON_US)  # now a Y
    press(keyboard, CONTROL, ALT, Y_ON_US)
    press(keyboard, CONTROL, ALT, P_ON_US)
    assert [client.pressed.get(timeout=PATIENCE_S) for _ in "12"] == ["a", "end"]


def test_on_a_layout_without_latin_letters_the_place_counts(
    client: Client, keyboard: display.Display, layout: list[str]
) -> None:
    subprocess.run([*layout, "ru"], check=True)
    assert client.bind({"a": parse("Ctrl+Alt+P")})["a"].holds
    press(keyboard, CONTROL, ALT, P_ON_US)
    assert client.pressed.get(timeout=PATIENCE_S) == "a"


def test_with_altgr_and_a_second_layout_in_use_shortcuts_hold(
    client: Client, keyboard: display.Display, layout: list[str]
) -> None:
    subprocess.run([*layout, "-layout", "de,ru", "-option", "grp:alts_toggle"], check=True)
    assert client.bind({"a": parse("Ctrl+Alt+P")})["a"].holds
    press(keyboard, 64, 108)  # both Alts: Russian now
    press(keyboard, CONTROL, ALT, P_ON_US)
    assert client.pressed.get(timeout=PATIENCE_S) == "a"
    subprocess.run([*layout, "-option", ""], check=True)


def test_keys_go_to_the_program_below_while_the_shortcut_is_still_held(
    client: Client, screen: str, keyboard: display.Display
) -> None:
    """Else a copy or a paste that is sent to it would come to Inkstone."""
    mask = X.KeyPressMask | X.StructureNotifyMask | X.FocusChangeMask
    window = keyboard.screen().root.create_window(0, 0, 50, 50, 0, X.CopyFromParent, event_mask=mask)
    window.change_attributes(override_redirect=True)
    window.map()
    while next_event(keyboard).type != X.MapNotify:
        pass
    client.bind({"a": parse("Ctrl+Alt+Z")})
    window.set_input_focus(X.RevertToParent, X.CurrentTime)
    for code in (CONTROL, ALT, Z_ON_US):
        xtest.fake_input(keyboard, X.KeyPress, code)
    keyboard.sync()
    assert client.pressed.get(timeout=PATIENCE_S) == "a"
    press(keyboard, P_ON_US)
    while (heard := next_event(keyboard)).type != X.KeyPress or heard.detail != P_ON_US:
        if heard.type == X.FocusOut and heard.mode == X.NotifyNormal:  # the window manager has only now begun
            window.set_input_focus(X.RevertToParent, X.CurrentTime)
            press(keyboard, P_ON_US)
    for code in (Z_ON_US, ALT, CONTROL):
        xtest.fake_input(keyboard, X.KeyRelease, code)
    keyboard.sync()


def test_when_the_server_ends_that_is_told_and_it_can_be_closed() -> None:
    with virtual_screen() as name:
        client = Client(name)
        client.bind({"a": parse("Ctrl+Alt+Z")})
    assert client.reports.get(timeout=PATIENCE_S)["a"].trouble == "failed"
    client.close()
    assert "inkstone-shortcuts" not in {one.name for one in threading.enumerate()}


def until_grabbed(screen: str, code: int) -> None:
    """Wait until another client cannot have Ctrl+Alt and this key."""
    from Xlib import error

    with contextlib.closing(display.Display(screen)) as probe:
        root = probe.screen().root
        for _ in range(500):
            failure = error.CatchError(error.BadAccess)
            mask = X.ControlMask | X.Mod1Mask
            root.grab_key(code, mask, 0, X.GrabModeAsync, X.GrabModeAsync, onerror=failure)
            probe.sync()
            if failure.get_error():
                return
            root.ungrab_key(code, mask)
            probe.sync()
            threading.Event().wait(0.02)
    pytest.fail("the key was never grabbed")
