"""One connection to the history's file: its key, its safety settings, its failures as known errors."""

import contextlib
import re
import shutil
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import apsw

from desktop.errors import HistoryBusy, HistoryDamaged, HistoryError, HistoryFull, HistoryReadOnly, WrongKey
from desktop.reasons import HistoryReason

SqlValue = str | bytes | int | float | None
KEY_BYTES = 32
LOG_BYTES = 16 << 20  # what a large import leaves of the log at most
CACHE_KIB = 16 << 10  # of decrypted pages, for each connection

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


class FairLock:
    """Lets the writers of one process take turns in the order in which they came.

    SQLite alone lets a waiting writer sleep and try again: one who writes without pause keeps it out for seconds.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    def take(self, timeout_s: float) -> bool:
        """Wait for the turn; tells whether it came in time."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=timeout_s):
            return True
        with self._guard:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return False
        return True  # it came at the last moment

    def give(self) -> None:
        """End the turn."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


class Database:
    """A connection; for one thread at a time.

    Attributes:
        path: the file; messages name it.
        readonly: nothing can be written through this connection.
    """

    def __init__(
        self,
        path: Path,
        key: bytes | None,
        *,
        readonly: bool = False,
        may_create: bool = True,
        wait_ms: int = 5000,
        memory: bool = False,
        turns: FairLock | None = None,
    ) -> None:
        """Open `path`, making it if it may.

        Args:
            path: the file; with `memory` only a name that other connections of this process know it by.
            key: 32 bytes, or None for a database that is not encrypted.
            readonly: open it without writing anything, also from a folder that cannot be written.
            may_create: make it if it is not there.
            wait_ms: how long to wait for other connections.
            memory: keep it in memory.
            turns: shared by the connections of this process that write.

        Raises:
            WrongKey: the key does not open it, or there is none and it is encrypted.
            HistoryError: it cannot be opened.
        """
        if key is not None and len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
        self.path, self.readonly = path, readonly
        self._copy: Path | None = None
        self._turns, self._wait_s = turns or FairLock(), wait_ms / 1000
        with self.known_errors():
            if memory:
                self._connection = _open(f"file:/{path.name}?vfs=memdb", apsw.SQLITE_OPEN_READWRITE, key)
            elif readonly:
                self._connection = self._open_readonly(path, key)
            else:
                create = apsw.SQLITE_OPEN_CREATE if may_create else 0
                self._connection = _open(str(path), apsw.SQLITE_OPEN_READWRITE | create, key)
        try:
            with self.known_errors():
                self._connection.set_busy_timeout(wait_ms)
                self._connection.pragma("cache_size", -CACHE_KIB)
                self._connection.pragma("temp_store", "memory")  # nothing readable in temporary files
                if not readonly:
                    self._connection.pragma("journal_mode", "wal")
                    self._connection.pragma("synchronous", "full")
                    self._connection.pragma("fullfsync", "on")  # macOS: past the cache of the disk, too
                    self._connection.pragma("journal_size_limit", LOG_BYTES)
                    if key is None:
                        self._connection.pragma("secure_delete", "on")
                self._connection.pragma("foreign_keys", "on")
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close it; harmless when closed already."""
        try:
            self._connection.close()
        finally:
            if self._copy is not None:
                shutil.rmtree(self._copy, ignore_errors=True)

    def rows(self, sql: str, values: Sequence[SqlValue] = ()) -> list[tuple[Any, ...]]:
        """Run one statement and give all its rows."""
        with self.known_errors():
            return list(self._connection.execute(sql, _clean(values)))

    def one(self, sql: str, values: Sequence[SqlValue] = ()) -> tuple[Any, ...] | None:
        """Run one statement and give its first row."""
        rows = self.rows(sql, values)
        return rows[0] if rows else None

    def insert(self, sql: str, values: Sequence[SqlValue] = ()) -> int:
        """Run one INSERT and give the new row's number."""
        self.rows(sql, values)
        return self._connection.last_insert_rowid()

    def each(self, sql: str, rows: Iterable[Sequence[SqlValue]]) -> None:
        """Run one statement for each row of values."""
        with self.known_errors():
            self._connection.executemany(sql, (_clean(values) for values in rows))

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is on the disk afterwards, or nothing is; nested ones join the outer."""
        if self._connection.in_transaction:
            yield
            return
        if not self._turns.take(self._wait_s):
            raise HistoryBusy(self.path)
        try:
            self.rows("BEGIN IMMEDIATE")
            yield
            self.rows("COMMIT")
        except BaseException:
            with contextlib.suppress(apsw.Error):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            raise
        finally:
            self._turns.give()

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        """Inside a transaction: what failed is taken back, what was before stays."""
        self.rows("SAVEPOINT part")
        try:
            yield
        except BaseException:
            with contextlib.suppress(apsw.Error):
                if self._connection.in_transaction:  # a full disk ends the whole of it
                    self._connection.execute("ROLLBACK TO part; RELEASE part")
            raise
        self.rows("RELEASE part")

    @contextlib.contextmanager
    def known_errors(self) -> Iterator[None]:
        """Tell failures of the database in the words of the user."""
        try:
            yield
        except apsw.Error as error:
            raise known_error(error, self.path) from error

    def _open_readonly(self, path: Path, key: bytes | None) -> apsw.Connection:
        """Open without writing, also where the helper files of a WAL database cannot be made."""
        try:
            return _open(str(path), apsw.SQLITE_OPEN_READONLY, key)
        except (apsw.ReadOnlyError, apsw.CantOpenError, apsw.IOError):
            if not path.is_file():
                raise
        log = path.with_name(path.name + "-wal")
        if not log.is_file() or not log.stat().st_size:  # nothing but the file itself, and nobody can change it
            return _open(f"{path.absolute().as_uri()}?immutable=1", apsw.SQLITE_OPEN_READONLY, key)
        # A crash left its last changes in the log: they can only be joined to the file in a copy.
        self._copy = Path(tempfile.mkdtemp(prefix="inkstone-"))
        try:
            shutil.copy(path, self._copy / path.name)
            shutil.copy(log, self._copy / log.name)
            return _open(str(self._copy / path.name), apsw.SQLITE_OPEN_READWRITE, key)
        except BaseException:
            shutil.rmtree(self._copy, ignore_errors=True)
            raise


def known_error(error: apsw.Error, path: Path) -> Exception:
    """Tell a failure of the database in the words of the user; a mistake in the program stays what it is."""
    match error:
        case apsw.NotADBError():
            return WrongKey(path)
        case apsw.CorruptError():
            return HistoryDamaged(path, HistoryReason.PAGES())
        case apsw.FullError():
            return HistoryFull(path)
        case apsw.ReadOnlyError() | apsw.CantOpenError() | apsw.PermissionsError() | apsw.AuthError():
            return HistoryReadOnly(path, HistoryReason.WRITE_PROTECTED())
        case apsw.BusyError() | apsw.LockedError():
            return HistoryBusy(path)
        case apsw.IOError():
            return HistoryError(HistoryReason.DISK_FAILED(path=path, detail=error))
        case apsw.NoMemError() | apsw.ProtocolError() | apsw.InterruptError() | apsw.AbortError() | apsw.NoLFSError():
            return database_failed(error, path)
        case _:
            return error


def database_failed(error: Exception, path: Path) -> HistoryError:
    """Tell a failure that may pass, in the words of the user."""
    if isinstance(error, MemoryError | apsw.NoMemError):
        return HistoryError(HistoryReason.NO_MEMORY(path=path))
    return HistoryError(HistoryReason.DATABASE_FAILED(path=path, detail=type(error).__name__))


def _open(name: str, flags: int, key: bytes | None) -> apsw.Connection:
    connection = apsw.Connection(name, flags=flags | apsw.SQLITE_OPEN_URI)
    try:
        if key is not None:
            connection.pragma("cipher", "chacha20")
            connection.pragma("key", f"raw:{key.hex()}")
        connection.pragma("schema_version")  # the first read shows whether the key is right
    except BaseException:
        connection.close()
        raise
    return connection


def _clean(values: Sequence[SqlValue]) -> tuple[SqlValue, ...]:
    """Half characters, which a broken paste can hold, cannot be stored as UTF-8."""
    return tuple(_LONE_SURROGATES.sub("\ufffd", v) if isinstance(v, str) and not v.isascii() else v for v in values)
