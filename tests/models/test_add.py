"""Adding a model of a hub: fetched, imported, and nothing else left; stopped, it goes on."""

import threading
from collections.abc import Iterator
from pathlib import Path

import filelock
import pytest

from desktop.codes import Coded
from desktop.errors import BadInput, Cancelled, DiskFull, OfflineRefused, PrepareBusy, UnsupportedModel, WrongChecksum
from desktop.models.add import add, discard_added
from desktop.models.catalogue import CatalogueEntry, CataloguePhrase
from desktop.models.hub_files import HubWork, RepositoryFile
from desktop.models.library import ModelLibrary
from desktop.models.manifest import read_manifest
from desktop.models.progress import Progress, Work
from tests.models.hub_server import REPOSITORY, Fault, HubServer, hub_server
from tests.tiny_folder import silent
from tests.tiny_gguf import TinyModel, write_tiny_gguf


@pytest.fixture(scope="module")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_tiny_gguf(tmp_path_factory.mktemp("gguf") / "tiny.gguf", TinyModel("qwen2", tied=True)).read_bytes()


@pytest.fixture
def hub(gguf: bytes) -> Iterator[HubServer]:
    with hub_server() as server:
        server.put("Tiny-Q4_K_M.gguf", gguf)
        server.put("Tiny-Q8_0.gguf", gguf)
        yield server


def entry(hub: HubServer, **changed: str) -> CatalogueEntry:
    content = hub.files[REPOSITORY, "Tiny-Q4_K_M.gguf"]
    sha256 = changed.get("sha256") or hub.put("Tiny-Q4_K_M.gguf", content)
    file = RepositoryFile("Tiny-Q4_K_M.gguf", len(content), sha256)
    phrase = CataloguePhrase("tests", "测试")
    return CatalogueEntry(
        "tiny-ink", "Tiny ink", "qwen2", REPOSITORY, "main", "MIT", 1, 1, 1, 1, 1, ("zh", "en"), phrase, (file,)
    )


def stopped_halfway(hub: HubServer, target: Path, wanted: str) -> None:
    """Add a model, and stop once a part of it has come."""
    hub.store_faults.append(Fault(stall_at=5000))
    stop = threading.Event()

    def stop_then() -> None:
        hub.stalled.wait(60)
        stop.set()

    threading.Thread(target=stop_then, daemon=True).start()
    with pytest.raises(Cancelled):
        add(wanted, [entry(hub)], target, Progress(lambda *_: None, stop), endpoint=hub.endpoint)


def test_a_model_of_the_catalogue_becomes_one_of_the_users(hub: HubServer, tmp_path: Path) -> None:
    folder = add("tiny-ink", [entry(hub)], tmp_path, silent(), endpoint=hub.endpoint)
    assert folder == tmp_path / "tiny-ink"
    manifest = read_manifest(folder)
    assert (manifest.id, manifest.name, manifest.licence) == ("tiny-ink", "Tiny ink", "MIT")
    assert (manifest.languages, manifest.good_for) == (("zh", "en"), "tests")
    ModelLibrary([tmp_path]).find("tiny-ink").verify(silent())
    assert sorted(path.name for path in tmp_path.iterdir()) == [".prepare.lock", "tiny-ink"]
    assert [path for _, path, _ in hub.asked if "/api/" in path] == []


@pytest.mark.parametrize(
    ("text", "model_id", "file"),
    [
        (REPOSITORY, "tiny-q4-k-m", "Tiny-Q4_K_M.gguf"),
        (f"{REPOSITORY}:q8_0", "tiny-q8-0", "Tiny-Q8_0.gguf"),
        (f"{REPOSITORY}/Tiny-Q8_0.gguf", "tiny-q8-0", "Tiny-Q8_0.gguf"),
    ],
)
def test_any_repository_will_do(hub: HubServer, tmp_path: Path, text: str, model_id: str, file: str) -> None:
    said: list[Coded] = []
    folder = add(text, [], tmp_path, Progress(lambda work, _: said.append(work)), endpoint=hub.endpoint)
    assert folder == tmp_path / model_id
    assert str(HubWork.TAKING(file=file, repository=REPOSITORY)) in map(str, said)


def test_the_hub_of_an_address_is_asked_where_the_settings_name_none(hub: HubServer, tmp_path: Path) -> None:
    assert add(f"{hub.endpoint}/{REPOSITORY}/blob/main/Tiny-Q8_0.gguf", [], tmp_path, silent()).name == "tiny-q8-0"


def test_progress_goes_up_to_one(hub: HubServer, tmp_path: Path) -> None:
    shares: list[float] = []
    add("tiny-ink", [entry(hub)], tmp_path, Progress(lambda _, share: shares.append(share)), endpoint=hub.endpoint)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_stop_keeps_what_came_for_the_next_time(hub: HubServer, tmp_path: Path) -> None:
    stopped_halfway(hub, tmp_path, "tiny-ink")
    assert [path.name for path in tmp_path.iterdir()] == [".tiny-ink.download"]
    assert add("tiny-ink", [entry(hub)], tmp_path, silent(), endpoint=hub.endpoint).is_dir()
    assert not (tmp_path / ".tiny-ink.download").exists()


@pytest.mark.parametrize("wanted", ["tiny-ink", REPOSITORY, f"{REPOSITORY}/Tiny-Q8_0.gguf"])
def test_what_a_stop_kept_can_be_thrown_away_by_what_was_wanted(hub: HubServer, tmp_path: Path, wanted: str) -> None:
    (tmp_path / ".tiny-ink-2.download").mkdir()  # of something else
    stopped_halfway(hub, tmp_path, wanted)
    assert len(list(tmp_path.iterdir())) == 2
    discard_added("somebody/else", tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    discard_added(wanted, tmp_path)
    discard_added(wanted, tmp_path / "nowhere")
    assert [path.name for path in tmp_path.iterdir()] == [".tiny-ink-2.download"]


def test_what_another_process_fetches_is_not_thrown_away(hub: HubServer, tmp_path: Path) -> None:
    stopped_halfway(hub, tmp_path, REPOSITORY)
    (folder,) = tmp_path.iterdir()
    with filelock.FileLock(folder / ".lock"), pytest.raises(PrepareBusy):
        discard_added(REPOSITORY, tmp_path)
    assert folder.is_dir()


def test_a_stop_in_the_conversion_downloads_nothing_again(hub: HubServer, tmp_path: Path) -> None:
    stop = threading.Event()
    progress = Progress(lambda work, _: stop.set() if work.code is Work.CONVERTING else None, stop)
    with pytest.raises(Cancelled):
        add("tiny-ink", [entry(hub)], tmp_path, progress, endpoint=hub.endpoint)
    hub.asked.clear()
    add("tiny-ink", [entry(hub)], tmp_path, silent(), endpoint=hub.endpoint)
    assert hub.asked == []


def test_the_gguf_is_kept_where_that_was_asked_for(hub: HubServer, tmp_path: Path, gguf: bytes) -> None:
    add("tiny-ink", [entry(hub)], tmp_path, silent(), endpoint=hub.endpoint, keep=True)
    assert (tmp_path / "downloads" / "Tiny-Q4_K_M.gguf").read_bytes() == gguf
    assert [model.manifest.id for model in ModelLibrary([tmp_path]).models()] == ["tiny-ink"]


@pytest.mark.parametrize("model_id", ["taken", "../x", "Große"])
def test_a_name_that_cannot_be_had_is_refused_before_anything_is_fetched(
    hub: HubServer, tmp_path: Path, model_id: str
) -> None:
    with pytest.raises(BadInput):
        add("tiny-ink", [entry(hub)], tmp_path, silent(), endpoint=hub.endpoint, model_id=model_id, taken={"taken"})
    assert hub.asked == []


def test_what_is_not_in_the_catalogue_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no model “nope” in the catalogue; see inkstone models catalogue"):
        add("nope", [], tmp_path, silent())


def test_offline_it_is_refused(hub: HubServer, tmp_path: Path) -> None:
    with pytest.raises(OfflineRefused):
        add("tiny-ink", [entry(hub)], tmp_path, silent(), endpoint=hub.endpoint, offline=True)
    assert hub.asked == []


def test_room_for_the_model_is_looked_for_first(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gguf: bytes
) -> None:
    class Usage:
        free = 3 * len(gguf) - 1

    monkeypatch.setattr("desktop.models.add.shutil.disk_usage", lambda _: Usage)
    with pytest.raises(DiskFull):
        add("tiny-ink", [entry(hub)], tmp_path, silent(), endpoint=hub.endpoint)
    assert hub.asked == []


def test_another_file_than_the_pinned_one_is_refused(hub: HubServer, tmp_path: Path) -> None:
    hub.store_faults.append(Fault(body=hub.files[REPOSITORY, "Tiny-Q4_K_M.gguf"][::-1]))
    with pytest.raises(WrongChecksum):
        add("tiny-ink", [entry(hub)], tmp_path, silent(), endpoint=hub.endpoint)


def test_a_model_that_cannot_be_run_is_told_and_leaves_no_folder(hub: HubServer, tmp_path: Path) -> None:
    other = write_tiny_gguf(tmp_path / "x.gguf", TinyModel(), {"general.architecture": "mamba"})
    hub.put("Tiny-Q4_K_M.gguf", other.read_bytes())
    with pytest.raises(UnsupportedModel, match="mamba"):
        add("tiny-ink", [entry(hub)], tmp_path / "models", silent(), endpoint=hub.endpoint)
    assert not (tmp_path / "models" / "tiny-ink").exists()


def test_two_processes_do_not_write_the_same_parts(hub: HubServer, tmp_path: Path) -> None:
    (tmp_path / ".tiny-ink.download").mkdir()
    with filelock.FileLock(tmp_path / ".tiny-ink.download" / ".lock"), pytest.raises(PrepareBusy):
        add("tiny-ink", [entry(hub)], tmp_path, silent(), endpoint=hub.endpoint)


def test_all_parts_of_a_split_file_are_fetched(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gguf: bytes
) -> None:
    half = len(gguf) // 2
    hub.put("big-Q4_K_M-00001-of-00002.gguf", gguf[:half], "ink/split")
    hub.put("big-Q4_K_M-00002-of-00002.gguf", gguf[half:], "ink/split")
    seen: list[bytes] = []

    def imported(path: Path, target: Path, progress: Progress, model_id: str, **_: object) -> Path:
        seen.extend(one.read_bytes() for one in sorted(path.parent.glob("*.gguf")))
        assert path.name == "big-Q4_K_M-00001-of-00002.gguf"
        return target / model_id

    monkeypatch.setattr("desktop.models.add.import_gguf", imported)
    assert add("ink/split", [], tmp_path, silent(), endpoint=hub.endpoint).name == "big-q4-k-m"
    assert seen == [gguf[:half], gguf[half:]]
