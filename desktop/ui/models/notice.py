"""The card above the composer: why no model answers, which one is on its way, and what can be done about it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu

from desktop.codes import Coded
from desktop.ui.models.manager import Fetch, ModelManager
from desktop.ui.models.model_facts import ModelFacts, TierFacts
from desktop.ui.models.model_texts import size_text, tier_text, tier_title, waiting_text
from desktop.ui.models.state import ModelState
from desktop.ui.widgets import theme
from desktop.ui.widgets.error_messages import worded
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.notice import Notice


class ModelNotice(Notice):
    """Shows a state, and whatever it becomes; hidden where a model answers and none waits to go on being fetched.

    While a model answers, one that is on its way is told of by the status bar alone.

    Attributes:
        other: offers the models that are ready here and those that can be had.
        pause: has the download wait.
        meanwhile: has the smallest model fetched first, to write with it until the other is there.
        discard: deletes what is here of a download that waits.
        later: puts that question away until the next start.

    Signals:
        load_wanted(): the user wants the model loaded once more.
    """

    load_wanted = Signal()

    def __init__(self, state: ModelState) -> None:
        super().__init__()
        self._state = state
        self._does: Callable[[], object] = self._load
        self._put_off = False
        self.other = IconButton("", self.tr("Use another model"), "outlined")
        self.other.clicked.connect(self._want_models)
        self._menu = QMenu(self.other)
        self.pause = IconButton("pause", self.tr("Pause"), "outlined")
        self.pause.clicked.connect(self._pause)
        self.meanwhile = IconButton("", self.tr("Write with Tiny meanwhile"), "outlined")
        self.meanwhile.clicked.connect(self._write_meanwhile)
        self.discard = IconButton("", self.tr("Discard"), "outlined")
        self.discard.clicked.connect(self._discard)
        self.later = IconButton("", self.tr("Not now"), "outlined")
        self.later.clicked.connect(self._put_it_off)
        for button in (self.meanwhile, self.later, self.discard, self.other, self.pause):
            self.add_button(button)
            button.hide()
        self.chosen.connect(self._act)
        self.cancelled.connect(self._cancel_work)
        state.changed.connect(self._show_state)
        self._listens_to: ModelManager | None = None
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        state, manager = self._state, self._state.manager
        if manager is not None and self._listens_to is not manager:
            self._listens_to = manager
            manager.progressed.connect(self._show_progress)
            manager.changed.connect(self._show_state)
        for button in (self.other, self.pause, self.meanwhile, self.discard, self.later):
            button.hide()
        answers = state.info is not None or state.loading
        if manager is not None and manager.fetching is not None and not answers:
            self._show_fetch(manager, manager.fetching)
        elif manager is not None and manager.fetching is None and manager.paused is not None and not self._put_off:
            self._show_paused(manager, manager.paused, answers=answers)
        elif answers:
            self.hide()
            return
        elif state.stage == "missing":
            self._show_missing(state.missing, state.missing_tier)
        elif state.stage == "unknown":
            self.show_sentence(state.sentence)  # trying again would not help
            self._show_others(state.others)
        else:
            self._does = self._load
            self.show_sentence(state.sentence, "rotate-cw", self.tr("Retry"))
            self._show_others(state.others)
        self.appear()

    def _show_others(self, others: Sequence[ModelFacts], tiers: Sequence[TierFacts] = ()) -> None:
        """Offer these in place of the chosen one."""
        manager = self._state.manager
        self._menu.clear()
        if manager is not None:
            for model in others:
                self._menu.addAction(model.name, partial(manager.use, model.id))
            if others and tiers:
                self._menu.addSeparator()
            for tier in tiers:
                said = self.tr("{model} · {size} download")
                text = said.format(model=tier_title(tier.name), size=size_text(tier.lacking))
                self._menu.addAction(text, partial(manager.prepare, tier.model_id, then_use=True))
            self._menu.addSeparator()
            if tiers:
                self._menu.addAction(self.tr("My own file…"), self._state.file_wanted.emit)
        self._menu.addAction(self.tr("More models…"), self._state.models_wanted.emit)
        self.other.setMenu(self._menu if others or tiers else None)  # type: ignore[arg-type]  # None takes it away
        text = self.tr("Use another model") if others or tiers else self.tr("Choose a model…")
        self.other.show_as("", text, "outlined", theme.INK)
        self.other.show()

    def _show_missing(self, model: ModelFacts | None, tier: TierFacts | None) -> None:
        """Offer to fetch the model; one that can be fetched nowhere is only told of."""
        manager = self._state.manager
        if manager is None or (model is None and tier is None):
            self.show_sentence(self.tr("The model is not on this machine yet."))
            self._show_others(self._state.others)
            return
        others = [one for one in manager.now.tiers if one != tier and not one.prepared] if tier else []
        if tier is not None:
            said = self.tr("{model} is not on this machine yet: {size} to download. {about}")
            sentence = said.format(model=tier_title(tier.name), size=size_text(tier.download), about=tier_text(tier))
        elif model is not None and model.download:
            said = self.tr("“{model}” is not on this machine yet ({size} download).")
            sentence = said.format(model=model.name, size=size_text(model.download))
        else:
            said = self.tr(
                "The files of “{model}” are not on this machine any more; import it again, or use another model."
            )
            self.show_sentence(said.format(model=model.name if model else ""))
            self._show_others(self._state.others)
            return
        if manager.failed and manager.said:  # the last try did not succeed
            sentence = manager.said
        wanted = tier.model_id if tier else model.id if model else ""
        self._does = partial(manager.prepare, wanted, then_use=True)
        self.show_sentence(sentence, "download", self.tr("Download"), primary=True)
        self._show_others(self._state.others, others)

    def _show_fetch(self, manager: ModelManager, fetch: Fetch) -> None:
        """Show how far the model on its way is."""
        self._show_progress(*(manager.progress or ("", 0.0)))
        self.pause.setVisible(not manager.stopping)
        self.cancel.setEnabled(not manager.stopping)
        tiny = manager.tier("tiny")
        wanted = tiny is not None and not tiny.prepared and fetch.id != tiny.model_id and not manager.stopping
        if wanted and tiny is not None and all(one.id != tiny.model_id for one in manager.waits):
            said = self.tr("Write with Tiny meanwhile ({size} first)").format(size=size_text(tiny.lacking))
            self.meanwhile.show_as("", said, "outlined", theme.INK)
            self.meanwhile.setToolTip(self.tr("English only. The conversation goes on with the better model."))
            self.meanwhile.show()

    def _show_paused(self, manager: ModelManager, fetch: Fetch, *, answers: bool) -> None:
        waits = waiting_text(fetch.name, fetch.kept, fetch.size)
        sentence = manager.said if manager.failed and manager.said else waits
        self._does = manager.resume
        self.show_sentence(sentence, "download", self.tr("Continue"), primary=True)
        self.discard.show()
        if answers:
            self.later.show()
        else:
            self._show_others(self._state.others, [one for one in manager.now.tiers if one.model_id != fetch.id])

    @Slot(object, float)
    def _show_progress(self, work: Coded | str, fraction: float) -> None:
        manager = self._state.manager
        if self._state.info is not None or self._state.loading or manager is None or manager.fetching is None:
            return
        said = worded(work) if isinstance(work, Coded) else work
        enabled = self.cancel.isEnabled()
        sentence = self.tr("{model}: {work}").format(model=manager.fetching.name, work=said)
        self.show_progress(sentence, fraction)
        self.cancel.setEnabled(enabled)

    @Slot()
    def _want_models(self) -> None:
        if self.other.menu() is None:
            self._state.models_wanted.emit()

    @Slot()
    def _act(self) -> None:
        self._does()

    def _load(self) -> None:
        self.hide()
        self.load_wanted.emit()

    @Slot()
    def _pause(self) -> None:
        if self._state.manager is not None:
            self._state.manager.pause()

    @Slot()
    def _cancel_work(self) -> None:
        if self._state.manager is not None:
            self._state.manager.cancel()

    @Slot()
    def _write_meanwhile(self) -> None:
        manager = self._state.manager
        tiny = manager.tier("tiny") if manager is not None else None
        if manager is not None and tiny is not None:
            manager.fetch_first(tiny.model_id)

    @Slot()
    def _discard(self) -> None:
        if self._state.manager is not None:
            self._state.manager.drop_paused()

    @Slot()
    def _put_it_off(self) -> None:
        self._put_off = True
        self._show_state()
