"""Text on the clipboard of a real X server: who fetches it, and whether it is still there."""

import contextlib
import subprocess
import threading
import time
from collections.abc import Callable, Iterator

import psutil
import pytest
from Xlib import X, display

from desktop.quick.paste_back.x11_offer import X11Offer
from tests.quick.x11_events import PATIENCE_S, next_event
from tests.real.screen import virtual_screen

TEXT = "  She doesn't know. 她不知道。\n"


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    with virtual_screen() as name:
        yield name


@pytest.fixture
def program(screen: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[display.Display]:
    """A program with a window."""
    monkeypatch.setenv("DISPLAY", screen)
    with contextlib.closing(display.Display(screen)) as program:
        yield program


@pytest.fixture
def window(program: display.Display) -> int:
    window = program.screen().root.create_window(0, 0, 50, 50, 0, X.CopyFromParent)
    program.sync()
    return int(window.id)


def until(met: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not met():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.01)


def fetch(program: display.Display, target: str) -> bytes | None:
    """Ask for the clipboard as the program does; None where it is not to be had so."""
    atom = program.intern_atom
    window = program.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
    window.convert_selection(atom("CLIPBOARD"), atom(target), atom("HERE"), X.CurrentTime)
    while (told := next_event(program)).type != X.SelectionNotify:
        pass
    if told.property == X.NONE:
        return None
    value = window.get_full_property(atom("HERE"), X.AnyPropertyType).value
    return value.tobytes() if hasattr(value, "tobytes") else bytes(value)


def test_only_what_the_program_fetches_counts(program: display.Display, window: int, screen: str) -> None:
    with contextlib.closing(X11Offer(TEXT, window)) as offer:
        done = subprocess.run(["xclip", "-o", "-selection", "clipboard"], capture_output=True, timeout=PATIENCE_S)
        assert done.stdout.decode() == TEXT
        assert offer.fetches == 0
        assert fetch(program, "UTF8_STRING") == TEXT.encode()
        until(lambda: offer.fetches == 1)
        assert offer.held


def test_it_says_what_it_has_and_that_managers_shall_not_keep_it(program: display.Display, window: int) -> None:
    with contextlib.closing(X11Offer(TEXT, window)) as offer:
        assert fetch(program, "TARGETS")
        assert fetch(program, "x-kde-passwordManagerHint") == b"secret"
        assert fetch(program, "text/html") is None
        assert fetch(program, "text/plain;charset=utf-8") == TEXT.encode()
        assert fetch(program, "STRING") == TEXT.encode("latin-1", "replace")
        until(lambda: offer.fetches == 2)


def test_what_another_program_puts_there_ends_it(program: display.Display, window: int) -> None:
    offer = X11Offer(TEXT, window)
    owner = program.create_resource_object("window", window)
    owner.set_selection_owner(program.intern_atom("CLIPBOARD"), X.CurrentTime)
    program.sync()
    until(lambda: not offer.held)
    offer.close()


def test_a_program_that_is_gone_does_no_harm(screen: str, program: display.Display, window: int) -> None:
    with contextlib.closing(X11Offer(TEXT, window)) as offer:
        with contextlib.closing(display.Display(screen)) as short_lived:
            atom = short_lived.intern_atom
            asking = short_lived.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
            asking.convert_selection(atom("CLIPBOARD"), atom("UTF8_STRING"), atom("HERE"), X.CurrentTime)
            short_lived.flush()
        assert fetch(program, "UTF8_STRING") == TEXT.encode()
        assert offer.held


def test_a_hundred_offers_leave_nothing_open(program: display.Display, window: int) -> None:
    X11Offer(TEXT, window).close()
    process = psutil.Process()
    files, threads = process.num_fds(), threading.active_count()
    for _ in range(100):
        X11Offer(TEXT, window).close()
    assert (process.num_fds(), threading.active_count()) == (files, threads)
