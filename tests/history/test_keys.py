import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import HistoryInUse, KeyUnavailable, PassphraseNeeded, ProtectionNeeded, WrongKey
from desktop.history import History, keys, vault

CHEAP = 2**4


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backends.fail import Keyring

    monkeypatch.setattr(keyring, "get_keyring", Keyring)


def fill(folder: Path, key: bytes | None) -> None:
    with History.open(folder, key) as history, history.connect() as store:
        chat = store.conversations.create("Kept")
        store.messages.add(chat.id, "user", "tangerine")


def titles(folder: Path, key: bytes | None) -> list[str]:
    with History.open(folder, key) as history, history.connect() as store:
        return [hit.title for hit in store.search("tangerine")]


def readable(folder: Path) -> bool:
    return any(b"tangerine" in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_without_a_keyring_a_new_home_asks_the_user(tmp_path: Path) -> None:
    with pytest.raises(ProtectionNeeded, match="choose how the history is protected"):
        vault.find_key(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_passphrase_opens_the_history_and_another_does_not(tmp_path: Path) -> None:
    key = vault.protect(tmp_path, "passphrase", passphrase="correct horse 砚", cost=CHEAP)
    fill(tmp_path, key)
    assert vault.find_key(tmp_path, passphrase="correct horse 砚") == key
    with pytest.raises(PassphraseNeeded):
        vault.find_key(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with pytest.raises(WrongKey, match="passphrase does not open"):
        vault.find_key(tmp_path, passphrase="correct horse")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    assert key is not None
    assert key.hex() not in (tmp_path / "history.key").read_text()


def test_the_passphrase_can_be_changed_and_the_old_one_ends(tmp_path: Path) -> None:
    key = vault.protect(tmp_path, "passphrase", passphrase="old", cost=CHEAP)
    fill(tmp_path, key)
    assert vault.protect(tmp_path, "passphrase", key=key, passphrase="new", cost=CHEAP) == key
    with pytest.raises(WrongKey):
        vault.find_key(tmp_path, passphrase="old")
    assert titles(tmp_path, vault.find_key(tmp_path, passphrase="new")) == ["Kept"]


def test_protecting_needs_the_key_of_now(tmp_path: Path) -> None:
    fill(tmp_path, vault.protect(tmp_path, "passphrase", passphrase="old", cost=CHEAP))
    before = (tmp_path / "history.key").read_bytes()
    for wrong in (bytes(32), None):
        with pytest.raises(WrongKey):
            vault.protect(tmp_path, "passphrase", key=wrong, passphrase="new", cost=CHEAP)
    assert (tmp_path / "history.key").read_bytes() == before


def test_a_history_can_be_encrypted_later_and_opened_up_again(tmp_path: Path) -> None:
    assert vault.protect(tmp_path, "none") is None
    assert vault.find_key(tmp_path) is None
    fill(tmp_path, None)
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "history-2026-old.db").write_bytes((tmp_path / "history.db").read_bytes())
    assert readable(tmp_path)
    key = vault.protect(tmp_path, "passphrase", passphrase="p", cost=CHEAP)
    assert not readable(tmp_path)
    assert titles(tmp_path, key) == ["Kept"]
    assert vault.protection_kind(tmp_path) == "passphrase"
    assert vault.protect(tmp_path, "none", key=key) is None
    assert titles(tmp_path, None) == ["Kept"]
    assert vault.find_key(tmp_path) is None


def test_a_new_key_ends_the_old_recovery_key(tmp_path: Path) -> None:
    key = vault.protect(tmp_path, "passphrase", passphrase="p", cost=CHEAP)
    assert key is not None
    fill(tmp_path, key)
    old = keys.recovery_key(key)
    new = vault.protect(tmp_path, "passphrase", key=key, passphrase="p", new_key=True, cost=CHEAP)
    assert new not in (None, key)
    with pytest.raises(WrongKey, match="recovery key does not open"):
        vault.find_key(tmp_path, recovery=old)
    assert titles(tmp_path, new) == ["Kept"]


def test_a_change_of_the_key_that_was_cut_off_is_ended_either_way(tmp_path: Path) -> None:
    for swapped in (False, True):
        folder = tmp_path / str(swapped)
        key = vault.protect(folder, "passphrase", passphrase="a", cost=CHEAP)
        fill(folder, key)
        (old,) = keys.protections(folder)
        new, other = keys.protect("passphrase", None, "b", cost=CHEAP)
        keys.write_protections(folder, old, new)
        if swapped:
            vault._rewrite(folder / "history.db", key, other)
        assert titles(folder, vault.find_key(folder, passphrase="b" if swapped else "a")) == ["Kept"]
        assert keys.protections(folder) == ((new,) if swapped else (old,))


def test_nothing_is_changed_where_the_history_is_open(tmp_path: Path) -> None:
    key = vault.protect(tmp_path, "none")
    history = History.open(tmp_path, key)
    with pytest.raises(HistoryInUse):
        vault.protect(tmp_path, "passphrase", passphrase="p", cost=CHEAP)
    history.close()
    assert vault.protection_kind(tmp_path) == "none"


def test_the_recovery_key_opens_a_history_whose_key_file_is_lost(tmp_path: Path) -> None:
    key = vault.protect(tmp_path, "passphrase", passphrase="p", cost=CHEAP)
    assert key is not None
    fill(tmp_path, key)
    for damage in ("{", "[]", '{"protections": [1]}', json.dumps({"protections": [{"kind": "x"}]}), None):
        if damage is None:
            (tmp_path / "history.key").unlink()
        else:
            (tmp_path / "history.key").write_text(damage)
        with pytest.raises(KeyUnavailable, match="recovery key"):
            vault.find_key(tmp_path, passphrase="p")
        assert vault.find_key(tmp_path, recovery=keys.recovery_key(key)) == key


@given(st.binary(min_size=32, max_size=32), st.randoms())
def test_a_recovery_key_survives_handwriting_and_tells_a_wrong_letter(key: bytes, random: object) -> None:
    written = keys.recovery_key(key)
    path = Path("history.db")
    assert len(written) == 69
    assert keys.key_from_recovery(written.lower().replace("-", " ").replace("o", "0"), path) == key
    at = next(n for n, letter in enumerate(written) if letter != "-")
    wrong = written[:at] + ("A" if written[at] != "A" else "C") + written[at + 1 :]
    with pytest.raises(WrongKey):
        keys.key_from_recovery(wrong, path)


@pytest.mark.parametrize("text", ["", "ABCD", "é" * 56, "A" * 56, "=" * 56])
def test_what_is_no_recovery_key_is_told(text: str) -> None:
    with pytest.raises(WrongKey):
        keys.key_from_recovery(text, Path("history.db"))
