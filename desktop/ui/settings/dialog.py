"""The settings: sections at the left, the page of one at the right."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.chat.history_unlocker import HistoryUnlocker
from desktop.chat.suggestions import Suggestions
from desktop.quick.options import QuickOptions
from desktop.ui.canvas.commands import draft_keys
from desktop.ui.history.link import HistoryLink
from desktop.ui.models.manager import ModelManager
from desktop.ui.quick.hotkeys import Hotkeys
from desktop.ui.settings.author_page import AuthorPage
from desktop.ui.settings.catalogue_page import CataloguePage
from desktop.ui.settings.general_page import GeneralPage, RunForm
from desktop.ui.settings.history_page import HistoryPage
from desktop.ui.settings.model_page import ModelPage
from desktop.ui.settings.quick_page import QuickPage
from desktop.ui.settings.shortcut_page import ShortcutPage
from desktop.ui.settings.suggestion_page import SuggestionPage
from desktop.ui.widgets import theme
from desktop.ui.widgets.commands import Commands
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.preferences import Preferences


@dataclass(frozen=True, slots=True)
class SettingsServices:
    """What the settings change.

    Attributes:
        preferences: the settings themselves.
        link: the history.
        unlocker: how it is protected.
        quick: quick prompts and their keys; None until they are there.
        suggestions: templates that are offered; None until they are there.
        manager: the models of this machine; None until it is there.
    """

    preferences: Preferences
    link: HistoryLink
    unlocker: HistoryUnlocker
    quick: tuple[QuickOptions, Hotkeys] | None = None
    suggestions: Suggestions | None = None
    manager: ModelManager | None = None


class SettingsDialog(QDialog):
    """Changes hold at once; there is nothing to agree to.

    Signals:
        load_wanted(): the model should be loaded again.
        bin_emptied(): the bin is empty now.
    """

    load_wanted = Signal()
    bin_emptied = Signal()

    def __init__(self, parent: QWidget, services: SettingsServices, commands: Commands, section: str = "") -> None:
        """Show a section; `commands` are those of the window, whose keys can be changed."""
        super().__init__(parent)
        preferences, quick, suggestions, manager = (
            services.preferences,
            services.quick,
            services.suggestions,
            services.manager,
        )
        self.setWindowTitle(self.tr("Settings"))
        self.resize(theme.fitting((theme.DIALOG_WIDTH + 80, theme.DIALOG_HEIGHT), self.screen()))
        self.general = GeneralPage(preferences)
        self.author = AuthorPage(preferences)
        self.model = RunForm(preferences)
        self.models = ModelPage(manager, self.model) if manager is not None else None
        self.history = HistoryPage(services.link, services.unlocker)
        of_drafts = draft_keys(quick[0].load().sound if quick is not None else {})
        self.shortcuts = ShortcutPage(preferences, [commands.keys(), of_drafts])
        self.quick = QuickPage(*quick, preferences) if quick is not None else None
        self.model.load_wanted.connect(self.load_wanted)
        self.history.bin_emptied.connect(self.bin_emptied)
        self.finished.connect(self.model.keep)
        self.finished.connect(self.author.keep)
        self.sections = QListWidget()
        self.sections.setObjectName("sections")
        self.sections.setAccessibleName(self.tr("Sections"))
        self.sections.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages = QStackedWidget()
        pages: list[tuple[str, str, QWidget]] = [
            ("general", self.tr("General"), self.general),
            ("model", self.tr("Model"), self.models or self.model),
        ]
        if manager is not None:
            pages.append(("catalogue", self.tr("More models"), CataloguePage(manager, preferences)))
        pages.append(("author", self.tr("Your letters"), self.author))
        pages.append(("history", self.tr("History"), self.history))
        pages.append(("shortcuts", self.tr("Shortcuts"), self.shortcuts))
        if self.quick is not None:
            pages.append(("quick", self.tr("Quick prompts"), self.quick))
        if suggestions is not None:
            pages.append(("suggestions", self.tr("Suggestions"), SuggestionPage(suggestions, preferences)))
        for _, name, page in pages:
            item = QListWidgetItem(name, self.sections)
            item.setSizeHint(QSize(0, theme.px(theme.BUTTON_HEIGHT)))
            self._pages.addWidget(self._scrolled(name, page))
        self._ids = [id_ for id_, _, _ in pages]
        widest = max(self.sections.fontMetrics().horizontalAdvance(name) for _, name, _ in pages)
        self.sections.setFixedWidth(widest + theme.px(theme.SPACE_36 + theme.SPACE_12))
        self.sections.currentRowChanged.connect(self._pages.setCurrentIndex)
        self.sections.setCurrentRow(0)
        self.go_to(section)
        close = IconButton("", self.tr("Close"), "primary", theme.ON_ACCENT)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, theme.px(theme.SPACE_12), theme.px(theme.SPACE_24), theme.px(theme.SPACE_16))
        foot.addStretch(1)
        foot.addWidget(close)
        right = QVBoxLayout()
        right.addWidget(self._pages, 1)
        right.addLayout(foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sections)
        layout.addLayout(right, 1)

    @property
    def section(self) -> str:
        """Which section is shown."""
        return self._ids[self.sections.currentRow()]

    def go_to(self, section: str) -> None:
        """Show a section, where there is one of this name."""
        if section in self._ids:
            self.sections.setCurrentRow(self._ids.index(section))

    def _scrolled(self, name: str, page: QWidget) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("column")
        column = QVBoxLayout(inside)
        side = theme.px(theme.SPACE_24)
        column.setContentsMargins(side, side, side, side)
        column.addWidget(page)
        column.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName(name)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area
