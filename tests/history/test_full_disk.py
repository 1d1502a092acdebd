"""A real file system without room: a small tmpfs where root may mount one."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.errors import HistoryFull
from desktop.history import History, HistoryWriter, vault
from desktop.history.backup import back_up, restore

KEY = bytes(range(32))


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MiB."""
    if sys.platform != "linux" or os.getuid() != 0:
        pytest.skip("only root may mount a tmpfs")
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this system does not let root mount a tmpfs")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill_up(folder: Path, leave: int = 0) -> Path:
    """Take all room of a file system but `leave` bytes."""
    ballast = folder / "ballast"
    with ballast.open("wb") as file:
        room = os.statvfs(folder)
        file.write(b"x" * max(room.f_bavail * room.f_frsize - leave, 0))
    return ballast


def until(true: Callable[[], bool]) -> None:
    limit = time.monotonic() + 10
    while not true():
        assert time.monotonic() < limit
        time.sleep(0.01)


def test_what_is_written_on_a_full_disk_is_saved_when_there_is_room(small: Path) -> None:
    history = History.open(small / "home", KEY)
    store = history.connect()
    chat = store.conversations.create("Kept").id
    answer = store.messages.add(chat, "assistant", status="pending").id
    heard: list[str] = []
    writer = HistoryWriter(history, heard.append, interval_s=0.01, retry_s=0.02)
    ballast = fill_up(small)
    pieces = [f"{n:05} " * 1000 for n in range(60)]
    for piece in pieces:
        writer.append(answer, piece)
    writer.save_composer(chat, "typed meanwhile")
    until(lambda: bool(heard))
    assert "is full; make room" in heard[0]
    with pytest.raises(HistoryFull):
        writer.change(lambda s: s.conversations.create("no")).result(10)
    assert not writer.flush(5)
    assert [chat.title for chat in store.conversations.page()] == ["Kept"]
    ballast.unlink()
    until(lambda: heard[-1] == "")
    assert writer.close()
    assert store.messages.get(answer).text == "".join(pieces)
    assert store.composer.text(chat) == "typed meanwhile"
    store.close()
    history.close()


def test_a_history_on_a_full_disk_opens_to_be_read_and_is_written_when_there_is_room(small: Path) -> None:
    history = History.open(small / "home", KEY)
    store = history.connect()
    store.conversations.create("Kept")
    store.close()
    history.close()
    ballast = fill_up(small)
    history = History.open(small / "home", KEY)
    heard: list[str] = []
    writer = HistoryWriter(history, heard.append, interval_s=0.01, retry_s=0.02)
    store = history.connect()
    assert [chat.title for chat in store.conversations.page()] == ["Kept"]
    store.close()
    writer.save_composer(None, "half a sentence " * 500)
    until(lambda: bool(heard))
    ballast.unlink()
    assert writer.close()
    history.close()
    history = History.open(small / "home", KEY)
    store = history.connect()
    assert store.composer.text(None) == "half a sentence " * 500
    store.close()
    history.close()


def test_a_backup_an_encryption_and_a_restore_without_room_change_nothing(small: Path, tmp_path: Path) -> None:
    home = small / "home"
    vault.protect(home, "none")
    history = History.open(home)
    store = history.connect()
    chat = store.conversations.create("Kept").id
    store.messages.add(chat, "user", "tangerine " * 20000)
    back_up(history, tmp_path / "all.inkstone")
    ballast = fill_up(small, leave=200_000)
    with pytest.raises(HistoryFull):
        back_up(history, small / "all.inkstone")
    store.close()
    history.close()
    for change in (
        lambda: vault.protect(home, "passphrase", passphrase="p", cost=16),
        lambda: restore(home, tmp_path / "all.inkstone"),
    ):
        with pytest.raises(HistoryFull):
            change()
    assert vault.protection_kind(home) == "none"
    left = {path.name for path in small.rglob("*") if path.is_file()}
    assert left <= {"ballast", "history.db", "history.db-wal", "history.db-shm", "history.key", "writer.lock"}
    ballast.unlink()
    history = History.open(home)
    store = history.connect()
    assert len(store.search("tangerine")) == 1
    store.close()
    history.close()


def test_a_new_home_without_any_room_is_told(small: Path) -> None:
    fill_up(small)
    with pytest.raises(HistoryFull):
        History.open(small / "home", KEY)
