"""The card that stands above the composer while there is no model to answer."""

import threading
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu

from desktop.settings import Settings
from desktop.ui.models.model_facts import ModelFacts, size_text
from desktop.ui.widgets import theme
from desktop.ui.widgets.error_messages import work_text
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

    def __init__(self) -> None:
        super().__init__()
        self._stop = threading.Event()
        self._prepares = False  # what the button does
        self.other = IconButton("", "", "outlined")
        self.other.clicked.connect(self._want_models)
        self._menu = QMenu(self.other)
        self.add_button(self.other)
        self.show_others(())
        self.other.hide()
        self.chosen.connect(self._act)
        self.cancelled.connect(self.stop)
        self.hide()

    def show_others(self, others: Sequence[ModelFacts]) -> None:
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

    def show_missing(self, model: ModelFacts | None) -> None:
        """Offer to prepare the model; one that can be fetched nowhere is only told of."""
        self._prepares = True
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
        self.show()

    def show_prepare_failure(self, sentence: str) -> None:
        """Say why preparing failed, and offer to try again."""
        self._prepares = True
        self.show_sentence(sentence, "rotate-cw", self.tr("Retry"))
        self.show()

    def show_load_failure(self, sentence: str) -> None:
        """Say why loading failed, and offer to try again."""
        self._prepares = False
        self.show_sentence(sentence, "rotate-cw", self.tr("Retry"))
        self.show()

    def show_unknown(self, sentence: str) -> None:
        """Say that there is no such model; trying again would not help."""
        self.show_sentence(sentence)
        self.show()

    @Slot(str, float)
    def show_progress(self, sentence: str, fraction: float) -> None:
        """Show how far preparing the model is."""
        self.other.hide()
        super().show_progress(work_text(sentence), fraction)
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
            self.show_progress(self.tr("Preparing the starter model…"), 0.0)
            self.prepare_wanted.emit(self._stop)
        else:
            self.hide()
            self.load_wanted.emit()
