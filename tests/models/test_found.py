"""Files of other programs: found where they lie, told of truly, whatever state they are in."""

import contextlib
import hashlib
import json
import os
import struct
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.found import FoundFile, found_files
from desktop.models.gguf_header import NoGguf, read_header
from desktop.models.prepare import import_gguf
from tests.tiny_folder import silent
from tests.tiny_gguf import TinyModel, write_tiny_gguf


@pytest.fixture(scope="module")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_tiny_gguf(tmp_path_factory.mktemp("gguf") / "tiny.gguf", TinyModel("qwen2", tied=True)).read_bytes()


def put(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def put_ollama(folder: Path, content: bytes, name: str = "registry.ollama.ai/library/qwen2.5/1.5b") -> Path:
    digest = hashlib.sha256(content).hexdigest()
    layers = [
        {"mediaType": "application/vnd.ollama.image.license", "digest": f"sha256:{'0' * 64}", "size": 1},
        {"mediaType": "application/vnd.ollama.image.model", "digest": f"sha256:{digest}", "size": len(content)},
    ]
    put(folder / "manifests" / name, json.dumps({"schemaVersion": 2, "layers": layers}).encode())
    return put(folder / "blobs" / f"sha256-{digest}", content)


def told(files: Iterable[FoundFile]) -> list[tuple[str, str]]:
    return [(file.program, file.name) for file in files]


PLACES = {
    ".lmstudio/models/owner/repo/A-Q4_K_M.gguf": "LM Studio",
    ".cache/lm-studio/models/owner/repo/A-Q4_K_M.gguf": "LM Studio",
    ".local/share/nomic.ai/GPT4All/A-Q4_K_M.gguf": "GPT4All",
    "Library/Application Support/nomic.ai/GPT4All/A-Q4_K_M.gguf": "GPT4All",
    "AppData/Local/nomic.ai/GPT4All/A-Q4_K_M.gguf": "GPT4All",
    ".config/Jan/data/models/x/A-Q4_K_M.gguf": "Jan",
    ".local/share/Jan/data/llamacpp/models/x/A-Q4_K_M.gguf": "Jan",
    "Library/Application Support/Jan/data/models/x/A-Q4_K_M.gguf": "Jan",
    "AppData/Roaming/Jan/data/llamacpp/models/x/A-Q4_K_M.gguf": "Jan",
    "jan/models/x/A-Q4_K_M.gguf": "Jan",
    ".cache/huggingface/hub/models--o--n/snapshots/c0ffee/A-Q4_K_M.gguf": "Hugging Face",
}


@pytest.mark.parametrize(("place", "program"), PLACES.items(), ids=PLACES)
def test_each_program_is_looked_for_where_it_keeps_its_models(
    tmp_path: Path, gguf: bytes, place: str, program: str
) -> None:
    path = put(tmp_path / place, gguf)
    assert found_files(tmp_path) == [FoundFile(program, "A-Q4_K_M", path, len(gguf), "qwen2", supported=True)]
    assert path.read_bytes() == gguf


def test_a_model_of_ollama_is_found_by_its_manifest(tmp_path: Path, gguf: bytes) -> None:
    blob = put_ollama(tmp_path / ".ollama" / "models", gguf)
    put_ollama(tmp_path / ".ollama" / "models", gguf + b"\0", "hf.co/owner/repo/Q4_K_M")
    (first, second) = found_files(tmp_path)
    assert (first.name, first.supported) == ("owner/repo:Q4_K_M", True)
    assert (second.program, second.name, second.path) == ("Ollama", "qwen2.5:1.5b", blob)
    assert second.model_id == "qwen2-5-1-5b"


def test_what_was_found_is_imported_with_its_name(tmp_path: Path, gguf: bytes) -> None:
    put_ollama(tmp_path / ".ollama" / "models", gguf)
    (file,) = found_files(tmp_path)
    assert import_gguf(file.path, tmp_path / "models", silent(), file.model_id).name == "qwen2-5-1-5b"


def test_the_environment_moves_folders(tmp_path: Path, gguf: bytes) -> None:
    put_ollama(tmp_path / "elsewhere", gguf)
    put(tmp_path / "hf" / "hub" / "models--o--n" / "snapshots" / "1" / "B.gguf", gguf)
    environ = {"OLLAMA_MODELS": str(tmp_path / "elsewhere"), "HF_HOME": str(tmp_path / "hf")}
    assert told(found_files(tmp_path / "home", environ)) == [("Hugging Face", "B"), ("Ollama", "qwen2.5:1.5b")]
    assert found_files(tmp_path / "home") == []


def test_a_file_that_two_programs_share_is_told_once(tmp_path: Path, gguf: bytes) -> None:
    blob = put(tmp_path / ".cache" / "huggingface" / "hub" / "models--o--n" / "blobs" / "abc", gguf)
    for revision in ("1", "2"):
        link = blob.parents[1] / "snapshots" / revision / "C.gguf"
        link.parent.mkdir(parents=True)
        link.symlink_to(blob)
    (tmp_path / ".lmstudio" / "models").mkdir(parents=True)
    (tmp_path / ".lmstudio" / "models" / "C.gguf").symlink_to(blob)
    assert told(found_files(tmp_path)) == [("LM Studio", "C")]


def test_what_cannot_be_used_is_told_with_the_reason(tmp_path: Path, gguf: bytes) -> None:
    models = tmp_path / ".lmstudio" / "models"
    put(models / "broken.gguf", b"<html>not found</html>")
    put(models / "cut.gguf", gguf[:30])
    put(models / "empty.gguf", b"")
    write_tiny_gguf(models / "mamba.gguf", TinyModel(), {"general.architecture": "mamba"})
    put(models / "split-00001-of-00002.gguf", gguf)
    put(models / "whole.gguf", gguf)
    put(models / "mmproj-F16.gguf", gguf)
    put(models / "readme.txt", gguf)
    reasons = {file.name: str(file.reason) for file in found_files(tmp_path)}
    assert list(reasons) == ["broken", "cut", "empty", "mamba", "split-00001-of-00002", "whole"]
    assert reasons["broken"] == reasons["cut"] == reasons["empty"] == "it is not a whole GGUF file"
    assert reasons["mamba"].startswith("its architecture is “mamba”")
    assert (
        "the file split-00002-of-00002.gguf, another part of the model, is missing" in reasons["split-00001-of-00002"]
    )
    assert reasons["whole"] == "None"


def test_parts_of_a_split_file_are_one_model(tmp_path: Path, gguf: bytes) -> None:
    for number in (1, 2, 3):
        put(tmp_path / ".lmstudio" / "models" / f"m-0000{number}-of-00003.gguf", gguf)
    (file,) = found_files(tmp_path)
    assert (file.size, file.supported, file.path.name) == (3 * len(gguf), True, "m-00001-of-00003.gguf")


@pytest.mark.parametrize(
    "manifest",
    [b"", b"{", b"[]", b"{}", b'{"layers": 1}', b'{"layers": [1]}', b'{"layers": []}', b"[" * 100_000,
     b'{"layers": [{"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:../../x"}]}'],
)  # fmt: skip
def test_a_manifest_of_ollama_that_is_none_does_no_harm(tmp_path: Path, gguf: bytes, manifest: bytes) -> None:
    models = tmp_path / ".ollama" / "models"
    put(models / "manifests" / "registry.ollama.ai" / "library" / "bad" / "latest", manifest)
    put_ollama(models, gguf)
    assert told(found_files(tmp_path)) == [("Ollama", "qwen2.5:1.5b")]


def test_a_download_that_ollama_has_not_ended_is_left_out(tmp_path: Path, gguf: bytes) -> None:
    put_ollama(tmp_path / ".ollama" / "models", gguf).unlink()
    assert found_files(tmp_path) == []


def test_the_search_is_bounded(tmp_path: Path, gguf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    models = tmp_path / ".lmstudio" / "models"
    put(models.joinpath(*"abcdefghij") / "deep.gguf", gguf)
    put(models / "near.gguf", gguf)
    (models / "circle").symlink_to(models, target_is_directory=True)
    assert told(found_files(tmp_path)) == [("LM Studio", "near")]
    monkeypatch.setattr("desktop.models.found._MOST", 1)
    assert found_files(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_passed_over(tmp_path: Path) -> None:
    closed = tmp_path / ".lmstudio" / "models"
    closed.mkdir(parents=True)
    closed.chmod(0)
    assert found_files(tmp_path) == []


def test_the_beginning_of_a_file_tells_its_keys(tmp_path: Path, gguf: bytes) -> None:
    header = read_header(put(tmp_path / "x.gguf", gguf))
    assert header["general.architecture"] == "qwen2"
    assert header["qwen2.block_count"] == 2
    assert not [key for key in header if key.startswith("tokenizer.")]


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_read_or_refused(content: bytes, marked: bool) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write((b"GGUF\3\0\0\0" if marked else b"") + content)
        file.flush()
        with contextlib.suppress(NoGguf):
            assert isinstance(read_header(Path(file.name)), dict)


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1), st.integers(0, 13))
def test_numbers_without_bounds_end_the_reading(count: int, length: int, kind: int) -> None:
    content = b"GGUF" + struct.pack("<IQQ", 3, 0, count) + struct.pack("<Q", 1) + b"k"
    content += struct.pack("<IIQ", 9, kind, length) + struct.pack("<Q", length)
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        with contextlib.suppress(NoGguf):
            read_header(Path(file.name))
