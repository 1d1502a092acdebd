"""The gallery: every template as a card, found by typing."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.chat.drafting import Card, Draft, DraftingService
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.key_field import ClearButton
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.layouts import FlowLayout, keep_gutter

_CARD_WIDTH, _RECENT_WIDTH = 220, 300
_TITLE = 60  # characters of a draft without a title


class TemplateCard(QPushButton):
    """One template; a press begins a brief.

    Attributes:
        card: what it shows.

    Signals:
        picked(str): the id of the template.
        starred(str): the user makes it a favourite, or none any more.
    """

    picked = Signal(str)
    starred = Signal(str)

    def __init__(self, card: Card, own: str, *, favourite: bool) -> None:
        super().__init__()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.card = card
        self.setProperty("kind", "sample")
        self.setAutoDefault(True)  # Enter presses it, too
        self.setAccessibleName(f"{card.name}: {card.about}")
        name, about = label(card.name, "strong"), label(card.about, "small")
        name.setWordWrap(True)
        about.setWordWrap(True)
        about.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = self._inside = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(theme.SPACE_12),) * 4)
        layout.setSpacing(theme.px(theme.SPACE_4))
        self.star = QPushButton("★" if favourite else "☆")
        self.star.setProperty("kind", "tool")
        self.star.setAutoDefault(True)
        self.star.setCheckable(True)
        self.star.setChecked(favourite)
        star = self.tr("No favourite any more") if favourite else self.tr("Make it a favourite")
        self.star.setToolTip(star)
        self.star.setAccessibleName(f"{star}: {card.name}")
        self.star.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.star.clicked.connect(self._star)
        head = QHBoxLayout()
        head.addWidget(name, 1)
        head.addWidget(self.star)
        layout.addLayout(head)
        layout.addWidget(about, 1)
        if card.own:
            layout.addWidget(label(own, "small"))
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.clicked.connect(self._pick)

    def sizeHint(self) -> QSize:
        """Room for name and description; a button asks only for its own text."""
        width = theme.px(_CARD_WIDTH)
        return QSize(width, max(self._inside.heightForWidth(width), self._inside.sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        """Never less than the whole description."""
        return QSize(0, self.sizeHint().height())

    @Slot()
    def _pick(self) -> None:
        self.picked.emit(self.card.id)

    @Slot()
    def _star(self) -> None:
        self.starred.emit(self.card.id)


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
    """Search field and cards; templates that cannot be used are named below, with the line at fault.

    Attributes:
        search: the field.
        cards: those that are shown.

    Signals:
        picked(str): the id of the template that the user wants.
        resumed(Draft, int): the user goes on with a draft of the history; its number.
        menu_wanted(TemplateCard, QPoint): the user wants to know what else can be done with a template.
        favourites_chosen(tuple[str, ...]): the user made a template a favourite, or none any more.
    """

    favourites_chosen = Signal(object)

    picked = Signal(str)
    resumed = Signal(object, int)
    menu_wanted = Signal(object, object)

    def __init__(self, drafting: DraftingService, language: str, favourites: tuple[str, ...] = ()) -> None:
        """Show the templates of a room, `favourites` first, then those that were used lately."""
        super().__init__()
        self._drafting, self._language = drafting, language
        self._favourites = favourites
        self._lately: tuple[str, ...] = ()
        self.cards: list[TemplateCard] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search templates: weekly report, cover letter …"))
        self.search.setAccessibleName(self.tr("Search templates"))
        clear = ClearButton(self.search, self.tr("Empty the search"))
        clear.clicked.connect(self.search.clear)
        self.search.textChanged.connect(self.refresh)
        self.search.returnPressed.connect(self._pick_first)
        self.take_in = IconButton("plus", self.tr("Add a template"), "outlined")
        self._nothing = label(self.tr("No template has these words. Fewer words find more."), "soft")
        self._broken = label("", "small")
        self._broken.setWordWrap(True)
        self._broken.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(theme.SPACE_12))
        self._columns = 0
        body = QWidget()
        body.setObjectName("column")
        inner = QVBoxLayout(body)
        self._recent_title = label(self.tr("Recent drafts"), "section")
        self._recent = FlowLayout(theme.px(theme.SPACE_4))
        self._recent_row = QWidget()
        self._recent_row.setLayout(self._recent)
        inner.addWidget(self._recent_title)
        inner.addWidget(self._recent_row)
        inner.addLayout(self._grid)
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
        """Read the templates again and show those that hold the words of the search."""
        found, broken = self._drafting.gallery(self._language, self.search.text())
        for card in self.cards:
            self._grid.removeWidget(card)
            card.deleteLater()
        first = [*self._favourites, *self._lately]
        found.sort(key=lambda card: first.index(card.id) if card.id in first else len(first))
        own = self.tr("Your own")
        self.cards = [TemplateCard(card, own, favourite=card.id in self._favourites) for card in found]
        for card in self.cards:
            card.picked.connect(self.picked)
            card.starred.connect(self._star)
            card.customContextMenuRequested.connect(partial(self.menu_wanted.emit, card))
        self._nothing.setVisible(not self.cards)
        self._broken.setText("\n".join(self.tr("Left out: {reason}").format(reason=error) for error in broken))
        self._broken.setVisible(bool(broken))
        self._show_recent()
        self._columns = 0
        self._arrange(self.cards)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many cards side by side as have room."""
        super().resizeEvent(event)
        self._arrange(self.cards)

    def _arrange(self, cards: Sequence[TemplateCard]) -> None:
        columns = max(1, (self.width() - theme.px(theme.SPACE_36)) // theme.px(_CARD_WIDTH))
        if columns == self._columns:
            return
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for place, card in enumerate(cards):
            self._grid.addWidget(card, place // columns, place % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    @Slot()
    def _pick_first(self) -> None:
        if self.cards:
            self.picked.emit(self.cards[0].card.id)
