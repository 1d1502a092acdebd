"""Says above the composer what the model at hand does not write, before it is asked to, and offers one that does.

It comes where a message is being written in such a language, and in an empty chat where the window itself speaks it.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot

from desktop.chat.model_advice import cannot_write
from desktop.ui.composer.composer import Composer
from desktop.ui.conversation.empty_state import first_sample
from desktop.ui.models.manager import ModelManager
from desktop.ui.models.model_facts import TIERS, ModelFacts, TierFacts
from desktop.ui.models.model_texts import languages_text, size_text, tier_title
from desktop.ui.models.state import ModelState
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.notice import Notice


class LanguageWarning(Notice):
    """One sentence, the way out, and a button that puts it away for this language until the next start.

    Attributes:
        language: what it warns of, ISO 639-1; "" where it is hidden.
        hush: puts it away.
    """

    def __init__(self, composer: Composer, state: ModelState) -> None:
        super().__init__()
        self._composer, self._state = composer, state
        self.language = ""
        self._does: Callable[[], object] = lambda: None
        self._shown: tuple[object, ...] = ()
        self.hush = IconButton("x", "", "quiet", theme.SOFT)
        self.hush.setAccessibleName(self.tr("Do not say this again"))
        self.hush.setToolTip(self.tr("Do not say this again"))
        self.hush.clicked.connect(self._hush)
        self.add_button(self.hush, last=True)
        self.chosen.connect(self._act)
        composer.edit.textChanged.connect(self.refresh)
        state.changed.connect(self.refresh)
        self.hide()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say it, or be gone, as the text and the model of now ask for."""
        info = self._state.info
        language = cannot_write(info, self._asked()) if info is not None else None
        if info is None or language is None or language in self._state.hushed:
            self.language = ""
            self._shown = ()
            self.hide()
            return
        self.language = language
        manager = self._state.manager
        ready, tier = (_ready(manager, language), _better(manager, language)) if manager is not None else (None, None)
        fetching = manager.fetching.name if manager is not None and manager.fetching is not None else ""
        shown = (info.model, language, ready, tier, fetching, manager.paused if manager is not None else None)
        if shown == self._shown:
            return
        self._shown = shown
        said, action = self.tr("{model} does not write {language}: what it answers cannot be used."), ""
        if fetching:
            said = self.tr("{model} does not write {language}: what it answers cannot be used. {better} is on its way.")
        elif manager is not None and ready is not None:
            action = self.tr("Use {model}").format(model=ready.name)
            self._does = partial(manager.use, ready.id)
        elif manager is not None and tier is not None and not _waits(manager, language):
            offer = self.tr("Get {model} ({size} download)")
            action = offer.format(model=tier_title(tier.name), size=size_text(tier.lacking))
            self._does = partial(manager.prepare, tier.model_id, then_use=True)
        name = languages_text([language])
        self.show_sentence(said.format(model=info.model, language=name, better=fetching), "", action)
        self.appear()

    def _asked(self) -> str:
        """Give what the message asks for; before a word is written, what the window offers to ask for."""
        text = self._composer.edit.toPlainText()
        return text if text.strip() else first_sample()

    @Slot()
    def _act(self) -> None:
        self._does()

    @Slot()
    def _hush(self) -> None:
        self._state.hushed.add(self.language)
        self.refresh()


def _ready(manager: ModelManager, language: str) -> ModelFacts | None:
    """Give the best model that is here and writes a language; a tier before others."""
    able = [one for one in manager.others() if language in (one.measured or one).languages]
    order = {tier.model_id: at for at, tier in enumerate(manager.now.tiers)}
    return min(able, key=lambda one: order.get(one.id, len(order)), default=None)


def _better(manager: ModelManager, language: str) -> TierFacts | None:
    """Give the tier that this machine runs best and that writes a language."""
    able = [tier for tier in manager.now.tiers if language in tier.languages and not tier.prepared]
    recommended = next((tier for tier in able if tier.recommended), None)
    return recommended or min(able, key=lambda tier: TIERS.index(tier.name), default=None)


def _waits(manager: ModelManager, language: str) -> bool:
    """Tell whether a download waits of a model that writes a language: the card above offers to go on with it."""
    tier = manager.tier_of(manager.paused.id) if manager.paused is not None else None
    return tier is not None and language in tier.languages
