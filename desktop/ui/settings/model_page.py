"""The page of the settings about models: which there are and which one answers, one of the user's own, how it runs."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.codes import Coded
from desktop.ui.models.manager import ModelManager
from desktop.ui.models.model_facts import GGUF
from desktop.ui.models.rows import ModelList
from desktop.ui.settings.general_page import RunForm
from desktop.ui.widgets import theme
from desktop.ui.widgets.error_messages import worded
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.notice import Notice


class ModelPage(QWidget):
    """The models above, how they run below; a GGUF file may be dropped here."""

    def __init__(self, manager: ModelManager, form: RunForm) -> None:
        super().__init__()
        self._manager = manager
        self.setAcceptDrops(True)
        self.list = ModelList(manager)
        self.bring_in = IconButton("plus", self.tr("Import a GGUF file…"), "outlined")
        self.bring_in.clicked.connect(self._ask_file)
        about = label(self.tr("Llama, SmolLM and Qwen models, as LM Studio, Ollama and Jan keep them."), "small")
        about.setWordWrap(True)
        self.notice = Notice()
        self.notice.chosen.connect(self._take_offer)
        self.notice.cancelled.connect(manager.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_12))
        for part in (label(self.tr("On this machine"), "section"), self.list, self.notice, self.bring_in, about):
            layout.addWidget(part)
        layout.addSpacing(theme.px(theme.SPACE_12))
        layout.addWidget(label(self.tr("How it runs"), "section"))
        layout.addWidget(form)
        manager.changed.connect(self._refresh)
        manager.progressed.connect(self._show_progress)
        self._refresh()
        manager.look()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a GGUF file that is dragged here."""
        if dropped_model(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what is dropped."""
        path = dropped_model(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self._manager.bring_in(path)

    @Slot()
    def _ask_file(self) -> None:
        kinds = self.tr("Models ({kinds})").format(kinds=f"*{GGUF}")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import a model"), "", kinds)
        if name:
            self._manager.bring_in(Path(name))

    @Slot()
    def _take_offer(self) -> None:
        self._manager.take_offer()

    @Slot()
    def _refresh(self) -> None:
        manager = self._manager
        self.bring_in.setEnabled(manager.progress is None)
        if manager.progress is not None:
            self._show_progress(*manager.progress)
        else:
            texts = {"use": self.tr("Use it"), "prepare": self.tr("Prepare it again"), "": ""}
            action = texts[manager.offer.what if manager.offer else ""]
            self.notice.show_sentence(manager.said, "", action, sign="triangle-alert" if manager.failed else "check")
        self.notice.setVisible(manager.progress is not None or bool(manager.said))

    @Slot(object, float)
    def _show_progress(self, work: Coded | str, fraction: float) -> None:
        self.notice.show_progress(worded(work) if isinstance(work, Coded) else work, fraction)


def dropped_model(data: QMimeData) -> Path | None:
    """Give the GGUF file among what is dropped."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix.lower() == GGUF), None)
