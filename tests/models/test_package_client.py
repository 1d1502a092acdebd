"""The real package client against an index on loopback: what is whole is kept, what is cut off begins anew."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from desktop.errors import DownloadFailed
from desktop.models.checksum import sha256
from desktop.models.manifest import Source, SourcePackage
from desktop.models.package_client import download_packages
from tests.models.tiny_package import publish


class Quiet(SimpleHTTPRequestHandler):
    """Serves the index, notes what is fetched and says nothing; the third package waits for its turn."""

    def do_GET(self) -> None:
        if self.path.endswith(".whl"):
            self.server.fetched.append(self.path.rpartition("/")[2])  # type: ignore[attr-defined]  # set below
        if "part3-" in self.path:
            self.server.turn.wait(30)  # type: ignore[attr-defined]  # set below
        super().do_GET()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """Three packages in an index as package clients read it (packaging.python.org, "Simple repository API")."""
    source = publish(tmp_path / "files", parts=3)
    for package in source.packages:
        folder = tmp_path / "simple" / package.package
        folder.mkdir(parents=True)
        wheel = f"{package.package.replace('-', '_')}-1.0-py3-none-any.whl"
        link = f'<a href="/files/{wheel}#sha256={package.sha256}">{wheel}</a>'
        (folder / "index.html").write_text(f"<!DOCTYPE html><html><body>{link}</body></html>", encoding="utf-8")
    return source


@pytest.fixture
def turn() -> threading.Event:
    """Lets the third package come."""
    return threading.Event()


@pytest.fixture
def fetched(tmp_path: Path, turn: threading.Event, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The wheels that the client asks the index for."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        names: list[str] = []
        server.fetched, server.turn = names, turn  # type: ignore[attr-defined]  # read above
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/simple")
        for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX"):
            monkeypatch.delenv(name, raising=False)
        yield names
        server.shutdown()
        thread.join()


def sums(files: list[Path]) -> list[str]:
    return [sha256(file) for file in files]


def pinned(packages: tuple[SourcePackage, ...]) -> list[str]:
    return [package.sha256 for package in packages]


def test_what_came_before_a_failure_is_not_fetched_again(
    source: Source, fetched: list[str], turn: threading.Event, tmp_path: Path
) -> None:
    third = tmp_path / "files" / "tiny_ink_part3-1.0-py3-none-any.whl"
    content = third.read_bytes()
    third.unlink()
    folder = tmp_path / "packages"
    seen: list[tuple[int, int]] = []

    def moved(whole: int, size: int) -> None:
        seen.append((whole, size))
        if whole == 2:
            turn.set()

    with pytest.raises(DownloadFailed, match="tiny-ink-part3"):
        download_packages(source.packages, folder, moved, threading.Event())
    assert len(list(folder.iterdir())) == 2
    assert seen[-1] == (2, sum(package.size for package in source.packages[:2]))
    assert seen == sorted(seen)
    third.write_bytes(content)
    fetched.clear()
    files = download_packages(source.packages, folder, lambda *_: None, threading.Event())
    assert sums(files) == pinned(source.packages)
    assert fetched == [third.name]
    assert sorted(folder.iterdir()) == sorted(files)


def test_what_a_kill_cut_off_begins_anew_and_what_is_whole_is_kept(
    source: Source, fetched: list[str], turn: threading.Event, tmp_path: Path
) -> None:
    turn.set()
    folder = tmp_path / "packages"
    files = download_packages(source.packages, folder, lambda *_: None, threading.Event())
    fetched.clear()
    assert download_packages(source.packages, folder, lambda *_: None, threading.Event()) == files
    assert fetched == []
    files[1].write_bytes(files[1].read_bytes()[:-1])
    (folder / "scratch" / "pip-unpack").mkdir(parents=True)
    assert sums(download_packages(source.packages, folder, lambda *_: None, threading.Event())) == pinned(
        source.packages
    )
    assert fetched == [files[1].name]
