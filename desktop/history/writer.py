"""The thread that writes: what comes quickly (tokens, keys) is saved in batches, and nobody waits for the disk.

When something cannot be saved (a full disk, a folder that cannot be written), it stays in memory in its order,
`noticed` is told a sentence, and saving is tried again until there is room.
"""

import functools
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from desktop.crashes import failure_of, report_bug
from desktop.errors import HistoryBusy, HistoryError, HistoryFull, HistoryReadOnly, NotFound
from desktop.history.records import StoredStatus, StoredUsage
from desktop.history.store import History, Store

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
        self._hurry = self._closing = self._ended = self._working = False
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
            return len(self._waiting) + self._working

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
            enough = self._rounds + (2 if self._working else 1)
            self._hurry = True
            self._wake.notify_all()
            while self._waiting or self._working:
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
        """Give what a closed writer could not save, oldest first, each as the arguments of `keep`."""
        with self._wake:
            jobs = [job for job in self._waiting if isinstance(job, _Kept)]
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
                jobs, self._waiting = self._waiting, []
                self._hurry, self._working = False, True
            left = self._save(jobs)
            with self._wake:
                self._waiting = [*left, *self._waiting]
                self._working = False
                self._rounds += 1
                self._wake.notify_all()
        for job in self._waiting:
            if isinstance(job, _Change) and job.future.set_running_or_notify_cancel():
                job.future.set_exception(self.problem or HistoryError("The history is closed, so this was not saved."))
        if self._store is not None:
            self._store.close()

    def _save(self, jobs: list[_Kept | _Change]) -> list[_Kept | _Change]:
        """Save what can be saved; gives what stays in memory."""
        failure: HistoryError | None = None
        left: list[_Kept | _Change] = []
        batch: list[_Kept] = []
        for job in [*jobs, None]:
            if isinstance(job, _Kept):
                batch.append(job)
                continue
            if failure is None:
                failure, batch = self._save_batch(batch)
            left += batch
            batch = []
            if job is not None:
                failure = self._do(job, failure)
        self.problem = failure
        self._tell("" if failure is None else str(failure))
        return left

    def _save_batch(self, batch: list[_Kept]) -> tuple[HistoryError | None, list[_Kept]]:
        """Save changes in one transaction; gives why they could not be saved, and those that were not."""
        if not batch:
            return None, batch
        told: list[tuple[Callable[[Any], None] | None, Any]] = []
        try:
            store = self._connected()
            with store.database.transaction():
                for job in batch:
                    try:
                        with store.database.savepoint():
                            told.append((job.then, job.save(store, job.parts)))
                    except NotFound as error:  # its subject was deleted for good meanwhile: nothing of it is done
                        told.append((job.failed, error))
        except HistoryError as error:
            return error, batch
        except Exception as error:
            if len(batch) == 1:  # a mistake of the program: it must not keep all the others from being saved
                _call(batch[0].failed, failure_of(error))
                return None, []
            for at, job in enumerate(batch):
                failure, _ = self._save_batch([job])
                if failure is not None:
                    return failure, batch[at:]
            return None, []
        for callback, outcome in told:
            _call(callback, outcome)
        return None, []

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
        if self._store is None:
            self._store = self._history.connect()
        return self._store

    def _tell(self, sentence: str) -> None:
        if sentence != self._told:
            self._told = sentence
            _call(self._noticed, sentence)


def _save_again(job: _Kept, store: Store) -> Any:
    return job.save(store, job.parts)


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
