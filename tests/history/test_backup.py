import zipfile
from pathlib import Path

import pytest

from desktop.errors import HistoryDamaged, HistoryInUse, ImportRefused, PassphraseNeeded, WrongKey
from desktop.history import History, keys, vault
from desktop.history.backup import back_up, restore
from tests.history.test_keys import CHEAP, fill, titles

KEY = bytes(range(32))


def backed_up(folder: Path, key: bytes | None, target: Path) -> None:
    history = History.open(folder, key)
    back_up(history, target)
    history.close()


def test_a_backup_brings_back_what_was_deleted_and_keeps_a_copy_of_what_was_there(tmp_path: Path) -> None:
    home, backup = tmp_path / "home", tmp_path / "all.inkstone"
    fill(home, KEY)
    backed_up(home, KEY, backup)
    history = History.open(home, KEY)
    store = history.connect()
    for chat in store.conversations.page():
        store.conversations.delete(chat.id)
    store.empty_bin()
    store.conversations.create("Newer")
    store.close()
    history.close()
    assert titles(home, KEY) == []
    copy = restore(home, backup, key=KEY)
    assert titles(home, KEY) == ["Kept"]
    assert copy is not None
    restore(home, copy, key=KEY)
    assert titles(home, KEY) == []
    assert sorted(path.name for path in home.iterdir() if ".partial" in path.name) == []


def test_a_backup_is_as_secret_as_the_history_and_opens_in_another_home(tmp_path: Path) -> None:
    home, other, backup = tmp_path / "home", tmp_path / "other", tmp_path / "all.inkstone"
    key = vault.protect(home, "passphrase", passphrase="p", cost=CHEAP)
    assert key is not None
    fill(home, key)
    backed_up(home, key, backup)
    with zipfile.ZipFile(backup) as archive:
        assert sorted(archive.namelist()) == ["history.db", "history.key"]
        assert b"tangerine" not in archive.read("history.db")
    vault.protect(other, "none")
    with pytest.raises(PassphraseNeeded):
        restore(other, backup)
    with pytest.raises(WrongKey):
        restore(other, backup, passphrase="wrong")
    assert not (other / "history.db").exists()
    restore(other, backup, passphrase="p")
    assert titles(other, None) == ["Kept"]
    third = tmp_path / "third"
    new = vault.protect(third, "passphrase", passphrase="q", cost=CHEAP)
    restore(third, backup, key=new, recovery=keys.recovery_key(key))
    assert titles(third, new) == ["Kept"]


def test_a_backup_can_be_made_while_the_history_is_written(tmp_path: Path) -> None:
    home, backup = tmp_path / "home", tmp_path / "all.inkstone"
    fill(home, KEY)
    history = History.open(home, KEY)
    store = history.connect()
    with store.database.transaction():
        store.conversations.create("half")
        back_up(history, backup)
    store.close()
    with pytest.raises(HistoryInUse):
        restore(home, backup, key=KEY)
    history.close()
    other = tmp_path / "other"
    restore(other, backup, key=KEY)
    assert titles(other, KEY) == ["Kept"]


def test_a_damaged_backup_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    home, backup, bad = tmp_path / "home", tmp_path / "all.inkstone", tmp_path / "bad.inkstone"
    fill(home, KEY)
    backed_up(home, KEY, backup)
    before = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    whole = backup.read_bytes()
    empty = tmp_path / "empty.zip"
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("readme.txt", "x")
    for content in (whole[: len(whole) // 2], b"", b"x" * 5000, empty.read_bytes(), whole[:3000] + whole[3100:]):
        bad.write_bytes(content)
        with pytest.raises((ImportRefused, WrongKey)):
            restore(home, bad, key=KEY)
        assert {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()} == before
    assert titles(home, KEY) == ["Kept"]


@pytest.mark.parametrize("page", [0, 1, 5])
def test_a_damaged_history_is_told_and_a_backup_restores_it(tmp_path: Path, page: int) -> None:
    home, backup = tmp_path / "home", tmp_path / "all.inkstone"
    key = vault.protect(home, "passphrase", passphrase="p", cost=CHEAP)
    fill(home, key)
    backed_up(home, key, backup)
    content = bytearray((home / "history.db").read_bytes())
    content[page * 4096 + 100 : page * 4096 + 1000] = b"\xaa" * 900
    (home / "history.db").write_bytes(content)
    if page < 5:  # the others are not read at once
        with pytest.raises(HistoryDamaged, match="restore a backup"):
            titles(home, vault.find_key(home, passphrase="p"))
    with pytest.raises(WrongKey):
        vault.find_key(home, passphrase="q", try_it=False)
    copy = restore(home, backup, key=vault.find_key(home, passphrase="p", try_it=False), damaged=page == 0)
    assert copy is not None
    assert copy.read_bytes() == content
    assert titles(home, key) == ["Kept"]


def test_the_wrong_key_of_the_home_keeps_what_was_there(tmp_path: Path) -> None:
    home, backup = tmp_path / "home", tmp_path / "all.inkstone"
    fill(home, KEY)
    backed_up(home, KEY, backup)
    before = (home / "history.db").read_bytes()
    with pytest.raises(WrongKey):
        restore(home, backup, key=bytes(32), recovery=keys.recovery_key(KEY))
    assert (home / "history.db").read_bytes() == before
