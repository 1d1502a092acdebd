"""The card on the pages of models: what is being done, with Pause and Cancel, and what came of it."""

from PySide6.QtCore import Slot

from desktop.codes import Coded
from desktop.ui.models.manager import ModelManager
from desktop.ui.models.model_texts import waiting_text
from desktop.ui.widgets.error_messages import worded
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.notice import Notice


class WorkNotice(Notice):
    """Shows what a manager does; hidden where there is nothing to say.

    Attributes:
        pause: has a download wait.
        discard: deletes what is here of one that waits.
    """

    def __init__(self, manager: ModelManager) -> None:
        super().__init__()
        self._manager = manager
        self.pause = IconButton("pause", self.tr("Pause"), "outlined")
        self.pause.clicked.connect(manager.pause)
        self.discard = IconButton("", self.tr("Discard"), "outlined")
        self.discard.clicked.connect(manager.drop_paused)
        self.add_button(self.pause)
        self.add_button(self.discard)
        self.chosen.connect(self._act)
        self.cancelled.connect(manager.cancel)
        manager.changed.connect(self.refresh)
        manager.progressed.connect(self._show_progress)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what is being done now."""
        manager = self._manager
        self.pause.setVisible(manager.fetching is not None and not manager.stopping)
        waits = manager.paused if manager.progress is None else None
        self.discard.setVisible(waits is not None)
        if manager.progress is not None:
            self._show_progress(*manager.progress)
            self.cancel.setEnabled(not manager.stopping)
        elif waits is not None:
            told = waiting_text(waits.name, waits.kept, waits.size)
            sentence = manager.said if manager.failed and manager.said else told
            sign = "triangle-alert" if manager.failed else "download"
            self.show_sentence(sentence, "download", self.tr("Continue"), sign=sign)
        else:
            texts = {"use": self.tr("Use it"), "prepare": self.tr("Prepare it again"), "": ""}
            action = texts[manager.offer.what if manager.offer else ""]
            self.show_sentence(manager.said, "", action, sign="triangle-alert" if manager.failed else "check")
        if manager.progress is not None or waits is not None or manager.said:
            self.appear()
        else:
            self.hide()

    @Slot()
    def _act(self) -> None:
        manager = self._manager
        if manager.progress is None and manager.paused is not None:
            manager.resume()
        else:
            manager.take_offer()

    @Slot(object, float)
    def _show_progress(self, work: Coded | str, fraction: float) -> None:
        said = worded(work) if isinstance(work, Coded) else work
        fetch, enabled = self._manager.fetching, self.cancel.isEnabled()
        if fetch is not None:
            said = self.tr("{model}: {work}").format(model=fetch.name, work=said)
        self.show_progress(said, fraction, "download" if fetch is not None else "cpu")
        self.cancel.setEnabled(enabled)
