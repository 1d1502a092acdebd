"""Opens a home's history with its key, and changes how it is protected; for that it is closed in every process."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock

from desktop.errors import (
    BadInput,
    HistoryDamaged,
    HistoryError,
    HistoryInUse,
    KeyUnavailable,
    PassphraseNeeded,
    ProtectionNeeded,
    WrongKey,
)
from desktop.files.atomic import make_durable, replacing
from desktop.history.copies import FOLDER, copy_to, dated_copy, dated_name
from desktop.history.database import Database
from desktop.history.keys import FILE as KEY_FILE
from desktop.history.keys import (
    SCRYPT_COST,
    Protection,
    ProtectionKind,
    forget,
    is_begun,
    key_from_recovery,
    keyring_works,
    protections,
    unlock,
    write_protections,
)
from desktop.history.keys import protect as protect_key
from desktop.history.store import FILE, History, check_there, hold, is_there, known_os_error
from desktop.reasons import HistoryReason, KeyKind, KeyReason

_PLAIN = b"SQLite format 3\0"


def protection_kind(folder: Path) -> ProtectionKind | None:
    """How the history in `folder` is protected; None where there is none yet."""
    found = _read_protections(folder, opens_without=_is_plain(folder / FILE))
    if found:
        return found[0].kind
    return "none" if _is_plain(folder / FILE) else None


def is_new(folder: Path) -> bool:
    """Tell whether nothing was written in `folder` yet; False for a history whose file is lost."""
    return not is_there(folder / FILE) and not is_begun(folder)


def is_lost(folder: Path) -> bool:
    """Tell whether something was written in `folder`, and its file is gone."""
    return not is_there(folder / FILE) and is_begun(folder)


def open_found(
    folder: Path, *, passphrase: str | None = None, recovery: str | None = None, write: bool = True
) -> History:
    """Find the key of the history in `folder` and open it; of several that begin a new one at once, one does.

    Raises:
        HistoryInUse: another process begins it just now.
        HistoryError: as `find_key` and `History.open`.
    """
    with _beginning(folder, wanted=write and is_new(folder)) as lock:
        key = find_key(folder, passphrase=passphrase, recovery=recovery, lock=lock)
        history = History.open(folder, key, write=write, lock=lock)
    if key is None and history.writable and not _read_protections(folder, opens_without=True):
        with contextlib.suppress(OSError):  # it opens without a key file, too
            write_protections(folder, Protection("none"), begun=True)
    return history


def begin(folder: Path, kind: ProtectionKind, passphrase: str = "") -> History:
    """Open a history that is not there yet, protected as the user chose; one that came meanwhile keeps its key.

    Raises:
        HistoryError: as `open_found` and `protect`.
    """
    with _beginning(folder, wanted=True) as lock:
        key = find_key(folder, passphrase=passphrase or None, lock=lock) if protections(folder) else None
        given = protect(folder, kind, key=key, passphrase=passphrase, lock=lock)
        return History.open(folder, given, lock=lock)


def find_key(
    folder: Path,
    *,
    passphrase: str | None = None,
    recovery: str | None = None,
    try_it: bool = True,
    lock: FileLock | None = None,
) -> bytes | None:
    """Get the key of the history in `folder`; a new one gets its key in the keyring. None: it is not encrypted.

    Args:
        folder: of the history.
        passphrase: where it is protected by one.
        recovery: the recovery key, instead of every other way.
        try_it: False gives the key of a history that is too damaged to be opened with it, to restore a backup.
        lock: what `hold` gave, where the caller holds the folder.

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
        if exists and not opens(path, written):
            raise WrongKey(path, KeyKind.RECOVERY)
        return written
    found = _read_protections(folder, opens_without=_is_plain(path))
    if not found:
        if not is_there(path):
            return _new_key(folder, passphrase, lock)
        if _is_plain(path):
            return None
        raise KeyUnavailable(KeyReason.FILE_MISSING(path=folder / KEY_FILE))
    failure: HistoryError | None = None
    for protection in found:
        try:
            key = unlock(protection, path, passphrase)
        except (WrongKey, KeyUnavailable) as error:
            failure = failure if isinstance(failure, PassphraseNeeded) else error
            continue
        if not exists or opens(path, key):
            if len(found) > 1 and exists:
                _settle(folder, protection, lock)
            return key
        failure = failure or HistoryDamaged(path, HistoryReason.KEY_DOES_NOT_OPEN())
    raise failure or WrongKey(path)


def protect(
    folder: Path,
    kind: ProtectionKind,
    *,
    key: bytes | None = None,
    passphrase: str = "",
    new_key: bool = False,
    cost: int = SCRYPT_COST,
    lock: FileLock | None = None,
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
        lock: what `hold` gave, where the caller holds the folder.

    Raises:
        WrongKey: `key` is not the key, or there is none and another process has begun a history meanwhile.
        HistoryInUse: it is open.
        HistoryError: it could not be done; nothing was changed.
    """
    path = folder / FILE
    if kind == "passphrase" and not passphrase:
        raise BadInput(HistoryReason.EMPTY_PASSPHRASE())
    held = lock or hold(folder)
    try:
        check_there(path)
        exists = is_there(path)
        if exists and not opens(path, key):
            raise WrongKey(path)
        old = _read_protections(folder, opens_without=exists)  # the key opens it, whatever the key file says
        if not exists and key is None and any(one.kind != "none" for one in old):
            raise WrongKey(path)  # whoever put a key there may be writing with it soon
        same = kind != "none" and key is not None and not new_key
        new, given = protect_key(kind, key if same else None, passphrase, cost=cost)
        if exists and not same and not (kind == "none" and key is None):
            before = old[:1] or ((Protection("none"),) if key is None else ())
            write_protections(folder, *before, new)
            try:
                _rewrite(path, key, given)
            except BaseException:
                if opens(path, key):
                    write_protections(folder, *before, begun=True)
                    forget(new)
                raise
        write_protections(folder, new, begun=exists)
        for protection in old:
            forget(protection)
        return given
    except OSError as error:
        raise known_os_error(error, path) from error
    finally:
        if lock is None:
            held.release()


def _read_protections(folder: Path, *, opens_without: bool) -> tuple[Protection, ...]:
    """Read the key file; where the history opens without one, a file that cannot be read is none."""
    try:
        return protections(folder)
    except KeyUnavailable:
        if not opens_without:
            raise
        return ()


@contextlib.contextmanager
def _beginning(folder: Path, *, wanted: bool) -> Iterator[FileLock | None]:
    """Hold the folder until the history in it is open, which goes on holding it; let go where that fails."""
    lock = hold(folder) if wanted else None
    try:
        yield lock
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _new_key(folder: Path, passphrase: str | None, lock: FileLock | None) -> bytes | None:
    """Put a new key into the keyring; where another process did so in the meantime, its key is taken."""
    if not keyring_works():  # it may wait long
        raise ProtectionNeeded
    held = lock or hold(folder)
    try:
        if protections(folder) or is_there(folder / FILE):
            return find_key(folder, passphrase=passphrase, lock=held)
        return protect(folder, "keyring", lock=held)
    finally:
        if lock is None:
            held.release()


def _settle(folder: Path, chosen: Protection, lock: FileLock | None) -> None:
    """End a change of the key that was cut off: keep the way that opens the history."""
    try:
        held = lock or hold(folder)
    except HistoryError:
        return  # someone uses it; next time
    try:
        others = [other for other in protections(folder) if other != chosen]
        write_protections(folder, chosen)
        for other in others:
            forget(other)
    finally:
        if lock is None:
            held.release()


def _rewrite(path: Path, key: bytes | None, new: bytes | None) -> None:
    """Encrypt a closed history and its dated copies with another key."""
    database = Database(path, key, may_create=False)
    ready = path.with_name("new.partial")
    try:
        copy_to(database, new, ready)
    finally:
        database.close()
    swap(ready, path, key)
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


def swap(ready: Path, path: Path, key: bytes | None) -> None:
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


def put_aside(path: Path, key: bytes | None) -> Path:
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


def opens(path: Path, key: bytes | None) -> bool:
    """Tell whether the key is that of a database."""
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
