import plistlib
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.errors import InkstoneError
from desktop.quick.startup.autostart import DesktopEntry, LaunchAgent, RegistryRun, open_autostart

COMMAND = ("/opt/my programs/inkstone", "--hidden")


class Registry:
    """The few parts of winreg that are used, over a dictionary."""

    HKEY_CURRENT_USER, REG_SZ = "user", 1

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, str]] = {}

    @contextmanager
    def OpenKey(self, root: str, name: str):  # type: ignore[no-untyped-def]  # as winreg names it
        if name not in self.keys:
            raise FileNotFoundError(name)
        yield name

    @contextmanager
    def CreateKey(self, root: str, name: str):  # type: ignore[no-untyped-def]
        self.keys.setdefault(name, {})
        yield name

    def QueryValueEx(self, key: str, name: str) -> tuple[str, int]:
        if name not in self.keys[key]:
            raise FileNotFoundError(name)
        return self.keys[key][name], self.REG_SZ

    def SetValueEx(self, key: str, name: str, reserved: int, kind: int, value: str) -> None:
        self.keys[key][name] = value

    def DeleteValue(self, key: str, name: str) -> None:
        del self.keys[key][name]


def test_it_is_off_until_it_is_turned_on(tmp_path: Path) -> None:
    for way in (
        open_autostart(COMMAND, {}, tmp_path, "linux"),
        open_autostart(COMMAND, {}, tmp_path, "darwin"),
        RegistryRun(COMMAND, Registry()),
    ):
        assert not way.on
        way.turn(on=True)
        assert way.on
        way.turn(on=False)
        assert not way.on
        way.turn(on=False)  # twice does no harm


def test_the_entry_lies_where_the_desktop_looks(tmp_path: Path) -> None:
    open_autostart(COMMAND, {"XDG_CONFIG_HOME": str(tmp_path / "elsewhere")}, tmp_path, "linux").turn(on=True)
    entry = (tmp_path / "elsewhere" / "autostart" / "io.inkstone.Inkstone.desktop").read_text()
    assert 'Exec="/opt/my programs/inkstone" --hidden\n' in entry


def test_an_entry_of_an_earlier_name_counts_and_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "autostart"
    folder.mkdir()
    (folder / "inkstone.desktop").write_text("[Desktop Entry]\nExec=inkstone --hidden\n")
    way = open_autostart(COMMAND, {"XDG_CONFIG_HOME": str(tmp_path)}, tmp_path, "linux")
    assert way.on
    way.turn(on=True)
    assert [file.name for file in folder.iterdir()] == ["io.inkstone.Inkstone.desktop"]  # it does not start twice
    way.turn(on=False)
    assert list(folder.iterdir()) == []
    assert not way.on


@pytest.mark.parametrize("switched_off", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_an_entry_that_the_desktop_switched_off_is_off(tmp_path: Path, switched_off: str) -> None:
    way = DesktopEntry(COMMAND, tmp_path / "entry.desktop")
    way.turn(on=True)
    with (tmp_path / "entry.desktop").open("a") as entry:
        entry.write(f"{switched_off}\n")
    assert not way.on
    way.turn(on=True)
    assert way.on


def test_launchd_gets_the_words_of_the_command(tmp_path: Path) -> None:
    LaunchAgent(COMMAND, tmp_path / "agent.plist").turn(on=True)
    assert plistlib.loads((tmp_path / "agent.plist").read_bytes())["ProgramArguments"] == list(COMMAND)


def test_windows_gets_the_command_as_it_quotes_it() -> None:
    registry = Registry()
    RegistryRun(COMMAND, registry).turn(on=True)
    assert list(registry.keys.values()) == [{"Inkstone": '"/opt/my programs/inkstone" --hidden'}]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "autostart").write_text("a file where the folder should be")
    way = DesktopEntry(COMMAND, tmp_path / "autostart" / "entry.desktop")
    with pytest.raises(InkstoneError, match="Start at login could not be changed"):
        way.turn(on=True)
    assert not way.on
