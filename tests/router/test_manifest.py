"""The manifest of the committed model: of the taxonomy, true to its files, and no language model's."""

import json
import shutil
from pathlib import Path

import pytest

from desktop.errors import BrokenModel
from desktop.models.library import ModelLibrary
from desktop.paths import app_paths
from desktop.router.manifest import check_files, read_manifest
from desktop.services import ROUTER_ID
from tests.tiny_folder import TINY_OPTIMUM

SHIPPED = app_paths().model_folders[-1]
FOLDER = SHIPPED / ROUTER_ID
TAXONOMY = json.loads((SHIPPED.parent / "assets" / "taxonomy.json").read_text(encoding="utf-8"))


def test_the_labels_are_those_of_the_taxonomy() -> None:
    manifest = read_manifest(FOLDER)
    assert set(manifest.intents) == {template["id"] for template in TAXONOMY["templates"]}
    assert set(manifest.slots) == set(TAXONOMY["slots"])


def test_the_files_are_those_of_the_manifest_and_small_enough_to_commit() -> None:
    check_files(FOLDER, read_manifest(FOLDER))
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 15_000_000


def test_the_router_is_no_model_to_chat_with(tmp_path: Path) -> None:
    shutil.copytree(TINY_OPTIMUM, tmp_path / "tiny-optimum")
    (tmp_path / ROUTER_ID).mkdir()
    shutil.copy(FOLDER / "manifest.toml", tmp_path / ROUTER_ID)
    assert [model.manifest.id for model in ModelLibrary([tmp_path]).models()] == ["tiny-optimum"]


@pytest.mark.parametrize(
    "change",
    [
        ("temperature = ", "temperature = -"),
        ('"chat",', '"chatter",'),
        ("threshold", "thresh"),
        ("[[files]]", "[[file]]"),
        ('name = "tokenizer.json"', 'name = "../tokenizer.json"'),
        ('name = "tokenizer.json"', 'name = "other.json"'),
        ('task = "router"', 'task = "chat"'),
        ("size = ", "size = 1."),
        ('name = "Router"', 'name = "Router"\ncolour = "red"'),
    ],
)
def test_a_manifest_that_cannot_be_meant_is_refused(change: tuple[str, str], tmp_path: Path) -> None:
    text = (FOLDER / "manifest.toml").read_text(encoding="utf-8")
    assert change[0] in text
    (tmp_path / "manifest.toml").write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(BrokenModel):
        read_manifest(tmp_path)
