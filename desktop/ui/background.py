"""Work that takes a while, on a thread of its own; its result arrives on the GUI thread."""

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from desktop.errors import InkstoneError

Result = TypeVar("Result")


class Background(QObject):
    """Does one thing after another away from the GUI thread."""

    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, "background")
        self._done.connect(self._deliver)

    def run(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], object],
        failed: Callable[[InkstoneError], object] = lambda _error: None,
    ) -> None:
        """Call `work` there, then `then` with its result here, or `failed` with a known failure."""

        def deliver(done: "Future[Result]") -> None:
            error = done.exception()
            if isinstance(error, Exception) and not isinstance(error, InkstoneError):
                sys.excepthook(type(error), error, error.__traceback__)
            elif not isValid(self):
                return  # what it was done for has been closed meanwhile
            elif isinstance(error, InkstoneError):
                self._done.emit(failed, error)
            else:
                self._done.emit(then, done.result())

        self._pool.submit(work).add_done_callback(deliver)

    @Slot(object, object)
    def _deliver(self, callback: Callable[[object], object], result: object) -> None:
        callback(result)
