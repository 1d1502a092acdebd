"""One connection to the history's file: its key, its safety settings, its failures as known errors."""

import contextlib
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import apsw

from desktop.errors import HistoryBusy, HistoryDamaged, HistoryError, HistoryFull, HistoryReadOnly, WrongKey

Value = str | bytes | int | float | None
KEY_BYTES = 32

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


class Database:
    """A connection; for one thread at a time.

    Attributes:
        path: the file; messages name it.
        readonly: nothing can be written through this connection.
    """

    def __init__(self, path: Path, key: bytes | None, *, readonly: bool = False, wait_ms: int = 5000) -> None:
        """Open `path`, making it unless `readonly`.

        Raises:
            WrongKey: the key does not open it, or there is none and it is encrypted.
            HistoryError: it cannot be opened.
        """
        if key is not None and len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
        self.path, self.readonly = path, readonly
        self._lock = threading.RLock()
        with self._known_errors():
            self._connection = _connect(path, readonly=readonly)
        try:
            with self._known_errors():
                self._connection.set_busy_timeout(wait_ms)
                if key is not None:
                    self._connection.pragma("cipher", "chacha20")
                    self._connection.pragma("key", f"raw:{key.hex()}")
                self._connection.pragma("user_version")  # the first read shows whether the key is right
                if not readonly:
                    self._connection.pragma("journal_mode", "wal")
                    self._connection.pragma("synchronous", "full")
                self._connection.pragma("foreign_keys", "on")
        except BaseException:
            self._connection.close()
            raise

    @property
    def connection(self) -> apsw.Connection:
        """The connection itself, for backups."""
        return self._connection

    def close(self) -> None:
        """Close it; harmless when closed already."""
        self._connection.close()

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[tuple[Any, ...]]:
        """Run one statement and give all its rows."""
        with self._known_errors():
            return list(self._connection.execute(sql, _clean(values)))

    def one(self, sql: str, values: Sequence[Value] = ()) -> tuple[Any, ...] | None:
        """Run one statement and give its first row."""
        rows = self.rows(sql, values)
        return rows[0] if rows else None

    def insert(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Run one INSERT and give the new row's number."""
        self.rows(sql, values)
        return self._connection.last_insert_rowid()

    def each(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run one statement for each row of values."""
        with self._known_errors():
            self._connection.executemany(sql, (_clean(values) for values in rows))

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is on the disk afterwards, or nothing is; nested ones join the outer."""
        if self._connection.in_transaction:
            yield
            return
        self.rows("BEGIN IMMEDIATE")
        try:
            yield
            self.rows("COMMIT")
        except BaseException:
            with contextlib.suppress(apsw.Error):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            raise

    @contextlib.contextmanager
    def _known_errors(self) -> Iterator[None]:
        try:
            yield
        except apsw.Error as error:
            raise known_error(error, self.path) from error


def known_error(error: apsw.Error, path: Path) -> Exception:
    """Tell a failure of the database in the words of the user; a mistake in the program stays what it is."""
    match error:
        case apsw.NotADBError():
            return WrongKey(path)
        case apsw.CorruptError():
            return HistoryDamaged(path, "its pages do not fit together")
        case apsw.FullError():
            return HistoryFull(path)
        case apsw.ReadOnlyError() | apsw.CantOpenError() | apsw.PermissionsError() | apsw.AuthError():
            return HistoryReadOnly(path, "its folder or file is write-protected, or missing")
        case apsw.BusyError() | apsw.LockedError():
            return HistoryBusy(path)
        case apsw.IOError():
            return HistoryError(f"The disk of {path} failed ({error}); what you write is kept in memory.")
        case _:
            return error


def _connect(path: Path, *, readonly: bool) -> apsw.Connection:
    if not readonly:
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
        return apsw.Connection(str(path), flags=flags)
    return apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)


def _clean(values: Sequence[Value]) -> tuple[Value, ...]:
    """Half characters, which a broken paste can hold, cannot be stored as UTF-8."""
    return tuple(_LONE_SURROGATES.sub("\ufffd", v) if isinstance(v, str) and not v.isascii() else v for v in values)
