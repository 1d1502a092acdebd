"""The history as the window uses it: work is done on the history thread, its result arrives on the GUI thread."""

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from desktop.chat.history_service import RETRY_S, HistoryService, OpenHistory
from desktop.chat.questions import Failed
from desktop.errors import HistoryError, InkstoneError

if TYPE_CHECKING:
    from desktop.history import History, Store

Result = TypeVar("Result")


class HistoryLink(QObject):
    """Asks the service and brings its answers to the GUI thread.

    Attributes:
        service: does the work.
        writable: False where the history can only be read, and until it is open.
        trouble: why nothing can be written now; None when all is well.
        locked: it could not be opened, and why was told.

    Signals:
        opened(str): the history is open; a sentence where it can only be read, else "".
        troubled(HistoryError): it cannot be opened, or what was written is only in memory.
        settled(): everything is on the disk again.
        failed(InkstoneError): something was not done whose asker does not tell it.
    """

    opened = Signal(str)
    troubled = Signal(object)
    settled = Signal()
    failed = Signal(object)
    _answered = Signal(object, object)
    _said = Signal(object)
    _came = Signal(str)
    _refused = Signal(object)

    def __init__(self, open_history: OpenHistory, retry_s: float = RETRY_S) -> None:
        super().__init__()
        self.service = HistoryService(open_history, self._said.emit, self._tell_opened, retry_s, self._refused.emit)
        self.writable = self._started = self._was_opened = self.locked = False
        self.trouble: HistoryError | None = None
        # Each of these is emitted on the history thread and queued to this one.
        self._answered.connect(self._deliver)
        self._said.connect(self._tell)
        self._came.connect(self._take_opened)
        self._refused.connect(self.tell_failed)

    @Slot()
    def start(self) -> None:
        """Open the history, if that was not begun before."""
        if not self._started:
            self._started = True
            self.service.start()

    def write(
        self,
        work: "Callable[[Store], Result]",
        then: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        *,
        key: Hashable | None = None,
    ) -> None:
        """Queue a change; `then` gets its result here once it is on the disk, `failed` why that will never be."""
        self.service.write(work, self._bringing(then), self._bringing(failed), key=key)

    def read(
        self,
        work: "Callable[[Store], Result]",
        then: Callable[[Result], None],
        failed: Failed | None = None,
    ) -> None:
        """Queue a question; `then` gets the answer here."""
        self.service.read(work, lambda result: self._answered.emit(then, result), self._bringing(failed))

    def while_closed(
        self, work: Callable[[], Result], then: Callable[[Result], None], failed: Failed | None = None
    ) -> None:
        """Do what needs the history closed, and open it again."""
        self.service.while_closed(work, lambda result: self._answered.emit(then, result), self._bringing(failed))

    def aside(
        self, work: "Callable[[Store], Result]", then: Callable[[Result], None], failed: Failed | None = None
    ) -> None:
        """Do what takes long beside everything else."""
        self.service.aside(work, lambda result: self._answered.emit(then, result), self._bringing(failed))

    def back_up(self, target: Path, then: Callable[[None], None], failed: Failed | None = None) -> None:
        """Write the whole history into one file."""
        self.service.back_up(target, lambda done: self._answered.emit(then, done), self._bringing(failed))

    @Slot(object)
    def tell_failed(self, error: InkstoneError) -> None:
        """Have the window tell why something was not done."""
        self.failed.emit(error)

    def _bringing(self, callback: Callable[[Result], None] | None) -> Callable[[Result], None] | None:
        if callback is None:
            return None
        return lambda result: self._answered.emit(callback, result)

    @Slot(object, object)
    def _deliver(self, callback: Callable[[object], None], result: object) -> None:
        owner = getattr(callback, "__self__", None)
        if not isinstance(owner, QObject) or shiboken6.isValid(owner):  # else nobody is left who wants to know
            callback(result)

    @Slot(object)
    def _tell(self, error: HistoryError | None) -> None:
        self.trouble = error
        self.locked = error is not None and not self._was_opened
        if error is None:
            self.settled.emit()
        else:
            self.troubled.emit(error)

    def _tell_opened(self, history: "History") -> None:
        self._came.emit(history.notice)

    @Slot(str)
    def _take_opened(self, notice: str) -> None:
        self.writable, self._was_opened, self.locked = not notice, True, False
        self.opened.emit(notice)
