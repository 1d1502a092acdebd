"""The page of the settings about models: which there are and which one answers, one of the user's own, how it runs."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from desktop.ui.models.found_list import FoundList
from desktop.ui.models.manager import ModelManager
from desktop.ui.models.model_facts import GGUF
from desktop.ui.models.rows import ModelList
from desktop.ui.models.work_notice import WorkNotice
from desktop.ui.settings.general_page import RunForm
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label


class ModelPage(QWidget):
    """The models above, then what other programs keep, how they run below; a model may be dropped here.

    Attributes:
        list: the models that are known.
        found: model files of other programs.
        notice: what is being done.
        bring_in: asks for a model of the user's own.
    """

    def __init__(self, manager: ModelManager, form: RunForm) -> None:
        super().__init__()
        self._manager = manager
        self.setAcceptDrops(True)
        self.list, self.found, self.notice = ModelList(manager), FoundList(manager), WorkNotice(manager)
        self.bring_in = IconButton("plus", self.tr("Import a model"), "outlined")
        menu = QMenu(self.bring_in)
        menu.addAction(self.tr("A GGUF file…"), self._ask_file)
        menu.addAction(self.tr("A folder (safetensors or ONNX)…"), self._ask_folder)
        self.bring_in.setMenu(menu)
        about = label(
            self.tr("Llama, Mistral, Qwen, Gemma, SmolLM and Phi models, as LM Studio, Ollama and Jan keep them."),
            "small",
        )
        about.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_12))
        layout.addWidget(self.notice)
        layout.addWidget(label(self.tr("Models"), "section"))
        layout.addWidget(self.list)
        layout.addWidget(self.bring_in, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(about)
        layout.addWidget(self.found)
        layout.addSpacing(theme.px(theme.SPACE_12))
        layout.addWidget(label(self.tr("How it runs"), "section"))
        layout.addWidget(form)
        manager.changed.connect(self._refresh)
        self._refresh()
        manager.look()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a model that is dragged here."""
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
        path = ask_model_file(self)
        if path is not None:
            self._manager.bring_in(path)

    @Slot()
    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Import a model"))
        if name:
            self._manager.bring_in(Path(name))

    @Slot()
    def _refresh(self) -> None:
        self.bring_in.setEnabled(self._manager.progress is None)


def ask_model_file(parent: QWidget) -> Path | None:
    """Ask for a GGUF file; None where the user wants none after all."""
    translate = QCoreApplication.translate
    kinds = translate("ModelPage", "Models ({kinds})").format(kinds=f"*{GGUF}")
    name, _ = QFileDialog.getOpenFileName(parent, translate("ModelPage", "Import a model"), "", kinds)
    return Path(name) if name else None


def dropped_model(data: QMimeData) -> Path | None:
    """Give the GGUF file among what is dropped."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix.lower() == GGUF), None)
