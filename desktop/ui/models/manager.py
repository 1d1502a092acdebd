"""The models of this machine while the window is open: what is there, what is being done, which one answers."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from desktop.errors import Cancelled, InkstoneError
from desktop.ui.models.model_facts import ModelFacts, ModelWork, size_text
from desktop.ui.widgets.background import Background
from desktop.ui.widgets.error_messages import localised
from desktop.ui.widgets.preferences import Preferences

Result = TypeVar("Result")
_PATIENCE_S = 1.0  # for work that sees its stop; one step of converting a large model may take longer


@dataclass(frozen=True, slots=True)
class ModelOffer:
    """What would help now: another model used, or one prepared anew."""

    what: Literal["use", "prepare"]
    model_id: str


class ModelManager(QObject):
    """Knows the models, does one thing at a time with them, and outlives the pages that show it.

    Attributes:
        models: all that are known, as of the last look.
        loading: id of the model that is being loaded to take over; "" where none is.
        progress: what is being done and the share done, in [0, 1]; None while nothing is.
        said: what came of the last thing that was done.
        failed: whether `said` tells of a failure.
        offer: what would help now; None: nothing.

    Signals:
        changed(): any of this is different.
        progressed(str, float): what is being done, and how far it is.
        told(str): something ended; the sentence for whoever does not see the list.
        use_wanted(str): this model is to answer from now on.
    """

    changed = Signal()
    progressed = Signal(str, float)
    told = Signal(str)
    use_wanted = Signal(str)

    def __init__(self, work: ModelWork, preferences: Preferences) -> None:
        super().__init__()
        self._work, self._preferences = work, preferences
        self.models: tuple[ModelFacts, ...] = ()
        self.loading, self.said, self.failed = "", "", False
        self.progress: tuple[str, float] | None = None
        self.offer: ModelOffer | None = None
        self._stop = threading.Event()
        self._looking, self._working = Background(self), Background(self)
        self.progressed.connect(self._keep_progress)

    @property
    def used(self) -> str:
        """Id of the chosen model."""
        return self._preferences.settings.model

    def model(self, model_id: str) -> ModelFacts | None:
        """Give what is known of a model."""
        return next((one for one in self.models if one.id == model_id), None)

    def others(self) -> list[ModelFacts]:
        """Give the models that could answer in place of the chosen one."""
        return [one for one in self.models if one.prepared and one.id != self.used]

    @Slot()
    def look(self) -> None:
        """Look what is on the disk."""
        self._looking.run(self._work.models, self._take, self._fail)

    @Slot(str)
    def use(self, model_id: str) -> None:
        """Have a model answer from now on; the one before goes on where it cannot."""
        self.loading = model_id
        self._say("")
        self.use_wanted.emit(model_id)

    @Slot(str)
    def take_used(self, model_id: str) -> None:
        """Hear that a model answers, and remember it for the next start."""
        self._preferences.change(model=model_id)
        if self.loading == model_id:
            self.loading = ""
        self.changed.emit()

    @Slot(str, str)
    def take_unused(self, _model_id: str, sentence: str) -> None:
        """Hear why a model could not take over."""
        self.loading = ""
        self._say(sentence, failed=True)
        self.told.emit(sentence)

    def bring_in(self, path: Path) -> None:
        """Convert a GGUF file to a model of its own."""
        first = QCoreApplication.translate("Work", "Reading the weights")
        self._do(first, partial(self._work.bring_in, path), self._offer_use)

    def prepare(self, model_id: str) -> None:
        """Fetch and convert a model."""
        first = QCoreApplication.translate("Models", "Preparing the model…")
        self._do(first, partial(self._work.prepare, model_id), lambda _: self._prepared(model_id))

    def verify(self, model_id: str) -> None:
        """Compare a model's files with what was prepared."""
        first = QCoreApplication.translate("Models", "Checking the files…")
        again = ModelOffer("prepare", model_id)
        self._do(first, partial(self._work.verify, model_id), lambda _: self._verified(model_id), again)

    def remove(self, model_id: str) -> None:
        """Delete a model's files."""
        first = QCoreApplication.translate("Models", "Removing the model…")
        self._do(first, lambda _report, _stop: self._work.remove(model_id), partial(self._removed, model_id))

    def take_offer(self) -> None:
        """Do what would help."""
        match self.offer:
            case ModelOffer("use", model_id):
                self.use(model_id)
            case ModelOffer("prepare", model_id):
                self.prepare(model_id)

    @Slot()
    def cancel(self) -> None:
        """Stop what is being done; nothing half made stays."""
        self._stop.set()

    def end(self) -> bool:
        """Stop what is being done and wait a while until it has ended; tells whether it has."""
        self._stop.set()
        ended = self._working.end(_PATIENCE_S)
        return self._looking.end(_PATIENCE_S) and ended

    def _do(
        self,
        first: str,
        work: Callable[[Callable[[str, float], None], threading.Event], Result],
        then: Callable[[Result], object],
        help_: ModelOffer | None = None,
    ) -> None:
        if self.progress is not None:
            return
        stop = self._stop = threading.Event()
        self.progress = (first, 0.0)
        self._say("")
        guarded = partial(_guarded, partial(work, self.progressed.emit, stop))
        self._working.run(guarded, then, partial(self._fail, help_=help_))

    def _take(self, models: Sequence[ModelFacts]) -> None:
        self.models = tuple(models)
        self.changed.emit()

    def _prepared(self, model_id: str) -> None:
        if model_id == self.used:
            self._ended("")
            self.use(model_id)
        else:
            self._offer_use(model_id)

    def _offer_use(self, model_id: str) -> None:
        self._looking.run(self._work.models, partial(self._ready, model_id), self._fail)

    def _ready(self, model_id: str, models: Sequence[ModelFacts]) -> None:
        self.models = tuple(models)
        said = QCoreApplication.translate("Models", "“{model}” is ready.").format(model=self._name(model_id))
        self._ended(said, ModelOffer("use", model_id))

    def _verified(self, model_id: str) -> None:
        said = QCoreApplication.translate("Models", "All files of “{model}” are as they were prepared.")
        self._ended(said.format(model=self._name(model_id)))

    def _removed(self, model_id: str, freed: int) -> None:
        said = QCoreApplication.translate("Models", "“{model}” was removed; {size} are free.")
        self._ended(said.format(model=self._name(model_id), size=size_text(freed)))

    def _fail(self, error: InkstoneError, help_: ModelOffer | None = None) -> None:
        if isinstance(error, Cancelled):
            self._ended("")
            return
        model = self.model(help_.model_id) if help_ else None
        self._ended(localised(error), help_ if model is not None and model.download else None, failed=True)

    def _ended(self, said: str, offer: ModelOffer | None = None, *, failed: bool = False) -> None:
        self.progress = None
        self._say(said, offer, failed=failed)
        if said:
            self.told.emit(said)
        self._looking.run(self._work.models, self._take)

    def _say(self, said: str, offer: ModelOffer | None = None, *, failed: bool = False) -> None:
        self.said, self.offer, self.failed = said, offer, failed
        self.changed.emit()

    def _name(self, model_id: str) -> str:
        model = self.model(model_id)
        return model.name if model else model_id

    @Slot(str, float)
    def _keep_progress(self, sentence: str, fraction: float) -> None:
        if self.progress is not None:
            self.progress = (sentence, fraction)


def _guarded(work: Callable[[], Result]) -> Result:
    """Do it; what does not fit into memory is a failure that the user can do something about."""
    try:
        return work()
    except MemoryError as error:
        sentence = QCoreApplication.translate(
            "Models", "There is not enough memory for this model; close other programs and try again."
        )
        raise InkstoneError(sentence) from error
