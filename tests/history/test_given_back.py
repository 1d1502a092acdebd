"""Files and the writer's lock are given back where their use ends, also where it ends with an error.

Nothing is collected while a test runs (`tests/conftest.py`): what is given back is given back by the code.
"""

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from desktop.errors import HistoryDamaged, HistoryError
from desktop.history import History, is_in_use
from desktop.history.backup import restore
from desktop.reasons import HistoryReason
from tests.history.test_keys import fill

KEY = bytes(range(32))

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="open files are counted in /proc")


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A history that opens, and fails where its schema's second page is read."""
    home = tmp_path / "home"
    fill(home, KEY)
    content = bytearray((home / "history.db").read_bytes())
    content[4096 + 100 : 4096 + 1000] = b"\xaa" * 900
    (home / "history.db").write_bytes(content)
    return home


def open_files(folder: Path) -> list[Path]:
    """Name the files in `folder` that this process holds."""
    found = []
    for number in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):  # the one that lists them is closed by now
            found.append(number.readlink())
    return [path for path in found if path.is_relative_to(folder)]


def search(home: Path) -> None:
    with History.open(home, KEY) as history, history.connect() as store:
        store.search("tangerine")


def wrong_key_to_read(home: Path) -> None:
    History.open(home, bytes(32), write=False)


def wrong_key_to_write(home: Path) -> None:
    History.open(home, bytes(32))


def unwritable_step(home: Path) -> None:
    History.open(home, KEY, steps=("CREATE TABLE x (y);",) * 9)


def backup_that_is_none(home: Path) -> None:
    (home.parent / "none").write_bytes(b"no backup" * 1000)
    restore(home, home.parent / "none", key=KEY)


@pytest.mark.parametrize("work", [search, wrong_key_to_read, wrong_key_to_write, unwritable_step, backup_that_is_none])
def test_what_fails_holds_no_file_and_no_lock(damaged: Path, work: Callable[[Path], None]) -> None:
    with pytest.raises((HistoryError, apsw.Error)) as kept:  # it is alive until the end, with all that it refers to
        work(damaged)
    assert open_files(damaged) == []
    assert not is_in_use(damaged)
    del kept


def test_a_database_that_cannot_tell_its_version_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.history import store

    def broken(_database: object) -> int:
        raise HistoryDamaged(tmp_path, HistoryReason.PAGES())

    fill(tmp_path, KEY)
    monkeypatch.setattr(store, "version_of", broken)
    with pytest.raises(HistoryDamaged):
        History.open(tmp_path, KEY, write=False)
    assert open_files(tmp_path) == []
