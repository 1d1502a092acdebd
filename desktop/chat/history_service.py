"""Opens the history, reads it and has it written away from the window's thread, and saves answers as they come.

    service = HistoryService(open_history, troubled)
    service.start()
    service.write(lambda store: store.conversations.pin(7))        # kept until it is saved, whatever happens
    service.read(lambda store: store.search("plan"), then=show)    # `show` is called on the history thread
    service.end()

What is to be written before the history is open, as while the user still types the passphrase, waits in memory.
"""

import contextlib
import logging
import threading
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from desktop.chat.questions import Failed, Question, Questions, Reading, call
from desktop.crashes import failure_of
from desktop.errors import (
    HistoryUnsaved,
    InkstoneError,
    InternalError,
    KeyUnavailable,
    NotFound,
    WrongKey,
)

if TYPE_CHECKING:  # the database is loaded on the history thread, not before the window is shown
    from desktop.history import History, HistoryWriter, Store
    from desktop.history.writer import Leftover

_LOG = logging.getLogger(__name__)
Result = TypeVar("Result")
OpenHistory = Callable[[], "History"]

RETRY_S = 2.0  # between two tries to open what could not be opened
SAVE_S = 0.25  # an answer is saved this often: each time waits for the disk
_NEEDS_THE_USER = (WrongKey, KeyUnavailable, InternalError)


def _nothing(*_: object) -> None:
    pass


class HistoryService:
    """A thread that opens and reads the history, in front of the `HistoryWriter` that changes it.

    Callbacks are called on the threads of the history and the writer.

    Args:
        open_history: opens the history; called on the history thread, again after a failure. Raises HistoryError.
        troubled: told each failure to open or to write, and None when all is well again.
        opened: told the history once it is open.
        retry_s: seconds between two tries.
        failed: told why something was not done whose asker gave no `failed`; not where only its subject is gone.
    """

    def __init__(
        self,
        open_history: OpenHistory,
        troubled: Callable[[InkstoneError | None], None] = _nothing,
        opened: "Callable[[History], None]" = _nothing,
        retry_s: float = RETRY_S,
        failed: Failed = _nothing,
    ) -> None:
        self._open_history, self._troubled, self._opened, self._retry_s = open_history, troubled, opened, retry_s
        self._once: OpenHistory | None = None  # how it is opened next, with what the user typed
        self._failed, self._questions = failed, Questions()
        self._lock = threading.Lock()
        self._held: list[Leftover] = []  # writes from while the history is not open
        self._latest: dict[Hashable, list[tuple[Any, Any, Any]]] = {}
        self._writer: HistoryWriter | None = None  # None while it takes nothing
        self._last: HistoryWriter | None = None  # the newest, as long as it may have something to save
        self._history: History | None = None
        self._aside: list[threading.Thread] = []
        self._wake = threading.Event()
        self._ending = self._stale = False
        self._thread = threading.Thread(target=self._run, name="history", daemon=True)

    def start(self) -> None:
        """Open the history and begin."""
        self._thread.start()

    def write(
        self,
        work: "Callable[[Store], Result]",
        then: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        *,
        key: Hashable | None = None,
    ) -> None:
        """Queue a change; it is on the disk, whole or not at all, before `then` gets its result.

        Args:
            work: makes the change; called again whenever it could not be saved. Raises NotFound where its subject is
                gone, and nothing is changed then.
            then: gets what `work` gave.
            failed: told where it will never be made: NotFound, or a mistake in `work`.
            key: while a change with this key waits and nothing came behind it, a later one takes its place.
        """
        failed = failed or self._fail
        with self._lock:
            if key is None:
                self._latest.clear()  # what comes from now on must not overtake this
                self._queue(work, then, failed)
            elif box := self._latest.get(key):
                box[0] = (work, then, failed)
            else:
                box = self._latest[key] = [(work, then, failed)]

                def latest(store: "Store") -> tuple[Any, Any]:
                    with self._lock:
                        if self._latest.get(key) is box:
                            del self._latest[key]
                        newest, told, _ = box[0]
                    return newest(store), told

                self._queue(latest, lambda done: done[1](done[0]) if done[1] else None, lambda error: box[0][2](error))

    def _queue(self, work: "Callable[[Store], Any]", then: Callable[[Any], None] | None, failed: Failed) -> None:
        if self._writer is not None:
            self._writer.keep(work, then, failed)
        else:
            self._held.append((work, then, failed))

    def _fail(self, error: InkstoneError) -> None:
        if not isinstance(error, NotFound):
            self._failed(error)

    def read(
        self,
        work: "Callable[[Store], Result]",
        then: Callable[[Result], None],
        failed: Failed | None = None,
    ) -> None:
        """Queue a question; it sees everything written before, unless that cannot be written now."""
        self._questions.ask(Question(work, then, failed or self._fail))

    def aside(
        self, work: "Callable[[Store], Result]", then: Callable[[Result], None], failed: Failed | None = None
    ) -> None:
        """Do what takes long, such as an import, beside everything else: on a thread and a connection of its own."""

        def do(history: "History") -> None:
            with contextlib.closing(Reading(history)) as reading:
                Question(work, then, failed or self._fail).answer(reading.connect)

        def begin(_store: "Store") -> None:
            thread = threading.Thread(target=do, args=(self._history,), name="history aside", daemon=True)
            thread.start()
            self._aside = [*(one for one in self._aside if one.is_alive()), thread]

        self.read(begin, _nothing, failed)

    def back_up(self, target: Path, then: Callable[[None], None], failed: Failed | None = None) -> None:
        """Write the whole history into one file, after everything written before."""

        def work(_store: "Store") -> None:
            from desktop.history.backup import back_up

            if self._history is not None:
                back_up(self._history, target)

        self.read(work, then, failed)

    def while_closed(
        self, work: Callable[[], Result], then: Callable[[Result], None], failed: Failed | None = None
    ) -> None:
        """Close the history, do what needs it closed, open it again; what is written meanwhile waits in memory.

        Nothing is closed or done, and `failed` gets HistoryUnsaved, while something cannot be saved.
        """
        self._questions.ask(Question(lambda _store: work(), then, failed or self._fail, closed=True))

    def try_again(self, open_history: OpenHistory | None = None) -> None:
        """Try at once to open the history; with another way, such as with a passphrase, use that until it is open."""
        self._once = open_history or self._once
        self._wake.set()

    @property
    def unsaved(self) -> int:
        """How many changes are in memory only."""
        with self._lock:
            return len(self._held) + (self._last.unsaved if self._last is not None else 0)

    def settle(self, patience_s: float = 5.0) -> bool:
        """Wait until everything queued so far is saved and answered; tells whether it is."""
        done = threading.Event()
        self.read(lambda _store: None, lambda _nothing: done.set(), lambda _error: None)
        return done.wait(patience_s) and self.unsaved == 0

    def end(self, patience_s: float = 10.0) -> int:
        """Save what is queued, let go of the history, end the threads; gives how many changes could not be saved.

        Questions that were not answered by then are refused.
        """
        self._ending = True
        self._wake.set()
        self._questions.stop()
        if self._thread.is_alive():
            self._thread.join(patience_s)
        else:
            self._questions.end()
        return self.unsaved

    def _run(self) -> None:
        try:
            while (history := self._opened_history()) is not None:
                try:
                    closing = self._serve(history)
                except Exception as error:  # such as no thread for the writer; what was written waits in memory
                    self._told_trouble(error)
                    self._wake.wait(self._retry_s)
                    continue
                if closing is None:
                    return
                closing.answer(lambda: None)
        finally:
            self._questions.end()

    def _serve(self, history: "History") -> Question | None:
        """Write and read until the end, or until something needs the history closed; gives that."""
        from desktop.history import HistoryWriter

        reading = Reading(history)
        try:
            writer = HistoryWriter(history, self._notice)
            with self._lock:
                self._last = writer
            self._history = history
            self._let_write(writer)
            call(self._opened, history)
            if history.problem is not None:  # it can be read only
                call(self._troubled, history.problem)
            return self._answer_all(writer, reading)
        finally:
            reading.close()
            self._end_writing()
            for thread in self._aside:
                thread.join()
            self._history = None
            history.close()

    def _answer_all(self, writer: "HistoryWriter", reading: Reading) -> Question | None:
        while (question := self._questions.next()) is not None:
            writer.flush()  # what was written before is to be seen
            if question.closed:
                if self._all_saved(writer):
                    return question
                question.refuse(HistoryUnsaved(writer.problem))
                continue
            if self._stale:  # the history could not be written when this was connected
                self._stale = False
                reading.close()
            question.answer(reading.connect)
        return None

    def _let_write(self, writer: "HistoryWriter") -> None:
        with self._lock:
            self._writer = writer
            for work, then, failed in self._held:
                writer.keep(work, then, failed)
            self._held.clear()

    def _all_saved(self, writer: "HistoryWriter") -> bool:
        """Hold back what is written from now on and save the rest; where that cannot be, everything goes on."""
        with self._lock:
            self._writer = None
            self._latest.clear()
        if writer.flush():
            return True
        self._let_write(writer)
        return False

    def _end_writing(self) -> None:
        """Save what can be saved; the rest waits in memory."""
        with self._lock:
            writer, self._writer = self._last, None
            self._latest.clear()
        if writer is not None:
            writer.close()
            with self._lock:
                self._held[:0] = writer.leftover()
                self._last = None

    def _notice(self, sentence: str) -> None:
        self._stale = self._stale or not sentence
        _LOG.info("history: all is saved: %s", not sentence)
        self._troubled(self._writer.problem if self._writer is not None and sentence else None)

    def _opened_history(self) -> "History | None":
        troubled = False
        while True:
            self._wake.clear()
            if self._ending:
                return None
            way = self._once
            try:
                history = (way or self._open_history)()
            except Exception as error:
                failure = self._told_trouble(error)
            else:
                if self._once is way:
                    self._once = None
                if troubled:
                    call(self._troubled, None)
                return history
            troubled = True
            self._wake.wait(None if isinstance(failure, _NEEDS_THE_USER) else self._retry_s)

    def _told_trouble(self, error: Exception) -> InkstoneError:
        """Tell why the history is not open; of a mistake of the program, too, as nothing is saved."""
        failure = failure_of(error)
        call(self._troubled, failure)
        return failure
