"""Removing models: what goes, what stays, and that a cut removal is tidied up."""

import shutil
from pathlib import Path

import pytest

from desktop.errors import PrepareBusy
from desktop.models.library import InstalledModel, ModelLibrary
from desktop.models.manifest import FILE_NAME, read_manifest
from desktop.models.remove import remove
from desktop.models.staging import locked, recover
from tests.tiny_folder import TINY_OPTIMUM

ITS_ANSWERS = shutil.ignore_patterns("expected.json")


@pytest.fixture
def model(tmp_path: Path) -> InstalledModel:
    folder = Path(shutil.copytree(TINY_OPTIMUM, tmp_path / "models" / "tiny-optimum", ignore=ITS_ANSWERS))
    return InstalledModel(folder, read_manifest(folder))


def left(model: InstalledModel) -> list[str]:
    return sorted(path.name for path in model.folder.iterdir())


def test_a_model_is_gone_and_its_bytes_are_told(model: InstalledModel) -> None:
    size = sum(path.stat().st_size for path in model.folder.iterdir() if path.name != FILE_NAME)
    assert remove(model, keep_manifest=False) == size
    assert not model.folder.exists()
    assert ModelLibrary([model.folder.parent]).models() == []


def test_the_manifest_stays_where_the_model_can_be_made_again(model: InstalledModel) -> None:
    remove(model, keep_manifest=True)
    assert left(model) == [FILE_NAME]
    assert not ModelLibrary([model.folder.parent]).find("tiny-optimum").prepared


def test_a_file_that_inkstone_did_not_make_stays(model: InstalledModel) -> None:
    (model.folder / "notes.txt").write_text("mine", encoding="utf-8")
    remove(model, keep_manifest=False)
    assert left(model) == ["notes.txt"]
    assert ModelLibrary([model.folder.parent]).models() == []


def test_of_a_linked_model_only_the_link_goes(model: InstalledModel, tmp_path: Path) -> None:
    link = tmp_path / "linked" / "tiny-optimum"
    link.parent.mkdir()
    link.symlink_to(model.folder)
    remove(InstalledModel(link, model.manifest), keep_manifest=False)
    assert not link.exists()
    assert model.prepared


def test_a_removal_that_was_cut_is_finished_later(model: InstalledModel) -> None:
    model.folder.rename(model.folder.with_name(".tiny-optimum.partial"))  # killed behind the rename
    recover(model.folder.parent)
    assert [path for path in model.folder.parent.iterdir() if path.is_dir()] == []


def test_nothing_is_removed_while_another_process_prepares(model: InstalledModel) -> None:
    with locked(model.folder.parent), pytest.raises(PrepareBusy, match="Another Inkstone is preparing"):
        remove(model, keep_manifest=False)
    assert model.prepared
