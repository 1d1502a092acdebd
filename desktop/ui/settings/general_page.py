"""Pages of the settings: general, and how a model runs. Each change holds at once and is saved."""

import os
from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label, name_beside
from desktop.ui.widgets.preferences import Preferences

_SIDE_BY_SIDE = 360  # pixels that names and fields need beside one another


class Form(QWidget):
    """A page of named fields."""

    def __init__(self) -> None:
        super().__init__()
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(theme.px(theme.SPACE_24))
        self.form.setVerticalSpacing(theme.px(theme.SPACE_12))
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put names above their fields where both have no room, all of them or none."""
        super().resizeEvent(event)
        narrow = event.size().width() < theme.px(_SIDE_BY_SIDE)
        policy = QFormLayout.RowWrapPolicy
        self.form.setRowWrapPolicy(policy.WrapAllRows if narrow else policy.DontWrapRows)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than one column needs."""
        fields = (self.form.itemAt(at, QFormLayout.ItemRole.FieldRole) for at in range(self.form.rowCount()))
        widths = [item.minimumSize().width() for item in fields if item is not None]
        return QSize(max(widths, default=0), super().minimumSizeHint().height())

    def row(self, name: str, field: QWidget, about: str = "") -> None:
        """Add a field with its name, and with a sentence about it below."""
        name_field(field, name)
        field.setAccessibleDescription(about)
        if isinstance(field, QCheckBox):
            field.setMinimumHeight(theme.px(theme.BUTTON_HEIGHT))  # in line with its name
        title = label(name, "plain") if isinstance(field, QLabel) else name_beside(name, "plain")
        title.setBuddy(field)
        self.form.addRow(title, field)
        self.note(about)

    def note(self, sentence: str) -> QLabel:
        """Add a sentence below the last field."""
        about = label(sentence, "small")
        about.setWordWrap(True)
        if sentence:
            self.form.addRow("", about)
        return about


def name_field(field: QWidget, name: str) -> None:
    """Give a field the name that a screen reader says, also in the list that it opens."""
    field.setAccessibleName(name)
    if isinstance(field, QComboBox):
        field.view().setAccessibleName(name)


def choices(offered: Iterable[tuple[str, object]], now: object) -> QComboBox:
    """Make a field of a few choices."""
    box = QComboBox()
    for title, value in offered:
        box.addItem(title, value)
    box.setCurrentIndex(max(0, box.findData(now)))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(18)
    return box


class GeneralPage(Form):
    """Language, theme, font and size."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences, now = preferences, preferences.settings
        languages = [(self.tr("As the system"), "system"), ("English", "en"), ("简体中文", "zh_CN")]
        self.language = choices(languages, now.language)
        self.language.currentIndexChanged.connect(self._choose_language)
        themes = [(self.tr("As the system"), "system"), (self.tr("Light"), "light"), (self.tr("Dark"), "dark")]
        self.theme = choices(themes, now.theme)
        self.theme.currentIndexChanged.connect(self._choose_theme)
        usual = [(self.tr("As the system"), "")]
        families = [(name, name) for name in QFontDatabase.families() if not QFontDatabase.isPrivateFamily(name)]
        self.font_family = choices([*usual, *families], now.font)
        self.font_family.currentIndexChanged.connect(self._choose_font)
        sizes = [(self.tr("As the system"), 0), *((f"{size} %", size) for size in theme.TEXT_SIZES)]
        self.size_of_text = choices(sizes, now.text_size)
        self.size_of_text.currentIndexChanged.connect(self._choose_size)
        self.row(self.tr("Language"), self.language)
        self.row(self.tr("Theme"), self.theme)
        self.row(self.tr("Font"), self.font_family)
        self.row(self.tr("Size of text"), self.size_of_text)

    @Slot()
    def _choose_language(self) -> None:
        self._preferences.change(language=self.language.currentData())

    @Slot()
    def _choose_theme(self) -> None:
        self._preferences.change(theme=self.theme.currentData())

    @Slot()
    def _choose_font(self) -> None:
        self._preferences.change(font=self.font_family.currentData())

    @Slot()
    def _choose_size(self) -> None:
        self._preferences.change(text_size=self.size_of_text.currentData())


class RunForm(Form):
    """Where the model runs and how much it may take.

    Signals:
        load_wanted(): the model should be loaded again, as it was changed.
    """

    load_wanted = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences, now = preferences, preferences.settings
        devices = [(self.tr("The best that works"), "auto"), (self.tr("CPU"), "cpu"), (self.tr("NVIDIA GPU"), "cuda")]
        self.device = choices(devices, now.device)
        self.threads = _number(0, 2 * (os.cpu_count() or 1), now.threads, self.tr("One for each core"))
        self.cache = _number(0, 65536, now.kv_cache_mib, self.tr("None"))
        self.cache.setSuffix(" MiB")
        self.cache.setSingleStep(128)
        self.low_priority = QCheckBox(self.tr("Let other programs go first"))
        self.low_priority.setChecked(now.low_priority)
        self.row(self.tr("Device"), self.device)
        self.row(self.tr("Threads of the CPU"), self.threads)
        self.row(
            self.tr("Memory for conversations"),
            self.cache,
            self.tr("What the model has read of them, so that going back to one is instant."),
        )
        self.row(self.tr("Priority"), self.low_priority)
        self.load = IconButton("rotate-cw", self.tr("Use now"), "outlined")
        self.load.setToolTip(self.tr("Load the model again with these settings"))
        self.load.clicked.connect(self._load)
        self.form.addRow("", self.load)
        self.note(self.tr("Otherwise these hold from the next start."))

    @Slot()
    def keep(self) -> None:
        """Save what is chosen."""
        self._preferences.change(
            device=self.device.currentData(),
            threads=self.threads.value(),
            kv_cache_mib=self.cache.value(),
            low_priority=self.low_priority.isChecked(),
        )

    @Slot()
    def _load(self) -> None:
        self.keep()
        self.load_wanted.emit()


def _number(least: int, most: int, now: int, none: str) -> QSpinBox:
    field = QSpinBox()
    field.setRange(least, most)
    field.setValue(now)
    field.setSpecialValueText(none)
    field.lineEdit().setTextMargins(theme.px(theme.SPACE_8), 0, 0, 0)  # as in the other fields
    return field
