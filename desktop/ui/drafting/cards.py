"""Cards of the gallery: a template, a scene, and the grid that puts as many side by side as have room."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.chat.drafting import Card
from desktop.chat.scenes import SceneCard
from desktop.ui.widgets import theme
from desktop.ui.widgets.labels import label

_CARD_WIDTH = 220
_OPENING = 90  # characters of an example that a card shows


class _GalleryCard(QPushButton):
    """A name, a line about it, and whatever more a kind of card has.

    Signals:
        picked(str): the id of what it shows.
    """

    picked = Signal(str)

    def __init__(self, shown_id: str, name: str, about: str) -> None:
        super().__init__()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._shown_id = shown_id
        self.setProperty("kind", "sample")
        self.setAutoDefault(True)  # Enter presses it, too
        self.setAccessibleName(f"{name}: {about}" if about else name)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(*(theme.px(theme.SPACE_12),) * 4)
        self._inside.setSpacing(theme.px(theme.SPACE_4))
        self._head = QHBoxLayout()
        self._head.addWidget(wrapped(name, "strong"), 1)
        self._inside.addLayout(self._head)
        self._about = wrapped(about, "small")
        self._inside.addWidget(self._about, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.clicked.connect(self._pick)

    def sizeHint(self) -> QSize:
        """Room for all that it says; a button asks only for its own text."""
        width = theme.px(_CARD_WIDTH)
        return QSize(width, max(self._inside.heightForWidth(width), self._inside.sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        """Never less than all of it."""
        return QSize(0, self.sizeHint().height())

    def _let_clicks_through(self) -> None:
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @Slot()
    def _pick(self) -> None:
        self.picked.emit(self._shown_id)


class TemplateCard(_GalleryCard):
    """One template; a press begins a brief.

    Attributes:
        card: what it shows.
        star: makes it a favourite, or none any more.

    Signals:
        starred(str): the user pressed the star; the id of the template.
    """

    starred = Signal(str)

    def __init__(self, card: Card, own: str, *, favourite: bool) -> None:
        super().__init__(card.id, card.name, card.about)
        self.card = card
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
        self._head.addWidget(self.star)
        if card.own:
            self._inside.addWidget(label(own, "small"))
        self._let_clicks_through()

    @Slot()
    def _star(self) -> None:
        self.starred.emit(self.card.id)


class SceneButton(_GalleryCard):
    """One scene, with how its worked example begins; a press begins a brief.

    Attributes:
        card: what it shows.
    """

    def __init__(self, card: SceneCard, own: str) -> None:
        super().__init__(card.id, card.name, card.about)
        self.card = card
        opening = card.opening if len(card.opening) <= _OPENING else f"{card.opening[: _OPENING - 1].rstrip()}…"
        self._inside.addWidget(wrapped(opening, "faint"))
        if card.own:
            self._inside.addWidget(label(own, "small"))
        self._let_clicks_through()


class CardGrid(QWidget):
    """Cards in rows, as many side by side as have room."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(theme.SPACE_12))
        self._cards: Sequence[QWidget] = ()
        self._columns = 0

    def show_cards(self, cards: Sequence[QWidget]) -> None:
        """Show these in place of those before, which are deleted."""
        for card in self._cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards, self._columns = cards, 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many side by side as have room now."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = max(1, self.width() // theme.px(_CARD_WIDTH))
        if columns == self._columns:
            return
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)


def wrapped(text: str, kind: str) -> QLabel:
    """Make a label of several lines that begins at the top."""
    result = label(text, kind)
    result.setWordWrap(True)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setAlignment(Qt.AlignmentFlag.AlignTop)
    return result
