"""The thread that writes: what comes quickly (tokens, keys) is saved in batches, and nobody waits for the disk.

When something cannot be saved (a full disk, a folder that cannot be written), it stays in memory in its order,
`noticed` is told a sentence, and saving is tried again until there is room.
"""

import functools
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import apsw

from desktop.crashes import failure_of, report_bug
from desktop.errors import HistoryBusy, HistoryError, HistoryFull, HistoryReadOnly, NotFound
from desktop.history.database import database_failed
from desktop.history.records import StoredStatus, StoredUsage
from desktop.history.store import History, Store
from desktop.reasons import HistoryReason

Result = TypeVar("Result")


@dataclass(slots=True)
class _Kept:
    """A change that stays in memory until it is saved. `slot` says which later one may take its place or be added."""

    slot: tuple[str, int]
    parts: list[Any]
    save: Callable[[Store, list[Any]], Any]
    then: Callable[[Any], None] | None = None
    failed: Callable[[HistoryError], None] | None = None


@dataclass(slots=True)
class _Change:
    """A change someone waits for; it is tried once."""

    work: Callable[[Store], Any]
    future: "Future[Any]" = field(default_factory=Future)


Leftover = tuple[
    Callable[[Store], Any], Callable[[Any], None] | None, Callable[[HistoryError], None] | None
]  # what `keep` takes

_OTHERS = "others"  # slot of what `keep` was given; nothing may overtake it or join it


@dataclass(frozen=True, slots=True)
class _Problem:
    """Why not all of a batch was saved; None: a mistake in one of many, which are to be tried one by one."""

    error: HistoryError | None
    meets_all: bool = False


class HistoryWriter:
    """Writes a history on a thread of its own; every method may be called from every thread and returns at once.

    Changes happen in the order of the calls. `append`, `finish`, `save_composer`, `save_draft` and `keep` are kept
    until they are saved, whatever happens to the disk; `change` fails where it cannot be saved now, and its caller
    keeps the text.

    Args:
        history: where to; its `notice` may end, as when a disk gets room or another Inkstone ends.
        noticed: called on the writer's thread with a sentence when saving begins to fail, with "" when all is saved
            again (then connect anew what reads).
        interval_s: tokens and keys wait for others at most so long, so a crash costs no more than these seconds.
        retry_s: pause between two tries to save what could not be saved.

    Attributes:
        problem: why nothing can be saved now; None where it can. Set before `noticed` is told.
    """

    def __init__(
        self,
        history: History,
        noticed: Callable[[str], None] = lambda _: None,
        *,
        interval_s: float = 0.2,
        retry_s: float = 2.0,
    ) -> None:
        self._history, self._noticed = history, noticed
        self._interval_s, self._retry_s = interval_s, retry_s
        self._wake = threading.Condition()
        self._waiting: list[_Kept | _Change] = []
        self._saving: list[_Kept | _Change] = []
        self._hurry = self._closing = self._ended = self._given = self._reported = False
        self._rounds = 0
        self._told = ""
        self.problem: HistoryError | None = None
        self._store: Store | None = None
        self._thread = threading.Thread(target=self._run, name="history writer", daemon=True)
        self._thread.start()

    @property
    def unsaved(self) -> int:
        """How many changes are in memory only."""
        with self._wake:
            return len(self._waiting) + len(self._saving)

    def append(self, message: int, text: str) -> None:
        """Add to an answer that is being written."""
        self._keep(("append", message), text, lambda store, parts: store.messages.append(message, "".join(parts)))

    def finish(self, message: int, status: StoredStatus, usage: StoredUsage | None = None) -> None:
        """End an answer."""
        self._keep(
            ("finish", message), None, lambda store, _: store.messages.finish(message, status, usage), hurry=True
        )

    def save_composer(self, conversation: int | None, text: str) -> None:
        """Keep what is typed and not sent; "" forgets it."""
        key = ("composer", conversation or 0)
        self._keep(key, text, lambda store, parts: store.composer.save(conversation, parts[-1]))

    def save_draft(self, draft: int, **changed: str) -> None:
        """Put what is given (title, brief, sections, text) in the place of what was there."""

        def save(store: Store, parts: list[dict[str, str]]) -> None:
            together: dict[str, str] = {}
            for part in parts:
                together |= part
            store.drafts.save(draft, **together)

        self._keep(("draft", draft), changed, save)

    def keep(
        self,
        work: Callable[[Store], Result],
        then: Callable[[Result], None] | None = None,
        failed: Callable[[HistoryError], None] | None = None,
    ) -> None:
        """Have `work` done after everything before it, again until it is saved; nothing if its subject is gone.

        Args:
            work: called once more whenever what it did could not be saved, so it must not rely on its own results.
            then: called on the writer's thread with what `work` gave, once that is on the disk.
            failed: called there where it will never be done: NotFound, or a mistake in `work`.
        """
        with self._wake:
            if self._closing:
                raise RuntimeError("the writer is closed")
            self._waiting.append(_Kept((_OTHERS, 0), [], lambda store, _: work(store), then, failed))
            self._hurry = True
            self._wake.notify_all()

    def change(self, work: Callable[[Store], Result]) -> "Future[Result]":
        """Have `work` done in one transaction, after everything before it; the future holds what it gives.

        The future fails with the `HistoryError` where it cannot be saved.
        """
        job = _Change(work)
        with self._wake:
            if self._closing:
                raise RuntimeError("the writer is closed")
            self._waiting.append(job)
            self._hurry = True
            self._wake.notify_all()
        return cast("Future[Result]", job.future)

    def flush(self, timeout_s: float = 10.0) -> bool:
        """Try to save everything now; tells whether it is on the disk."""
        limit = time.monotonic() + timeout_s
        with self._wake:
            enough = self._rounds + (2 if self._saving else 1)
            self._hurry = True
            self._wake.notify_all()
            while self._waiting or self._saving:
                left = limit - time.monotonic()
                if left <= 0 or (self._told and self._rounds >= enough):
                    return False
                self._wake.wait(left)
            return True

    def close(self, timeout_s: float = 10.0) -> bool:
        """Take nothing more, save everything, then end the thread; tells whether all was saved."""
        with self._wake:
            self._closing = True
        saved = self.flush(timeout_s)
        with self._wake:
            self._ended = True
            self._wake.notify_all()
        self._thread.join(timeout_s)
        return saved

    def leftover(self) -> list["Leftover"]:
        """Give what a closed writer could not save, oldest first, each as the arguments of `keep`.

        Also what it is saving just now: better twice on the disk than never.
        """
        with self._wake:
            self._given = True
            jobs = [job for job in (*self._saving, *self._waiting) if isinstance(job, _Kept)]
        return [(functools.partial(_save_again, job), job.then, job.failed) for job in jobs]

    def _keep(
        self, slot: tuple[str, int], part: Any, save: Callable[[Store, list[Any]], object], *, hurry: bool = False
    ) -> None:
        with self._wake:
            if self._closing:
                raise RuntimeError("the writer is closed")
            for job in reversed(self._waiting):
                if isinstance(job, _Kept) and job.slot == slot:
                    job.parts.append(part)
                    break
                if isinstance(job, _Change) or job.slot[0] == _OTHERS or job.slot[1] == slot[1]:
                    self._waiting.append(_Kept(slot, [part], save))  # must not overtake this one
                    break
            else:
                self._waiting.append(_Kept(slot, [part], save))
            self._hurry = self._hurry or hurry
            self._wake.notify_all()

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._waiting and not self._ended:
                    self._wake.wait()
                if self._ended:
                    break
                pause = self._retry_s if self._told else self._interval_s
                self._wake.wait_for(lambda: self._hurry or self._ended, pause)
                self._saving, self._waiting = self._waiting, []
                self._hurry = False
            left = self._save(self._saving)
            with self._wake:
                self._waiting = [*left, *self._waiting]
                self._saving = []
                self._rounds += 1
                self._wake.notify_all()
        for job in self._waiting:
            if isinstance(job, _Change) and job.future.set_running_or_notify_cancel():
                job.future.set_exception(self.problem or HistoryError(HistoryReason.CLOSED_NOT_SAVED()))
        if self._store is not None:
            self._store.close()

    def _save(self, jobs: list[_Kept | _Change]) -> list[_Kept | _Change]:
        """Save what can be saved; gives what stays in memory."""
        failure: HistoryError | None = None  # that meets every change
        partial: HistoryError | None = None  # that met some
        left: list[_Kept | _Change] = []
        batch: list[_Kept] = []
        for job in [*jobs, None]:
            if isinstance(job, _Kept):
                batch.append(job)
                continue
            if failure is None:
                problem, batch = self._save_batch(batch, left)
                if problem is not None:
                    failure = problem.error if problem.meets_all else None
                    partial = partial or problem.error
            left += batch
            batch = []
            if job is not None:
                failure = self._do(job, failure)
        self.problem = failure or partial
        self._reported = self._reported and self.problem is not None
        if not self._given:
            self._tell("" if self.problem is None else str(self.problem))
        return left

    def _save_batch(
        self, batch: list[_Kept], before: Sequence[_Kept | _Change] = ()
    ) -> tuple[_Problem | None, list[_Kept]]:
        """Save changes in one transaction, or singly where some of them cannot be saved.

        Args:
            batch: they are saved in their order.
            before: what stays in memory of what came before them.

        Returns:
            why something could not be saved, and what was not.
        """
        if not batch:
            return None, batch
        try:
            store = self._connected()
        except Exception as error:
            return _Problem(self._known(error), meets_all=True), batch
        problem, left = self._save_together(store, batch, waits=bool(before))
        if problem is None or len(batch) == 1 or problem.meets_all:
            return problem, left
        first: _Problem | None = None
        left = []
        for at, job in enumerate(batch):
            if any(_may_not_overtake(job, other) for other in (*before, *left)):
                left.append(job)
                continue
            problem, kept = self._save_together(store, [job], waits=bool(before or left))
            left += kept
            first = first or problem
            if problem is not None and problem.meets_all:
                return problem, [*left, *batch[at + 1 :]]
        return first, left

    def _save_together(self, store: Store, batch: list[_Kept], *, waits: bool) -> tuple[_Problem | None, list[_Kept]]:
        """Save changes in one transaction, or none; `waits`: what they depend on may still be in memory."""
        told: list[tuple[Callable[[Any], None] | None, Any]] = []
        doing: _Kept | None = None
        try:
            with store.database.transaction():
                for doing in batch:
                    try:
                        with store.database.savepoint():
                            told.append((doing.then, doing.save(store, doing.parts)))
                    except NotFound as error:  # its subject was deleted for good meanwhile: nothing of it is done
                        if waits:
                            raise
                        told.append((doing.failed, error))
                doing = None
                if self._given:  # they will be saved by another writer
                    raise HistoryError(HistoryReason.CLOSED_NOT_SAVED())
        except Exception as error:
            if doing is None or isinstance(error, HistoryError | MemoryError | apsw.Error):
                known = self._known(error)
                bug = doing is not None and isinstance(error, apsw.Error)
                return _Problem(known, _concerns_all(known) and not bug), batch
            if len(batch) > 1:
                return _Problem(None), batch
            _call(doing.failed, failure_of(error))  # a mistake of the program, which trying again would make again
            return None, []
        for callback, outcome in told:
            _call(callback, outcome)
        return None, []

    def _known(self, error: Exception) -> HistoryError:
        """Give a failure of the disk or the database in the words of the user; of others, report the first."""
        if isinstance(error, HistoryError):
            return error
        if not isinstance(error, MemoryError) and not self._reported:
            self._reported = True
            report_bug(error)
        return database_failed(error, self._history.path)

    def _do(self, job: _Change, failure: HistoryError | None) -> HistoryError | None:
        """Do what someone waits for; gives why nothing can be saved, if so."""
        if not job.future.set_running_or_notify_cancel():
            return failure
        if failure is not None:
            job.future.set_exception(failure)
            return failure
        try:
            store = self._connected()
            with store.database.transaction():
                result = job.work(store)
        except BaseException as error:
            job.future.set_exception(error)
            return error if isinstance(error, HistoryError) and _concerns_all(error) else None
        job.future.set_result(result)
        return None

    def _connected(self) -> Store:
        if not self._history.writable:
            if self._store is not None:
                self._store.close()
                self._store = None
            if not self._history.retry() and self._history.problem is not None:
                raise self._history.problem
        self._history.check_same()
        if self._store is None:
            self._store = self._history.connect()
        return self._store

    def _tell(self, sentence: str) -> None:
        if sentence != self._told:
            self._told = sentence
            _call(self._noticed, sentence)


def _save_again(job: _Kept, store: Store) -> Any:
    return job.save(store, job.parts)


def _may_not_overtake(job: _Kept, other: _Kept | _Change) -> bool:
    """Tell whether a change is of the same message, draft or composer as one that stays in memory."""
    return isinstance(other, _Kept) and job.slot[0] != _OTHERS != other.slot[0] and job.slot[1] == other.slot[1]


def _call(callback: Callable[[Any], None] | None, outcome: Any) -> None:
    if callback is None:
        return
    try:
        callback(outcome)
    except Exception as error:  # a mistake of whoever waited; what was saved is saved
        report_bug(error)


def _concerns_all(error: HistoryError) -> bool:
    """Tell whether a failure will meet every change, and not only the one that was tried."""
    return isinstance(error, HistoryFull | HistoryReadOnly | HistoryBusy) or type(error) is HistoryError
