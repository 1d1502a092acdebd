"""What an empty conversation shows: briefs to begin with, and the keys worth knowing."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.chat.model_advice import cannot_write
from desktop.engine.interface import EngineInfo
from desktop.ui.widgets import theme
from desktop.ui.widgets.commands import shown_keys
from desktop.ui.widgets.icons import IconLabel
from desktop.ui.widgets.labels import label

_IN_ENGLISH = (  # the briefs of `EmptyState`, whatever language the window is in
    "Write a short, friendly email to a customer: the order is late, we offer 10% off.",
    "Write next week's plan for the sales team: formal, one page.",
    "Explain photosynthesis to a class of twelve-year-olds.",
    "Write a Python function that finds the ten largest files in a folder.",
)


def first_sample(info: EngineInfo | None = None) -> str:
    """Give the first brief in the language of the window, or in English where that is what this model writes."""
    text = QCoreApplication.translate(
        "EmptyState", "Write a short, friendly email to a customer: the order is late, we offer 10% off."
    )
    return _IN_ENGLISH[0] if info is not None and cannot_write(info, text) else text


class Sample(QPushButton):
    """A brief to begin with; pressing it fills the composer.

    Signals:
        picked(str): its text.
    """

    picked = Signal(str)

    def __init__(self, title: str, brief: str) -> None:
        super().__init__()
        self.brief = brief
        self.setProperty("kind", "sample")
        self.setAutoDefault(True)  # Enter presses it, too
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(title)
        self.setAccessibleDescription(brief)
        text = self._text = label(brief, "small")
        text.setWordWrap(True)
        text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        layout = self._inside = QVBoxLayout(self)
        side = theme.px(theme.SPACE_12)
        layout.setContentsMargins(theme.px(theme.SPACE_16), side, theme.px(theme.SPACE_16), side)
        layout.setSpacing(theme.px(theme.SPACE_4))
        for part in (label(title, "strong"), text):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(part)
        layout.addStretch(1)
        self.clicked.connect(self._pick)

    def show_brief(self, brief: str) -> None:
        """Offer another brief."""
        self.brief = brief
        self.setAccessibleDescription(brief)
        self._text.setText(brief)

    def hasHeightForWidth(self) -> bool:
        """Let the text inside decide."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As tall as the text inside needs."""
        return self._inside.totalHeightForWidth(width)

    def _pick(self) -> None:
        self.picked.emit(self.brief)


class KeyHint(QWidget):
    """A key and what it does; hidden where there is no key for it.

    Attributes:
        key: as it is written on this platform.
    """

    def __init__(self, key: str, meaning: str, parent: QWidget) -> None:
        super().__init__(parent)  # shown without one, it would be a window of its own
        self.key = label("", "key")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_8))
        layout.addWidget(self.key)
        layout.addWidget(label(meaning, "small"), 1)
        self.show_key(key)

    def show_key(self, key: str) -> None:
        """Show another key; "" is none."""
        self.key.setText(key)
        self.setVisible(bool(key))


class EmptyState(QWidget):
    """The seal, a question, four briefs and the keys.

    Attributes:
        samples: the briefs.
        keys: the hints, by id of the command; those of Enter are not to be changed.

    Signals:
        picked(str): the user wants to begin with this brief.
    """

    picked = Signal(str)

    def __init__(self, keys: Mapping[str, str]) -> None:
        """Show it; `keys` are those of the commands, by id."""
        super().__init__()
        self.samples = [Sample(title, brief) for title, brief in self._briefs()]
        for sample in self.samples:
            sample.picked.connect(self.picked)
        self.keys = {
            "new": KeyHint("", self.tr("new chat"), self),
            "stop": KeyHint("", self.tr("stop"), self),
        }
        self._hints = [
            KeyHint(shown_keys(QKeySequence("Return")), self.tr("send"), self),
            KeyHint(shown_keys(QKeySequence("Shift+Return")), self.tr("new line"), self),
            *self.keys.values(),
        ]
        self.show_keys(keys)
        self._columns = 0
        self._sample_grid, self._key_grid = QGridLayout(), QGridLayout()
        self._sample_grid.setSpacing(theme.px(theme.SPACE_12))
        self._key_grid.setSpacing(theme.px(theme.SPACE_8))
        self._key_grid.setHorizontalSpacing(theme.px(theme.SPACE_16))
        self._arrange(columns=2)
        layout = QVBoxLayout(self)
        outside = theme.px(theme.SPACE_12)  # as wide as the messages, which keep room for what is drawn around them
        layout.setContentsMargins(outside, 0, outside, 0)
        layout.setSpacing(theme.px(theme.SPACE_12))
        layout.addStretch(1)
        layout.addWidget(IconLabel("seal", theme.ACCENT, theme.SEAL_LARGE))
        layout.addWidget(label(self.tr("What shall we write?"), "title"))
        layout.addSpacing(theme.px(theme.SPACE_8))
        layout.addLayout(self._sample_grid)
        layout.addSpacing(theme.px(theme.SPACE_8))
        layout.addLayout(self._key_grid)
        layout.addStretch(1)

    def show_writer(self, info: EngineInfo | None) -> None:
        """Offer briefs that this model can write: in English, where it does not write the language of the window."""
        briefs = [brief for _, brief in self._briefs()]
        if info is not None and cannot_write(info, briefs[0]):
            briefs = list(_IN_ENGLISH)
        for sample, brief in zip(self.samples, briefs, strict=True):
            sample.show_brief(brief)

    def _briefs(self) -> list[tuple[str, str]]:
        return [
            (
                self.tr("An email"),
                self.tr("Write a short, friendly email to a customer: the order is late, we offer 10% off."),
            ),
            (self.tr("A plan"), self.tr("Write next week's plan for the sales team: formal, one page.")),
            (self.tr("An explanation"), self.tr("Explain photosynthesis to a class of twelve-year-olds.")),
            (
                self.tr("A piece of code"),
                self.tr("Write a Python function that finds the ten largest files in a folder."),
            ),
        ]

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """Show the keys that commands have now, by id."""
        for name, hint in self.keys.items():
            hint.show_key(keys.get(name, ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack what has no room side by side."""
        super().resizeEvent(event)
        self._arrange(columns=2 if self.width() >= theme.px(theme.TWO_COLUMNS) else 1)

    def minimumSizeHint(self) -> QSize:
        """Ask for one column at most: with less room, two become one."""
        narrow = max(part.minimumSizeHint().width() for part in (*self.samples, *self._hints))
        return QSize(narrow, super().minimumSizeHint().height())

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, sample in enumerate(self.samples):
            self._sample_grid.addWidget(sample, place // columns, place % columns)
        for column in range(2):
            self._sample_grid.setColumnStretch(column, 1 if column < columns else 0)
        for place, key in enumerate(self._hints):
            self._key_grid.addWidget(key, place // (2 * columns), place % (2 * columns))
        self._key_grid.setColumnStretch(len(self._hints), 1)
