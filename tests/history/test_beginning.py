"""Two begin the history of one home at the same time: both work with one key, or one waits, and nothing is lost."""

from pathlib import Path

import pytest

from desktop.errors import HistoryInUse, PassphraseNeeded, WrongKey
from desktop.history import History, keys, vault
from tests.history.test_keys import CHEAP, titles


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What a keyring of this process keeps."""
    import keyring

    passwords: dict[str, str] = {}

    class Ring:
        priority = 5

        def get_password(self, service: str, username: str) -> str | None:
            return passwords.get(username)

        def set_password(self, service: str, username: str, password: str) -> None:
            passwords[username] = password

        def delete_password(self, service: str, username: str) -> None:
            del passwords[username]

    ring = Ring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    for name in ("get_password", "set_password", "delete_password"):
        monkeypatch.setattr(keyring, name, getattr(ring, name))
    return passwords


def write(history: History) -> None:
    with history, history.connect() as store:
        chat = store.conversations.create("Kept")
        store.messages.add(chat.id, "user", "tangerine")


def test_who_waits_for_the_keyring_takes_the_key_that_another_made_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: dict[str, str]
) -> None:
    works, first = keys.keyring_works, list[bytes | None]()

    def while_the_other_begins() -> bool:
        monkeypatch.setattr(vault, "keyring_works", works)
        first.append(vault.find_key(tmp_path))
        return works()

    monkeypatch.setattr(vault, "keyring_works", while_the_other_begins)
    assert vault.find_key(tmp_path) == first[0]
    assert len(kept) == 1
    write(History.open(tmp_path, first[0]))
    assert titles(tmp_path, vault.find_key(tmp_path)) == ["Kept"]


def test_a_key_of_a_history_that_is_not_there_yet_is_replaced_by_who_has_it_alone(tmp_path: Path) -> None:
    key = vault.protect(tmp_path, "passphrase", passphrase="first", cost=CHEAP)
    before = (tmp_path / "history.key").read_bytes()
    kinds: list[keys.ProtectionKind] = ["keyring", "none"]
    for kind in kinds:
        with pytest.raises(WrongKey):
            vault.protect(tmp_path, kind)
    assert (tmp_path / "history.key").read_bytes() == before
    assert vault.protect(tmp_path, "passphrase", key=key, passphrase="second", cost=CHEAP) == key


def test_nobody_changes_the_protection_until_the_history_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, refused = History.open, list[type[BaseException]]()

    def others_first(folder: Path, *given: object, **named: object) -> History:
        for work in (lambda: vault.protect(folder, "none"), lambda: vault.begin(folder, "none")):
            with pytest.raises(HistoryInUse) as caught:
                work()
            refused.append(caught.type)
        return opened(folder, *given, **named)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(History, "open", others_first)
    write(vault.open_found(tmp_path / "found"))
    write(vault.begin(tmp_path / "chosen", "passphrase", "p"))
    monkeypatch.setattr(History, "open", opened)
    assert len(refused) == 4
    assert titles(tmp_path / "found", vault.find_key(tmp_path / "found")) == ["Kept"]
    assert titles(tmp_path / "chosen", vault.find_key(tmp_path / "chosen", passphrase="p")) == ["Kept"]


def test_a_choice_made_again_after_a_failure_keeps_its_key(tmp_path: Path) -> None:
    key = vault.protect(tmp_path, "passphrase", passphrase="p", cost=CHEAP)
    with vault.begin(tmp_path, "passphrase", "p") as history:
        assert history.key == key


def test_a_choice_comes_after_one_that_another_made(tmp_path: Path) -> None:
    write(vault.begin(tmp_path, "passphrase", "p"))
    before = keys.protections(tmp_path)
    for passphrase, failure in (("q", WrongKey), ("", PassphraseNeeded)):
        with pytest.raises(failure):
            vault.begin(tmp_path, "passphrase" if passphrase else "none", passphrase)
    assert keys.protections(tmp_path) == before


def test_a_beginning_that_fails_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(vault, "find_key", lambda *_, **__: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            vault.open_found(tmp_path)
    write(vault.open_found(tmp_path))
    assert titles(tmp_path, vault.find_key(tmp_path)) == ["Kept"]
