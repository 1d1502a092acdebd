"""The history of one home: where it lies, who may write it, and a `Store` for each thread."""

import contextlib
import errno
import logging
import os
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from desktop.codes import system_reason
from desktop.errors import (
    HistoryDamaged,
    HistoryError,
    HistoryFull,
    HistoryInUse,
    HistoryReadOnly,
    HistoryTooNew,
    WrongKey,
)
from desktop.history.briefs import Briefs
from desktop.history.conversations import BIN_DAYS, Conversations
from desktop.history.copies import remove_partial
from desktop.history.database import Database, FairLock
from desktop.history.drafts import Drafts, State, UnsentText
from desktop.history.keys import is_begun, mark_begun
from desktop.history.messages import Messages
from desktop.history.migrations import STEPS, MigrationStep, migrate, version_of
from desktop.history.records import Hit, SearchFilter
from desktop.history.search import Search
from desktop.reasons import HistoryReason

_LOG = logging.getLogger(__name__)
FILE = "history.db"
LOCK = "writer.lock"

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) if sys.platform != "win32" else (errno.ENOSPC,)


def now_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


class Store:
    """One thread's way into the history.

    Reading never waits for a writer. Writing waits for the disk (milliseconds, or seconds on a busy one) and for other
    writers: the GUI thread reads through a `Store` of its own and writes through a `Writer`.

    Attributes:
        conversations: list, rename, pin, bin.
        messages: add, append, finish, branch, choose.
        drafts: documents with versions.
        composer: what is typed and not sent.
        briefs: those that the user keeps.
        state: small facts by name.
        index: what is found; kept up to date by the others.
    """

    def __init__(self, database: Database, now: Callable[[], int] = now_ms) -> None:
        self.database = database
        self._now = now
        self.index = Search(database)
        self.conversations = Conversations(database, self.index, now)
        self.messages = Messages(database, self.index, now)
        self.drafts = Drafts(database, self.index, now)
        self.composer = UnsentText(database, now)
        self.briefs = Briefs(database, now)
        self.state = State(database)

    def search(self, query: str, limited: SearchFilter | None = None, *, limit: int = 50) -> list[Hit]:
        """Find the newest texts that hold every word of `query`; any query is fine, none raises for its text."""
        return self.index.find(query, limited, limit)

    def empty_bin(self, *, older_than_days: float = 0) -> int:
        """Delete for good what was deleted that long ago; gives how many conversations, messages and drafts."""
        limit = self._now() - int(older_than_days * 24 * 3600 * 1000)
        with self.database.transaction():
            return sum(part.purge(limit) for part in (self.conversations, self.messages, self.drafts))

    def close(self) -> None:
        """Give the connection back; harmless when it was given back already."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class History:
    """An opened history; `connect` gives each thread its own `Store`.

    One process writes at a time: the first to open it holds a lock of the operating system until it ends, however it
    ends. A second process gets a history that is not `writable` and says so in `notice`.

    `open`, `retry` and `close` take some milliseconds, more after an update: not on the GUI thread where it must not
    wait. The `History` itself may be used from every thread, a `Store` only from the one that made it.

    Attributes:
        path: the database file.
        key: 32 bytes; None where it is not encrypted.
        problem: why it can only be read; None where it can be written.
    """

    def __init__(self, path: Path, key: bytes | None, steps: Sequence[MigrationStep], *, memory: bool) -> None:
        self.path = path
        self.problem: HistoryError | None = None
        self.key, self._steps, self._memory = key, steps, memory
        self._lock: FileLock | None = None
        self._first: Database | None = None
        self._final = False
        self._file: tuple[int, int] | None = None  # what the system knows the file by while it is written
        self._turns = FairLock()

    @classmethod
    def open(
        cls,
        folder: Path,
        key: bytes | None = None,
        *,
        write: bool = True,
        steps: Sequence[MigrationStep] = STEPS,
        lock: FileLock | None = None,
    ) -> "History":
        """Open the history in `folder`, making it if there is none, and bring it up to date.

        The one who writes marks answers that a crash left open as interrupted and empties the bin of what is older
        than 30 days.

        Args:
            folder: private to the user; the database, its backups and its key file lie here.
            key: 32 bytes; None is the user's explicit choice of no encryption.
            write: False reads only, so that another process may write; an old database is brought up to date anyway.
            steps: the migrations; tests pass their own.
            lock: what `hold` gave, where the caller holds the folder; the history lets go of it.

        Raises:
            WrongKey: the key does not open it; nothing was changed.
            HistoryDamaged: its file is gone or empty, although there was a history here.
            HistoryError: it can neither be written nor read.
        """
        history = cls(folder / FILE, key, steps, memory=False)
        history._lock = lock
        check_there(history.path)
        if not write:
            first = Database(history.path, key, readonly=True)
            with contextlib.ExitStack() as unless_kept:
                unless_kept.callback(first.close)
                if version_of(first) >= len(steps):
                    unless_kept.pop_all()
                    history._first, history._final = first, True
                    history.problem = HistoryReadOnly(history.path, HistoryReason.OPENED_TO_READ())
                    return history
        if not history.retry():
            history._first = Database(history.path, key, readonly=True)
        return history

    @classmethod
    def temporary(cls) -> "History":
        """Open a history in memory: a temporary chat, of which nothing is ever written."""
        history = cls(Path(f"temporary-{uuid.uuid4().hex}"), None, STEPS, memory=True)
        history._first = Database(history.path, None, memory=True)
        try:
            migrate(history._first, None)
        except BaseException:
            history.close()
            raise
        return history

    @property
    def writable(self) -> bool:
        """Whether it can be written."""
        return self.problem is None

    @property
    def notice(self) -> str:
        """A sentence for the user where it can only be read, else ""."""
        return str(self.problem) if self.problem else ""

    def retry(self) -> bool:
        """Try to become the one who writes; tells whether this is so now, and sets `problem`.

        A `Store` that was connected before goes on reading; connect again to see what is written from now on.

        Raises:
            WrongKey: the key does not open it.
            HistoryError: it can neither be written nor read.
        """
        if self._memory or (self._lock is not None and self._first is not None and self.writable):
            return True
        if self._final:
            return False
        try:
            with contextlib.ExitStack() as unless_kept:
                _private_folder(self.path.parent)
                lock = self._lock or _lock(self.path)
                unless_kept.callback(self._let_go, lock)
                check_there(self.path)
                database = Database(self.path, self.key)
                unless_kept.callback(database.close)
                _private_file(self.path)
                remove_partial(self.path.parent)
                migrate(database, self.key, self._steps)
                store = Store(database)
                store.messages.interrupt_open()
                store.empty_bin(older_than_days=BIN_DAYS)
                with contextlib.suppress(OSError):  # it is marked the next time
                    mark_begun(self.path.parent)
                unless_kept.pop_all()
        except (HistoryError, OSError) as error:
            _LOG.warning("history: cannot be written: %s", error)
            self.problem = self._known(error)
            self._final = isinstance(error, HistoryTooNew)
            return False
        if self._first is not None:
            self._first.close()
        self._lock, self._first, self.problem = lock, database, None
        self._file = _identity(self.path)
        _LOG.info("history: open, version %d, encrypted: %s", len(self._steps), self.key is not None)
        return True

    def check_same(self) -> None:
        """Raise HistoryReadOnly where the file was removed or replaced since: what is written now would be lost."""
        if self._file is not None and _identity(self.path) != self._file:
            raise HistoryReadOnly(self.path, HistoryReason.REPLACED())

    def _let_go(self, lock: FileLock) -> None:
        lock.release()
        self._lock = None

    def _known(self, error: HistoryError | OSError) -> HistoryError:
        """Give the failure that still lets the history be read; raise every other."""
        if isinstance(error, OSError):
            error = known_os_error(error, self.path)
        if not is_there(self.path) or isinstance(error, WrongKey | HistoryDamaged):
            raise error
        return error

    def connect(self) -> Store:
        """Give the calling thread its own way in; close it when the thread ends."""
        database = Database(
            self.path,
            self.key,
            readonly=not self.writable,
            may_create=False,
            memory=self._memory,
            turns=self._turns,
        )
        return Store(database)

    def close(self) -> None:
        """Let go of the file; stores must be closed before. Harmless when it was let go already."""
        try:
            if self._first is not None:
                self._first.close()
        finally:
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def is_there(path: Path) -> bool:
    """Tell whether there is a history's file, and something in it."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def check_there(path: Path) -> None:
    """Raise HistoryDamaged where the file of a history that was begun is gone: it must not be begun anew over it."""
    if not is_there(path) and is_begun(path.parent):
        raise HistoryDamaged(path, HistoryReason.EMPTY() if path.exists() else HistoryReason.MISSING())


def is_in_use(folder: Path) -> bool:
    """Tell whether a process, this one included, has the history in `folder` open for writing."""
    try:
        if (folder / LOCK).exists():
            hold(folder).release()
    except HistoryInUse:
        return True
    except HistoryError:
        return False
    return False


def hold(folder: Path) -> FileLock:
    """Keep everyone else from writing the history in `folder` until the lock is released.

    Raises:
        HistoryInUse: someone writes it.
        HistoryReadOnly: the folder cannot be written.
    """
    try:
        _private_folder(folder)
        return _lock(folder / FILE)
    except OSError as error:
        raise known_os_error(error, folder / FILE) from error


def known_os_error(error: OSError, path: Path) -> HistoryError:
    """Tell a failure of the system in the words of the user."""
    if error.errno in _NO_ROOM:
        return HistoryFull(path)
    return HistoryReadOnly(path, HistoryReason.REFUSED(why=system_reason(error)))


def _lock(path: Path) -> FileLock:
    """Become the one who writes; the system frees the lock when the process ends."""
    lock = FileLock(str(path.with_name(LOCK)), timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise HistoryInUse(path) from error
    return lock


def _private_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _private_file(path: Path) -> None:
    if sys.platform != "win32" and path.is_file() and path.stat().st_uid == os.getuid():
        path.chmod(0o600)
