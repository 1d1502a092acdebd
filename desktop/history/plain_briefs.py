"""Briefs of earlier versions, each a plain file beside the history: they are brought into it."""

import contextlib
from pathlib import Path

from desktop.errors import HistoryError
from desktop.files.plain import read_whole
from desktop.history.briefs import Briefs
from desktop.history.store import History

LARGEST = 4 << 20  # bytes of a file that is taken for a brief


def take_over(history: History, folder: Path) -> int:
    """Bring the briefs of earlier versions into the history and remove their files; gives how many.

    They are on the disk in the history before a file is removed. What cannot be brought in now stays for the next time.

    Args:
        history: an open one.
        folder: of the files, NAME.toml.
    """
    found: dict[Path, str] = {}
    for path in sorted(folder.glob("*.toml")):
        with contextlib.suppress(OSError, UnicodeDecodeError):  # not ours, then
            found[path] = read_whole(path, LARGEST).decode("utf-8")
    if not found or not history.writable:
        return 0
    try:
        with history.connect() as store, store.database.transaction():
            for path, text in found.items():
                _take(store.briefs, path, text)
    except (HistoryError, OSError):
        return 0
    with contextlib.suppress(OSError):
        for path in [*found, *folder.glob("*.part")]:  # and what a killed process left of one
            path.unlink(missing_ok=True)
        folder.rmdir()
    return len(found)


def _take(briefs: Briefs, path: Path, text: str) -> None:
    name, number = path.stem, 2
    while briefs.text(name) not in (None, text):
        name, number = f"{path.stem} {number}", number + 1
    briefs.save(name, text, path.stat().st_mtime_ns // 1_000_000)
