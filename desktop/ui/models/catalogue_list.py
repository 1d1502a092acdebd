"""The catalogue: models that people would pick today, each with what it would do here; a click fetches one."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.models.manager import ModelManager
from desktop.ui.models.model_facts import CatalogueFacts
from desktop.ui.models.model_texts import fit_text, languages_text, memory_text, size_text
from desktop.ui.widgets import theme
from desktop.ui.widgets.background import Background
from desktop.ui.widgets.error_messages import localised
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import WrappedLabel, label


class CatalogueRow(QFrame):
    """One model that can be fetched.

    Attributes:
        add: fetches and converts it.
        fit: whether this machine runs it, and how fast.
    """

    def __init__(self, entry: CatalogueFacts, manager: ModelManager) -> None:
        super().__init__()
        self.entry, self._manager = entry, manager
        self.add = IconButton("download", self.tr("Add"), "outlined")
        self.add.setAccessibleName(self.tr("Add {model}").format(model=entry.name))
        self.add.clicked.connect(self._add)
        self.fit = label(fit_text(entry), "badge")
        head = QHBoxLayout()
        head.setSpacing(theme.px(theme.SPACE_8))
        head.addWidget(label(entry.name, "strong"))
        head.addStretch(1)
        size = size_text(entry.size) if entry.size else ""
        memory = self.tr("{size} of memory").format(size=memory_text(entry.memory)) if entry.memory else ""
        facts = (size, languages_text(entry.languages), memory, entry.licence)
        said = QVBoxLayout()
        said.setSpacing(theme.px(theme.SPACE_4))
        said.addLayout(head)
        if entry.good_for:
            said.addWidget(WrappedLabel(entry.good_for, "plain"))
        said.addWidget(WrappedLabel(" · ".join(part for part in facts if part), "small"))
        fit = QHBoxLayout()
        fit.addWidget(self.fit)
        fit.addStretch(1)
        said.addLayout(fit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.px(theme.SPACE_8))
        layout.setSpacing(theme.px(theme.SPACE_12))
        layout.addLayout(said, 1)
        layout.addWidget(self.add)

    def matches(self, typed: str) -> bool:
        """Tell whether what was typed stands in its name, its id, its phrase or its licence."""
        entry = self.entry
        text = " ".join((entry.id, entry.name, entry.good_for, entry.licence)).casefold()
        return all(word in text for word in typed.casefold().split())

    @Slot()
    def _add(self) -> None:
        self._manager.add(self.entry.id, self.entry.name, self.entry.size)


class CatalogueList(QWidget):
    """A row for each model, what runs well first; a field above finds one by a few letters.

    Attributes:
        field: what is looked for.
        rows: in order.
        said: why there are none, or that they are being looked up.
    """

    def __init__(self, manager: ModelManager) -> None:
        super().__init__()
        self._manager = manager
        self.rows: list[CatalogueRow] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find a model"))
        self.field.setAccessibleName(self.tr("Find a model"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._search)
        self.said = WrappedLabel(self.tr("Looking what fits on this machine…"), "small")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(theme.SPACE_12))
        self._layout.addWidget(self.field)
        self._layout.addWidget(self.said)
        manager.changed.connect(self._refresh)
        Background(self).run(manager.work.catalogue, self._show, lambda error: self._say(localised(error)))

    def _show(self, entries: Sequence[CatalogueFacts]) -> None:
        order = {"fits": 0, "slow": 1, "no": 2}
        for entry in sorted(entries, key=lambda one: order[one.fits]):  # within that, as the catalogue has them
            row = CatalogueRow(entry, self._manager)
            self.rows.append(row)
            self._layout.addWidget(row)
        self._say("" if self.rows else self.tr("The catalogue is empty."))
        self._refresh()
        self._search(self.field.text())

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    @Slot(str)
    def _search(self, typed: str) -> None:
        for row in self.rows:
            row.setVisible(row.matches(typed))
        if self.rows:
            none = not any(row.matches(typed) for row in self.rows)
            self._say(self.tr("None of these; give its name on the hub below.") if none else "")

    @Slot()
    def _refresh(self) -> None:
        manager = self._manager
        for row in self.rows:
            fetching = manager.fetching is not None and manager.fetching.id == row.entry.id
            row.add.setEnabled(manager.progress is None and row.entry.fits != "no")
            row.add.setText(self.tr("Fetching…") if fetching else self.tr("Add"))
