"""Opens a home's history with its key, changes how it is protected, backs it up and restores it.

Changing and restoring need the history closed in every process, this one included.
"""

import contextlib
import errno
import shutil
import zipfile
import zlib
from pathlib import Path

from desktop.errors import (
    BadInput,
    HistoryDamaged,
    HistoryError,
    HistoryFull,
    HistoryInUse,
    HistoryTooNew,
    ImportRefused,
    KeyUnavailable,
    PassphraseNeeded,
    ProtectionNeeded,
    WrongKey,
)
from desktop.files.atomic import make_durable, replacing
from desktop.history.bounded import TooLarge, check_ratio, copy_bounded
from desktop.history.copies import FOLDER, copy_to, dated_copy, dated_name
from desktop.history.database import Database
from desktop.history.keys import FILE as KEY_FILE
from desktop.history.keys import (
    LARGEST,
    SCRYPT_COST,
    Protection,
    ProtectionKind,
    forget,
    is_begun,
    key_from_recovery,
    keyring_works,
    parse,
    protections,
    unlock,
    write_protections,
)
from desktop.history.keys import protect as protect_key
from desktop.history.migrations import STEPS, version_of
from desktop.history.store import FILE, History, check_there, hold, is_there, known_os_error

_PLAIN = b"SQLite format 3\0"
# What reading an archive that is none, is cut, damaged, encrypted or of an unknown method raises.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, LookupError, RuntimeError, OverflowError)


def protection_kind(folder: Path) -> ProtectionKind | None:
    """How the history in `folder` is protected; None where there is none yet."""
    found = protections(folder)
    if found:
        return found[0].kind
    return "none" if _is_plain(folder / FILE) else None


def is_new(folder: Path) -> bool:
    """Tell whether nothing was written in `folder` yet; False for a history whose file is lost."""
    return not is_there(folder / FILE) and not is_begun(folder)


def is_lost(folder: Path) -> bool:
    """Tell whether something was written in `folder`, and its file is gone."""
    return not is_there(folder / FILE) and is_begun(folder)


def find_key(
    folder: Path, *, passphrase: str | None = None, recovery: str | None = None, try_it: bool = True
) -> bytes | None:
    """Get the key of the history in `folder`; a new one gets its key in the keyring. None: it is not encrypted.

    Args:
        folder: of the history.
        passphrase: where it is protected by one.
        recovery: the recovery key, instead of every other way.
        try_it: False gives the key of a history that is too damaged to be opened with it, to restore a backup.

    Raises:
        PassphraseNeeded: ask for the passphrase and try again.
        HistoryDamaged: the right key does not open it.
        ProtectionNeeded: there is no history and no keyring; the user chooses with `protect`.
        WrongKey: what was given is not it; nothing was changed.
        KeyUnavailable: the keyring does not give it.
    """
    path = folder / FILE
    exists = try_it and is_there(path)
    if recovery is not None:
        written = key_from_recovery(recovery, path)
        if exists and not _opens(path, written):
            raise WrongKey(path, "recovery key")
        return written
    found = protections(folder)
    if not found:
        if not is_there(path):
            return _begin(folder)
        if _is_plain(path):
            return None
        raise KeyUnavailable(f"The key file {folder / KEY_FILE} is missing; use the recovery key.")
    failure: HistoryError | None = None
    for protection in found:
        try:
            key = unlock(protection, path, passphrase)
        except (WrongKey, KeyUnavailable) as error:
            failure = failure if isinstance(failure, PassphraseNeeded) else error
            continue
        if not exists or _opens(path, key):
            if len(found) > 1 and exists:
                _settle(folder, protection)
            return key
        failure = failure or HistoryDamaged(path, "the key that its key file names does not open it")
    raise failure or WrongKey(path)


def protect(
    folder: Path,
    kind: ProtectionKind,
    *,
    key: bytes | None = None,
    passphrase: str = "",
    new_key: bool = False,
    cost: int = SCRYPT_COST,
) -> bytes | None:
    """Protect the history in `folder`, which may not exist yet, in another way; gives its key from now on.

    Another passphrase, or the keyring in the place of one, keeps the data key and is done at once. With `new_key`, to
    "none" and from "none", everything is written again. A crash at any moment leaves a history that opens.

    Args:
        folder: of the history.
        kind: where the key lies from now on.
        key: the key of now (`find_key`); None where it is not encrypted or does not exist.
        passphrase: the new one, for the kind "passphrase".
        new_key: make a new data key; recovery keys and copies of before do not open what is written from now on.
        cost: scrypt's N.

    Raises:
        WrongKey: `key` is not the key.
        HistoryInUse: it is open.
        HistoryError: it could not be done; nothing was changed.
    """
    path = folder / FILE
    if kind == "passphrase" and not passphrase:
        raise BadInput("A passphrase has at least one letter.")
    lock = hold(folder)
    try:
        check_there(path)
        exists = is_there(path)
        if exists and not _opens(path, key):
            raise WrongKey(path)
        old = protections(folder)
        same = kind != "none" and key is not None and not new_key
        new, given = protect_key(kind, key if same else None, passphrase, cost=cost)
        if exists and not same and not (kind == "none" and key is None):
            before = old[:1] or ((Protection("none"),) if key is None else ())
            write_protections(folder, *before, new)
            try:
                _rewrite(path, key, given)
            except BaseException:
                if _opens(path, key):
                    write_protections(folder, *before)
                    forget(new)
                raise
        write_protections(folder, new)
        for protection in old:
            forget(protection)
        return given
    except OSError as error:
        raise known_os_error(error, path) from error
    finally:
        lock.release()


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
                if not damaged and not _opens(path, key):
                    raise WrongKey(path)
                copy = _put_aside(path, key)
            ready = folder / "new.partial"
            copy_to(source, key, ready)
        finally:
            source.close()
        _swap(ready, path, key)
        return copy
    except OSError as error:
        raise known_os_error(error, path) from error
    finally:
        for name in ("restored.partial", "restored.partial-wal", "restored.partial-shm", "new.partial"):
            with contextlib.suppress(OSError):
                (folder / name).unlink(missing_ok=True)
        lock.release()


def _begin(folder: Path) -> bytes | None:
    if not keyring_works():
        raise ProtectionNeeded
    return protect(folder, "keyring")


def _settle(folder: Path, chosen: Protection) -> None:
    """End a change of the key that was cut off: keep the way that opens the history."""
    try:
        lock = hold(folder)
    except HistoryError:
        return  # someone uses it; next time
    try:
        others = [other for other in protections(folder) if other != chosen]
        write_protections(folder, chosen)
        for other in others:
            forget(other)
    finally:
        lock.release()


def _rewrite(path: Path, key: bytes | None, new: bytes | None) -> None:
    """Encrypt a closed history and its dated copies with another key."""
    database = Database(path, key, may_create=False)
    ready = path.with_name("new.partial")
    try:
        copy_to(database, new, ready)
    finally:
        database.close()
    _swap(ready, path, key)
    for copy in (path.parent / FOLDER).glob("*.db"):
        try:
            old = Database(copy, key, readonly=True)
            try:
                copy_to(old, new, copy)
            finally:
                old.close()
        except WrongKey:
            continue  # from before an earlier change of the key
        except HistoryError:
            if key is None:  # no readable copy may stay beside an encrypted history
                copy.unlink(missing_ok=True)


def _swap(ready: Path, path: Path, key: bytes | None) -> None:
    """Put a whole database in the place of another that nobody has open."""
    if is_there(path):
        with contextlib.suppress(HistoryDamaged, WrongKey):  # put aside before, or this would not be reached
            database = Database(path, key, may_create=False, wait_ms=500)
            try:
                # Leaving WAL mode writes all of the log into the file, removes it, and is refused while others read.
                if database.rows("PRAGMA journal_mode = delete") != [("delete",)]:
                    raise HistoryInUse(path)
            finally:
                database.close()
    for leftover in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + leftover).unlink(missing_ok=True)
    ready.replace(path)
    make_durable(path.parent)


def _put_aside(path: Path, key: bytes | None) -> Path:
    """Copy the history that a backup will replace; a damaged one as it is."""
    try:
        current = Database(path, key, may_create=False)
        try:
            return dated_copy(current, key, "before-restore")
        finally:
            current.close()
    except (HistoryDamaged, WrongKey):
        copy = dated_name(path, "damaged")
        for ending in ("", "-wal"):
            if (source := path.with_name(path.name + ending)).is_file():
                with replacing(copy.with_name(copy.name + ending)) as partial:
                    shutil.copyfile(source, partial)
        return copy


def _opens(path: Path, key: bytes | None) -> bool:
    try:
        Database(path, key, readonly=True).close()
    except WrongKey:
        return False
    return True


def _is_plain(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_PLAIN)) == _PLAIN
    except OSError:
        return False


def _unpack(backup: Path, target: Path) -> Protection | None:
    """Copy the database out of a backup; gives how it is protected, where the backup says so."""
    if backup.exists() and not backup.is_file():
        raise ImportRefused(backup, "it is no file")
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
                raise ImportRefused(backup, "it is no backup of a history")
            part = archive.getinfo(FILE)
            check_ratio(part)
            _check_room(part.file_size, target)
            with archive.open(part) as inside, target.open("wb") as out:
                copy_bounded(inside, out, part.file_size)
            if KEY_FILE not in names or archive.getinfo(KEY_FILE).file_size > LARGEST:
                return None
            return parse(archive.read(KEY_FILE))[0]
    except TooLarge as error:
        raise ImportRefused(backup, str(error)) from error
    except _BROKEN as error:
        raise ImportRefused(backup, "it is not a whole backup") from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # it points before its own beginning
            raise ImportRefused(backup, "it is not a whole backup") from error
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
        if _opens(unpacked, found):
            return found
        raise WrongKey(backup, "recovery key")
    for known in (key, None):
        if _opens(unpacked, known):
            return known
    if protection is None:
        raise WrongKey(backup)
    found_key = unlock(protection, backup, passphrase)
    if not _opens(unpacked, found_key):
        raise WrongKey(backup)
    return found_key


def _check(database: Database, backup: Path) -> None:
    """Raise ImportRefused where a backup is not whole."""
    if not 1 <= version_of(database) <= len(STEPS):
        if version_of(database) > len(STEPS):
            raise HistoryTooNew(backup)
        raise ImportRefused(backup, "it is no backup of a history")
    found = database.rows("PRAGMA quick_check(1)")
    if found != [("ok",)]:
        raise ImportRefused(backup, "it is damaged")
