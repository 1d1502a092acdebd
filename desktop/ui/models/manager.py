"""The models of this machine while the window is open: what is there, what is being done, which one answers.

One thing is done at a time. A download is one of these things, and belongs to nobody who shows it: it goes on while the
settings are closed and while another model answers, it is paused and goes on where it was, also after a kill, for then
the next look finds what is there already. Once its model is ready it takes over between two answers, where the user
asked for it; until then whatever was there before goes on.
"""

import dataclasses
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from desktop.codes import Coded
from desktop.errors import Cancelled, InkstoneError
from desktop.ui.models.model_facts import Look, ModelFacts, ModelWork, TierFacts, TierKind
from desktop.ui.models.model_texts import size_text, tier_title
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


@dataclass(frozen=True, slots=True)
class Fetch:
    """A model on its way to this machine.

    Attributes:
        way: prepare: one that is known by its id; add: one of a hub, by its name there.
        id: which.
        name: for the user.
        size: bytes to fetch in all; 0 where that is not known.
        kept: bytes that are here, as of the last look; 0 where that is not known.
        then_use: it answers as soon as it is ready.
    """

    way: Literal["prepare", "add"]
    id: str
    name: str
    size: int = 0
    kept: int = 0
    then_use: bool = False


class ModelManager(QObject):
    """Knows the models, does one thing at a time with them, and outlives the pages that show it.

    Attributes:
        now: what there is, as of the last look.
        loading: id of the model that is being loaded to take over; "" where none is.
        progress: what is being done and the share done, in [0, 1]; None while nothing is.
        fetching: the model that is being fetched and converted just now.
        paused: one that waits to go on: paused, failed, or left by an earlier start.
        stopping: what is being done was told to end, and has not yet.
        said: what came of the last thing that was done.
        failed: whether `said` tells of a failure.
        offer: what would help now; None: nothing.

    Signals:
        changed(): any of this is different.
        progressed(Coded, float): what is being done, and how far it is.
        told(str): something ended; the sentence for whoever does not see the list.
        use_wanted(str): this model is to answer from now on.
    """

    changed = Signal()
    progressed = Signal(object, float)
    told = Signal(str)
    use_wanted = Signal(str)

    def __init__(self, work: ModelWork, preferences: Preferences) -> None:
        super().__init__()
        self.work, self._preferences = work, preferences
        self.now, self._looked_for = Look(), ""
        self.loading, self.said, self.failed, self.stopping = "", "", False, False
        self.progress: tuple[Coded | str, float] | None = None
        self.offer: ModelOffer | None = None
        self.fetching: Fetch | None = None
        self.paused: Fetch | None = None
        self._next: list[Fetch] = []  # once what is being done has ended
        self._drop = False  # the fetch that is being stopped leaves nothing
        self._announced = ""  # id of the model whose taking over is to be told
        self._looked = self._over = False
        self._stop = threading.Event()
        self._looking, self._working = Background(self), Background(self)
        self.progressed.connect(self._keep_progress)

    @property
    def models(self) -> tuple[ModelFacts, ...]:
        """All models that are known."""
        return self.now.models

    @property
    def used(self) -> str:
        """Id of the chosen model."""
        chosen = self._preferences.settings.model
        return self.now.chosen if self._looked and chosen == self._looked_for else chosen

    def model(self, model_id: str) -> ModelFacts | None:
        """Give what is known of a model."""
        return next((one for one in self.models if one.id == model_id), None)

    def tier(self, name: TierKind) -> TierFacts | None:
        """Give what is known of a tier."""
        return next((one for one in self.now.tiers if one.name == name), None)

    def tier_of(self, model_id: str) -> TierFacts | None:
        """Give the tier that a model is."""
        return next((one for one in self.now.tiers if one.model_id == model_id), None)

    def others(self) -> list[ModelFacts]:
        """Give the models that could answer in place of the chosen one."""
        return [one for one in self.models if one.prepared and one.id != self.used]

    @Slot()
    def look(self) -> None:
        """Look what is on the disk."""
        self._look(lambda: None)

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
        if self._announced == model_id:
            self._announced = ""
            said = QCoreApplication.translate("Models", "“{model}” answers from now on.")
            self.told.emit(said.format(model=self._name(model_id)))
        self.changed.emit()

    @Slot(str, str)
    def take_unused(self, _model_id: str, sentence: str) -> None:
        """Hear why a model could not take over."""
        self.loading = self._announced = ""
        self._say(sentence, failed=True)
        self.told.emit(sentence)

    def bring_in(self, path: Path, *, then_use: bool = False) -> None:
        """Convert a file, or a folder of files, to a model of its own."""
        first = QCoreApplication.translate("Work", "Reading the weights")
        self._do(first, partial(self.work.bring_in, path), self._take_over if then_use else self._offer_use)

    def prepare(self, model_id: str, *, then_use: bool = False) -> None:
        """Fetch and convert a model that is known; where that was begun before, it goes on from there."""
        tier, model = self.tier_of(model_id), self.model(model_id)
        name = tier_title(tier.name) if tier else model.name if model else model_id
        size = tier.download if tier else model.download if model else 0
        self.fetch(Fetch("prepare", model_id, name, size, tier.kept if tier else 0, then_use))

    def add(self, wanted: str, name: str = "", size: int = 0) -> None:
        """Fetch a model from a hub, by its id in the catalogue or its name there, and convert it."""
        self.fetch(Fetch("add", wanted, name or wanted, size))

    def fetch(self, wanted: Fetch) -> None:
        """Fetch a model; behind what is being done, where something is."""
        if self.progress is not None:
            if wanted != self.fetching and wanted not in self._next:
                self._next.append(wanted)
                self.changed.emit()
            return
        self.fetching, self.paused = wanted, None
        first = QCoreApplication.translate("Models", "Preparing the model…")
        if wanted.way == "prepare":
            self._do(first, partial(self.work.prepare, wanted.id), lambda _: self._fetched(wanted, wanted.id))
        else:
            self._do(first, partial(self.work.add, wanted.id), partial(self._fetched, wanted))

    def fetch_first(self, model_id: str) -> None:
        """Fetch a smaller model before the one that is on its way, write with it, and then go on with the other."""
        tier, going_on = self.tier_of(model_id), self.fetching
        if tier is None:
            return
        self._next.insert(0, Fetch("prepare", model_id, tier_title(tier.name), tier.download, tier.kept, then_use=True))
        if going_on is not None:
            self._next.insert(1, going_on)
            self._end_work(drop=False)
        else:
            self._go_on()

    @property
    def waits(self) -> tuple[Fetch, ...]:
        """What is fetched next, in order."""
        return tuple(self._next)

    @Slot()
    def pause(self) -> None:
        """Stop fetching; what is here stays, and `resume` goes on from it, also after another start."""
        self._next.clear()
        self._end_work(drop=False)

    @Slot()
    def resume(self) -> None:
        """Go on fetching what was paused."""
        if self.paused is not None:
            self.fetch(self.paused)

    @Slot()
    def cancel(self) -> None:
        """Stop what is being done; nothing half made stays."""
        self._next.clear()
        self._end_work(drop=True)

    @Slot()
    def drop_paused(self) -> None:
        """Delete what is here of the model that was paused."""
        paused, self.paused = self.paused, None
        if paused is not None:
            self._discard(paused)
            self._say("")

    def verify(self, model_id: str) -> None:
        """Compare a model's files with what was prepared."""
        first = QCoreApplication.translate("Models", "Checking the files…")
        again = ModelOffer("prepare", model_id)
        self._do(first, partial(self.work.verify, model_id), lambda _: self._verified(model_id), again)

    def measure(self, model_id: str) -> None:
        """Find out anew what a model can do."""
        first = QCoreApplication.translate("Models", "Measuring the model…")
        done = QCoreApplication.translate("Models", "“{model}” was measured.").format(model=self._name(model_id))
        self._do(first, partial(self.work.measure, model_id), lambda _: self._ended(done))

    def remove(self, model_id: str) -> None:
        """Delete a model's files."""
        first = QCoreApplication.translate("Models", "Removing the model…")
        self._do(first, lambda _report, _stop: self.work.remove(model_id), partial(self._removed, model_id))

    def take_offer(self) -> None:
        """Do what would help."""
        match self.offer:
            case ModelOffer("use", model_id):
                self.use(model_id)
            case ModelOffer("prepare", model_id):
                self.prepare(model_id)

    def end(self) -> bool:
        """Stop what is being done and wait a while until it has ended; tells whether it has."""
        self._over = True
        self._next.clear()
        self._stop.set()
        ended = self._working.end(_PATIENCE_S)
        return self._looking.end(_PATIENCE_S) and ended

    def _do(
        self,
        first: str,
        work: Callable[[Callable[[Coded, float], None], threading.Event], Result],
        then: Callable[[Result], object],
        help_: ModelOffer | None = None,
    ) -> None:
        if self.progress is not None or self._over:
            return
        stop = self._stop = threading.Event()
        self.progress, self.stopping, self._drop = (first, 0.0), False, False
        self._say("")
        self._working.run(partial(work, self.progressed.emit, stop), then, partial(self._fail, help_=help_))

    def _end_work(self, *, drop: bool) -> None:
        self._drop = drop
        self.stopping = self.progress is not None
        self._stop.set()
        self.changed.emit()

    def _look(self, then: Callable[[], object]) -> None:
        if self._over:  # what ends then is told to nobody
            return
        chosen = self._preferences.settings.model

        def take(seen: Look) -> None:
            self.now, self._looked_for, self._looked = seen, chosen, True
            self._find_left()
            then()
            self.changed.emit()

        self._looking.run(partial(self.work.look, chosen), take, self._fail_looking)

    def _find_left(self) -> None:
        """See what an earlier start has left of a download, so that it can be offered to go on."""
        if self.progress is not None:
            return
        if self.paused is not None:
            tier = self.tier_of(self.paused.id)
            if tier is not None:
                self.paused = dataclasses.replace(self.paused, kept=tier.kept) if not tier.prepared else None
            return
        for tier in self.now.tiers:
            if tier.kept and not tier.prepared:
                name = tier_title(tier.name)
                self.paused = Fetch("prepare", tier.model_id, name, tier.download, tier.kept, then_use=True)
                return

    def _fetched(self, wanted: Fetch, model_id: str) -> None:
        self.fetching = None
        self._next = [one for one in self._next if one.id != wanted.id]  # it was told to stop, and was done already
        if wanted.then_use or model_id == self.used:
            self._take_over(model_id)
        else:
            self._offer_use(model_id)

    def _take_over(self, model_id: str) -> None:
        self._announced = model_id
        self._ended("")
        self.use(model_id)

    def _offer_use(self, model_id: str) -> None:
        self._look(partial(self._ready, model_id))

    def _ready(self, model_id: str) -> None:
        said = QCoreApplication.translate("Models", "“{model}” is ready.").format(model=self._name(model_id))
        self._ended(said, ModelOffer("use", model_id), look=False)

    def _verified(self, model_id: str) -> None:
        said = QCoreApplication.translate("Models", "All files of “{model}” are as they were prepared.")
        self._ended(said.format(model=self._name(model_id)))

    def _removed(self, model_id: str, freed: int) -> None:
        said = QCoreApplication.translate("Models", "“{model}” was removed; {size} are free.")
        self._ended(said.format(model=self._name(model_id), size=size_text(freed)))

    def _fail(self, error: InkstoneError, help_: ModelOffer | None = None) -> None:
        stopped, fetch = isinstance(error, Cancelled), self.fetching
        self.fetching = None
        if fetch is not None and self._drop:
            self._discard(fetch)
        elif fetch is not None and all(fetch.id != one.id for one in self._next):
            self.paused = dataclasses.replace(fetch, kept=0)  # the next look tells how much it is
        if stopped:
            self._ended("")
            return
        model = self.model(help_.model_id) if help_ else None
        self._ended(localised(error), help_ if model is not None and model.download else None, failed=True)

    def _fail_looking(self, error: InkstoneError) -> None:
        self._say(localised(error), failed=True)

    def _discard(self, fetch: Fetch) -> None:
        if not self._over:
            self._looking.run(partial(self.work.discard, fetch.id), lambda _: self.look(), self._fail_looking)

    def _ended(self, said: str, offer: ModelOffer | None = None, *, failed: bool = False, look: bool = True) -> None:
        self.progress, self.stopping = None, False
        self._say(said, offer, failed=failed)
        if said:
            self.told.emit(said)
        if look:
            self.look()
        if not failed:
            self._go_on()

    def _go_on(self) -> None:
        """Fetch the next, where one waits."""
        if self._next and self.progress is None:
            self.fetch(self._next.pop(0))

    def _say(self, said: str, offer: ModelOffer | None = None, *, failed: bool = False) -> None:
        self.said, self.offer, self.failed = said, offer, failed
        self.changed.emit()

    def _name(self, model_id: str) -> str:
        model = self.model(model_id)
        return model.name if model else model_id

    @Slot(object, float)
    def _keep_progress(self, work: Coded, fraction: float) -> None:
        if self.progress is not None:
            self.progress = (work, fraction)
