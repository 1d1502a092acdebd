"""A download from a hub that is cut, stopped or killed goes on where it was, and the file is the same."""

import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import (
    Cancelled,
    DownloadFailed,
    WrongChecksum,
)
from desktop.models.hub import fetch_file
from desktop.models.progress import Progress
from tests.models.hub_server import CONTENT, FILE, REPOSITORY, REVISION, Fault, HubServer, fetch, hub_server, ranges

pytestmark = pytest.mark.usefixtures("quick_hub")


def wait_for(folder: Path, size: int, hub: HubServer) -> None:
    """Wait until the server stalls and all that it sent before is in the folder."""
    assert hub.stalled.wait(60)
    deadline = time.monotonic() + 30
    while sum(path.stat().st_size for path in folder.iterdir()) < size and time.monotonic() < deadline:
        time.sleep(0.02)


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("cuts", [[5000], [0, 100, 20_000], [25_599]])
def test_a_cut_connection_goes_on_where_it_was_cut(
    hub: HubServer, tmp_path: Path, cuts: list[int], plain: bool
) -> None:
    hub.plain = plain
    faults = hub.hub_faults if plain else hub.store_faults
    faults.extend(Fault(cut_at=cut) for cut in cuts)
    assert fetch(hub, tmp_path).read_bytes() == CONTENT
    at, wanted = 0, []
    for cut in cuts:
        at += cut
        wanted.append(f"bytes={at}-" if at else "")
    assert [asked for role, _, asked in hub.asked if plain or role == "store"][1:] == wanted


@pytest.mark.parametrize("where", [0, 5000])
def test_a_stop_ends_a_stalled_download_at_once_and_keeps_what_came(hub: HubServer, tmp_path: Path, where: int) -> None:
    hub.store_faults.append(Fault(stall_at=where))
    stop = threading.Event()

    def stop_then() -> None:
        wait_for(tmp_path, where, hub)
        stop.set()

    threading.Thread(target=stop_then, daemon=True).start()
    before = set(threading.enumerate())
    with pytest.raises(Cancelled):
        fetch(hub, tmp_path, Progress(lambda *_: None, stop))
    assert not hub.over.is_set()  # the server stalls still
    assert [one for one in set(threading.enumerate()) - before if one.name.endswith("(_read)")] == []
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) == where
    hub.asked.clear()
    assert fetch(hub, tmp_path).read_bytes() == CONTENT
    assert ranges(hub)[-1] == (f"bytes={where}-" if where else "")


def test_a_stop_ends_the_wait_for_a_server_that_never_answers(tmp_path: Path) -> None:
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as silent_server:

        def once_asked() -> None:
            peer, _ = silent_server.accept()
            with peer:
                peer.recv(10)
                stop.set()
                peer.recv(1 << 16)

        threading.Thread(target=once_asked, daemon=True).start()
        address = f"http://127.0.0.1:{silent_server.getsockname()[1]}"
        with pytest.raises(Cancelled):
            fetch_file(REPOSITORY, FILE, REVISION, tmp_path, Progress(lambda *_: None, stop), endpoint=address)


def test_a_server_that_says_nothing_is_given_up(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.models.hub_client._READ_S", 0.3)
    hub.store_faults.append(Fault(stall_at=4000))
    assert fetch(hub, tmp_path).read_bytes() == CONTENT
    assert ranges(hub) == ["", "bytes=4000-"]


def test_a_kill_in_the_middle_loses_nothing_that_came(hub: HubServer, tmp_path: Path) -> None:
    hub.store_faults.append(Fault(stall_at=6000))
    code = (
        "import sys, pathlib\n"
        "from desktop.models.hub import fetch_file\n"
        "from desktop.models.progress import Progress\n"
        "fetch_file(*sys.argv[1:4], pathlib.Path(sys.argv[4]), Progress(print), endpoint=sys.argv[5])\n"
    )
    arguments = [REPOSITORY, FILE, REVISION, str(tmp_path), hub.endpoint]
    with subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.DEVNULL) as child:
        wait_for(tmp_path, 6000, hub)
        child.send_signal(signal.SIGKILL)
    (part,) = tmp_path.iterdir()
    assert part.name.startswith(".")
    assert part.stat().st_size == 6000
    assert fetch(hub, tmp_path).read_bytes() == CONTENT
    assert ranges(hub)[-1] == "bytes=6000-"
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_part_of_another_version_is_not_joined(hub: HubServer, tmp_path: Path) -> None:
    hub.store_faults.extend([Fault(cut_at=6000), *[Fault(cut_at=0)] * 5])
    with pytest.raises(DownloadFailed):
        fetch(hub, tmp_path)
    hub.store_faults.clear()
    hub.put(FILE, CONTENT[::-1])
    assert fetch(hub, tmp_path).read_bytes() == CONTENT[::-1]
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_what_a_part_was_damaged_by_is_found(hub: HubServer, tmp_path: Path) -> None:
    hub.store_faults.extend([Fault(cut_at=6000), *[Fault(cut_at=0)] * 5])
    with pytest.raises(DownloadFailed):
        fetch(hub, tmp_path)
    hub.store_faults.clear()
    (part,) = tmp_path.iterdir()
    part.write_bytes(b"x" * 6000)
    with pytest.raises(WrongChecksum):
        fetch(hub, tmp_path)
    assert fetch(hub, tmp_path).read_bytes() == CONTENT


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, len(CONTENT)), st.booleans()), max_size=3))
def test_however_it_is_cut_the_file_is_the_same(cuts: list[tuple[int, bool]]) -> None:
    """Each try is cut somewhere, and may send all once more instead of the rest."""
    import tempfile

    with hub_server() as hub, tempfile.TemporaryDirectory() as folder:
        hub.put(FILE, CONTENT)
        hub.store_faults.extend(Fault(cut_at=cut, ignores_range=whole) for cut, whole in cuts)
        assert fetch(hub, Path(folder)).read_bytes() == CONTENT
