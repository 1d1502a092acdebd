"""The history of one home: where it lies, who may write it, and a `Store` for each thread."""

import os
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from desktop.errors import HistoryReadOnly
from desktop.history import migrations
from desktop.history.conversations import BIN_DAYS, Conversations
from desktop.history.database import Database
from desktop.history.drafts import Composer, Drafts, State
from desktop.history.messages import Messages
from desktop.history.records import Hit, SearchFilter
from desktop.history.search import Search

FILE = "history.db"


def now_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


class Store:
    """One thread's way into the history.

    Attributes:
        conversations: list, rename, pin, bin.
        messages: add, append, finish, branch, choose.
        drafts: documents with versions.
        composer: what is typed and not sent.
        state: small facts by name.
    """

    def __init__(self, database: Database, now: Callable[[], int] = now_ms) -> None:
        self.database = database
        self._search = Search(database)
        self.conversations = Conversations(database, self._search, now)
        self.messages = Messages(database, self._search, now)
        self.drafts = Drafts(database, self._search, now)
        self.composer = Composer(database, self._search, now)
        self.state = State(database)

    def search(self, query: str, limited: SearchFilter | None = None, *, limit: int = 50) -> list[Hit]:
        """Find the newest texts that hold every word of `query`; any query is fine, none raises for its text."""
        return self._search.find(query, limited, limit)

    def close(self) -> None:
        """Give the connection back."""
        self.database.close()


class History:
    """An opened history; `connect` gives each thread its own `Store`.

    Attributes:
        path: the database file.
        notice: a sentence for the user where it can only be read, else "".
    """

    def __init__(self, path: Path, key: bytes | None, *, notice: str, lock: FileLock | None, first: Database) -> None:
        self.path, self.notice = path, notice
        self._key, self._lock, self._first = key, lock, first

    @classmethod
    def open(
        cls, folder: Path, key: bytes | None = None, *, steps: Sequence[migrations.Step] = migrations.STEPS
    ) -> "History":
        """Open the history in `folder`, making it if there is none, and bring it up to date.

        The first to open it marks answers that a crash left open as interrupted and empties the bin of what is older
        than 30 days; a second process leaves that to the first.

        Args:
            folder: private to the user; the database, its backups and its key file lie here.
            key: 32 bytes; None is the user's explicit choice of no encryption.
            steps: the migrations; tests pass their own.

        Raises:
            WrongKey: the key does not open it; nothing was changed.
            HistoryError: it can neither be written nor read.
        """
        path = folder / FILE
        try:
            _private_folder(folder)
            database = Database(path, key)
            _private_file(path)
        except (HistoryReadOnly, OSError) as error:
            return cls._open_readonly(path, key, _reason(error, path))
        try:
            migrations.migrate(database, key, steps)
        except HistoryReadOnly as error:
            database.close()
            return cls._open_readonly(path, key, error)
        except BaseException:
            database.close()
            raise
        history = cls(path, key, notice="", lock=_try_lock(folder / "writer.lock"), first=database)
        if history._lock is not None:
            store = history.connect()
            store.messages.interrupt_open()
            store.conversations.empty_bin(older_than_days=BIN_DAYS)
            store.close()
        return history

    @classmethod
    def _open_readonly(cls, path: Path, key: bytes | None, error: HistoryReadOnly) -> "History":
        if not path.is_file():
            raise error
        return cls(path, key, notice=str(error), lock=None, first=Database(path, key, readonly=True))

    @classmethod
    def temporary(cls) -> "History":
        """Open a history in memory: a temporary chat, of which nothing is ever written."""
        path = Path(f"file:/inkstone-{uuid.uuid4().hex}?vfs=memdb")
        database = Database(path, None)
        migrations.migrate(database, None)
        return cls(path, None, notice="", lock=None, first=database)

    @property
    def writable(self) -> bool:
        """Whether it can be written."""
        return not self.notice

    def connect(self) -> Store:
        """Give the calling thread its own way in; close it when the thread ends."""
        return Store(Database(self.path, self._key, readonly=not self.writable))

    def close(self) -> None:
        """Let go of the file; stores must be closed before."""
        self._first.close()
        if self._lock is not None:
            self._lock.release()


def _private_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _private_file(path: Path) -> None:
    if sys.platform != "win32" and path.is_file() and path.stat().st_uid == os.getuid():
        path.chmod(0o600)


def _reason(error: HistoryReadOnly | OSError, path: Path) -> HistoryReadOnly:
    if isinstance(error, HistoryReadOnly):
        return error
    return HistoryReadOnly(path, (error.strerror or str(error)).lower())


def _try_lock(path: Path) -> FileLock | None:
    """Become the first of the processes that have this history open; the system frees it when one dies."""
    lock = FileLock(str(path), timeout=0)
    try:
        lock.acquire()
    except (Timeout, OSError):
        return None
    return lock
