"""Finding models: which folder wins, and how damage is told."""

import shutil
from pathlib import Path

import pytest

from desktop.errors import BrokenModel, ModelNotPrepared, UnknownModel
from desktop.models.library import InstalledModel, ModelLibrary
from desktop.models.manifest import FILE_NAME, read_manifest, write_manifest
from tests.tiny_folder import TINY_OPTIMUM, silent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY_OPTIMUM, tmp_path / "models" / "tiny-optimum"))


def model(folder: Path) -> InstalledModel:
    return InstalledModel(folder, read_manifest(folder))


def test_models_are_found_by_id_and_unknown_ones_told_with_the_known(folder: Path) -> None:
    library = ModelLibrary([folder.parent, folder.parent / "missing"])
    assert library.find("tiny-optimum").prepared
    with pytest.raises(UnknownModel, match="known models: tiny-optimum"):
        library.find("huge")


def test_a_prepared_model_goes_before_one_that_is_not(folder: Path, tmp_path: Path) -> None:
    recipe = tmp_path / "first" / "tiny-optimum"
    recipe.mkdir(parents=True)
    shutil.copy(folder / FILE_NAME, recipe)
    assert ModelLibrary([recipe.parent, folder.parent]).find("tiny-optimum").folder == folder


def test_hidden_folders_and_folders_without_a_manifest_are_no_models(folder: Path) -> None:
    shutil.copytree(folder, folder.parent / ".tiny-optimum.partial")
    (folder.parent / "notes").mkdir()
    assert len(ModelLibrary([folder.parent]).models()) == 1


def test_a_model_without_any_file_is_not_prepared(folder: Path) -> None:
    for file in model(folder).manifest.files:
        (folder / file.name).unlink()
    with pytest.raises(ModelNotPrepared, match="inkstone models prepare tiny-optimum"):
        model(folder).files()


def test_a_missing_file_and_a_cut_file_are_told_apart(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(BrokenModel, match=r"tokenizer\.json cannot be used: it is cut off"):
        model(folder).files()
    (folder / "tokenizer.json").unlink()
    with pytest.raises(BrokenModel, match=r"tokenizer\.json cannot be used: it is missing"):
        model(folder).files()


def test_verifying_finds_one_changed_bit(folder: Path) -> None:
    model(folder).verify(silent())
    graph = folder / "model.onnx"
    content = bytearray(graph.read_bytes())
    content[len(content) // 2] ^= 1
    graph.write_bytes(content)
    with pytest.raises(BrokenModel, match=r"model\.onnx cannot be used: it is not the file that was prepared"):
        model(folder).verify(silent())


def test_a_manifest_is_written_as_it_is_read(folder: Path) -> None:
    before = (folder / FILE_NAME).read_bytes()
    write_manifest(read_manifest(folder), folder)
    assert (folder / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('id = "tiny-optimum"', 'id = "tiny-optimum"\ncolour = "red"', "unknown key “colour”"),
        ("context_length = 256", 'context_length = "long"', "“context_length” has a value of the wrong kind"),
        ('family = "llama"', "", "family"),
        ("[[files]]", "[[files]", "line"),
        ("end_tokens = [\n    2,\n]", "", "end_tokens is missing"),
    ],
)
def test_a_manifest_that_is_none_is_refused_with_the_reason(folder: Path, old: str, new: str, reason: str) -> None:
    path = folder / FILE_NAME
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BrokenModel, match=reason):
        read_manifest(folder)
