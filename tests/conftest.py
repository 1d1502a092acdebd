"""What every test has: a home of its own, no network, garbage of its own, Hypothesis without memory of earlier runs."""

import gc
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from desktop.offline import stays_local
from desktop.ui.collecting import collect_what_is_due

# No database: a run depends on the code alone. In CI the same examples every time, so that a red run can be repeated.
hypothesis.settings.register_profile("inkstone", database=None, deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("inkstone")


@pytest.fixture(scope="session", autouse=True)
def _collection_is_off() -> Iterator[None]:
    """What a test of the window leaves must not be destroyed by the thread of a later one, as in the application."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _collected_here() -> Iterator[None]:
    """Do on the main thread what Python would have done on any; a test that lets it do so again fails."""
    yield
    if gc.isenabled():
        gc.disable()
        pytest.fail("garbage is collected on every thread again")
    collect_what_is_due()


@pytest.fixture(autouse=True)
def inkstone_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, also for the programs it starts; nothing of the user's is read or written."""
    home = tmp_path / "inkstone-home"
    monkeypatch.setenv("INKSTONE_HOME", str(home))
    monkeypatch.setenv("INKSTONE_MODEL", "smollm2-135m-instruct")  # never a large one that is prepared here
    return home


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail the test that lets the application reach for another machine."""

    def guarded(connect: Callable[..., object]) -> Callable[..., object]:
        def guard(self: socket.socket, address: object) -> object:
            if not stays_local(self.family, address):
                pytest.fail(f"the test tried to connect to {address}")
            return connect(self, address)

        return guard

    monkeypatch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
