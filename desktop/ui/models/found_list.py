"""Model files that other programs keep on this machine: one click imports one and has it answer."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.models.manager import ModelManager
from desktop.ui.models.model_facts import FoundFacts
from desktop.ui.models.model_texts import size_text
from desktop.ui.widgets import theme
from desktop.ui.widgets.background import Background
from desktop.ui.widgets.error_messages import worded
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import WrappedLabel, label


class FoundRow(QFrame):
    """One file.

    Attributes:
        use: imports it; hidden where it cannot be used.
    """

    def __init__(self, file: FoundFacts, manager: ModelManager) -> None:
        super().__init__()
        self.file = file
        parts = [file.program, size_text(file.size), file.architecture]
        if file.refused is not None:
            parts.append(worded(file.refused))
        self.use = IconButton("", self.tr("Use"), "outlined")
        self.use.setAccessibleName(self.tr("Use {model}").format(model=file.name))
        self.use.setToolTip(str(file.path))
        self.use.clicked.connect(partial(manager.bring_in, file.path, then_use=True))
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(WrappedLabel(file.name, "plain"))
        said.addWidget(WrappedLabel(" · ".join(part for part in parts if part), "small"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_12))
        layout.addLayout(said, 1)
        layout.addWidget(self.use)
        self.use.setVisible(file.refused is None)


class FoundList(QWidget):
    """A row for each file; hidden where none was found. It looks once, when it is made.

    Attributes:
        rows: in the order of the look.
    """

    def __init__(self, manager: ModelManager) -> None:
        super().__init__()
        self._manager = manager
        self.rows: list[FoundRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, theme.px(theme.SPACE_12), 0, 0)
        self._layout.setSpacing(theme.px(theme.SPACE_12))
        self._layout.addWidget(label(self.tr("Kept by other programs"), "section"))
        self.hide()
        manager.changed.connect(self._refresh)
        Background(self).run(manager.work.found, self._show)

    def _show(self, files: Sequence[FoundFacts]) -> None:
        for file in sorted(files, key=lambda one: one.refused is not None):
            row = FoundRow(file, self._manager)
            self.rows.append(row)
            self._layout.addWidget(row)
        self.setVisible(bool(self.rows))
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        for row in self.rows:
            row.use.setEnabled(self._manager.progress is None)
