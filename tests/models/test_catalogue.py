"""The committed catalogue, and what is no catalogue."""

import re
from pathlib import Path

import pytest

from desktop.errors import BadInput, BrokenModel
from desktop.models.catalogue import FILE, CatalogueEntry, entry_of, read_catalogue
from desktop.models.hub import address_of

ASSETS = Path(__file__).parents[2] / "assets"
BUILT = {"llama", "qwen2", "qwen3", "gemma3", "smollm3", "phi3"}


@pytest.fixture(scope="module")
def entries() -> list[CatalogueEntry]:
    return read_catalogue(ASSETS)


def test_every_model_can_be_fetched_checked_and_told_of(entries: list[CatalogueEntry]) -> None:
    assert len(entries) >= 12
    for entry in entries:
        assert entry.architecture in BUILT
        assert re.fullmatch(r"[A-Za-z0-9.-]+", entry.licence)
        assert entry.good_for.en
        assert re.search(r"[\u4e00-\u9fff]", entry.good_for.zh)
        assert set(entry.languages) <= {"en", "zh", "de", "fr", "es", "it", "pt", "ja", "ko"}
        for file in entry.files:
            assert address_of(entry.repository, file.name, entry.revision).endswith(".gguf")
            assert file.sha256 is not None


def test_sizes_are_those_of_files_in_four_to_nine_bits(entries: list[CatalogueEntry]) -> None:
    for entry in entries:
        assert 4 < 8 * entry.size / entry.parameters < 9, entry.id


def test_what_writes_chinese_stands_first(entries: list[CatalogueEntry]) -> None:
    assert [entry.languages[0] for entry in entries[:6]] == ["zh"] * 6
    assert sum("zh" in entry.languages for entry in entries) >= 8


def test_files_that_are_split_are_whole(entries: list[CatalogueEntry]) -> None:
    for entry in entries:
        if len(entry.files) > 1:
            endings = [f"-{n:05}-of-{len(entry.files):05}.gguf" for n in range(1, len(entry.files) + 1)]
            assert all(file.name.endswith(ending) for file, ending in zip(entry.files, endings, strict=True))


def test_a_model_is_found_by_its_id(entries: list[CatalogueEntry]) -> None:
    assert entry_of(entries[1].id, entries) == entries[1]
    with pytest.raises(BadInput, match="no model “nope” in the catalogue"):
        entry_of("nope", entries)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('id = "qwen3-0.6b"', 'id = "../x"', "cannot name a model"),
        ('id = "qwen3-0.6b"', 'id = "qwen3-1.7b"', "an id is there twice"),
        ('name = "Qwen3 0.6B"', 'name = "x"\ncolour = 1', "unknown key “colour”"),
        ("layers = 28", "layers = 0", "has a number below 1"),
        ("size = 639_446_688", "size = 0", "cannot be a file of a model"),
        ("size = 639_446_688", "size = '1'", "must be a whole number"),
        ('name = "Qwen3-0.6B-Q8_0.gguf"', 'name = "../x.gguf"', "cannot be a file of a model"),
        ('sha256 = "9465', 'sha256 = "', "cannot be a file of a model"),
    ],
)
def test_what_cannot_be_meant_is_named(tmp_path: Path, before: str, after: str, reason: str) -> None:
    text = (ASSETS / FILE).read_text(encoding="utf-8")
    assert before in text
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(BrokenModel, match=reason):
        read_catalogue(tmp_path)


def test_an_installation_without_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(BrokenModel, match="catalogue"):
        read_catalogue(tmp_path)
