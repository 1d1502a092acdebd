"""The card that stands above the composer while there is no model to answer."""

import threading

from PySide6.QtCore import Signal, Slot

from desktop.ui.notice import Notice
from desktop.ui.sentences import told_work


class ModelNotice(Notice):
    """Says why there is no model, and prepares or loads it on a click.

    Signals:
        prepare_wanted(threading.Event): the user wants the starter model prepared; the event stops it.
        load_wanted(): the user wants the model loaded once more.
    """

    prepare_wanted = Signal(object)
    load_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stop = threading.Event()
        self._prepares = False  # what the button does
        self.chosen.connect(self._act)
        self.cancelled.connect(self.stop)
        self.hide()

    @Slot()
    def show_missing(self) -> None:
        """Offer to prepare the starter model."""
        self._prepares = True
        sentence = self.tr("The starter model is not on this machine yet (93 MB download).")
        self.show_sentence(sentence, "download", self.tr("Prepare"), primary=True)
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

    @Slot(str, float)
    def show_progress(self, sentence: str, fraction: float) -> None:
        """Show how far preparing the starter model is."""
        super().show_progress(told_work(sentence), fraction)
        self.show()

    @Slot()
    def stop(self) -> None:
        """End the preparation going on, if any."""
        self._stop.set()

    @Slot()
    def _act(self) -> None:
        if self._prepares:
            self._stop = threading.Event()
            self.show_progress(self.tr("Preparing the starter model…"), 0.0)
            self.prepare_wanted.emit(self._stop)
        else:
            self.hide()
            self.load_wanted.emit()
