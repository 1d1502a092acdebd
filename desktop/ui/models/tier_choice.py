"""Which model to begin with, as cards of which one is chosen: those of Inkstone, or a file of one's own.

Each says what it buys and what it costs before anything is fetched; the recommended one says why.
"""

from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from desktop.ui.models.model_facts import TIERS, Look, TierFacts, TierKind
from desktop.ui.models.model_texts import memory_text, size_text, tier_text, tier_title, why_recommended
from desktop.ui.widgets import theme
from desktop.ui.widgets.labels import WrappedLabel, label

FirstChoice = TierKind | Literal["file"]


class ChoiceButton(QRadioButton):
    """Chooses a card; the arrows choose another, which Qt does only for buttons of one parent.

    Signals:
        stepped(int): the user wants the one below, 1, or above, -1.
    """

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another card."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


class ChoiceCard(QFrame):
    """A radio button with its reasons; a click anywhere on the card chooses it.

    Attributes:
        button: what is chosen.
        badge: one or two words that set it apart; hidden where there are none.
        cost: what it takes.
        about: what it buys.
        why: why it is recommended; hidden where it is not.
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("choice")
        self.button = ChoiceButton(title)
        self.button.setProperty("kind", "strong")
        self.button.toggled.connect(self._mark)
        self.badge, self.cost = label("", "badge"), label("", "small")
        self.about, self.why = WrappedLabel("", "small"), WrappedLabel("", "small")
        line = QHBoxLayout()
        line.setSpacing(theme.px(theme.SPACE_8))
        line.addWidget(self.button)
        line.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        line.addWidget(self.cost, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        side, height = theme.px(theme.SPACE_12), theme.px(theme.SPACE_8)
        layout.setContentsMargins(side, height, side, height)
        layout.setSpacing(0)
        layout.addLayout(line)
        for part in (self.about, self.why):
            part.setContentsMargins(theme.px(theme.SPACE_24 + theme.SPACE_4), 0, 0, 0)
            layout.addWidget(part)

    def say(self, about: str, *, badge: str = "", cost: str = "", why: str = "") -> None:
        """Tell what it is."""
        for part, text in ((self.badge, badge), (self.cost, cost), (self.about, about), (self.why, why)):
            part.setText(text)
            part.setVisible(bool(text))
        self.button.setAccessibleName(" · ".join(one for one in (self.button.text(), badge, cost) if one))
        self.button.setAccessibleDescription(" ".join(one for one in (about, why) if one))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.button.click()
            self.button.setFocus()

    @Slot(bool)
    def _mark(self, chosen: bool) -> None:
        self.setProperty("chosen", chosen)
        self.style().unpolish(self)
        self.style().polish(self)


class TierChoice(QWidget):
    """The cards, the best model first.

    Attributes:
        cards: by what they stand for.

    Signals:
        changed(): another one is chosen.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._look = Look()
        self._filling, self._touched = False, False  # the user chose: what is found out later changes it no more
        self._group = QButtonGroup(self)
        self.cards: Mapping[FirstChoice, ChoiceCard] = {
            **{name: ChoiceCard(tier_title(name)) for name in TIERS},
            "file": ChoiceCard(self.tr("My own file")),
        }
        self.cards["file"].say(self.tr("A GGUF file, as LM Studio, Ollama and Jan keep them. It is asked for next."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_8))
        for card in self.cards.values():
            self._group.addButton(card.button)
            card.button.stepped.connect(self._step)
            layout.addWidget(card)
        self._group.buttonToggled.connect(self._tell)
        self.show_look(Look())

    @property
    def chosen(self) -> FirstChoice:
        """What is chosen."""
        return next(name for name, card in self.cards.items() if card.button.isChecked())

    @property
    def tier(self) -> TierFacts | None:
        """The tier that is chosen; None: a file, or nothing is known of it yet."""
        return self._tier(self.chosen)

    def show_look(self, look: Look) -> None:
        """Say what is known now; nothing that the user chose is changed."""
        self._look = look
        for name in TIERS:
            tier, card = self._tier(name), self.cards[name]
            card.setVisible(tier is not None)
            if tier is not None:
                badge = self.tr("Recommended here") if tier.recommended else ""
                why = why_recommended(look.machine) if tier.recommended else ""
                card.say(tier_text(tier), badge=badge, cost=self._cost(tier), why=why)
        if not self._touched:
            self._filling = True
            shown = [tier for tier in look.tiers if tier.recommended] or list(look.tiers)
            self.cards[shown[0].name if shown else "file"].button.setChecked(True)
            self._filling = False

    @Slot(int)
    def _step(self, step: int) -> None:
        shown = [card.button for card in self.cards.values() if card.isVisibleTo(self)]
        at = next((at for at, button in enumerate(shown) if button.isChecked()), 0)
        button = shown[(at + step) % len(shown)]
        button.click()
        button.setFocus()

    def _tier(self, name: FirstChoice) -> TierFacts | None:
        return next((tier for tier in self._look.tiers if tier.name == name), None)

    def _cost(self, tier: TierFacts) -> str:
        if tier.prepared:
            cost = self.tr("On this machine")
        elif 0 < tier.kept < tier.download:
            said = self.tr("{kept} of {size} are here already")
            cost = said.format(kept=size_text(tier.kept), size=size_text(tier.download))
        else:
            cost = self.tr("{size} download").format(size=size_text(tier.download))
        if not tier.memory:
            return cost
        needs = self.tr("{size} of memory").format(size=memory_text(tier.memory))
        return f"{cost} · {needs}"

    @Slot()
    def _tell(self) -> None:
        self._touched = self._touched or not self._filling
        self.changed.emit()
