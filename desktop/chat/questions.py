"""Questions to the history: each is asked once and answered once, with its result or with why there is none.

They are asked from every thread and wait in `Questions`; the history's thread takes one after the other and answers it.
What is left when that ends, and what is asked later, is refused.
"""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.crashes import failure_of, report_bug
from desktop.errors import HistoryError, InkstoneError

if TYPE_CHECKING:  # the database is loaded on the history's thread, not before the window is shown
    from desktop.history import History, Store

_LOG = logging.getLogger(__name__)
Failed = Callable[[InkstoneError], None]


@dataclass(eq=False, slots=True)
class Question:
    """What somebody wants to know.

    Attributes:
        work: finds it out; gets a connection. Raises InkstoneError.
        then: gets what `work` gave.
        failed: gets why there is no answer.
        closed: to be done while the history is closed; `work` gets None then.
    """

    work: "Callable[[Store], Any]"
    then: Callable[[Any], None]
    failed: Failed
    closed: bool = False

    def answer(self, connect: "Callable[[], Store | None]") -> None:
        """Find it out and tell it; raises nothing."""
        try:
            result = self.work(connect())  # type: ignore[arg-type]  # work for a closed history takes none
        except Exception as error:  # one broken question must not end the others
            self.refuse(failure_of(error))
        else:
            call(self.then, result)

    def refuse(self, error: InkstoneError) -> None:
        """Tell why there is no answer."""
        _LOG.warning("history: %s", error)
        call(self.failed, error)


class Questions:
    """Those that wait for their answer, in the order in which they were asked."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Question | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._ended = False

    def ask(self, question: Question) -> None:
        """Have a question answered; refused at once where nobody answers any more."""
        with self._lock:
            if not self._ended:
                self._waiting.put(question)
                return
        question.refuse(HistoryError("The history is closed, so this was not done."))

    def next(self) -> Question | None:
        """Wait for a question; None where no more are to be answered."""
        return self._waiting.get()

    def stop(self) -> None:
        """Have `next` give None behind those that wait already."""
        self._waiting.put(None)

    def end(self) -> None:
        """Refuse all that wait, and all that come from now on."""
        with self._lock:
            self._ended = True
        while True:
            try:
                question = self._waiting.get_nowait()
            except queue.Empty:
                return
            if question is not None:
                question.refuse(HistoryError("The history is closed, so this was not done."))


class Reading:
    """A connection that is made when it is first needed, and again after `close`."""

    def __init__(self, history: "History") -> None:
        self._history = history
        self._store: Store | None = None

    def connect(self) -> "Store":
        """Give the connection. Raises HistoryError where there can be none."""
        if self._store is None:
            self._store = self._history.connect()
        return self._store

    def close(self) -> None:
        """Give it back; harmless where there is none."""
        if self._store is not None:
            self._store.close()
            self._store = None


def call(callback: Callable[..., object], *arguments: object) -> None:
    """Tell somebody something; a mistake of theirs is reported and ends nobody else's work."""
    try:
        callback(*arguments)
    except Exception as bug:
        report_bug(bug)
