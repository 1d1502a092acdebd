"""What the window knows of the model: loading, ready, missing, broken. It tells, and knows nobody who listens."""

from typing import Literal

from PySide6.QtCore import QObject, Signal, Slot

from desktop.codes import Coded
from desktop.engine.interface import EngineInfo
from desktop.settings import Settings
from desktop.ui.models.manager import ModelManager
from desktop.ui.models.model_facts import ModelFacts

Stage = Literal["loading", "ready", "missing", "unknown", "failed", "preparing", "not prepared"]


class ModelState(QObject):
    """Hears what the chat thread says of the model, and what can be done where none answers.

    Attributes:
        stage: missing: the chosen model must be prepared first; unknown: there is none of its id; failed: it cannot be
            loaded; not prepared: preparing it failed.
        info: who answers; None while nobody does.
        sentence: what is wrong.
        work: what is being done now to prepare it; None where nothing is.
        fraction: how much of the preparation is done, in [0, 1].

    Signals:
        changed(): any of this is different.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.stage: Stage = "loading"
        self.info: EngineInfo | None = None
        self.sentence = ""
        self.work: Coded | None = None
        self.fraction = 0.0
        self._manager: ModelManager | None = None
        self._missing = ""  # id of the chosen model where it is not prepared
        self._listed: tuple[ModelFacts, ...] = ()

    def know(self, manager: ModelManager) -> None:
        """Offer its models where the chosen one does not answer."""
        self._manager = manager
        manager.changed.connect(self._offer)

    @property
    def loading(self) -> bool:
        """Whether the model is being loaded; messages wait for it."""
        return self.stage == "loading"

    @property
    def missing(self) -> ModelFacts | None:
        """The chosen model where it is not prepared; None where nothing is known of it."""
        return self._manager.model(self._missing) if self._manager else None

    @property
    def others(self) -> list[ModelFacts]:
        """The models that are ready in place of the chosen one."""
        return self._manager.others() if self._manager else []

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
            case "preparing":
                return self.tr("Preparing the model…")
            case "missing" | "not prepared":
                return self.tr("No model yet")
            case _:
                return self.tr("No model")

    @property
    def broken(self) -> bool:
        """Whether that is something that went wrong."""
        return self.stage in ("unknown", "failed", "not prepared")

    @property
    def blocked_text(self) -> str:
        """Why nothing can be sent now; "" where it can."""
        match self.stage:
            case "loading" | "ready":
                return ""
            case "preparing":
                return self.tr("The starter model is being prepared")
            case "unknown":
                return self.tr("Choose a model first")
            case "failed":
                return self.tr("The model could not be loaded")
            case "missing" if (model := self.missing) is not None and model.id != Settings().model:
                return self.tr("Prepare the model first") if model.download else self.tr("Choose a model first")
            case _:
                return self.tr("Prepare the starter model first")

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

    @Slot()
    def prepare_cancelled(self) -> None:
        """Hear that the user stopped the preparation; it is offered again."""
        self._become("missing")

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

    @Slot(object, float)
    def prepare_progressed(self, work: Coded, fraction: float) -> None:
        """Hear how far preparing the starter model is."""
        self._become("preparing", work=work, fraction=fraction)

    @Slot(str)
    def prepare_failed(self, sentence: str) -> None:
        """Hear that the starter model could not be prepared."""
        self._become("not prepared", sentence)

    def _become(
        self,
        stage: Stage,
        sentence: str = "",
        *,
        work: Coded | None = None,
        fraction: float = 0.0,
        info: EngineInfo | None = None,
    ) -> None:
        self.stage, self.sentence, self.work, self.fraction, self.info = stage, sentence, work, fraction, info
        self.changed.emit()

    def _look(self) -> None:
        """Ask which models are here."""
        if self._manager is not None:
            self._manager.look()

    @Slot()
    def _offer(self) -> None:
        """Tell of other models than before, where one of them may be wanted."""
        if self._manager is not None and self._listed != self._manager.models:
            self._listed = self._manager.models
            if not self.loading and self.info is None:
                self.changed.emit()
