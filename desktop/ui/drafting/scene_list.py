"""Scenes in the gallery: a chip for each group with its cards, or what the search finds by name and by meaning."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QTimer, Signal, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.chat.scenes import GROUPS, SceneCard, SceneService
from desktop.ui.drafting.cards import CardGrid, SceneButton
from desktop.ui.widgets import theme
from desktop.ui.widgets.background import Background
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.layouts import FlowLayout

TEMPLATES, OWN = "templates", "own"  # what a chip shows besides a group
_BY_NAME, _BY_MEANING = 9, 8  # cards at most
_LOOK_AFTER = 250  # milliseconds without typing


class SceneList(QWidget):
    """Chips and cards.

    Attributes:
        chips: by group; OWN while there are scenes of the user's, TEMPLATES shows none.
        shown: the group that is shown; "" while scenes are searched.
        cards: the scenes that are shown, the best first.

    Signals:
        picked(str): the id of the scene that the user wants.
        menu_wanted(SceneButton, QPoint): the user wants to know what else can be done with a scene.
        turned(str): the user wants to see this group.
        found(): the search by meaning has answered.
    """

    picked = Signal(str)
    menu_wanted = Signal(object, object)
    turned = Signal(str)
    found = Signal()

    def __init__(self, scenes: SceneService, language: str, templates: int, group: str) -> None:
        """Show the scenes of a group.

        Args:
            scenes: all of them.
            language: of the user.
            templates: how many there are.
            group: which is shown first.
        """
        super().__init__()
        self._scenes, self._language, self._templates = scenes, language, templates
        self._group, self._words = group, ""
        self.chips: dict[str, QPushButton] = {}
        self.cards: list[SceneButton] = []
        self._by_name: list[SceneCard] = []
        self._background = Background(self)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOK_AFTER)
        self._looking.timeout.connect(self._look_for_meaning)
        self._flow = FlowLayout(theme.px(theme.SPACE_4))
        row = QWidget()
        row.setLayout(self._flow)
        self._named_title = label(self.tr("By name"), "section")
        self._named = CardGrid()
        self._meant_title = label(self.tr("By meaning"), "section")
        self._meant = CardGrid()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_12))
        for part in (row, self._named_title, self._named, self._meant_title, self._meant):
            layout.addWidget(part)
        self.refresh()

    @property
    def shown(self) -> str:
        """The group that is shown; "" while scenes are searched."""
        return "" if self._words else self._group

    def show_words(self, words: str) -> None:
        """Show the scenes that these words find; "": those of the group."""
        if words.strip() != self._words:
            self._words = words.strip()
            self._show()

    @Slot()
    def refresh(self) -> None:
        """Read the scenes again."""
        self._show_chips(self._scenes.cards(self._language))
        self._show()

    def turn_to(self, group: str) -> None:
        """Show another group."""
        self._group, self._words = group, ""
        self._show()
        self.turned.emit(group)

    def _show_chips(self, cards: Sequence[SceneCard]) -> None:
        for chip in self.chips.values():
            chip.hide()
            chip.deleteLater()
        while self._flow.takeAt(0) is not None:
            pass
        counts: dict[str, int] = {OWN: sum(card.own for card in cards)}
        counts |= {group: sum(card.group == group for card in cards) for group in GROUPS}
        counts[TEMPLATES] = self._templates
        names = group_names() | {OWN: self.tr("Your own"), TEMPLATES: self.tr("All templates")}
        self.chips = {group: QPushButton(f"{names[group]} {count}") for group, count in counts.items() if count}
        for group, chip in self.chips.items():
            chip.setProperty("kind", "quiet")
            chip.setCheckable(True)
            chip.setAutoDefault(True)
            chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            chip.clicked.connect(partial(self.turn_to, group))
            self._flow.addWidget(chip)
        if self._group not in self.chips:
            self._group = next(iter(self.chips))

    def _show(self) -> None:
        for group, chip in self.chips.items():
            chip.setChecked(group == self.shown)
        self._looking.stop()
        if self._words:
            self._by_name = self._scenes.cards(self._language, self._words)[:_BY_NAME]
            self._looking.start()
        elif self._group == OWN:
            self._by_name = [card for card in self._scenes.cards(self._language) if card.own]
        else:
            self._by_name = [card for card in self._scenes.cards(self._language) if card.group == self._group]
        named = self._made(self._by_name)
        self.cards = named
        self._named.show_cards(named)
        self._named_title.setVisible(bool(self._words and named))
        self._named.setVisible(bool(named))
        self._show_meant([])

    @Slot()
    def _look_for_meaning(self) -> None:
        words, scenes, language = self._words, self._scenes, self._language
        self._background.run(lambda: scenes.by_meaning(language, words), partial(self._take_meant, words))

    def _take_meant(self, words: str, found: Sequence[SceneCard]) -> None:
        if words != self._words:
            return  # of a search before this one
        known = {card.id for card in self._by_name}
        self._show_meant([card for card in found if card.id not in known][:_BY_MEANING])
        self.found.emit()

    def _show_meant(self, found: Sequence[SceneCard]) -> None:
        meant = self._made(found)
        self.cards = [*self.cards[: len(self._by_name)], *meant]
        self._meant.show_cards(meant)
        self._meant_title.setVisible(bool(meant))
        self._meant.setVisible(bool(meant))

    def _made(self, cards: Sequence[SceneCard]) -> list[SceneButton]:
        own = self.tr("Your own")
        made = [SceneButton(card, own) for card in cards]
        for button in made:
            button.picked.connect(self.picked)
            button.customContextMenuRequested.connect(partial(self.menu_wanted.emit, button))
        return made


def group_names() -> dict[str, str]:
    """Name the groups."""
    translate: Callable[[str, str], str] = QCoreApplication.translate
    return {
        "office": translate("SceneGroups", "Office"),
        "reports": translate("SceneGroups", "Reports and plans"),
        "job": translate("SceneGroups", "Jobs"),
        "school": translate("SceneGroups", "School and study"),
        "official": translate("SceneGroups", "Official and legal"),
        "marketing": translate("SceneGroups", "Marketing and media"),
        "occasions": translate("SceneGroups", "Occasions"),
        "creative": translate("SceneGroups", "Stories and poems"),
        "home": translate("SceneGroups", "At home"),
    }
