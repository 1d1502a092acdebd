"""The models of this machine as rows: choose one, prepare it, check it, remove it."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QMessageBox, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.models.manager import ModelManager
from desktop.ui.models.model_facts import ModelFacts
from desktop.ui.models.model_texts import facts_text, measured_text, size_text, tier_title
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import WrappedLabel, label


class ModelChoice(QRadioButton):
    """The mark and the name of a model; Enter presses it as Space does. The name is cut where there is no room."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._name = name
        self.setAutoExclusive(False)  # the arrows must not load every model on their way
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self._wanted = super().sizeHint()

    def sizeHint(self) -> QSize:
        """Room for the whole name."""
        return self._wanted

    def minimumSizeHint(self) -> QSize:
        """Room for the mark and a few letters."""
        return QSize(theme.px(6 * theme.SPACE_16), self._wanted.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the name as fits."""
        super().resizeEvent(event)
        beside = self._wanted.width() - self.fontMetrics().horizontalAdvance(self._name)
        room = event.size().width() - beside
        self.setText(self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room))
        self.setToolTip(self._name if self.text() != self._name else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter, too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class ModelRow(QFrame):
    """One model.

    Attributes:
        choice: has it answer.
        tier: which of the models it is that Inkstone comes with; hidden for others.
        state: says that it does, or that it is being loaded.
        prepare: fetches it; hidden where that is done or cannot be.
        check, measure, remove: entries of the menu behind `more`.
    """

    def __init__(self, model: ModelFacts, manager: ModelManager) -> None:
        super().__init__()
        self.model, self._manager = model, manager
        self.choice = ModelChoice(model.name)
        self.choice.setEnabled(model.prepared)
        measured = measured_text(model)
        self.choice.setAccessibleDescription(" · ".join(part for part in (facts_text(model), measured) if part))
        self.choice.clicked.connect(self._choose)
        tier = manager.tier_of(model.id)
        self.tier = label(tier_title(tier.name) if tier else "", "badge")
        self.state = label("", "badge")
        self.prepare = IconButton("download", self.tr("Download"), "outlined")
        self.prepare.setToolTip(self.tr("Download {size} and convert it").format(size=size_text(model.download)))
        self.prepare.clicked.connect(partial(manager.prepare, model.id))
        self.more = IconButton("ellipsis", "", "quiet", theme.SOFT)
        self.more.setAccessibleName(self.tr("More about {model}").format(model=model.name))
        menu = QMenu(self.more)
        self.check = menu.addAction(self.tr("Check files"), partial(manager.verify, model.id))
        self.check.setEnabled(model.prepared)
        self.measure = menu.addAction(self.tr("Measure again"), partial(manager.measure, model.id))
        self.measure.setEnabled(model.prepared)
        self.remove = menu.addAction(self.tr("Remove…"), self._ask)
        self.more.setMenu(menu)
        facts = facts_text(model)
        if tier is not None and tier.recommended:
            facts = self.tr("Recommended here") + " · " + facts
        about = WrappedLabel("\n".join(part for part in (facts, measured) if part), "small")
        about.setContentsMargins(theme.px(theme.SPACE_24 + theme.SPACE_4) + 2, 0, 0, theme.px(theme.SPACE_4))
        line = QHBoxLayout()
        line.setSpacing(theme.px(theme.SPACE_8))
        line.addWidget(self.choice, 1)
        line.addWidget(self.tier, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.state, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.prepare)
        line.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(about)
        for part, wanted in (  # behind the layout: shown without a parent, each would be a window of its own
            (self.tier, tier is not None),
            (self.prepare, not model.prepared and model.download > 0),
            (self.more, model.prepared or model.removable),
        ):
            part.setVisible(wanted)
        self.mark()

    def mark(self) -> None:
        """Show whether it answers, is being loaded, or must wait for what is being done."""
        manager, model = self._manager, self.model
        used = manager.used == model.id
        self.choice.setChecked(used)
        loading, busy = manager.loading == model.id, manager.progress is not None
        self.state.setText(self.tr("Loading…") if loading else self.tr("In use") if used and model.prepared else "")
        self.state.setVisible(bool(self.state.text()))
        self.prepare.setEnabled(not busy)
        self.more.setEnabled(not busy)
        self.remove.setEnabled(model.removable and not used and not loading)

    @Slot()
    def _choose(self) -> None:
        self.mark()  # the mark moves once the model answers
        if self.model.id != self._manager.used and not self._manager.loading:
            self._manager.use(self.model.id)

    @Slot()
    def _ask(self) -> None:
        RemoveQuestion(self, self.model, self._manager).open()


class RemoveQuestion(QMessageBox):
    """Asks before a model's files are deleted."""

    def __init__(self, parent: QWidget, model: ModelFacts, manager: ModelManager) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Remove a model"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        said = self.tr("Remove “{model}”? This frees {size}.")
        self.setText(said.format(model=model.name, size=size_text(model.size)))
        self.setInformativeText(
            self.tr("It can be downloaded again.")
            if model.download
            else self.tr("The file that it was imported from stays where it is.")
        )
        self.remove = self.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        self.remove.clicked.connect(partial(manager.remove, model.id))
        cancel = self.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(cancel)
        self.setEscapeButton(cancel)


class ModelList(QWidget):
    """A row for each model.

    Signals:
        filled(): the rows are other ones.
    """

    filled = Signal()

    def __init__(self, manager: ModelManager) -> None:
        super().__init__()
        self._manager = manager
        self._shown: tuple[object, ...] = ()
        self.rows: dict[str, ModelRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(theme.SPACE_8))
        manager.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the models of now."""
        shown = (self._manager.models, self._manager.now.tiers)
        if self._shown != shown:
            self._shown = shown
            self._fill(self._in_order())
        for row in self.rows.values():
            row.mark()

    def _in_order(self) -> list[ModelFacts]:
        """Give those that are ready before those that are not, and those of Inkstone before others, the best first."""
        order = {tier.model_id: at for at, tier in enumerate(self._manager.now.tiers)}
        return sorted(self._manager.models, key=lambda one: (not one.prepared, order.get(one.id, len(order))))

    def _fill(self, models: list[ModelFacts]) -> None:
        focused = next((name for name, row in self.rows.items() if row.isAncestorOf(self.focusWidget() or self)), "")
        for row in self.rows.values():
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for model in models:
            self.rows[model.id] = row = ModelRow(model, self._manager)
            self._layout.addWidget(row)
        if focused in self.rows:
            self.rows[focused].choice.setFocus()
        self.filled.emit()
