"""A home that cannot be written: what is in it can be read, a sentence says why nothing is saved."""

import os
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.errors import HistoryReadOnly
from desktop.history import History, HistoryWriter

KEY = bytes(range(32))

pytestmark = pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that others can reach: pytest's own ones are closed to them."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "home"


def filled(folder: Path) -> History:
    history = History.open(folder, KEY)
    store = history.connect()
    chat = store.conversations.create("Kept").id
    store.messages.add(chat, "user", "hello")
    store.close()
    return history


def as_anyone(folder: Path, lines: str) -> str:
    """Run lines in a process that may not write in `folder` (root may everywhere, so it stops being root)."""
    folder.parent.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o444)
    folder.chmod(0o555)
    program = (
        "import os\nfrom pathlib import Path\nfrom desktop.history import History\n"
        f"KEY, folder = bytes(range(32)), Path({str(folder)!r})\n"
        "History.temporary().close()\n"
        "folder.as_uri()  # all is imported from now on: Python itself may lie where only root reads\n"
        "if os.getuid() == 0: os.setuid(65534)\n" + textwrap.dedent(lines)
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONDONTWRITEBYTECODE": "1", "PATH": "/usr/bin"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        folder.chmod(0o755)
    assert done.returncode == 0, done.stderr
    return done.stdout


READ = """
history = History.open(folder, KEY)
store = history.connect()
print(history.writable, [chat.title for chat in store.conversations.page()], len(store.search("hello")))
print(history.notice)
store.close()
history.close()
"""


def test_a_home_that_cannot_be_written_is_read(home: Path) -> None:
    filled(home).close()
    told = as_anyone(home, READ)
    assert told.splitlines()[0] == "False ['Kept'] 1"
    assert "cannot be written: permission denied" in told


def test_what_a_crash_left_in_the_log_is_read_too(home: Path) -> None:
    subprocess.run(
        [
            sys.executable,
            "-c",
            "import os, sys; from pathlib import Path; from tests.history.test_readonly import filled\n"
            "history = filled(Path(sys.argv[1])); os._exit(0)",
            str(home),
        ],
        cwd=Path(__file__).parents[2],
        check=True,
    )
    assert (home / "history.db-wal").stat().st_size
    (home / "history.db-shm").unlink()
    assert as_anyone(home, READ).splitlines()[0] == "False ['Kept'] 1"


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(HistoryReadOnly, match="cannot be written"):
        History.open(tmp_path / "file" / "home", KEY)


def test_what_was_written_meanwhile_is_saved_when_the_other_process_ends(tmp_path: Path) -> None:
    first = filled(tmp_path)
    second = History.open(tmp_path, KEY)
    heard: list[str] = []
    writer = HistoryWriter(second, heard.append, interval_s=0.01, retry_s=0.02)
    writer.save_composer(None, "typed in the second window")
    assert not writer.flush(5)
    assert "another Inkstone is using it" in heard[0]
    first.close()
    assert writer.close()
    assert heard[-1] == ""
    store = second.connect()
    assert store.composer.text(None) == "typed in the second window"
    store.close()
    second.close()
