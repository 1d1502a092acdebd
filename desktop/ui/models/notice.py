"""The card that stands above the composer while there is no model to answer."""

import threading
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu

from desktop.settings import Settings
from desktop.ui.models.model_facts import ModelFacts, size_text
from desktop.ui.models.state import ModelState
from desktop.ui.widgets import theme
from desktop.ui.widgets.error_messages import worded
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.notice import Notice


class ModelNotice(Notice):
    """Says why there is no model, and prepares it, loads it or takes another one on a click.

    Attributes:
        other: offers the models that are ready here, or where there is none, the page where one is got.

    Signals:
        prepare_wanted(threading.Event): the user wants the chosen model prepared; the event stops it.
        load_wanted(): the user wants the model loaded once more.
        use_wanted(str): the user wants this model instead.
        models_wanted(): the user wants to see all models.
    """

    prepare_wanted = Signal(object)
    load_wanted = Signal()
    use_wanted = Signal(str)
    models_wanted = Signal()

    def __init__(self, state: ModelState) -> None:
        """Show a state, and whatever it becomes."""
        super().__init__()
        self._state = state
        self._stop = threading.Event()
        self._prepares = False  # what the button does
        self.other = IconButton("", "", "outlined")
        self.other.clicked.connect(self._want_models)
        self._menu = QMenu(self.other)
        self.add_button(self.other)
        self._show_others(())
        self.other.hide()
        self.chosen.connect(self._act)
        self.cancelled.connect(self.stop)
        state.changed.connect(self._show_state)
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        state = self._state
        self._prepares = state.stage in ("missing", "not prepared")
        match state.stage:
            case "loading" | "ready":
                self.hide()
                return
            case "preparing":
                self._show_work(worded(state.work) if state.work else "", state.fraction)
                return
            case "missing":
                self._show_missing(state.missing)
            case "unknown":
                self.show_sentence(state.sentence)  # trying again would not help
            case _:
                self.show_sentence(state.sentence, "rotate-cw", self.tr("Retry"))
        self._show_others(state.others)
        self.show()

    def _show_others(self, others: Sequence[ModelFacts]) -> None:
        """Offer these in place of the chosen one."""
        self._menu.clear()
        for model in others:
            self._menu.addAction(model.name, partial(self.use_wanted.emit, model.id))
        self._menu.addSeparator()
        self._menu.addAction(self.tr("More models…"), self.models_wanted.emit)
        self.other.setMenu(self._menu if others else None)  # type: ignore[arg-type]  # None takes the menu away
        text = self.tr("Use another model") if others else self.tr("Choose a model…")
        self.other.show_as("", text, "outlined", theme.INK)
        self.other.show()

    def _show_missing(self, model: ModelFacts | None) -> None:
        """Offer to prepare the model; one that can be fetched nowhere is only told of."""
        if model is None or model.id == Settings().model:
            sentence = self.tr("The starter model is not on this machine yet (93 MB download).")
        elif model.download:
            sentence = self.tr("“{model}” is not on this machine yet ({size} download).")
        else:
            sentence = self.tr(
                "The files of “{model}” are not on this machine any more; import it again, or use another model."
            )
        if model is not None:
            sentence = sentence.format(model=model.name, size=size_text(model.download))
        if model is None or model.download:
            self.show_sentence(sentence, "download", self.tr("Prepare"), primary=True)
        else:
            self.show_sentence(sentence)

    def _show_work(self, sentence: str, fraction: float) -> None:
        """Show how far preparing the model is."""
        self.other.hide()
        self.show_progress(sentence, fraction)
        self.show()

    @Slot()
    def stop(self) -> None:
        """End the preparation going on, if any."""
        self._stop.set()

    @Slot()
    def _want_models(self) -> None:
        if self.other.menu() is None:
            self.models_wanted.emit()

    @Slot()
    def _act(self) -> None:
        if self._prepares:
            self._stop = threading.Event()
            self._show_work(self.tr("Preparing the starter model…"), 0.0)
            self.prepare_wanted.emit(self._stop)
        else:
            self.hide()
            self.load_wanted.emit()
