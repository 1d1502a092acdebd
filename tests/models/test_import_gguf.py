"""Importing GGUF files that the user has: what becomes of them, what is refused, and that they are left alone."""

import threading
from pathlib import Path

import psutil
import pytest

from desktop.engine.interface import Finished, Message, Sampling
from desktop.engine.local import LocalEngine
from desktop.errors import (
    BadInput,
    BrokenModel,
    Cancelled,
    UnsupportedModel,
)
from desktop.models.library import InstalledModel, ModelLibrary
from desktop.models.manifest import read_manifest
from desktop.models.prepare import free_id, import_gguf, prepare
from desktop.models.progress import Progress, Work
from tests.tiny_folder import silent
from tests.tiny_gguf import TINY_MODELS, TinyModel, write_tiny_gguf


def state(folder: Path) -> dict[str, bytes]:
    """Everything below a folder, but for the lock, which is empty and stays."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".prepare.lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.parametrize(
    ("stem", "wanted"),
    [
        ("CON", "model-con"),
        ("auto", "model-auto"),
        ("nul", "model-nul"),
        ("...", "model"),
        ("砚", "model"),
        ("a" * 300, "a" * 64),
    ],
)
def test_a_files_model_gets_an_id_that_can_name_a_folder(stem: str, wanted: str) -> None:
    assert free_id(Path(f"{stem}.gguf"), ()) == wanted


@pytest.mark.parametrize("model_id", ["con", "a.", "..", "-a", "a/b", "a\\b", "a" * 250])
def test_an_id_that_cannot_name_a_folder_is_refused(tmp_path: Path, model_id: str) -> None:
    with pytest.raises(BadInput, match="cannot name a model"):
        import_gguf(tmp_path / "tiny.gguf", tmp_path, silent(), model_id)


@pytest.mark.skipif(not hasattr(psutil.Process, "memory_maps"), reason="macOS does not tell what is mapped")
@pytest.mark.parametrize("stopped", [True, False])
def test_the_users_file_is_given_back_once_it_is_imported(tmp_path: Path, stopped: bool) -> None:
    file = write_tiny_gguf(tmp_path / "tiny.gguf", TinyModel("llama", quantization="Q4_1", tied=True))
    stop = threading.Event()
    progress = Progress(lambda work, _: stop.set() if stopped and work.code is Work.CONVERTING else None, stop)
    try:
        import_gguf(file, tmp_path / "models", progress)
        error = None
    except Cancelled as cancelled:
        error = cancelled
    assert (error is not None) is stopped
    assert not any(Path(one.path) == file for one in psutil.Process().memory_maps())


def test_a_gguf_of_the_user_becomes_a_model(tmp_path: Path) -> None:
    file = write_tiny_gguf(tmp_path / "My Model.Q8_0.gguf", TinyModel("qwen2", quantization="Q8_0", pre="qwen2"))
    target = tmp_path / "models"
    assert import_gguf(file, target, silent()).name == "my-model-q8-0"
    (model,) = ModelLibrary([target]).models()
    model.verify(silent())
    assert (model.manifest.family, model.manifest.name, model.manifest.end_tokens) == ("qwen2", "Tiny qwen2", (0, 2))
    with pytest.raises(BadInput, match="already a model"):
        import_gguf(file, target, silent())
    with pytest.raises(BadInput, match="imported from a file"):
        prepare(model, target, silent(), again=True)


@pytest.mark.parametrize(("quantization", "held"), [("Q8_0", "int8"), ("Q4_0", "int4/int8")])
def test_an_imported_model_is_called_by_the_bits_that_it_is_held_in(
    tmp_path: Path, quantization: str, held: str
) -> None:
    shape = TinyModel("llama", quantization=quantization, tied=True, hidden=256, ffn=512)
    import_gguf(write_tiny_gguf(tmp_path / "mine.gguf", shape), tmp_path / "models", silent())
    (model,) = ModelLibrary([tmp_path / "models"]).models()
    assert (model.manifest.quantization, model.files().precision) == (held, held)


@pytest.mark.parametrize(
    ("architecture", "said", "languages"),
    [
        ("qwen2", None, ("en", "zh")),
        ("qwen3", ["en"], ("en", "zh")),
        ("qwen2", ["zh", "EN"], ("zh", "en")),
        ("llama", ["fr"], ("fr",)),
        ("llama", None, ("en",)),
    ],
)
def test_an_imported_model_writes_what_its_file_says_and_a_qwen_chinese(
    tmp_path: Path, architecture: str, said: list[str] | None, languages: tuple[str, ...]
) -> None:
    file = write_tiny_gguf(tmp_path / "mine.gguf", TINY_MODELS[architecture], {"general.languages": said})
    import_gguf(file, tmp_path / "models", silent())
    (model,) = ModelLibrary([tmp_path / "models"]).models()
    assert model.manifest.languages == languages


@pytest.mark.parametrize("name", ["../up", "Big", "", "a b", "auto"])
def test_an_id_that_is_no_folder_name_is_refused(tmp_path: Path, name: str) -> None:
    file = write_tiny_gguf(tmp_path / "___.gguf", TinyModel())
    with pytest.raises(BadInput, match="cannot name a model"):
        import_gguf(file, tmp_path / "models", silent(), name or None)


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{% unknown %}", "it is no chat template"),
        ("{{ raise_exception('no user may ask') }}", "no user may ask"),
        ("{{ bos_token }}", "leaves out what the user says"),
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "it takes too long"),
    ],
)
def test_a_model_that_could_never_be_asked_is_refused(tmp_path: Path, template: str, reason: str) -> None:
    key = {"tokenizer.chat_template": template}
    file = write_tiny_gguf(tmp_path / "tiny.gguf", TinyModel("llama", quantization="Q4_1", tied=True), key)
    with pytest.raises(UnsupportedModel, match=f"^tiny.gguf is a model that Inkstone cannot run: .*{reason}"):
        import_gguf(file, tmp_path / "models", silent())
    assert ModelLibrary([tmp_path / "models"]).models() == []


def test_a_template_that_marks_what_the_model_said_is_taken(tmp_path: Path) -> None:
    marked = "{% for m in messages %}{{ m.content }}{% generation %}{{ eos_token }}{% endgeneration %}{% endfor %}"
    key = {"tokenizer.chat_template": marked}
    file = write_tiny_gguf(tmp_path / "tiny.gguf", TinyModel("llama", quantization="Q4_1", tied=True), key)
    folder = import_gguf(file, tmp_path / "models", silent())
    files = InstalledModel(folder, read_manifest(folder)).files()
    answer = LocalEngine(files, "cpu", 1).stream([Message("user", "Hello")], Sampling(max_tokens=4), threading.Event())
    assert isinstance(list(answer)[-1], Finished)


def test_a_gguf_that_cannot_be_used_changes_nothing(tmp_path: Path) -> None:
    whole = write_tiny_gguf(tmp_path / "whole.gguf", TinyModel("qwen3", key_length=32)).read_bytes()
    target = tmp_path / "models"
    cut = tmp_path / "cut.gguf"
    for size in (0, 3, 100, 4000, len(whole) // 2, len(whole) - 1):
        cut.write_bytes(whole[:size])
        with pytest.raises(BrokenModel, match=r"cut\.gguf cannot be used"):
            import_gguf(cut, target, silent())
    other = write_tiny_gguf(tmp_path / "other.gguf", TinyModel(), {"general.architecture": "mamba"})
    with pytest.raises(UnsupportedModel, match="mamba"):
        import_gguf(other, target, silent())
    assert not target.exists() or not [path for path in target.iterdir() if path.name != ".prepare.lock"]


def test_a_model_of_the_user_cannot_take_the_name_of_another(tmp_path: Path) -> None:
    file = write_tiny_gguf(tmp_path / "tiny.gguf", TinyModel())
    with pytest.raises(BadInput, match="already a model “starter”"):
        import_gguf(file, tmp_path / "models", silent(), "starter", taken={"starter"})
