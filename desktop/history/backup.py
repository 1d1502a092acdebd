"""Backs a history up into one file, and restores it; for restoring it is closed in every process."""

import contextlib
import errno
import shutil
import zipfile
import zlib
from pathlib import Path

from desktop.errors import (
    HistoryFull,
    HistoryTooNew,
    ImportRefused,
    WrongKey,
)
from desktop.files.atomic import replacing
from desktop.history.bounded import TooLarge, check_ratio, copy_bounded
from desktop.history.copies import copy_to
from desktop.history.database import Database
from desktop.history.keys import FILE as KEY_FILE
from desktop.history.keys import (
    LARGEST,
    Protection,
    key_from_recovery,
    parse,
    unlock,
)
from desktop.history.migrations import STEPS, version_of
from desktop.history.store import FILE, History, hold, is_there, known_os_error
from desktop.history.vault import opens, put_aside, swap
from desktop.reasons import ImportReason, KeyKind

# What reading an archive that is none, is cut, damaged, encrypted or of an unknown method raises.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, LookupError, RuntimeError, OverflowError)


def back_up(history: History, target: Path) -> None:
    """Write the whole history into one file, encrypted as it is here; it may be in use.

    The file is a ZIP of the database and of the key file. What opens the history opens the backup: the keyring of this
    system, the passphrase, or the recovery key.

    Raises:
        HistoryFull: there is no room for it.
        HistoryError: it cannot be written.
    """
    try:
        with replacing(target) as partial:
            copy = partial.with_name(partial.name + "-copy")
            try:
                with history.connect() as store:
                    copy_to(store.database, history.key, copy)
                with zipfile.ZipFile(partial, "w", zipfile.ZIP_STORED) as archive:
                    archive.write(copy, FILE)
                    key_file = history.path.with_name(KEY_FILE)
                    if key_file.is_file():
                        archive.write(key_file, KEY_FILE)
            finally:
                copy.unlink(missing_ok=True)
    except OSError as error:
        raise known_os_error(error, target) from error


def restore(
    folder: Path,
    backup: Path,
    *,
    key: bytes | None = None,
    passphrase: str | None = None,
    recovery: str | None = None,
    damaged: bool = False,
) -> Path | None:
    """Put a backup in the place of the history in `folder`; gives the dated copy of what was there, damaged or not.

    The backup is read and checked whole before anything is changed. It is written under the key of the folder.

    Args:
        folder: of the history.
        backup: from `back_up`, or a dated copy out of the folder of backups.
        key: the key of the folder (`find_key`, where it is damaged with `try_it=False`); None: not encrypted.
        passphrase: of the backup, where it is protected by another than this home.
        recovery: the recovery key of the backup.
        damaged: `key` is right although it does not open what is there (`find_key` said HistoryDamaged).

    Raises:
        PassphraseNeeded: ask for the passphrase of the backup and try again.
        WrongKey: nothing given opens the backup, or `key` does not open the history.
        ImportRefused: the backup is not whole, or made to fill the disk.
        HistoryFull: there is no room for it.
        HistoryInUse: the history is open.
    """
    lock = hold(folder)
    path, unpacked = folder / FILE, folder / "restored.partial"
    try:
        protection = _unpack(backup, unpacked)
        source = Database(unpacked, _key_of_backup(backup, unpacked, protection, key, passphrase, recovery))
        try:
            _check(source, backup)
            copy = None
            if is_there(path):
                if not damaged and not opens(path, key):
                    raise WrongKey(path)
                copy = put_aside(path, key)
            ready = folder / "new.partial"
            copy_to(source, key, ready)
        finally:
            source.close()
        swap(ready, path, key)
        return copy
    except OSError as error:
        raise known_os_error(error, path) from error
    finally:
        for name in ("restored.partial", "restored.partial-wal", "restored.partial-shm", "new.partial"):
            with contextlib.suppress(OSError):
                (folder / name).unlink(missing_ok=True)
        lock.release()


def _unpack(backup: Path, target: Path) -> Protection | None:
    """Copy the database out of a backup; gives how it is protected, where the backup says so."""
    if backup.exists() and not backup.is_file():
        raise ImportRefused(backup, ImportReason.NO_FILE())
    try:
        if not zipfile.is_zipfile(backup):
            size = backup.stat().st_size
            _check_room(size, target)
            with backup.open("rb") as file, target.open("wb") as out:
                copy_bounded(file, out, size)
            return None
        with zipfile.ZipFile(backup) as archive:
            names = archive.namelist()
            if FILE not in names:
                raise ImportRefused(backup, ImportReason.NO_BACKUP())
            part = archive.getinfo(FILE)
            check_ratio(part)
            _check_room(part.file_size, target)
            with archive.open(part) as inside, target.open("wb") as out:
                copy_bounded(inside, out, part.file_size)
            if KEY_FILE not in names or archive.getinfo(KEY_FILE).file_size > LARGEST:
                return None
            return parse(archive.read(KEY_FILE))[0]
    except TooLarge as error:
        raise ImportRefused(backup, error.reason) from error
    except _BROKEN as error:
        raise ImportRefused(backup, ImportReason.NOT_WHOLE()) from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # it points before its own beginning
            raise ImportRefused(backup, ImportReason.NOT_WHOLE()) from error
        raise


def _check_room(size: int, target: Path) -> None:
    """Raise HistoryFull where a backup of `size` bytes cannot be unpacked and written under the key of the folder."""
    if 2 * size > shutil.disk_usage(target.parent).free:
        raise HistoryFull(target.parent)


def _key_of_backup(
    backup: Path,
    unpacked: Path,
    protection: Protection | None,
    key: bytes | None,
    passphrase: str | None,
    recovery: str | None,
) -> bytes | None:
    if recovery is not None:
        found = key_from_recovery(recovery, backup)
        if opens(unpacked, found):
            return found
        raise WrongKey(backup, KeyKind.RECOVERY)
    for known in (key, None):
        if opens(unpacked, known):
            return known
    if protection is None:
        raise WrongKey(backup)
    found_key = unlock(protection, backup, passphrase)
    if not opens(unpacked, found_key):
        raise WrongKey(backup)
    return found_key


def _check(database: Database, backup: Path) -> None:
    """Raise ImportRefused where a backup is not whole."""
    if not 1 <= version_of(database) <= len(STEPS):
        if version_of(database) > len(STEPS):
            raise HistoryTooNew(backup)
        raise ImportRefused(backup, ImportReason.NO_BACKUP())
    found = database.rows("PRAGMA quick_check(1)")
    if found != [("ok",)]:
        raise ImportRefused(backup, ImportReason.DAMAGED())
