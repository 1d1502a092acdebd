"""A key file that is lost or broken: what can be opened opens, and protecting it anew mends it."""

import json
from pathlib import Path

import pytest

from desktop.chat.history_unlocker import HistoryUnlocker
from desktop.errors import HistoryDamaged, KeyUnavailable, WrongKey
from desktop.history import keys, vault
from tests.history.test_keys import CHEAP, fill, titles

WAYS = ["zeros", "cut off", "missing"]


def spoil(folder: Path, way: str) -> None:
    path = folder / "history.key"
    if way == "missing":
        path.unlink()
    else:
        path.write_bytes(bytes(300) if way == "zeros" else path.read_bytes()[:40])


@pytest.mark.parametrize("way", WAYS)
def test_an_unencrypted_history_opens_without_it_and_has_one_again(tmp_path: Path, way: str) -> None:
    vault.protect(tmp_path, "none")
    fill(tmp_path, None)
    spoil(tmp_path, way)
    assert vault.protection_kind(tmp_path) == "none"
    assert vault.find_key(tmp_path) is None
    vault.open_found(tmp_path).close()
    assert [one.kind for one in keys.protections(tmp_path)] == ["none"]
    (tmp_path / "history.db").unlink()
    with pytest.raises(HistoryDamaged):  # the new one knows that there was a history
        vault.open_found(tmp_path)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("new_key", [False, True])
def test_who_has_the_key_protects_it_anew(tmp_path: Path, way: str, new_key: bool) -> None:
    key = vault.protect(tmp_path, "passphrase", passphrase="p", cost=CHEAP)
    fill(tmp_path, key)
    spoil(tmp_path, way)
    with pytest.raises((WrongKey, KeyUnavailable)):
        vault.protect(tmp_path, "passphrase", key=bytes(32), passphrase="q", cost=CHEAP)
    vault.protect(tmp_path, "passphrase", key=key, passphrase="q", new_key=new_key, cost=CHEAP)
    assert keys.is_begun(tmp_path)
    assert titles(tmp_path, vault.find_key(tmp_path, passphrase="q")) == ["Kept"]


@pytest.mark.parametrize("way", WAYS)
def test_so_it_is_after_the_recovery_key_opened_it(tmp_path: Path, way: str) -> None:
    key = vault.protect(tmp_path, "passphrase", passphrase="p", cost=CHEAP)
    assert key is not None
    fill(tmp_path, key)
    spoil(tmp_path, way)
    unlocker = HistoryUnlocker(tmp_path)
    unlocker.open(recovery=keys.recovery_key(key)).close()
    unlocker.protect("passphrase", "q")
    assert titles(tmp_path, vault.find_key(tmp_path, passphrase="q")) == ["Kept"]


@pytest.mark.parametrize(
    "changed",
    [
        {"wrapped": ""},
        {"wrapped": "00" * 59},
        {"salt": ""},
        {"id": []},
        {"cost": 1e999},
        {"cost": "16"},
        {"cost": True},
        {"cost": 2**40},
        {"kind": []},
    ],
    ids=str,
)
def test_a_key_file_with_a_wrong_value_cannot_be_read(tmp_path: Path, changed: dict[str, object]) -> None:
    vault.protect(tmp_path, "passphrase", passphrase="p", cost=CHEAP)
    path = tmp_path / "history.key"
    table = json.loads(path.read_text())
    table["protections"][0] |= changed
    path.write_text(json.dumps(table))
    with pytest.raises(KeyUnavailable, match="cannot be read"):
        vault.find_key(tmp_path, passphrase="p")
