"""Work that takes a while, on a thread of its own; its result arrives on the GUI thread."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop.crashes import failure_of
from desktop.errors import InkstoneError

_LOG = logging.getLogger(__name__)
Result = TypeVar("Result")


class _Courier(QObject):
    """Sends results from the other thread; nobody's child, so it is there even when its window is not any more."""

    done = Signal(object, object)


class Background(QObject):
    """Does one thing after another away from the GUI thread; silent once its parent is gone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, "background")
        self._going_on: set[Future[Any]] = set()
        self._courier = _Courier()
        # Queued: what is done at once must not call back before `run` has returned.
        self._courier.done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], object],
        failed: Callable[[InkstoneError], object] = lambda _error: None,
    ) -> None:
        """Call `work` there, then `then` with its result here, or `failed` with why there is none."""
        going_on = self._going_on
        courier = self._courier  # `self` may be destroyed at any moment, from the other thread's point of view

        def deliver(done: "Future[Result]") -> None:
            going_on.discard(done)
            if done.cancelled():
                return
            error = done.exception()
            if isinstance(error, Exception):
                courier.done.emit(failed, failure_of(error))
            else:
                courier.done.emit(then, done.result())

        future = self._pool.submit(work)
        going_on.add(future)
        future.add_done_callback(deliver)

    def end(self, within: float | None = None) -> bool:
        """Wait until all is done, or so many seconds; then what has not begun is left out. Tells whether all ended."""
        if within is None:
            self._pool.shutdown()
            return True
        self._pool.shutdown(wait=False, cancel_futures=True)
        if wait(self._going_on, within).not_done:
            return False
        self._pool.shutdown()  # a result is there before it is sent, and the courier must not end on the other thread
        return True

    @Slot(object, object)
    def _deliver(self, callback: Callable[[object], object], result: object) -> None:
        callback(result)
