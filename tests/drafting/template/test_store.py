"""The user's own templates: duplicate, import, export, change, remove."""

from pathlib import Path

import pytest

from desktop.drafting.template.store import Shelf
from desktop.errors import TemplateError
from tests.drafting.template.test_loading import SOUND


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "memo.toml").write_text(SOUND, encoding="utf-8")
    return Shelf(shipped, tmp_path / "home" / "templates")


def test_a_duplicate_is_the_users_own(shelf: Shelf) -> None:
    copy = shelf.duplicate(shelf.load().sound["memo"])
    again = shelf.duplicate(shelf.load().sound["memo"])
    assert (copy.id, again.id) == ("memo-copy", "memo-copy-2")
    assert sorted(shelf.load().sound) == ["memo", "memo-copy", "memo-copy-2"]
    assert copy.path.parent == shelf.own


def test_what_is_exported_can_be_imported(shelf: Shelf, tmp_path: Path) -> None:
    shelf.export(shelf.load().sound["memo"], tmp_path / "mail.toml")
    taken = shelf.import_file(tmp_path / "mail.toml")
    assert taken.id == "memo-2"  # the name was taken
    assert taken.sections == shelf.load().sound["memo"].sections


def test_a_broken_import_writes_nothing(shelf: Shelf) -> None:
    with pytest.raises(TemplateError):
        shelf.import_text(SOUND.replace("share = 1", "share = 0"))
    assert not shelf.own.exists()


def test_a_change_is_checked_before_it_replaces_the_file(shelf: Shelf) -> None:
    copy = shelf.duplicate(shelf.load().sound["memo"])
    with pytest.raises(TemplateError):
        shelf.save(copy.id, "nonsense")
    assert shelf.load().sound[copy.id].words == 100
    text = copy.path.read_text(encoding="utf-8").replace("words = 100", "words = 150")
    assert shelf.save(copy.id, text).words == 150
    assert shelf.load().sound[copy.id].words == 150


def test_an_id_that_leaves_the_folder_is_refused(shelf: Shelf) -> None:
    with pytest.raises(TemplateError):
        shelf.save("../memo", SOUND)


def test_only_the_users_own_are_removed(shelf: Shelf) -> None:
    copy = shelf.duplicate(shelf.load().sound["memo"])
    shelf.remove(copy)
    with pytest.raises(TemplateError):
        shelf.remove(shelf.load().sound["memo"])
    assert list(shelf.load().sound) == ["memo"]
