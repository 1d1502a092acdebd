"""The name of the model that answers, as a button: choose another, get a better one, learn why it runs there."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from desktop.engine.interface import DeviceName
from desktop.ui.models.model_facts import ModelFacts
from desktop.ui.models.model_texts import size_text, tier_title
from desktop.ui.models.state import ModelState
from desktop.ui.widgets import theme
from desktop.ui.widgets.labels import shortened


class ModelMenu(QMenu):
    """The models that are ready, those of Inkstone that are not yet, and the way to all others; made when it opens."""

    def __init__(self, state: ModelState, parent: QPushButton) -> None:
        super().__init__(parent)
        self._state = state
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    @Slot()
    def fill(self) -> None:
        """List what there is now."""
        self.clear()
        state, manager = self._state, self._state.manager
        if manager is not None:
            ready = [model for model in manager.models if model.prepared]
            for model in ready:
                self._add_model(model, used=model.id == manager.used)
            lacking = [tier for tier in manager.now.tiers if not tier.prepared]
            if ready and lacking:
                self.addSeparator()
            for tier in lacking:
                said = self.tr("Get {model} ({size} download)")
                text = said.format(model=tier_title(tier.name), size=size_text(tier.lacking))
                action = self.addAction(text, partial(manager.prepare, tier.model_id, then_use=True))
                action.setEnabled(manager.progress is None)
                action.setToolTip(tier.title)
        self.addSeparator()
        self.addAction(self.tr("More models…"), state.catalogue_wanted.emit)
        self.addAction(self.tr("Models of this machine…"), state.models_wanted.emit)
        if state.info is not None:
            self.addSeparator()
            on_gpu = state.info.device.code is DeviceName.CUDA_GPU
            why = self.tr("Why the GPU?") if on_gpu else self.tr("Why CPU?")
            self.addAction(why, state.reason_wanted.emit)

    def _add_model(self, model: ModelFacts, *, used: bool) -> None:
        manager = self._state.manager
        if manager is None:
            return
        tier = manager.tier_of(model.id)
        said = self.tr("{tier}: {model}")
        name = said.format(tier=tier_title(tier.name), model=model.name) if tier else model.name
        action = self.addAction(shortened(name, 48), partial(manager.use, model.id))
        action.setCheckable(True)
        action.setChecked(used)
        action.setEnabled(not manager.loading)


class ModelButton(QPushButton):
    """Says which model answers, or what it is doing while it does not; a click opens the menu.

    The name is cut where there is no room.
    """

    def __init__(self, state: ModelState, kind: str = "tool", *, precise: bool = False) -> None:
        """Show a state, and whatever it becomes; `precise` with how the weights are held."""
        super().__init__()
        self._state, self._precise, self._said = state, precise, ""
        self.setProperty("kind", kind)
        self.setProperty("menu", "true")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(True)
        self.models = ModelMenu(state, self)
        self.setMenu(self.models)
        state.changed.connect(self.refresh)
        self.refresh()

    @property
    def said(self) -> str:
        """The whole text, cut or not."""
        return self._said

    @Slot()
    def refresh(self) -> None:
        """Say who answers now."""
        info = self._state.info
        if info is None:
            self._said = self._state.status_text
        else:
            self._said = f"{info.model} · {info.precision}" if self._precise else info.model
        self.setAccessibleName(self.tr("Model: {model}").format(model=self._said))
        self._cut()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the whole text and the arrow."""
        text = self.fontMetrics().horizontalAdvance(self._said)
        return QSize(text + theme.px(2) + self._beside(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters and the arrow."""
        return QSize(self.fontMetrics().horizontalAdvance("……") + self._beside(), super().sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        """Show as much of the text as fits."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # a QResizeEvent
        self._cut()

    def _beside(self) -> int:
        return theme.px(theme.SPACE_8 + theme.SPACE_24)

    def _cut(self) -> None:
        room = max(0, self.width() - self._beside())
        self.setText(self.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, room))
        self.setToolTip(self._said if self.text() != self._said else "")
