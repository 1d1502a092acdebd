"""Finding models: which folder wins, and how damage is told."""

import dataclasses
import shutil
import tempfile
import threading
import tomllib
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from desktop.codes import Coded
from desktop.errors import BrokenModel, Cancelled, ModelNotPrepared, UnknownModel
from desktop.models.library import InstalledModel, ModelLibrary
from desktop.models.manifest import FILE_NAME, HubFile, Source, SourcePackage, read_manifest, write_manifest
from desktop.models.progress import Progress
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


def test_checking_a_large_file_ends_where_the_user_stops_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.models.checksum._HASHED", 1000)
    stop, shares = threading.Event(), list[float]()

    def report(_work: Coded, share: float) -> None:
        shares.append(share)
        if len(shares) == 9:
            stop.set()

    with pytest.raises(Cancelled):
        model(folder).verify(Progress(report, stop))
    assert shares == sorted(shares)
    assert len(shares) == 9
    assert 0 < shares[-1] < 0.1  # of a graph that is most of the model


def test_a_manifest_is_written_as_it_is_read(folder: Path) -> None:
    before = (folder / FILE_NAME).read_bytes()
    write_manifest(read_manifest(folder), folder)
    assert (folder / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('id = "tiny-optimum"', 'id = "tiny-optimum"\ncolour = "red"', "unknown key “colour”"),
        ("context_length = 256", 'context_length = "long"', "line 9: “context_length” must be a whole number"),
        ('family = "llama"', "", "family"),
        ("[[files]]", "[[files]", "line"),
        ("end_tokens = [\n    2,\n]", "", "“end_tokens” is missing"),
        ("end_tokens = [\n    2,\n]", "end_tokens = [true]", "“end_tokens” must be a list of whole numbers"),
        ('languages = [\n    "en",\n]', "languages = [3]", "“languages” must be a list of texts"),
        ('kv_cache = "grown"', 'kv_cache = "none"', "“kv_cache” must be one of shared, grown"),
        ("context_length = 256", "context_length = 0", "“context_length” is 0"),
        ('id = "tiny-optimum"', 'id = "../tiny-optimum"', "“../tiny-optimum” cannot name a model"),
        ('id = "tiny-optimum"', 'id = ".tiny"', "“.tiny” cannot name a model"),
        ('name = "model.onnx"', 'name = "../../notes.txt"', "“../../notes.txt” cannot name a file of a model"),
        ('name = "model.onnx"', 'name = "manifest.toml"', "“manifest.toml” cannot name a file of a model"),
        ("size = 505461", "size = -1", "a file cannot have -1 bytes"),  # as many as one that is missing seems to have
        ('sha256 = "3110', 'sha256 = "', "is no sha256"),
        ('id = "tiny-optimum"', 'source = 3\nid = "tiny-optimum"', "“source” must be a table"),
    ],
)
def test_a_manifest_that_is_none_is_refused_with_the_reason(folder: Path, old: str, new: str, reason: str) -> None:
    path = folder / FILE_NAME
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BrokenModel, match=reason):
        read_manifest(folder)


PIECES = st.sampled_from(["..", ".", "/", "\\", ":", "C:", "\0", "nul", " ", "a", "砚", "model.onnx"])


@given(st.lists(PIECES, max_size=5).map("".join))
def test_no_file_of_a_manifest_lies_outside_its_folder(name: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        table = tomllib.loads((TINY_OPTIMUM / FILE_NAME).read_text(encoding="utf-8"))
        table["files"][0]["name"] = name
        table["id"] = name
        (Path(place) / FILE_NAME).write_text(tomli_w.dumps(table), encoding="utf-8")
        try:
            found = read_manifest(Path(place))
        except BrokenModel:
            return
        assert all((Path(place) / file.name).parent == Path(place) for file in found.files)
        assert (Path(place) / found.id).parent == Path(place)
        assert not {"..", ".", FILE_NAME} & {found.id, *(file.name for file in found.files)}


CHECKSUM = "0" * 64
PACKAGE: dict[str, object] = {
    "package": "tiny-ink",
    "version": "1.0",
    "size": 1,
    "sha256": CHECKSUM,
    "member": "tiny_ink/tiny.gguf",
}
HUB = {"repository": "Tiny/Ink-GGUF", "file": "tiny.gguf", "revision": "main"}


def source_of(folder: Path, source: object) -> Source | None:
    """Read the manifest of a folder with this source in it."""
    table = tomllib.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    (folder / FILE_NAME).write_text(tomli_w.dumps({**table, "source": source}), encoding="utf-8")
    return read_manifest(folder).source


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        ("package", "package", "--index-url=http://elsewhere.example"),
        ("package", "package", "tiny @ http://elsewhere.example/tiny.whl"),
        ("package", "package", ""),
        ("package", "version", "1.0 --pre"),
        ("package", "version", "1.0; python_version"),
        ("package", "member", "../../tiny.gguf"),
        ("package", "member", "/etc/passwd"),
        ("package", "member", "tiny\\..\\tiny.gguf"),
        ("package", "size", 0),
        ("package", "sha256", "0" * 63),
        ("hub", "repository", "no-owner"),
        ("hub", "repository", "a/b/c"),
        ("hub", "repository", "https://elsewhere.example/a"),
        ("hub", "file", "../tiny.gguf"),
        ("hub", "revision", "../main"),
        ("hub", "revision", "main?x=1"),
        ("source", "size", 0),
        ("source", "sha256", "Z" * 64),
    ],
)
def test_a_source_that_cannot_be_meant_is_refused(folder: Path, place: str, key: str, value: object) -> None:
    good = {"size": 1, "sha256": CHECKSUM, "packages": [PACKAGE, PACKAGE], "hub": HUB}
    package = SourcePackage(**PACKAGE)  # type: ignore[arg-type]  # a table, as the file has it
    assert source_of(folder, good) == Source(1, CHECKSUM, (package, package), HubFile(**HUB))
    tables: dict[str, dict[str, object]] = {"package": PACKAGE, "hub": {**HUB}, "source": {**good}}
    changed = tables[place] | {key: value}
    wrong = {"package": {**good, "packages": [PACKAGE, changed]}, "hub": {**good, "hub": changed}, "source": changed}
    with pytest.raises(BrokenModel):
        source_of(folder, wrong[place])


def test_a_source_that_nothing_carries_is_refused(folder: Path) -> None:
    with pytest.raises(BrokenModel, match="neither packages nor a hub"):
        source_of(folder, {"size": 1, "sha256": CHECKSUM})


def test_the_one_package_of_an_earlier_manifest_is_read(folder: Path) -> None:
    earlier = {**PACKAGE, "size": 5, "member_size": 7, "member_sha256": "1" * 64}
    package = SourcePackage(**{**PACKAGE, "size": 5})  # type: ignore[arg-type]  # a table, as the file has it
    assert source_of(folder, earlier) == Source(7, "1" * 64, (package,))
    del earlier["member_size"]
    with pytest.raises(BrokenModel, match=r"“source\.size” is missing"):
        source_of(folder, earlier)


def test_a_model_that_an_earlier_version_prepared_keeps_its_tier(folder: Path) -> None:
    shipped = folder.parent.parent / "shipped" / folder.name
    shipped.mkdir(parents=True)
    manifest = dataclasses.replace(read_manifest(folder), tier="tiny", memory_mib=1024, disk_mib=110, files=())
    write_manifest(manifest, shipped)
    (model,) = ModelLibrary([folder.parent, shipped.parent]).models()
    assert (model.folder, model.prepared) == (folder, True)
    assert (model.manifest.tier, model.manifest.memory_mib, model.manifest.disk_mib) == ("tiny", 1024, 110)
    (model,) = ModelLibrary([shipped.parent, folder.parent]).models()
    assert (model.folder, model.manifest.tier) == (folder, "tiny")


@pytest.mark.parametrize(("key", "value"), [("tier", "huge"), ("memory_mib", 0), ("disk_mib", -1)])
def test_a_tier_that_cannot_be_meant_is_refused(folder: Path, key: str, value: object) -> None:
    table = tomllib.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    (folder / FILE_NAME).write_text(tomli_w.dumps({**table, key: value}), encoding="utf-8")
    with pytest.raises(BrokenModel):
        read_manifest(folder)


def test_a_broken_folder_keeps_no_other_model_from_being_used(folder: Path) -> None:
    broken = folder.with_name("broken")
    broken.mkdir()
    (broken / FILE_NAME).write_text('id = "../outside"', encoding="utf-8")
    library = ModelLibrary([folder.parent])
    assert library.find("tiny-optimum").prepared
    for look in (library.models, lambda: library.find("broken")):
        with pytest.raises(BrokenModel, match="broken"):
            look()
