"""The gallery: scenes by group and every template as a card, found by typing."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.chat.drafting import Draft, DraftingService
from desktop.chat.scenes import GROUPS, SceneService
from desktop.ui.drafting.cards import CardGrid, TemplateCard
from desktop.ui.drafting.scene_list import TEMPLATES, SceneList
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.key_field import ClearButton
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.layouts import FlowLayout, keep_gutter

_RECENT_WIDTH = 300
_TITLE = 60  # characters of a draft without a title


class _RecentDraft(IconButton):
    """A draft of the history; a press goes on with it.

    Signals:
        resumed(Draft, int): the draft and its number.
    """

    resumed = Signal(object, int)

    def __init__(self, number: int, draft: Draft) -> None:
        name = draft.title or draft.brief.slots.get("topic") or " ".join(draft.sections[0].text.split())[:_TITLE]
        said = name if draft.done else self.tr("{draft} (not finished)").format(draft=name)
        super().__init__("file-text", said, "quiet", theme.SOFT)
        self.setToolTip(said)
        self.ensurePolished()  # the style sheet knows its size
        self.setText(self.fontMetrics().elidedText(said, Qt.TextElideMode.ElideMiddle, theme.px(_RECENT_WIDTH)))
        self._number, self._draft = number, draft
        self.clicked.connect(self._resume)

    @Slot()
    def _resume(self) -> None:
        self.resumed.emit(self._draft, self._number)


class Gallery(QWidget):
    """Search field and cards; what cannot be used is named below, with the line at fault.

    Attributes:
        search: the field.
        scenes: the scenes; None where there are only templates.
        cards: the templates that fit the search.

    Signals:
        picked(str): the id of the template that the user wants.
        scene_picked(str): the id of the scene that the user wants.
        resumed(Draft, int): the user goes on with a draft of the history; its number.
        menu_wanted(TemplateCard, QPoint): the user wants to know what else can be done with a template.
        favourites_chosen(tuple[str, ...]): the user made a template a favourite, or none any more.
    """

    favourites_chosen = Signal(object)

    picked = Signal(str)
    scene_picked = Signal(str)
    resumed = Signal(object, int)
    menu_wanted = Signal(object, object)

    def __init__(
        self,
        drafting: DraftingService,
        language: str,
        favourites: tuple[str, ...] = (),
        scenes: SceneService | None = None,
    ) -> None:
        """Show scenes and templates.

        Args:
            drafting: the templates.
            language: of the user.
            favourites: templates that stand first, before those that were used lately; where there are any, they are
                what is seen first.
            scenes: None where there are only templates.
        """
        super().__init__()
        self._drafting, self._language = drafting, language
        self._favourites = favourites
        self._lately: tuple[str, ...] = ()
        self.cards: list[TemplateCard] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search: resignation, weekly report, birthday wishes …"))
        self.search.setAccessibleName(self.tr("Search scenes and templates"))
        clear = ClearButton(self.search, self.tr("Empty the search"))
        clear.clicked.connect(self.search.clear)
        self.search.textChanged.connect(self.refresh)
        self.search.returnPressed.connect(self._pick_first)
        self.take_in = IconButton("plus", self.tr("Your own"), "outlined")
        self.take_in.setToolTip(self.tr("Add a scene or a template of your own"))
        self._nothing = label(self.tr("Nothing here has these words. Fewer words find more."), "soft")
        self._broken = label("", "small")
        self._broken.setWordWrap(True)
        self._broken.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._templates_title = label(self.tr("Templates"), "section")
        self._grid = CardGrid()
        self.scenes: SceneList | None = None
        if scenes is not None:
            count, first = len(drafting.gallery(language)[0]), TEMPLATES if favourites else GROUPS[0]
            self.scenes = SceneList(scenes, language, count, first)
            self.scenes.picked.connect(self.scene_picked)
            self.scenes.turned.connect(self._turn)
            self.scenes.found.connect(self._see_parts)
        self._all_scenes = scenes
        body = QWidget()
        body.setObjectName("column")
        inner = QVBoxLayout(body)
        self._recent_title = label(self.tr("Recent drafts"), "section")
        self._recent = FlowLayout(theme.px(theme.SPACE_4))
        self._recent_row = QWidget()
        self._recent_row.setLayout(self._recent)
        inner.addWidget(self._recent_title)
        inner.addWidget(self._recent_row)
        if self.scenes is not None:
            inner.addWidget(self.scenes)
        inner.addWidget(self._templates_title)
        inner.addWidget(self._grid)
        inner.addWidget(self._nothing)
        inner.addWidget(self._broken)
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(body)
        gutter = keep_gutter(area, inner)
        layout = QVBoxLayout(self)
        side = theme.px(theme.SPACE_24)
        layout.setContentsMargins(side, side, side - gutter, side)
        layout.setSpacing(theme.px(theme.SPACE_16))
        layout.addWidget(label(self.tr("What shall we write?"), "title"))
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, gutter, 0)
        head.addWidget(self.search, 1)
        head.addWidget(self.take_in)
        layout.addLayout(head)
        layout.addWidget(area, 1)
        self.setFocusProxy(self.search)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read scenes and templates again and show those that the search finds."""
        words = self.search.text()
        found, broken = self._drafting.gallery(self._language, words)
        first = [*self._favourites, *self._lately]
        found.sort(key=lambda card: first.index(card.id) if card.id in first else len(first))
        own = self.tr("Your own")
        self.cards = [TemplateCard(card, own, favourite=card.id in self._favourites) for card in found]
        for card in self.cards:
            card.picked.connect(self.picked)
            card.starred.connect(self._star)
            card.customContextMenuRequested.connect(partial(self.menu_wanted.emit, card))
        self._grid.show_cards(self.cards)
        if self.scenes is not None:
            self.scenes.show_words(words)
        errors = [*broken, *(self._all_scenes.broken if self._all_scenes is not None else ())]
        self._broken.setText("\n".join(self.tr("Left out: {reason}").format(reason=error) for error in errors))
        self._broken.setVisible(bool(errors))
        self._see_parts()

    def tell(self, sentence: str) -> None:
        """Say below the cards what went wrong, until they are read again."""
        self._broken.setText(sentence)
        self._broken.setVisible(bool(sentence))

    @Slot()
    def refresh_scenes(self) -> None:
        """Show the scenes as they are now, one of which was added, changed or removed."""
        if self.scenes is not None:
            self.scenes.refresh()
        self.refresh()

    @Slot()
    def _see_parts(self) -> None:
        """Show what belongs to the search, or to the group that is chosen."""
        searched = bool(self.search.text().strip())
        self._templates_title.setVisible(searched and self.scenes is not None and bool(self.cards))
        self._grid.setVisible(searched or self.scenes is None or self.scenes.shown == TEMPLATES)
        scenes = self.scenes.cards if self.scenes is not None else []
        self._nothing.setVisible(searched and not self.cards and not scenes)
        self._show_recent()

    @Slot(str)
    def _turn(self, _group: str) -> None:
        """Show a group in place of what was searched."""
        self.search.clear()
        self._see_parts()

    def show_recent(self, drafts: list[tuple[int, Draft]]) -> None:
        """List the drafts that can be gone on with."""
        while (item := self._recent.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, draft in drafts:
            row = _RecentDraft(number, draft)
            row.resumed.connect(self.resumed)
            self._recent.addWidget(row)
        self._show_recent()
        lately = tuple(dict.fromkeys(draft.brief.template for _, draft in drafts))
        if lately != self._lately:
            self._lately = lately
            self.refresh()

    def _show_recent(self) -> None:
        """Drafts stand above the templates, unless a template is searched."""
        wanted = self._recent.count() > 0 and not self.search.text()
        self._recent_title.setVisible(wanted)
        self._recent_row.setVisible(wanted)

    @Slot(str)
    def _star(self, template_id: str) -> None:
        rest = tuple(each for each in self._favourites if each != template_id)
        self._favourites = rest if template_id in self._favourites else (*rest, template_id)
        self.favourites_chosen.emit(self._favourites)
        self.refresh()

    @Slot()
    def _pick_first(self) -> None:
        if self.scenes is not None and self.scenes.cards and self.search.text().strip():
            self.scene_picked.emit(self.scenes.cards[0].card.id)
        elif self.cards:
            self.picked.emit(self.cards[0].card.id)
