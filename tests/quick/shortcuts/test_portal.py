"""The portal's shortcuts against a mock portal on a bus of the test's own."""

import os
import queue
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from desktop.quick.shortcuts.interface import BoundShortcut
from desktop.quick.shortcuts.portal import PortalShortcuts, as_trigger, portal_version
from desktop.quick.shortcuts.select import chosen_back_end
from desktop.quick.shortcuts.shortcut import parse
from desktop.quick.startup.identity import APP_ID
from tests.quick.shortcuts.mock_portal import MockPortal

PATIENCE_S = 60
WISHES = {"": parse("Ctrl+Alt+Space"), "proofread": parse("Meta+P")}
BOUND = {"": BoundShortcut(keys="Press CTRL+ALT+space"), "proofread": BoundShortcut(keys="Press LOGO+p")}


@pytest.fixture
def bus() -> Iterator[str]:
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE, text=True
    )
    assert daemon.stdout is not None
    yield daemon.stdout.readline().strip()
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


class Client:
    """The back end, and what it says."""

    def __init__(self, bus: str, folder: Path) -> None:
        self.pressed: queue.Queue[tuple[str, str]] = queue.Queue()
        self.reports: queue.Queue[Mapping[str, BoundShortcut]] = queue.Queue()
        self.environment = {"DBUS_SESSION_BUS_ADDRESS": bus, "XDG_DATA_HOME": str(folder), "XDG_DATA_DIRS": str(folder)}
        self.shortcuts = PortalShortcuts(lambda *what: self.pressed.put(what), self.reports.put, self.environment)

    def wait_for(self, results: Mapping[str, BoundShortcut]) -> None:
        last = None
        try:
            while last != results:
                last = self.reports.get(timeout=PATIENCE_S)
        except queue.Empty:
            pytest.fail(f"it never reported {results}, the last was {last}")


@pytest.fixture
def client(bus: str, tmp_path: Path) -> Iterator[Client]:
    client = Client(bus, tmp_path)
    yield client
    client.shortcuts.close()


def all_have(trouble: str, detail: str = "") -> dict[str, BoundShortcut]:
    return {name: BoundShortcut(trouble, detail=detail) for name in WISHES}  # type: ignore[arg-type]  # one of them


@pytest.fixture
def portal(bus: str) -> Iterator[MockPortal]:
    with MockPortal(bus) as portal:
        yield portal


def test_shortcuts_are_bound_and_their_presses_heard(portal: MockPortal, client: Client) -> None:
    client.shortcuts.bind(WISHES)
    client.wait_for(all_have("asked"))
    client.wait_for(BOUND)
    portal.press("action-proofread", activation_token=("s", "leave"))
    portal.press("open")
    assert client.pressed.get(timeout=PATIENCE_S) == ("proofread", "leave")
    assert client.pressed.get(timeout=PATIENCE_S) == ("", "")
    calls = [call for call in portal.called() if call != "Get"]
    assert calls == ["Register", "CreateSession", "BindShortcuts"]
    assert ("Register", (APP_ID, {})) in portal.calls


def test_the_desktop_entry_that_the_portal_looks_for_is_there(
    portal: MockPortal, client: Client, tmp_path: Path
) -> None:
    client.shortcuts.bind(WISHES)
    client.wait_for(BOUND)
    entry = (tmp_path / "applications" / f"{APP_ID}.desktop").read_text(encoding="utf-8")
    assert "\nStartupWMClass=inkstone\n" in entry
    assert "Name=Inkstone\n" in entry
    assert "Exec=" in entry


def test_a_change_needs_no_new_start(portal: MockPortal, client: Client) -> None:
    client.shortcuts.bind(WISHES)
    client.wait_for(BOUND)
    client.shortcuts.bind({"formal": parse("Ctrl+F9")})
    client.wait_for({"formal": BoundShortcut(keys="Press CTRL+F9")})
    assert portal.called()[-3:] == ["Close", "CreateSession", "BindShortcuts"]
    portal.press("open")  # no longer wanted
    portal.press("action-formal")
    assert client.pressed.get(timeout=PATIENCE_S) == ("formal", "")


def test_nothing_is_asked_for_when_nothing_is_wanted(portal: MockPortal, client: Client) -> None:
    client.shortcuts.bind(WISHES)
    client.wait_for(BOUND)
    client.shortcuts.bind({})
    client.wait_for({})
    assert portal.called()[-1] in ("BindShortcuts", "Close")


def test_a_refusal_of_the_user_is_told(bus: str, client: Client) -> None:
    with MockPortal(bus, code=1):
        client.shortcuts.bind(WISHES)
        client.wait_for(all_have("denied"))


def test_what_the_user_struck_out_or_gave_no_key_is_told(bus: str, client: Client) -> None:
    with MockPortal(bus, leaves_out=frozenset({"open"}), unassigned=frozenset({"action-proofread"})):
        client.shortcuts.bind(WISHES)
        client.wait_for({"": BoundShortcut("denied"), "proofread": BoundShortcut("unassigned")})


def test_keys_changed_in_the_settings_of_the_desktop_are_told(portal: MockPortal, client: Client) -> None:
    client.shortcuts.bind(WISHES)
    client.wait_for(BOUND)
    portal.change({"open": "Press Super+I", "action-proofread": ""})
    client.wait_for({"": BoundShortcut(keys="Press Super+I"), "proofread": BoundShortcut("unassigned")})


def test_without_a_portal_that_is_said(client: Client) -> None:
    client.shortcuts.bind(WISHES)
    client.wait_for(all_have("no portal"))


def test_a_portal_without_shortcuts_is_too_old(bus: str, client: Client) -> None:
    with MockPortal(bus, version=0):
        assert chosen_back_end({**client.environment, "WAYLAND_DISPLAY": "wayland-0"}, "linux") == "wayland"
        client.shortcuts.bind(WISHES)
        client.wait_for(all_have("no portal"))


def test_what_the_portal_answers_is_passed_on(bus: str, client: Client) -> None:
    with MockPortal(bus, knows_programs=False):
        client.shortcuts.bind(WISHES)
        client.wait_for(all_have("failed", "An app id is required"))


def test_when_the_portal_comes_back_the_shortcuts_do(bus: str, client: Client) -> None:
    with MockPortal(bus):
        client.shortcuts.bind(WISHES)
        client.wait_for(BOUND)
    client.wait_for(all_have("gone"))
    with MockPortal(bus) as again:
        client.wait_for(BOUND)
        again.press("open")
        assert client.pressed.get(timeout=PATIENCE_S) == ("", "")


def test_a_session_that_the_desktop_ends_is_told(portal: MockPortal, client: Client) -> None:
    client.shortcuts.bind(WISHES)
    client.wait_for(BOUND)
    portal.end_session()
    client.wait_for(all_have("gone"))


def test_without_a_bus_that_is_said_and_it_can_be_closed(tmp_path: Path) -> None:
    client = Client(f"unix:path={tmp_path}/nothing", tmp_path)
    client.shortcuts.bind(WISHES)
    client.wait_for(all_have("no portal"))
    client.shortcuts.close()
    assert portal_version({"DBUS_SESSION_BUS_ADDRESS": "tcp:host=x"}) == portal_version({}) == 0


def test_the_back_end_of_wayland_is_chosen_by_asking_the_portal(portal: MockPortal, bus: str) -> None:
    environment = os.environ | {"WAYLAND_DISPLAY": "wayland-0", "DBUS_SESSION_BUS_ADDRESS": bus}
    assert chosen_back_end(environment, "linux") == "portal"


def test_triggers_are_written_as_the_specification_says() -> None:
    assert as_trigger(parse("Ctrl+Alt+Shift+Meta+F5")) == "CTRL+ALT+SHIFT+LOGO+F5"
