"""The thread of the quick prompt: runs one action at a time; a new one stops the one before."""

import itertools
import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal, Slot

from desktop.crashes import failure_of
from desktop.engine.interface import Ability, Engine, Judge, Message
from desktop.errors import InkstoneError
from desktop.quick.actions.action import Action
from desktop.quick.editing.corrections import CONTEXT
from desktop.quick.editing.run import EditingTools, Outcome, Written, run_action
from desktop.text.language import language_of

_LOG = logging.getLogger(__name__)
_WARMED = 5  # actions that are read ahead while the user looks at the window
_INTERVAL = 0.03  # seconds between two drawings
_PATIENCE_MS = 5000  # for an action that sees its stop; nothing is lost with it


@dataclass(frozen=True, slots=True, eq=False)
class ActionRun:
    """One action on one text. `stop` may be set from any thread."""

    action: Action
    text: str
    request: str = ""
    stop: threading.Event = field(default_factory=threading.Event)


class QuickWorker(QObject):
    """Runs actions; never touches a widget.

    Signals:
        written(ActionRun, str): the result so far.
        finished(ActionRun, Outcome): it is over.
        failed(ActionRun, InkstoneError): it could not be done.
    """

    written = Signal(object, str)
    finished = Signal(object, object)
    failed = Signal(object, object)

    def __init__(self, engine: Callable[[], Engine], actions: Callable[[], Iterable[Action]] = tuple) -> None:
        """Wait for work.

        Args:
            engine: gives who answers now. Raises InkstoneError where nobody does.
            actions: those that may be picked, the likeliest first.
        """
        super().__init__()
        self._actions = actions
        self._engine = engine
        self._tools = EditingTools()

    @Slot(object)
    def do(self, run: ActionRun) -> None:
        """Run an action."""
        if run.stop.is_set():
            return
        shown = 0.0
        try:
            tools = replace(self._tools, actions={action.id: action for action in self._actions()})
            for event in run_action(self._engine(), run.action, run.text, run.stop, request=run.request, tools=tools):
                if isinstance(event, Outcome):
                    self.finished.emit(run, event)
                elif isinstance(event, Written) and time.monotonic() - shown > _INTERVAL:
                    shown = time.monotonic()
                    self.written.emit(run, event.text)
        except Exception as error:
            self.failed.emit(run, failure_of(error))

    @Slot(object)
    def warm(self, run: ActionRun) -> None:
        """Read ahead what prompts begin with, those of this action first, until the run is stopped."""
        try:
            engine = self._engine()
            actions = [run.action, *itertools.islice(self._actions(), _WARMED)]
            for prefix in (self._prefix(engine, action, run.text) for action in actions):
                if prefix and not run.stop.is_set():
                    engine.warm(prefix, run.stop)
        except InkstoneError:
            return  # whoever asks in earnest hears of it

    def _prefix(self, engine: Engine, action: Action, text: str) -> list[Message]:
        language = language_of(text)
        ability = engine.info.can_write(language)
        if action.method == "correct" and language == "en" and isinstance(engine, Judge):
            self._tools.english.known("")  # reads the list
            if ability is not Ability.FREE:
                return list(CONTEXT)
        return action.suited(ability).prefix(language) if language in action.languages else []


class QuickThread:
    """The one thread on which a `QuickWorker` lives."""

    def __init__(self, worker: QuickWorker) -> None:
        self._thread = QThread()
        self._thread.setObjectName("quick")
        worker.moveToThread(self._thread)

    def start(self) -> None:
        """Begin to wait for work."""
        self._thread.start(QThread.Priority.InheritPriority)

    def end(self) -> bool:
        """Wait a while until the thread is gone, False where it is not; what it does must have been stopped."""
        self._thread.quit()
        return self._thread.wait(QDeadlineTimer(_PATIENCE_MS))
