"""Briefs that the user keeps lie in the history; those of earlier versions are brought in."""

import os
from pathlib import Path

import pytest

from desktop.errors import HistoryFull
from desktop.history import History, vault
from desktop.history.backup import back_up, restore
from desktop.history.briefs import Briefs
from desktop.history.migrations import STEPS
from desktop.history.plain_briefs import take_over
from tests.history.test_keys import CHEAP

KEY = bytes(range(32))


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """The folder of an earlier version."""
    folder = tmp_path / "briefs"
    folder.mkdir()
    for number, name in enumerate(("older", "newer")):
        (folder / f"{name}.toml").write_text(f'template = "{name}"\n', encoding="utf-8")
        os.utime(folder / f"{name}.toml", (1000 + number, 1000 + number))
    (folder / "half.part").write_text("temp", encoding="utf-8")
    return folder


def test_briefs_are_kept_by_name_the_last_first(tmp_path: Path) -> None:
    with History.open(tmp_path, KEY) as history, history.connect() as store:
        store.briefs.save("one", "1")
        store.briefs.save("two", "tangerine")
        store.briefs.save("one", "1 again")
        assert store.briefs.names() == ["one", "two"]
        assert (store.briefs.text("one"), store.briefs.text("three")) == ("1 again", None)
        store.briefs.remove("one")
        assert store.briefs.names() == ["two"]
    assert not any(b"tangerine" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_those_of_an_earlier_version_are_taken_in_in_their_order_and_removed(tmp_path: Path, plain: Path) -> None:
    with History.open(tmp_path / "history", KEY) as history:
        assert take_over(history, plain) == 2
        with history.connect() as store:
            assert store.briefs.names() == ["newer", "older"]
            assert store.briefs.text("older") == 'template = "older"\n'
        assert take_over(history, plain) == 0
    assert not plain.exists()


def test_one_of_the_same_name_is_kept_beside_it_and_the_same_one_once(tmp_path: Path, plain: Path) -> None:
    with History.open(tmp_path / "history", KEY) as history:
        with history.connect() as store:
            store.briefs.save("older", "another")
            store.briefs.save("newer", 'template = "newer"\n')
        take_over(history, plain)
        with history.connect() as store:
            assert sorted(store.briefs.names()) == ["newer", "older", "older 2"]


def test_what_is_no_brief_of_ours_stays(tmp_path: Path, plain: Path) -> None:
    (plain / "odd.toml").write_bytes(b"\xff\xfe")
    with History.open(tmp_path / "history", KEY) as history:
        assert take_over(history, plain) == 2
    assert [path.name for path in plain.iterdir()] == ["odd.toml"]


def test_nothing_is_removed_that_could_not_be_saved(
    tmp_path: Path, plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise HistoryFull(tmp_path)

    with History.open(tmp_path / "history", KEY) as history:
        monkeypatch.setattr(Briefs, "save", full)
        assert take_over(history, plain) == 0
        with History.open(tmp_path / "history", KEY, write=False) as reading:
            assert take_over(reading, plain) == 0
    assert len(list(plain.glob("*.toml"))) == 2


def test_another_key_and_a_backup_take_them_along(tmp_path: Path) -> None:
    home, backup = tmp_path / "home", tmp_path / "all.zip"
    with History.open(home, KEY) as history:
        with history.connect() as store:
            store.briefs.save("weekly", "tangerine")
        back_up(history, backup)
    key = vault.protect(home, "passphrase", key=KEY, passphrase="p", new_key=True, cost=CHEAP)
    with History.open(home, key) as history, history.connect() as store:
        assert store.briefs.text("weekly") == "tangerine"
    restore(tmp_path / "other", backup, key=KEY)
    with History.open(tmp_path / "other", KEY) as history, history.connect() as store:
        assert store.briefs.names() == ["weekly"]


def test_a_history_of_before_that_can_only_be_read_has_none(tmp_path: Path) -> None:
    History.open(tmp_path, KEY, steps=STEPS[:2]).close()
    with History.open(tmp_path, KEY, write=False, steps=STEPS[:2]) as history, history.connect() as store:
        assert (store.briefs.names(), store.briefs.text("x")) == ([], None)
