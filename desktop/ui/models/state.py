"""What the window knows of the model: loading, ready, missing, broken. It tells, and knows nobody who listens."""

from typing import Literal

from PySide6.QtCore import QObject, Signal, Slot

from desktop.codes import Coded
from desktop.engine.interface import EngineInfo
from desktop.ui.models.manager import ModelManager
from desktop.ui.models.model_facts import Look, ModelFacts, TierFacts

Stage = Literal["loading", "ready", "missing", "unknown", "failed"]


class ModelState(QObject):
    """Hears what the chat thread says of the model, and what can be done where none answers.

    Attributes:
        stage: missing: the chosen model must be prepared first; unknown: there is none of its id; failed: it cannot be
            loaded.
        info: who answers; None while nobody does.
        sentence: what is wrong.
        manager: the models of this machine; None until it is there.
        hushed: languages of which the user does not want to hear again that the model does not write them.

    Signals:
        changed(): any of this is different, but for how far the manager is.
        models_wanted(), catalogue_wanted(), file_wanted(): the user wants to see all models, those that can be fetched,
            or to give one of his own.
        reason_wanted(): the user wants to know why the model runs where it does.
    """

    changed = Signal()
    models_wanted = Signal()
    catalogue_wanted = Signal()
    file_wanted = Signal()
    reason_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.stage: Stage = "loading"
        self.info: EngineInfo | None = None
        self.sentence = ""
        self.manager: ModelManager | None = None
        self.hushed: set[str] = set()
        self._missing = ""  # id of the chosen model where it is not prepared
        self._seen: tuple[Look, object, object] | None = None

    def know(self, manager: ModelManager) -> None:
        """Offer its models where the chosen one does not answer."""
        self.manager = manager
        manager.changed.connect(self._offer)
        self._offer()

    @property
    def loading(self) -> bool:
        """Whether the model is being loaded; messages wait for it."""
        return self.stage == "loading"

    @property
    def fetching(self) -> bool:
        """Whether a model is being fetched or converted just now."""
        return self.manager is not None and self.manager.fetching is not None

    @property
    def progress(self) -> tuple[Coded | str, float] | None:
        """What the manager is doing, and the share done, in [0, 1]; None while nothing is."""
        return self.manager.progress if self.manager else None

    @property
    def missing(self) -> ModelFacts | None:
        """The chosen model where it is not prepared; None where nothing is known of it."""
        return self.manager.model(self._missing) if self.manager else None

    @property
    def missing_tier(self) -> TierFacts | None:
        """The tier that the missing model is; None where it is another model."""
        return self.manager.tier_of(self._missing) if self.manager else None

    @property
    def others(self) -> list[ModelFacts]:
        """The models that are ready in place of the chosen one."""
        return self.manager.others() if self.manager else []

    @property
    def waiting_text(self) -> str:
        """What an answer says until its first word."""
        return self.tr("Waiting for the model…") if self.loading else self.tr("Reading…")

    @property
    def status_text(self) -> str:
        """What the model is doing while it does not answer."""
        match self.stage:
            case "loading":
                return self.tr("Loading the model…")
            case "missing" if self.fetching:
                return self.tr("Preparing the model…")
            case "missing":
                return self.tr("No model yet")
            case _:
                return self.tr("No model")

    @property
    def broken(self) -> bool:
        """Whether that is something that went wrong."""
        return self.stage in ("unknown", "failed")

    @property
    def blocked_text(self) -> str:
        """Why nothing can be sent now; "" where it can."""
        match self.stage:
            case "loading" | "ready":
                return ""
            case "missing" if self.fetching:
                return self.tr("The model is being prepared")
            case "missing" if (model := self.missing) is not None and not model.download and not self.missing_tier:
                return self.tr("Choose a model first")
            case "missing":
                return self.tr("Prepare the model first")
            case "unknown":
                return self.tr("Choose a model first")
            case _:
                return self.tr("The model could not be loaded")

    @Slot()
    def model_loading(self) -> None:
        """Hear that the model is being loaded; messages wait for it."""
        self._become("loading")

    @Slot(object)
    def model_loaded(self, info: EngineInfo) -> None:
        """Hear that the model answers from now on."""
        self._become("ready", info=info)

    @Slot(str)
    def model_missing(self, model_id: str) -> None:
        """Hear that the chosen model must be prepared first."""
        self._missing = model_id
        self._become("missing")
        self._look()

    @Slot(str)
    def model_unknown(self, sentence: str) -> None:
        """Hear that there is no model of the chosen id."""
        self._become("unknown", sentence)
        self._look()

    @Slot(str)
    def load_failed(self, sentence: str) -> None:
        """Hear that the model cannot be loaded."""
        self._become("failed", sentence)
        self._look()

    def _become(self, stage: Stage, sentence: str = "", *, info: EngineInfo | None = None) -> None:
        self.stage, self.sentence, self.info = stage, sentence, info
        self.changed.emit()

    def _look(self) -> None:
        """Ask which models are here."""
        if self.manager is not None:
            self.manager.look()

    @Slot()
    def _offer(self) -> None:
        """Tell of other models than before, or of another one that is on its way."""
        if self.manager is None:
            return
        seen = (self.manager.now, self.manager.fetching, self.manager.paused)
        if self._seen != seen:
            self._seen = seen
            self.changed.emit()
