"""What the user wrote is closed to the other users of the machine."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.paths import make_private
from tests.history.test_command import told

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows closes the folders of users itself")


@pytest.fixture(autouse=True)
def usual_mask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    """Name what others may read, the folder itself as "."."""
    found = [folder, *folder.rglob("*")]
    return sorted(str(path.relative_to(folder)) for path in found if stat.S_IMODE(path.lstat().st_mode) & 0o077)


def fill(home: Path) -> None:
    for name in (
        "settings.toml",
        "history/history.db",
        "logs/crash-1.txt",
        "templates/own.toml",
        "scenes/own.toml",
        "models/m/model.onnx",
    ):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("x")


def test_a_new_home_is_closed(tmp_path: Path) -> None:
    make_private(tmp_path / "new" / "home")
    assert open_to_others(tmp_path / "new" / "home") == []


def test_a_home_of_an_earlier_version_is_closed_but_for_its_models(tmp_path: Path) -> None:
    home = tmp_path / "home"
    fill(home)
    (home / "history" / "backups").mkdir()
    (home / "history" / "backups" / "history-20260101-000000-000000-daily.db").write_text("x")
    (home / "logs" / "inkstone.log.1").write_text("x")
    (home / "logs" / "inkstone.log.1").chmod(0o755)
    (home / ".settings.toml.lock").write_text("")
    assert "history/history.db" in open_to_others(home)
    make_private(home)
    assert open_to_others(home) == ["models", "models/m", "models/m/model.onnx"]
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "settings.toml").stat().st_mode) == 0o600


def test_a_folder_that_holds_something_else_stays_open_and_so_does_that(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "logs" / "inkstone.log").write_text("x")
    (tmp_path / "logs" / "server.log").write_text("x")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to Ana.md").write_text("x")
    (tmp_path / "logs" / "elsewhere").symlink_to(tmp_path / "letters")
    tmp_path.chmod(0o755)
    make_private(tmp_path)
    seen = {name for name in open_to_others(tmp_path) if not name.startswith("models")}
    assert {".", "letters", "letters/to Ana.md", "logs", "logs/elsewhere", "logs/server.log"} <= seen
    assert seen.isdisjoint({"history/history.db", "logs/inkstone.log"})


PROJECT = (
    *("settings.toml", "uv.lock", "main.py", "templates/page.html", "templates/a.toml", "logs/server.log"),
    *("history/2025.md", "history/deep/notes.db", "actions/deploy.toml", "router/routes.py", "download.part"),
)


@pytest.mark.parametrize("mark", ["", "history/history.db", "logs/inkstone.log"], ids=["not used", "kept in", "logged"])
def test_what_a_project_folder_holds_keeps_its_rights_when_it_is_named_as_home(tmp_path: Path, mark: str) -> None:
    for name in PROJECT:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
        (tmp_path / name).chmod(0o755)
    tmp_path.chmod(0o755)
    before = open_to_others(tmp_path)
    if mark:
        (tmp_path / mark).write_text("x")
    make_private(tmp_path)
    assert open_to_others(tmp_path) == before


@pytest.mark.parametrize("name", ["history", "logs", "templates", "settings.toml", "models"])
def test_what_a_link_in_the_home_leads_to_keeps_its_rights(tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    fill(elsewhere)
    elsewhere.chmod(0o755)
    before = open_to_others(elsewhere)
    home = tmp_path / "home"
    fill(home)
    if name == "settings.toml":
        (home / name).unlink()
    else:
        (home / name).rename(tmp_path / "away")
    (home / name).symlink_to(elsewhere / name)
    make_private(home)
    assert open_to_others(elsewhere) == before
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_home_that_cannot_be_made_is_left_to_whoever_writes_in_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    make_private(tmp_path / "file" / "home")
    assert not (tmp_path / "file" / "home").exists()


def test_what_a_command_writes_is_closed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    told(home, "protect", "none")
    (tmp_path / "note.md").write_text("## User\n\nHello\n\n## Assistant\n\nHi\n")
    told(home, "import", tmp_path / "note.md")
    told(home, "list")
    assert open_to_others(home) == []
