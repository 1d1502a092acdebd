"""The chat thread: loads the model, answers requests one at a time.

There is one model in memory at most: before another is loaded, the one that answers gives back what it holds. Where the
other cannot be loaded, the one before is loaded again.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal, Slot

from desktop.chat.assistant import Assistant, Request
from desktop.chat.coalesce import coalesce
from desktop.crashes import failure_of
from desktop.engine.interface import Engine, Message, Sampling, TextAdded
from desktop.errors import InkstoneError, ModelNotPrepared, NotReady, PromptTooLong, UnknownModel
from desktop.ui.widgets.error_messages import localised

_LOG = logging.getLogger(__name__)
_LOADING_MS = 1000  # how long closing waits for a model that is being loaded
_ANSWERING_MS = 10_000  # for an answer, which sees its stop and then saves what there is


class ChatWorker(QObject):
    """Answers requests one at a time on its own thread; never touches a widget.

    Failures become sentences; a bug is reported, and the user reads that it is Inkstone's fault.

    Attributes:
        opening: a model is being loaded just now.

    Signals:
        loading(): the model is being loaded.
        loaded(EngineInfo): it answers from now on.
        model_missing(str): it is known, but not prepared on this machine; its id.
        load_failed(str): it cannot be loaded; a sentence fit to show to the user.
        model_unknown(str): there is no model of the chosen id, and trying again does not help; such a sentence.
        used(str): the model of this id was asked for and answers from now on.
        not_used(str, str): it cannot, and why; the one before is loaded again, where there was one.
        happened(Request, Event): what happened, in order.
        failed(Request, str): a sentence fit to show to the user.
        ahead_too_long(threading.Event, str): what was to be read ahead until that event does not fit the model.
    """

    loading = Signal()
    loaded = Signal(object)
    model_missing = Signal(str)
    load_failed = Signal(str)
    model_unknown = Signal(str)
    used = Signal(str)
    not_used = Signal(str, str)
    happened = Signal(object, object)
    failed = Signal(object, str)
    ahead_too_long = Signal(object, str)

    def __init__(
        self,
        open_engine: Callable[[], Engine],
        sampling: Sampling | None = None,
        open_other: Callable[[str], Engine] | None = None,
    ) -> None:
        """Load with `open_engine` the chosen model, with `open_other` the one of an id."""
        super().__init__()
        self._open_other = open_other
        self.opening = False
        self._open_engine = open_engine
        self._sampling = sampling or Sampling(thinking=None)
        self._assistant: Assistant | None = None
        self._opened_by = open_engine  # the model that answers
        self._why_not = ""
        self._unknown = False  # whether there is no model of the chosen id
        self._closing = threading.Event()
        self._settled = threading.Event()  # the model answers, or it was told why not
        self._stop: threading.Event | None = None  # of the work going on
        self._ahead: threading.Event | None = None  # ends the reading between two requests
        self._asked = self._begun = 0  # requests: announced, and taken up

    @Slot()
    def load(self) -> None:
        """Open the engine; a running conversation goes on with the new one."""
        if self._closing.is_set():
            return
        self.loading.emit()
        self._release()
        self._load()

    @Slot(str)
    def use(self, model_id: str) -> None:
        """Open another model; where that fails, the one before is loaded again and goes on answering."""
        if self._closing.is_set() or self._open_other is None:
            return
        self.loading.emit()
        before = self._opened_by if self._assistant is not None else None
        self._release()
        open_this = partial(self._open_other, model_id)
        why_not = self._refused_by(open_this, lambda: self.used.emit(model_id))
        if why_not is None:
            return
        self.not_used.emit(model_id, why_not)
        if before is not None:
            self._load(before)
        else:
            self._why_not = why_not
            (self.model_unknown if self._unknown else self.load_failed).emit(why_not)
            self._settled.set()

    def _load(self, open_engine: Callable[[], Engine] | None = None) -> None:
        """Open the chosen engine, or another, and tell what came of it."""
        if self._closing.is_set():
            return
        self._unknown = False
        try:
            self._open(open_engine or self._open_engine)
        except ModelNotPrepared as error:
            _LOG.info("model: %s", error)
            self._why_not = localised(error)
            self.model_missing.emit(error.model_id)
        except UnknownModel as error:
            _LOG.warning("model: %s", error)
            self._why_not, self._unknown = localised(error), True
            self.model_unknown.emit(self._why_not)
        except Exception as error:
            self._why_not = localised(failure_of(error))
            self.load_failed.emit(self._why_not)
        finally:
            self._settled.set()

    def _refused_by(self, open_engine: Callable[[], Engine], opened: Callable[[], object]) -> str | None:
        """Open an engine; gives why that failed. The error is gone then, and with it what it holds of the model."""
        try:
            self._open(open_engine, opened)
        except Exception as error:
            return localised(failure_of(error))
        self._settled.set()
        return None

    def _open(self, open_engine: Callable[[], Engine], opened: Callable[[], object] = lambda: None) -> None:
        self.opening = True
        try:
            engine = open_engine()
        finally:
            self.opening = False
        opened()  # it is chosen by the time that the window hears it is loaded
        self._assistant, self._opened_by = Assistant(engine, self._sampling), open_engine
        self.loaded.emit(engine.info)

    def _release(self) -> None:
        """Have the model that answers give back what it holds; whoever asks for one waits for the next."""
        self._settled.clear()
        if self._closing.is_set():  # behind the clearing: `close` does it the other way round
            self._settled.set()
        assistant, self._assistant = self._assistant, None
        try:
            if assistant is not None:
                assistant.engine.close()
        except Exception as error:  # the next is loaded all the same: somebody may wait for it
            failure_of(error)

    def make_way(self) -> None:
        """Have the reading between two requests end: a request is coming. Called from the GUI thread."""
        self._asked += 1
        if (ahead := self._ahead) is not None:
            ahead.set()

    @Slot(object)
    def answer(self, request: Request) -> None:
        """Answer one request, event by event; then read on while nobody asks."""
        self._begun += 1
        if not self._begins(request.stop):
            return
        written = []
        try:
            if self._assistant is None:
                self.failed.emit(request, self._why_not)
                return
            for event in coalesce(self._assistant.answer(request)):
                if isinstance(event, TextAdded):
                    written.append(event.text)
                self.happened.emit(request, event)
            if written:
                self._read_on(self._assistant, request, "".join(written))
        except Exception as error:
            self.failed.emit(request, localised(failure_of(error)))
        finally:
            self._stop = None

    def _read_on(self, assistant: Assistant, request: Request, text: str) -> None:
        """Have the answer read as part of its conversation, so that the next turn waits for its own words alone."""
        ahead = self._ahead = threading.Event()  # before looking who waits: `make_way` looks the other way round
        try:
            if self._asked <= self._begun and self._begins(ahead):
                assistant.read_on(request, text, ahead)
        except InkstoneError:
            return  # whoever asks in earnest hears of it
        finally:
            self._ahead = None

    @Slot(object, object)
    def read_ahead(self, messages: Sequence[Message], stop: threading.Event) -> None:
        """Read a message that is still being written, until `stop`, a request, or the end; failures are silent."""
        self._ahead = stop  # before looking who waits, as in `_read_on`
        try:
            if self._assistant is not None and self._asked <= self._begun and self._begins(stop):
                self._assistant.read_ahead(messages, stop)
        except PromptTooLong as error:
            self.ahead_too_long.emit(stop, localised(error))
        except Exception as error:
            failure_of(error)  # reports a bug; whoever asks in earnest hears of the rest
        finally:
            self._ahead = self._stop = None

    def engine(self) -> Engine:
        """Give who answers, from any thread; waits while a model is being loaded.

        Raises:
            NotReady: nobody does.
        """
        self._settled.wait()
        assistant = self._assistant
        if assistant is None:
            raise NotReady(self._why_not)
        return assistant.engine

    def close(self) -> None:
        """Stop what is going on and begin nothing new. Called from the GUI thread."""
        self._closing.set()  # before looking at what goes on: `_begins` looks the other way round, so nothing slips by
        self._settled.set()
        if self._stop is not None:
            self._stop.set()

    def _begins(self, stop: threading.Event) -> bool:
        self._stop = stop
        return not self._closing.is_set()


class ChatThread:
    """The one thread on which a `ChatWorker` lives."""

    def __init__(self, worker: ChatWorker) -> None:
        self._worker = worker
        self._thread = QThread()
        self._thread.setObjectName("chat")
        worker.moveToThread(self._thread)
        self._thread.started.connect(worker.load)

    @property
    def running(self) -> bool:
        """Whether the thread still exists."""
        return self._thread.isRunning()

    def start(self) -> None:
        """Begin by loading the model."""
        self._thread.start()

    def end(self) -> bool:
        """Stop what is going on and wait a while until the thread is gone; False where it is not.

        Loading cannot be stopped from outside, and nothing is lost with it: such a thread may go with the process.
        """
        self._worker.close()
        self._thread.quit()
        return self._thread.wait(QDeadlineTimer(_LOADING_MS if self._worker.opening else _ANSWERING_MS))
