"""A history that is not there: nothing was written yet, or what was written is gone; the two are told apart."""

from pathlib import Path

import pytest

from desktop.errors import HistoryDamaged
from desktop.history import History, vault
from tests.history.test_command import run, told
from tests.history.test_keys import CHEAP, fill, titles

WAYS = ["removed", "emptied"]


def lose(folder: Path, way: str) -> None:
    (folder / "history.db").unlink()
    if way == "emptied":
        (folder / "history.db").touch()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_history_that_is_protected_and_not_begun_is_empty(home: Path) -> None:
    told(home, "protect", "none")
    assert told(home, "list") == ""
    assert told(home, "search", "lamp") == ""
    assert told(home, "list", "--bin") == ""
    assert sorted(path.name for path in (home / "history").glob("*.db")) == []


def test_a_history_behind_a_passphrase_that_is_not_begun_needs_none_to_be_empty(home: Path) -> None:
    told(home, "protect", "passphrase", stdin="correct horse\n")
    assert told(home, "list") == ""


def test_there_is_nothing_to_back_up_before_the_first_entry(home: Path, tmp_path: Path) -> None:
    told(home, "protect", "none")
    done = run(home, "backup", tmp_path / "all.zip")
    assert (done.returncode, done.stderr) == (2, "Nothing was written yet, so there is nothing to back up.\n")
    assert not (tmp_path / "all.zip").exists()


@pytest.mark.parametrize("way", WAYS)
def test_a_file_that_is_gone_is_damage_and_a_backup_restores_it(home: Path, tmp_path: Path, way: str) -> None:
    folder = home / "history"
    key = vault.protect(folder, "passphrase", passphrase="p", cost=CHEAP)
    fill(folder, key)
    told(home, "backup", tmp_path / "all.zip", INKSTONE_PASSPHRASE="p")
    lose(folder, way)
    for arguments in (("list",), ("rename", "1", "x"), ("backup", tmp_path / "more.zip"), ("protect", "none")):
        done = run(home, *arguments, INKSTONE_PASSPHRASE="p")
        assert done.returncode == 2, arguments
        assert "is damaged" in done.stderr, arguments
        assert "restore a backup" in done.stderr
    assert not (folder / "history.db").exists() or not (folder / "history.db").stat().st_size
    for write in (True, False):
        with pytest.raises(HistoryDamaged):
            History.open(folder, key, write=write)
    assert vault.is_lost(folder)
    assert vault.protection_kind(folder) == "passphrase"
    told(home, "restore", tmp_path / "all.zip", INKSTONE_PASSPHRASE="p")
    assert titles(folder, key) == ["Kept"]


@pytest.mark.parametrize("way", WAYS)
def test_so_it_is_for_a_history_of_an_earlier_inkstone(home: Path, way: str) -> None:
    folder = home / "history"
    vault.protect(folder, "none")
    fill(folder, None)
    written = (folder / "history.key").read_text()
    (folder / "history.key").write_text(written.replace('"begun": true', '"else": 1'))
    titles(folder, None)
    lose(folder, way)
    assert "is damaged" in run(home, "list").stderr


def test_a_change_of_the_protection_remembers_that_it_was_begun(home: Path) -> None:
    folder = home / "history"
    vault.protect(folder, "none")
    fill(folder, None)
    key = vault.protect(folder, "passphrase", passphrase="p", cost=CHEAP)
    assert titles(folder, key) == ["Kept"]
    vault.protect(folder, "passphrase", key=key, passphrase="q", cost=CHEAP)
    lose(folder, "removed")
    with pytest.raises(HistoryDamaged):
        History.open(folder, key)


def test_a_start_that_was_cut_off_begins_again(home: Path) -> None:
    folder = home / "history"
    vault.protect(folder, "none")
    (folder / "history.db").touch()
    fill(folder, None)
    assert titles(folder, None) == ["Kept"]
