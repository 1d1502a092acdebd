"""Opens the history, reads it and has it written away from the window's thread, and saves answers as they come.

    service = HistoryService(open_history, troubled)
    service.start()
    service.write(lambda store: store.conversations.pin(7))        # kept until it is saved, whatever happens
    service.read(lambda store: store.search("plan"), then=show)    # `show` is called on the history thread
    service.end()

What is to be written before the history is open, as while the user still types the passphrase, waits in memory.
"""

import queue
import sys
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from desktop.engine import interface
from desktop.errors import HistoryError, InkstoneError, KeyUnavailable, NotFound, WrongKey
from desktop.reasons import HistoryReason

if TYPE_CHECKING:  # the database is loaded on the history thread, not before the window is shown
    from desktop.history import History, HistoryWriter, Store, StoredUsage
    from desktop.history.records import StoredStatus

Result = TypeVar("Result")
OpenHistory = Callable[[], "History"]
Failed = Callable[[InkstoneError], None]

RETRY_S = 2.0  # between two tries to open what could not be opened
SAVE_S = 0.25  # an answer is saved this often: each time waits for the disk
_NEEDS_THE_USER = (WrongKey, KeyUnavailable)


@dataclass(eq=False, slots=True)
class _Question:
    work: "Callable[[Store], Any]"
    then: Callable[[Any], None]
    failed: Failed | None
    closed: bool = False  # to be done while the history is closed


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
    """

    def __init__(
        self,
        open_history: OpenHistory,
        troubled: Callable[[HistoryError | None], None] = _nothing,
        opened: "Callable[[History], None]" = _nothing,
        retry_s: float = RETRY_S,
    ) -> None:
        self._open_history, self._troubled, self._opened, self._retry_s = open_history, troubled, opened, retry_s
        self._questions: queue.SimpleQueue[_Question | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._held: list[Callable[[], None]] = []  # writes from before the history was open
        self._latest: dict[Hashable, list[tuple[Any, Any]]] = {}
        self._writer: HistoryWriter | None = None
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
        *,
        key: Hashable | None = None,
    ) -> None:
        """Queue a change; it is on the disk, whole or not at all, before `then` gets its result.

        Args:
            work: makes the change; called again whenever it could not be saved. Raises NotFound where its subject is
                gone, and nothing is changed then.
            then: gets what `work` gave.
            key: while a change with this key waits and nothing came behind it, a later one takes its place.
        """
        with self._lock:
            if key is None:
                self._latest.clear()  # what comes from now on must not overtake this
                self._queue(work, then)
            elif box := self._latest.get(key):
                box[0] = (work, then)
            else:
                box = self._latest[key] = [(work, then)]

                def latest(store: "Store") -> tuple[Any, Any]:
                    with self._lock:
                        if self._latest.get(key) is box:
                            del self._latest[key]
                        newest, told = box[0]
                    return newest(store), told

                self._queue(latest, lambda done: done[1](done[0]) if done[1] else None)

    def _queue(self, work: "Callable[[Store], Any]", then: Callable[[Any], None] | None) -> None:
        writer = self._writer
        if writer is not None:
            writer.keep(work, then)
        else:
            self._held.append(lambda: self._writer.keep(work, then) if self._writer else None)

    def read(
        self,
        work: "Callable[[Store], Result]",
        then: Callable[[Result], None],
        failed: Failed | None = None,
    ) -> None:
        """Queue a question; it sees everything written before, unless that cannot be written now."""
        self._questions.put(_Question(work, then, failed))

    def aside(
        self, work: "Callable[[Store], Result]", then: Callable[[Result], None], failed: Failed | None = None
    ) -> None:
        """Do what takes long, such as an import, beside everything else: on a thread and a connection of its own."""

        def do(history: "History") -> None:
            store = history.connect()
            try:
                self._answer(_Question(work, then, failed), store)
            finally:
                store.close()

        def begin(_store: "Store") -> None:
            if self._history is not None:
                thread = threading.Thread(target=do, args=(self._history,), name="history aside", daemon=True)
                thread.start()
                self._aside.append(thread)

        self.read(begin, _nothing, failed)

    def back_up(self, target: Path, then: Callable[[None], None], failed: Failed | None = None) -> None:
        """Write the whole history into one file, after everything written before."""

        def work(_store: "Store") -> None:
            from desktop.history.vault import back_up

            if self._history is not None:
                back_up(self._history, target)

        self.read(work, then, failed)

    def while_closed(
        self, work: Callable[[], Result], then: Callable[[Result], None], failed: Failed | None = None
    ) -> None:
        """Close the history, do what needs it closed, open it again; what is written meanwhile waits in memory."""
        self._questions.put(_Question(lambda _store: work(), then, failed, closed=True))

    def try_again(self, open_history: OpenHistory | None = None) -> None:
        """Try at once to open the history; with another way to do so, such as with a passphrase, use that."""
        self._open_history = open_history or self._open_history
        self._wake.set()

    @property
    def unsaved(self) -> int:
        """How many changes are in memory only."""
        return self._writer.unsaved if self._writer is not None else len(self._held)

    def settle(self, patience_s: float = 5.0) -> bool:
        """Wait until everything queued so far is saved and answered; tells whether it is."""
        done = threading.Event()
        self.read(lambda _store: None, lambda _nothing: done.set())
        return done.wait(patience_s) and self.unsaved == 0

    def end(self, patience_s: float = 10.0) -> int:
        """Save what is queued, let go of the history, end the threads; gives how many changes could not be saved."""
        self._ending = True
        self._wake.set()
        self._questions.put(None)
        if self._thread.is_alive():
            self._thread.join(patience_s)
        return self.unsaved

    def _run(self) -> None:
        while (history := self._opened_history()) is not None:
            question = self._serve(history)
            if question is None:
                return
            self._answer(question, None)

    def _serve(self, history: "History") -> _Question | None:
        """Write and read until the end, or until something needs the history closed; gives that."""
        from desktop.history import HistoryWriter

        writer = HistoryWriter(history, self._notice)
        self._history = history
        with self._lock:
            self._writer = writer
            for write in self._held:
                write()
            self._held.clear()
        self._opened(history)
        if history.problem is not None:  # it can be read only
            self._troubled(history.problem)
        store = history.connect()
        try:
            while (question := self._questions.get()) is not None:
                writer.flush()  # what was written before is to be seen
                if question.closed:
                    return question
                if self._stale:  # the history could not be written when this was connected
                    self._stale = False
                    store.close()
                    store = history.connect()
                self._answer(question, store)
            return None
        finally:
            if not self._ending:
                with self._lock:
                    self._writer = None
                    self._latest.clear()
            for thread in self._aside:
                thread.join()
            writer.close()
            store.close()
            history.close()

    def _answer(self, question: _Question, store: "Store | None") -> None:
        try:
            result = question.work(store)  # type: ignore[arg-type]  # work for a closed history takes none
        except InkstoneError as error:
            if question.failed is not None:
                question.failed(error)
        except Exception as bug:  # one broken question must not end the others
            sys.excepthook(type(bug), bug, bug.__traceback__)
        else:
            question.then(result)

    def _notice(self, sentence: str) -> None:
        self._stale = self._stale or not sentence
        self._troubled(self._writer.problem if self._writer is not None and sentence else None)

    def _opened_history(self) -> "History | None":
        troubled = False
        while True:
            self._wake.clear()
            if self._ending:
                return None
            try:
                history = self._open_history()
            except HistoryError as error:
                failure = error
            except Exception as bug:  # also told to the user: nothing would be saved
                sys.excepthook(type(bug), bug, bug.__traceback__)
                failure = HistoryError(HistoryReason.MISTAKE())
            else:
                if troubled:
                    self._troubled(None)
                return history
            troubled = True
            self._troubled(failure)
            self._wake.wait(None if isinstance(failure, _NEEDS_THE_USER) else self._retry_s)


@dataclass(eq=False, slots=True)
class RecordRef:
    """The number that a message or conversation has in the history; None until it is written."""

    number: int | None = None

    def get(self) -> int:
        """Give the number. Raises NotFound where it was never written."""
        if self.number is None:
            raise NotFound("message", 0)
        return self.number


@dataclass(frozen=True, slots=True)
class AnswerRecorder:
    """Saves one answer while it is written."""

    service: HistoryService
    kept: RecordRef

    def add(self, text: str) -> None:
        """Save more of it."""
        self.service.write(lambda store: store.messages.append(self.kept.get(), text))

    def finish(self, status: "StoredStatus", usage: "StoredUsage | None" = None) -> None:
        """Save how it ended."""
        self.service.write(lambda store: store.messages.finish(self.kept.get(), status, usage))


def saved(
    events: Iterator[interface.Event],
    answer: AnswerRecorder,
    model: str = "",
    interval: float = SAVE_S,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[interface.Event]:
    """Pass the events of an answer on, saving its text at once and then every `interval` seconds, and how it ended."""
    held: list[str] = []
    last = -interval

    def save() -> None:
        if held:
            answer.add("".join(held))
            held.clear()

    try:
        for event in events:
            if isinstance(event, interface.TextAdded):
                held.append(event.text)
                if clock() - last >= interval:
                    save()
                    last = clock()
            elif isinstance(event, interface.Finished):
                save()
                answer.finish(event.reason, stored_usage(event.usage, model))
            yield event
    except Exception:
        save()
        answer.finish("failed")
        raise
    finally:
        save()


def stored_usage(usage: interface.Usage, model: str = "") -> "StoredUsage":
    """Tell what an answer took in the history's words."""
    from desktop.history import StoredUsage

    return StoredUsage(
        usage.prompt_tokens,
        usage.reused_tokens,
        usage.new_tokens,
        usage.first_token_s,
        usage.decode_tokens_per_s,
        model,
        guessed_tokens=usage.guessed_tokens,
    )
