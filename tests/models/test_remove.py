"""Removing models: what goes, what stays, and that a cut removal is tidied up."""

import shutil
from pathlib import Path

import pytest

from desktop.errors import BrokenModel, PrepareBusy
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


@pytest.mark.parametrize("name", ["../../notes.txt", "{outside}"])
def test_a_manifest_cannot_have_a_file_outside_its_folder_removed(
    model: InstalledModel, tmp_path: Path, name: str
) -> None:
    outside = tmp_path / "notes.txt"
    outside.write_text("mine", encoding="utf-8")
    path = model.folder / FILE_NAME
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("tokenizer.json", name.format(outside=outside)), encoding="utf-8")
    (model.folder / "others.txt").write_text("mine as well", encoding="utf-8")
    with pytest.raises(BrokenModel, match="cannot name a file of a model"):
        remove(InstalledModel(model.folder, read_manifest(model.folder)), keep_manifest=False)
    assert outside.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("beside", [True, False])
def test_of_a_linked_model_only_the_link_goes(model: InstalledModel, tmp_path: Path, beside: bool) -> None:
    if beside:
        (model.folder / "notes.txt").write_text("mine", encoding="utf-8")
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
