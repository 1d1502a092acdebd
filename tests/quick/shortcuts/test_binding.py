"""Binding with the desktop's tools, each played by a script that keeps what it is told in files."""

import os
from pathlib import Path

import pytest

from desktop.errors import InkstoneError
from desktop.quick.shortcuts.binding import accelerator, bind_command, desktop_of
from desktop.quick.shortcuts.shortcut import parse

COMMAND = ("/opt/ink stone/inkstone", "quick")
LINE = "'/opt/ink stone/inkstone' quick"


class FakeDesktop:
    """A folder of tools, and the calls that they got."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.calls = folder, folder / "calls"
        (folder / "bin").mkdir()
        self.calls.write_text("")

    def tool(self, name: str, body: str = "") -> None:
        path = self.folder / "bin" / name
        path.write_text(
            f'#!/bin/sh\nfor word; do printf "%s\\037" "$word"; done >>{self.calls}\necho >>{self.calls}\n{body}\n'
        )
        path.chmod(0o755)

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": f"{self.folder / 'bin'}:{os.defpath}", "XDG_CURRENT_DESKTOP": "ubuntu:GNOME"}

    @property
    def told(self) -> list[list[str]]:
        return [row.split("\037")[:-1] for row in self.calls.read_text().splitlines()]


@pytest.fixture
def fake(tmp_path: Path) -> FakeDesktop:
    return FakeDesktop(tmp_path)


def test_only_a_desktop_whose_tool_is_there_is_offered(fake: FakeDesktop) -> None:
    assert desktop_of(fake.environment | {"PATH": str(fake.folder)}) == ""
    fake.tool("gsettings")
    assert desktop_of(fake.environment) == "GNOME"
    assert desktop_of(fake.environment | {"XDG_CURRENT_DESKTOP": "KDE"}) == ""
    assert desktop_of({"PATH": fake.environment["PATH"]}) == ""
    fake.tool("xfconf-query")
    assert desktop_of(fake.environment | {"XDG_CURRENT_DESKTOP": "XFCE"}) == "Xfce"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("@as []", None),
        ("['/org/custom0/']", "['/org/custom0/', "),
    ],
)
def test_gnome_gets_another_own_shortcut_beside_the_others(fake: FakeDesktop, before: str, after: str | None) -> None:
    fake.tool("gsettings", f'if [ "$1" = get ]; then echo "{before}"; fi')
    assert bind_command("GNOME", COMMAND, parse("Ctrl+Alt+Space"), fake.environment, fake.folder)
    values = {call[2]: call[3] for call in fake.told if call[0] == "set"}
    assert values["command"] == LINE
    assert values["binding"] == "<Primary><Alt>space"
    assert values["custom-keybindings"].startswith(after or "['/org/gnome/")


def test_gnome_bound_twice_lists_it_once(fake: FakeDesktop) -> None:
    own = "/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings/inkstone/"
    fake.tool("gsettings", f"""if [ "$1" = get ]; then echo "['{own}']"; fi""")
    bind_command("GNOME", COMMAND, parse("Ctrl+Alt+K"), fake.environment, fake.folder)
    assert "custom-keybindings" not in [call[2] for call in fake.told if call[0] == "set"]


def test_xfce_gives_up_the_key_of_before(fake: FakeDesktop) -> None:
    listing = fake.folder / "listing"
    listing.write_text(f"/commands/custom/<Alt>F2  xfrun4\n/commands/custom/<Primary>k  {LINE}\n")
    fake.tool("xfconf-query", f'case "$*" in *-l*) cat {listing};; esac')
    assert bind_command("Xfce", COMMAND, parse("Ctrl+Alt+Space"), fake.environment, fake.folder)
    removed = [call for call in fake.told if "-r" in call]
    assert [call[3] for call in removed] == ["/commands/custom/<Primary>k"]
    assert fake.told[-1][2:4] == ["-p", "/commands/custom/<Primary><Alt>space"]
    assert fake.told[-1][-1] == LINE


def test_kde_gets_an_entry_and_its_key_from_the_next_login(fake: FakeDesktop) -> None:
    fake.tool("kwriteconfig6")
    holds = bind_command("KDE", COMMAND, parse("Meta+I"), fake.environment, fake.folder)
    assert not holds
    entry = fake.folder / ".local" / "share" / "applications" / "inkstone-quick.desktop"
    assert 'Exec="/opt/ink stone/inkstone" quick\n' in entry.read_text()
    assert fake.told[-1][-3:] == ["--key", "_launch", "Meta+I"]


def test_a_tool_that_refuses_is_told_with_its_reason(fake: FakeDesktop) -> None:
    fake.tool("gsettings", 'echo "No such schema" >&2; exit 1')
    with pytest.raises(InkstoneError, match="did not take the key: No such schema"):
        bind_command("GNOME", COMMAND, parse("Ctrl+Alt+Space"), fake.environment, fake.folder)


def test_a_missing_tool_is_told(fake: FakeDesktop) -> None:
    with pytest.raises(InkstoneError, match="bind the command in its keyboard settings"):
        bind_command("KDE", COMMAND, parse("Ctrl+Alt+Space"), {"PATH": ""}, fake.folder)


def test_shortcuts_are_written_as_gtk_reads_them() -> None:
    assert accelerator(parse("Ctrl+Shift+F5")) == "<Primary><Shift>F5"
