"""What the window knows of the model: loading, ready, missing, broken; told to whatever shows it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from desktop.engine.interface import EngineInfo
from desktop.settings import Settings
from desktop.ui.composer.composer import Composer
from desktop.ui.models.manager import ModelManager
from desktop.ui.models.model_facts import ModelFacts
from desktop.ui.models.notice import ModelNotice
from desktop.ui.window.status_bar import StatusBar


class ModelState(QObject):
    """Hears what the worker says of the model and shows it.

    Attributes:
        loading: the model is being loaded; messages wait for it.
        info: who answers; None while nobody does.

    Signals:
        changed(): any of this is different.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.loading = True
        self.info: EngineInfo | None = None
        self._again: Callable[[], None] = self.model_loading
        self._status: StatusBar | None = None
        self._notices: list[ModelNotice] = []
        self._composer: Composer | None = None
        self._manager: ModelManager | None = None
        self._missing = ""  # id of the chosen model where it is not prepared
        self._listed: tuple[ModelFacts, ...] = ()

    def show_in(self, status: StatusBar, notice: ModelNotice, composer: Composer) -> None:
        """Show the state in these from now on."""
        self._status, self._notices, self._composer = status, [notice], composer
        self._again()

    def show_also_in(self, notice: ModelNotice) -> None:
        """Show what is missing in another notice as well, until that is gone."""
        self._notices.append(notice)
        notice.destroyed.connect(lambda: self._notices.remove(notice) if notice in self._notices else None)
        self._again()

    def know(self, manager: ModelManager) -> None:
        """Offer its models where the chosen one does not answer."""
        self._manager = manager
        manager.changed.connect(self._offer)

    @property
    def waiting_text(self) -> str:
        """What an answer says until its first word."""
        return self.tr("Waiting for the model…") if self.loading else self.tr("Reading…")

    @Slot()
    def model_loading(self) -> None:
        """Say that the model is being loaded; messages wait for it."""
        self._again = self.model_loading
        self.loading, self.info = True, None
        self._tell(lambda notice: notice.hide())
        if self._status and self._composer:
            self._status.show_state(self.tr("Loading the model…"))
            self._composer.set_blocked("")
        self.changed.emit()

    @Slot(object)
    def model_loaded(self, info: EngineInfo) -> None:
        """Say that the model answers from now on."""
        self._again = lambda: self.model_loaded(info)
        self.loading, self.info = False, info
        self._tell(lambda notice: notice.hide())
        if self._status and self._composer:
            self._status.show_engine(info)
            self._composer.set_blocked("")
        self.changed.emit()

    @Slot(str)
    def model_missing(self, model_id: str) -> None:
        """Say that the chosen model must be prepared first."""
        self._missing = model_id
        self._again = self._say_missing
        self._say_missing()
        self._look()

    @Slot()
    def prepare_cancelled(self) -> None:
        """Offer the preparation again that the user stopped."""
        self._again = self._say_missing
        self._say_missing()

    @Slot(str)
    def model_unknown(self, sentence: str) -> None:
        """Say that there is no model of the chosen id."""
        self._again = lambda: self._say_unknown(sentence)
        self._say_unknown(sentence)
        self._look()

    @Slot(str)
    def load_failed(self, sentence: str) -> None:
        """Say that the model cannot be loaded."""
        self._again = lambda: self._say_failed(sentence)
        self._say_failed(sentence)
        self._look()

    @Slot(str, float)
    def prepare_progressed(self, sentence: str, fraction: float) -> None:
        """Say how far preparing the starter model is."""
        self._again = lambda: self.prepare_progressed(sentence, fraction)
        self._no_model(self.tr("Preparing the model…"), self.tr("The starter model is being prepared"))
        self._tell(lambda notice: notice.show_progress(sentence, fraction))

    @Slot(str)
    def prepare_failed(self, sentence: str) -> None:
        """Say that the starter model could not be prepared."""
        self._again = lambda: self.prepare_failed(sentence)
        self._no_model(self.tr("No model yet"), self.tr("Prepare the starter model first"), broken=True)
        self._offering(lambda notice: notice.show_prepare_failure(sentence))

    def _say_missing(self) -> None:
        model = self._manager.model(self._missing) if self._manager else None
        if model is None or model.id == Settings().model:
            reason = self.tr("Prepare the starter model first")
        else:
            reason = self.tr("Prepare the model first") if model.download else self.tr("Choose a model first")
        self._no_model(self.tr("No model yet"), reason)
        self._offering(lambda notice: notice.show_missing(model))

    def _say_unknown(self, sentence: str) -> None:
        self._no_model(self.tr("No model"), self.tr("Choose a model first"), broken=True)
        self._offering(lambda notice: notice.show_unknown(sentence))

    def _say_failed(self, sentence: str) -> None:
        self._no_model(self.tr("No model"), self.tr("The model could not be loaded"), broken=True)
        self._offering(lambda notice: notice.show_load_failure(sentence))

    def _offering(self, what: Callable[[ModelNotice], None]) -> None:
        """Say it, and offer the models that are ready."""
        others = self._manager.others() if self._manager else []
        self._tell(what)
        self._tell(lambda notice: notice.show_others(others))

    def _look(self) -> None:
        """Ask which models are here."""
        if self._manager is not None:
            self._manager.look()

    @Slot()
    def _offer(self) -> None:
        """Show the offers of now, once they are other ones."""
        if self._manager is not None and self._listed != self._manager.models:
            self._listed = self._manager.models
            if not self.loading and self.info is None:
                self._again()

    def _tell(self, what: Callable[[ModelNotice], None]) -> None:
        for notice in self._notices:
            what(notice)

    def _no_model(self, state: str, reason: str, *, broken: bool = False) -> None:
        self.loading, self.info = False, None
        if self._status and self._composer:
            self._status.show_state(state, broken=broken)
            self._composer.set_blocked(reason)
        self.changed.emit()
