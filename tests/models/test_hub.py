"""Fetching a file of a hub, over every way in which a hub, its store and the network between can fail."""

import errno
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from desktop.codes import Coded
from desktop.errors import (
    BadInput,
    Cancelled,
    DiskFull,
    DownloadFailed,
    DownloadRefused,
    PrepareError,
    WrongChecksum,
)
from desktop.models.hub import fetch_file
from desktop.models.progress import Progress, Work
from tests.models.hub_server import CONTENT, FILE, REPOSITORY, REVISION, SHA256, Fault, HubServer, fetch, ranges
from tests.tiny_folder import silent

pytestmark = pytest.mark.usefixtures("quick_hub")


def test_a_file_is_fetched_and_nothing_else_is_left(hub: HubServer, tmp_path: Path) -> None:
    path = fetch(hub, tmp_path / "into", size=len(CONTENT), sha256=SHA256)
    assert path == tmp_path / "into" / FILE
    assert path.read_bytes() == CONTENT
    assert [one.name for one in path.parent.iterdir()] == [FILE]


def test_only_the_file_is_asked_for_and_nobody_is_told_who_asks(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    fetch(hub, tmp_path)
    assert [(role, path.partition("?")[0]) for role, path, _ in hub.asked] == [
        ("endpoint", f"/{REPOSITORY}/resolve/{REVISION}/{FILE}"),
        ("store", f"/{REPOSITORY}/resolve/{REVISION}/{FILE}"),
    ]
    for heard in hub.heard:
        assert heard.keys() == {"host", "accept", "accept-encoding", "connection", "user-agent"}
        assert (heard["user-agent"], heard["accept-encoding"]) == ("inkstone", "identity")


def test_a_file_that_is_there_is_not_fetched_again(hub: HubServer, tmp_path: Path) -> None:
    fetch(hub, tmp_path, size=len(CONTENT), sha256=SHA256)
    hub.asked.clear()
    fetch(hub, tmp_path, size=len(CONTENT), sha256=SHA256)
    assert hub.asked == []
    (tmp_path / FILE).write_bytes(CONTENT[::-1])
    assert fetch(hub, tmp_path, size=len(CONTENT), sha256=SHA256).read_bytes() == CONTENT


def test_a_file_of_a_folder_of_the_repository_lies_under_its_own_name(hub: HubServer, tmp_path: Path) -> None:
    hub.put("Q4 K/tiny-1.gguf", CONTENT)
    assert fetch(hub, tmp_path, file="Q4 K/tiny-1.gguf") == tmp_path / "tiny-1.gguf"


def test_progress_goes_up_to_one_and_says_what_is_done(hub: HubServer, tmp_path: Path) -> None:
    seen: list[tuple[Coded, float]] = []
    fetch(hub, tmp_path, Progress(lambda work, share: seen.append((work, share))))
    shares = [share for _, share in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert [work.code for work, _ in (seen[0], seen[-1])] == [Work.DOWNLOADING, Work.CHECKING]
    assert str(seen[-1][0]) == "Checking tiny.gguf"


def test_a_network_that_brings_nothing_any_more_is_given_up(hub: HubServer, tmp_path: Path) -> None:
    hub.store_faults.append(Fault(cut_at=5000))
    hub.store_faults.extend([Fault(cut_at=0)] * 9)
    with pytest.raises(DownloadFailed, match=r"tiny\.gguf could not be downloaded \(no answer from 127\.0\.0\.1:"):
        fetch(hub, tmp_path)
    assert len(ranges(hub)) == 4
    hub.store_faults.clear()
    hub.asked.clear()
    assert fetch(hub, tmp_path).read_bytes() == CONTENT
    assert ranges(hub)[-1] == "bytes=5000-"


def test_no_server_is_told_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(DownloadFailed, match=r"no answer from 127.*name a mirror in the settings.*check the network"):
        fetch_file(REPOSITORY, FILE, REVISION, tmp_path, silent(), endpoint=address)


@pytest.mark.parametrize("known", [{}, {"sha256": SHA256}, {"size": len(CONTENT), "sha256": SHA256}])
def test_wrong_bytes_are_thrown_away(hub: HubServer, tmp_path: Path, known: dict[str, Any]) -> None:
    hub.store_faults.append(Fault(body=CONTENT[::-1]))
    with pytest.raises(WrongChecksum, match="thrown away"):
        fetch(hub, tmp_path, **known)
    assert list(tmp_path.iterdir()) == []
    assert fetch(hub, tmp_path, **known).read_bytes() == CONTENT


@pytest.mark.parametrize(
    "known", [{"size": len(CONTENT) + 1}, {"sha256": "0" * 64}, {"size": 1, "sha256": SHA256}], ids=str
)
def test_another_file_than_the_one_that_is_pinned_is_not_even_begun(
    hub: HubServer, tmp_path: Path, known: dict[str, Any]
) -> None:
    with pytest.raises(DownloadRefused, match="another file than it says"):
        fetch(hub, tmp_path, **known)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "fault", [Fault(endless=True), Fault(headers={"Content-Length": "9"})], ids=["more", "says less"]
)
def test_a_size_that_is_not_the_said_one_is_refused(hub: HubServer, tmp_path: Path, fault: Fault) -> None:
    hub.store_faults.append(fault)
    with pytest.raises(DownloadRefused, match="another file than it says"):
        fetch(hub, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_body_that_never_ends_is_left(hub: HubServer, tmp_path: Path) -> None:
    hub.store_faults.append(Fault(endless=True, headers={"Content-Length": None}))
    with pytest.raises(DownloadRefused, match="another file than it says"):
        fetch(hub, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_no_known_size_is_not_begun(hub: HubServer, tmp_path: Path) -> None:
    hub.plain = True
    hub.hub_faults.append(Fault(headers={"Content-Length": None}))
    with pytest.raises(DownloadRefused, match="does not say how large it is"):
        fetch(hub, tmp_path)


def test_a_body_that_was_packed_is_refused(hub: HubServer, tmp_path: Path) -> None:
    hub.store_faults.append(Fault(headers={"Content-Encoding": "gzip"}))
    with pytest.raises(DownloadRefused, match="another file than it says"):
        fetch(hub, tmp_path)


REFUSED = [
    (
        Fault(status=403, headers={"X-Error-Code": "GatedRepo", "Location": None}),
        "agree on its page, download the file",
    ),
    (
        Fault(status=401, headers={"X-Error-Code": "GatedRepo", "Location": None}),
        "agree on its page, download the file",
    ),
    (Fault(status=403, headers={"Location": None}), "agree to a licence"),
    (
        Fault(status=401, headers={"X-Error-Code": "RepoNotFound", "Location": None}),
        "has no such file in ink/tiny-GGUF",
    ),
    (Fault(status=404, headers={"X-Error-Code": "EntryNotFound", "Location": None}), "has no such file"),
    (Fault(status=410, headers={"Location": None}), r"answers with an error \(410\)"),
    (Fault(status=429, headers={"Location": None, "Retry-After": "3600"}), "try again in 3600 seconds"),
]


@pytest.mark.parametrize(("fault", "said"), REFUSED)
def test_what_the_hub_refuses_is_asked_once_and_told_with_what_to_do(
    hub: HubServer, tmp_path: Path, fault: Fault, said: str
) -> None:
    hub.hub_faults.append(fault)
    with pytest.raises(DownloadRefused, match=said) as refused:
        fetch(hub, tmp_path)
    assert "check the network" not in str(refused.value)
    assert (len(hub.asked), list(tmp_path.iterdir())) == (1, [])


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
def test_a_server_that_fails_is_asked_again(hub: HubServer, tmp_path: Path, status: int) -> None:
    fault = Fault(status=status, headers={"Location": None})
    hub.hub_faults.extend([fault, fault])
    hub.store_faults.extend([fault, fault])
    with pytest.raises(DownloadRefused, match=rf"answers with an error \({status}\); try again later"):
        fetch(hub, tmp_path)
    hub.store_faults.clear()
    hub.hub_faults.extend([fault, None])
    hub.store_faults.append(fault)
    assert fetch(hub, tmp_path).read_bytes() == CONTENT


def test_an_address_of_the_store_that_has_run_out_is_asked_for_anew(hub: HubServer, tmp_path: Path) -> None:
    hub.store_faults.extend([Fault(cut_at=7000), Fault(status=403)])
    hub.store_faults.append(None)
    assert fetch(hub, tmp_path).read_bytes() == CONTENT
    assert ranges(hub) == ["", "bytes=7000-", "bytes=7000-"]


@pytest.mark.parametrize("after", ["0", "date"])
def test_a_hub_that_is_busy_is_asked_again_when_it_says(hub: HubServer, tmp_path: Path, after: str) -> None:
    said = formatdate(time.time() - 5, usegmt=True) if after == "date" else after
    hub.hub_faults.append(Fault(status=429, headers={"Location": None, "Retry-After": said}))
    assert fetch(hub, tmp_path).read_bytes() == CONTENT


def test_the_wait_for_a_busy_hub_ends_with_a_stop(hub: HubServer, tmp_path: Path) -> None:
    hub.hub_faults.append(Fault(status=429, headers={"Location": None, "Retry-After": "100"}))
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        fetch(hub, tmp_path, Progress(lambda *_: None, stop))
    assert time.monotonic() - begun < 20


def test_a_range_that_is_ignored_begins_anew(hub: HubServer, tmp_path: Path) -> None:
    hub.store_faults.extend([Fault(cut_at=9000), Fault(ignores_range=True)])
    assert fetch(hub, tmp_path).read_bytes() == CONTENT


def test_a_range_that_begins_elsewhere_is_not_joined(hub: HubServer, tmp_path: Path) -> None:
    wrong = {"Content-Range": f"bytes 8999-{len(CONTENT) - 1}/{len(CONTENT)}"}
    hub.store_faults.extend([Fault(cut_at=9000), Fault(headers=wrong)])
    assert fetch(hub, tmp_path).read_bytes() == CONTENT


def test_a_full_disk_is_told_before_anything_is_fetched(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1))
    with pytest.raises(DiskFull, match="make room for 1 MiB"):
        fetch(hub, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_on_the_way_is_told(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("desktop.models.hub.make_durable", full)
    with pytest.raises(DiskFull):
        fetch(hub, tmp_path)


def test_a_folder_that_cannot_be_made_is_told(hub: HubServer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(PrepareError, match="cannot be written"):
        fetch(hub, tmp_path / "file" / "below")


@pytest.mark.parametrize("to", ["http://192.0.2.1/tiny.gguf", "ftp://127.0.0.1/tiny.gguf", "file:///etc/passwd"])
def test_no_hub_sends_us_to_an_unsafe_address(hub: HubServer, tmp_path: Path, to: str) -> None:
    hub.hub_faults.append(Fault(headers={"Location": to}))
    with pytest.raises(DownloadRefused, match="no safe address"):
        fetch(hub, tmp_path)


def test_a_circle_of_redirections_ends(hub: HubServer, tmp_path: Path) -> None:
    hub.hub_faults.extend([Fault(headers={"Location": f"/{REPOSITORY}/resolve/main/{FILE}"})] * 50)
    with pytest.raises(DownloadRefused):
        fetch(hub, tmp_path)
    assert len(hub.asked) < 20


@pytest.mark.parametrize(
    "endpoint", ["http://ink.example", "ftp://ink.example", "ink.example", "https://", "https://a:b@ink.example", "x y"]
)
def test_an_address_of_a_hub_that_is_not_safe_is_refused(tmp_path: Path, endpoint: str) -> None:
    with pytest.raises(BadInput, match="cannot be the address of a hub"):
        fetch_file(REPOSITORY, FILE, REVISION, tmp_path, silent(), endpoint=endpoint)


@pytest.mark.parametrize(
    ("repository", "file"),
    [("../..", FILE), ("alone", FILE), ("a/b/c", FILE), ("", FILE), (REPOSITORY, "../x"), (REPOSITORY, "")],
)
def test_names_that_would_lead_elsewhere_are_refused(
    hub: HubServer, tmp_path: Path, repository: str, file: str
) -> None:
    with pytest.raises(BadInput, match="cannot name a repository"):
        fetch(hub, tmp_path, repository=repository, file=file)
    assert hub.asked == []


def test_a_proxy_that_cannot_be_used_is_told(hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://127.0.0.1:1")
    with pytest.raises(DownloadRefused, match="the proxy that the environment names"):
        fetch(hub, tmp_path)


def test_the_proxy_of_the_environment_is_asked(hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server of files stands in for the proxy: it gets the whole address of a name that nobody could look up."""
    hub.plain = True
    monkeypatch.setenv("HTTP_PROXY", hub.endpoint)
    monkeypatch.setattr("desktop.models.hub_client.is_safe_address", lambda _: True)
    monkeypatch.setattr("desktop.models.hub.is_safe_address", lambda _: True)
    assert fetch(hub, tmp_path, endpoint="http://ink.example").read_bytes() == CONTENT
    assert hub.asked[0][1].startswith("http://ink.example/")


def test_offline_nothing_is_asked(tmp_path: Path) -> None:
    code = (
        "import pathlib, sys\n"
        "from desktop.errors import OfflineRefused\n"
        "from desktop.models.hub import fetch_file\n"
        "from desktop.models.progress import Progress\n"
        "from desktop.offline import refuse_network\n"
        "refuse_network()\n"
        "try:\n"
        "    fetch_file('ink/tiny', 'tiny.gguf', 'main', pathlib.Path(sys.argv[1]), Progress(print), "
        "endpoint='https://ink.example')\n"
        "except OfflineRefused as refused:\n"
        "    print(refused)\n"
    )
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.startswith("Inkstone runs with --offline, so looking up ink.example")
