"""Whole copies of a live database, under the same key or another; a crash leaves no half file under their name."""

import contextlib
import datetime as dt
from pathlib import Path

from desktop.files.atomic import PARTIAL, replacing
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
    with replacing(target) as partial:
        # VACUUM INTO takes the key as a part of the URI, and "key=" for none; the backup interface cannot change it.
        cipher = f"cipher=chacha20&key=raw:{key.hex()}" if key is not None else "key="
        database.rows("VACUUM INTO ?", (f"{partial.absolute().as_uri()}?{cipher}",))


def remove_partial(folder: Path) -> None:
    """Remove what a killed process left of copies that it had not finished."""
    for place in (folder, folder / FOLDER):
        if place.is_dir():
            for path in (*place.glob(f"*{PARTIAL}"), *place.glob(f"*{PARTIAL}-journal")):
                with contextlib.suppress(OSError):
                    path.unlink()
