"""The user's own templates: duplicate, import, export, change, remove."""

from pathlib import Path

import pytest

from desktop.drafting.template.phrase_bank import PhraseBank
from desktop.drafting.template.store import TemplateStore
from desktop.errors import TemplateError
from tests.drafting.template.test_loading import SOUND
from tests.drafting.template.test_shipped import ASSETS


@pytest.fixture
def store(tmp_path: Path) -> TemplateStore:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "memo.toml").write_text(SOUND, encoding="utf-8")
    return TemplateStore(shipped, tmp_path / "home" / "templates")


def test_a_duplicate_is_the_users_own(store: TemplateStore) -> None:
    copy = store.duplicate(store.load().sound["memo"])
    again = store.duplicate(store.load().sound["memo"])
    assert (copy.id, again.id) == ("memo-copy", "memo-copy-2")
    assert sorted(store.load().sound) == ["memo", "memo-copy", "memo-copy-2"]
    assert copy.path.parent == store.own


def test_a_duplicate_says_what_the_shipped_one_says(tmp_path: Path) -> None:
    store = TemplateStore(ASSETS / "templates", tmp_path / "own")
    email = store.load().sound["email"]
    store.duplicate(email)
    assert store.load().sound["email-copy"].phrase_bank == email.phrase_bank != PhraseBank()


def test_a_template_that_names_no_bank_of_phrases_that_is_there_is_not_taken_in(store: TemplateStore) -> None:
    with pytest.raises(TemplateError, match="names a bank “odd” that is not there"):
        store.import_text(SOUND.replace("words = 100", 'phrase_bank = "odd"'))
    assert not store.own.exists()


def test_what_is_exported_can_be_imported(store: TemplateStore, tmp_path: Path) -> None:
    store.export(store.load().sound["memo"], tmp_path / "mail.toml")
    taken = store.import_file(tmp_path / "mail.toml")
    assert taken.id == "memo-2"  # the name was taken
    assert taken.sections == store.load().sound["memo"].sections


def test_a_broken_import_writes_nothing(store: TemplateStore) -> None:
    with pytest.raises(TemplateError):
        store.import_text(SOUND.replace("share = 1", "share = 0"))
    assert not store.own.exists()


def test_a_change_is_checked_before_it_replaces_the_file(store: TemplateStore) -> None:
    copy = store.duplicate(store.load().sound["memo"])
    with pytest.raises(TemplateError):
        store.save(copy.id, "nonsense")
    assert store.load().sound[copy.id].words == 100
    text = copy.path.read_text(encoding="utf-8").replace("words = 100", "words = 150")
    assert store.save(copy.id, text).words == 150
    assert store.load().sound[copy.id].words == 150


def test_an_id_that_leaves_the_folder_is_refused(store: TemplateStore) -> None:
    with pytest.raises(TemplateError):
        store.save("../memo", SOUND)


def test_only_the_users_own_are_removed(store: TemplateStore) -> None:
    copy = store.duplicate(store.load().sound["memo"])
    store.remove(copy)
    with pytest.raises(TemplateError):
        store.remove(store.load().sound["memo"])
    assert list(store.load().sound) == ["memo"]
