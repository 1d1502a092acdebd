"""The page of the settings about suggestions: whether templates are offered, and what was learned from refusals."""

from functools import partial

from PySide6.QtCore import QDateTime, QLocale, Qt, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.chat.suggestions import Lesson, Suggestions
from desktop.errors import InkstoneError
from desktop.ui.widgets import theme
from desktop.ui.widgets.background import Background
from desktop.ui.widgets.error_messages import localised
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.preferences import Preferences


class SuggestionPage(QWidget):
    """Shows each lesson with a button that forgets it.

    Attributes:
        offers: the switch.
        forget_all: forgets every lesson; only where there are some.
        forgetting: the buttons of the lessons.
        state: what there is to say about them.
    """

    def __init__(self, suggestions: Suggestions, preferences: Preferences) -> None:
        super().__init__()
        self._suggestions, self._preferences = suggestions, preferences
        self._background = Background(self)
        self.offers = QCheckBox(self.tr("Offer templates for what I write"))
        self.offers.setChecked(preferences.settings.suggestions)
        self.offers.toggled.connect(self._choose)
        self.state = label("", "small")
        self.state.setWordWrap(True)
        self.forget_all = IconButton("trash-2", self.tr("Forget all"), "outlined")
        self.forget_all.clicked.connect(partial(self._forget, None))
        self.forget_all.hide()
        self.forgetting: list[IconButton] = []
        self._rows = QWidget()
        QGridLayout(self._rows)
        top = QHBoxLayout()
        top.addWidget(self.state, 1)
        top.addWidget(self.forget_all)
        layout = self._page = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_12))
        layout.addWidget(self.offers)
        layout.addLayout(top)
        layout.addWidget(self._rows)
        layout.addStretch(1)
        self._look()

    def _look(self) -> None:
        language = "zh" if QLocale().language() == QLocale.Language.Chinese else "en"
        self._background.run(lambda: self._suggestions.learned(language), self._show, self._fail)

    def _show(self, lessons: list[Lesson]) -> None:
        learned = self.tr("Learned on this machine, from offers that you refused; no text is kept.")
        nothing = self.tr("Nothing was learned yet: refuse an offer, or pick another template in its place.")
        self.state.setText(learned if lessons else nothing)
        self.forget_all.setVisible(bool(lessons))
        self.forgetting = []
        old, self._rows = self._rows, QWidget()
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        for row, lesson in enumerate(lessons):
            text = self._sentence(lesson)
            forget = IconButton("x", "", "quiet", theme.SOFT)
            forget.setAccessibleName(self.tr("Forget: {lesson}").format(lesson=text))
            forget.setToolTip(self.tr("Forget this"))
            forget.clicked.connect(partial(self._forget, lesson))
            self.forgetting.append(forget)
            when = QDateTime.fromString(lesson.when, Qt.DateFormat.ISODate)
            grid.addWidget(label(text, "plain"), row, 0)
            grid.addWidget(label(QLocale().toString(when.date(), QLocale.FormatType.ShortFormat), "small"), row, 1)
            grid.addWidget(forget, row, 2)
        self._page.replaceWidget(old, self._rows)
        self._rows.show()  # Qt would, a moment later
        old.hide()  # until it is gone
        old.deleteLater()

    def _sentence(self, lesson: Lesson) -> str:
        chat = self.tr("plain chat")
        return f"{lesson.offered or chat} → {lesson.chosen or chat}"

    def _forget(self, lesson: Lesson | None, _: bool = False) -> None:  # of the signal
        self._background.run(lambda: self._suggestions.forget(lesson), lambda _: self._look(), self._fail)

    def _fail(self, error: InkstoneError) -> None:
        self.state.setText(localised(error))

    @Slot(bool)
    def _choose(self, offers: bool) -> None:
        self._preferences.change(suggestions=offers)
