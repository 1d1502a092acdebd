"""Drafts on a thread of its own, so that the window never waits for the model."""

import contextlib
import threading
from collections.abc import Callable, Iterator

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal, Slot

from desktop.chat.drafting import Brief, Change, Draft, DraftEvent, DraftingService
from desktop.crashes import failure_of
from desktop.engine.interface import Engine
from desktop.errors import InkstoneError
from desktop.ui.widgets.error_messages import localised

_PATIENCE_MS = 10_000  # for a writer that sees its stop and then keeps what it has


class DraftWorker(QObject):
    """Writes drafts one at a time; never touches a widget.

    Signals:
        moved(threading.Event, DraftEvent): a draft got further; the last event of a job is `DraftChecked`. A job is
            known by the event that stops it: its last events may come when another canvas is open already.
        failed(threading.Event, str): it cannot go on; a sentence fit to show to the user. What was told before is kept.
    """

    moved = Signal(object, object)
    failed = Signal(object, str)

    def __init__(self, drafting: DraftingService, engine: Callable[[], Engine]) -> None:
        """Be ready.

        Args:
            drafting: where drafts are written.
            engine: gives the engine that answers now. Raises InkstoneError where there is none.
        """
        super().__init__()
        self._drafting, self._engine = drafting, engine

    @Slot(object, object)
    def write(self, draft: Draft, stop: threading.Event) -> None:
        """Write what is not written yet."""
        self._do(stop, lambda engine: self._drafting.write(engine, draft, stop))

    @Slot(object, object)
    def read_ahead(self, brief: Brief, stop: threading.Event) -> None:
        """Have the model read what a draft of this brief is written from; whoever drafts it hears of what fails."""
        with contextlib.suppress(InkstoneError):
            if not stop.is_set():
                self._drafting.read_ahead(self._engine(), brief, stop)

    @Slot(object, int, str, str, object)
    def change(self, draft: Draft, index: int, change: Change, tone: str, stop: threading.Event) -> None:
        """Write one section again."""
        self._do(stop, lambda engine: self._drafting.change(engine, draft, index, change, stop, tone))

    def _do(self, stop: threading.Event, work: Callable[[Engine], Iterator[DraftEvent]]) -> None:
        try:
            for event in work(self._engine()):
                self.moved.emit(stop, event)
        except Exception as error:
            self.failed.emit(stop, localised(failure_of(error)))


class DraftThread:
    """The one thread on which the workers of drafting live."""

    def __init__(self, *workers: QObject) -> None:
        self._workers = workers
        self._thread = QThread()
        self._thread.setObjectName("draft")
        for worker in workers:
            worker.moveToThread(self._thread)

    def start(self) -> None:
        """Begin to wait for work."""
        self._thread.start()

    def end(self) -> bool:
        """Wait a while until the thread is gone, False where it is not; the work must have been stopped."""
        self._thread.quit()
        return self._thread.wait(QDeadlineTimer(_PATIENCE_MS))
