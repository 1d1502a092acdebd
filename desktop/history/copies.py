"""Whole copies of a live database, under the same key or another; a crash leaves no half file under their name."""

import contextlib
import datetime as dt
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from desktop.history.database import Database

KEPT = 3  # dated copies of one kind; older ones hold what the user may have deleted for good
FOLDER = "backups"


def dated_copy(database: Database, key: bytes | None, reason: str) -> Path:
    """Copy a live database into the folder of backups beside it, encrypted with `key`; gives the copy."""
    target = dated_name(database.path, reason)
    folder = target.parent
    copy_to(database, key, target)
    kind = reason.rstrip("0123456789")
    same = sorted(path for path in folder.glob(f"{database.path.stem}-*.db") if f"-{kind}" in path.name)
    for old in same[:-KEPT]:
        with contextlib.suppress(OSError):
            old.unlink()
    return target


def dated_name(path: Path, reason: str) -> Path:
    """Give a name of now in the folder of backups beside a database, which is made."""
    folder = path.parent / FOLDER
    folder.mkdir(exist_ok=True, mode=0o700)
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S-%f")
    return folder / f"{path.stem}-{stamp}-{reason}.db"


def copy_to(database: Database, key: bytes | None, target: Path) -> None:
    """Write what a live database holds to `target` under `key`; others may go on reading and writing it.

    Raises:
        HistoryFull: there is no room for it.
        HistoryError: it cannot be written.
    """
    with partial_file(target) as partial:
        for leftover in (partial, partial.with_name(partial.name + "-journal")):
            leftover.unlink(missing_ok=True)
        # VACUUM INTO takes the key as a part of the URI, and "key=" for none; the backup interface cannot change it.
        cipher = f"cipher=chacha20&key=raw:{key.hex()}" if key is not None else "key="
        database.rows("VACUUM INTO ?", (f"{partial.absolute().as_uri()}?{cipher}",))


@contextlib.contextmanager
def partial_file(target: Path) -> Iterator[Path]:
    """Give a file to write beside `target`; it takes the target's place, on the disk, when all went well."""
    partial = target.with_name(target.name + ".partial")
    try:
        yield partial
        if sys.platform != "win32":
            partial.chmod(0o600)
        make_durable(partial)
        partial.replace(target)
        make_durable(target.parent)
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def replace_text(target: Path, text: str) -> None:
    """Write a text file in one step: a crash leaves the old one or the new one."""
    with partial_file(target) as partial:
        partial.write_text(text, encoding="utf-8", newline="\n")


def make_durable(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk."""
    if sys.platform == "win32" and path.is_dir():
        return  # Windows has no such call for folders, and needs none
    file = os.open(path, os.O_RDONLY if sys.platform != "win32" else os.O_RDWR)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def remove_partial(folder: Path) -> None:
    """Remove what a killed process left of copies that it had not finished."""
    for place in (folder, folder / FOLDER):
        if place.is_dir():
            for path in (*place.glob("*.partial"), *place.glob("*.partial-journal")):
                with contextlib.suppress(OSError):
                    path.unlink()
