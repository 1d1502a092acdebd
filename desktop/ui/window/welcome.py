"""The first start in three steps: language, where the history lies and how it is protected, the model and a try."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.chat.model_advice import cannot_write
from desktop.settings import InterfaceLanguage
from desktop.ui.history.protection import ProtectionChoice
from desktop.ui.models.notice import ModelNotice
from desktop.ui.models.state import ModelState
from desktop.ui.settings.general_page import choices, name_field
from desktop.ui.widgets import theme
from desktop.ui.widgets.error_messages import worded
from desktop.ui.widgets.icons import IconButton, IconLabel
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.translations import spoken

STEPS = 3
_SIZE = (theme.DIALOG_WIDTH - 60, theme.DIALOG_HEIGHT + 48)


class Welcome(QDialog):
    """Asks what must be known before the first word is written; leaving it early takes what is usual.

    Signals:
        language_chosen(str, int): the language of the window; the step that is shown then.
        protection_chosen(str, str): the kind, and the passphrase where it is one. Told once.
        done(str): everything is settled; the text to begin with, "" for none.
    """

    language_chosen = Signal(str, int)
    protection_chosen = Signal(str, str)
    settled = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        model: ModelState,
        folder: Path,
        language: InterfaceLanguage,
        *,
        keyring: bool,
        step: int = 0,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Welcome to Inkstone"))
        self.resize(theme.fitting(_SIZE, self.screen()))
        self._model, self._keyring = model, keyring
        self._told_protection = False
        self.notice = ModelNotice(model)
        self.language = choices([("English", "en"), ("简体中文", "zh_CN")], spoken(language))
        name_field(self.language, self.tr("Language"))
        self.language.currentIndexChanged.connect(self._choose_language)
        self.protection = ProtectionChoice(keyring=keyring)
        self.protection.changed.connect(self._refresh)
        self.ready = label("", "plain")
        self.ready.setWordWrap(True)
        self.sample = IconButton("pencil", self.tr("Write a short, friendly email to a customer"), "outlined")
        self.sample.clicked.connect(self._try)
        self._steps = QStackedWidget()
        for page in (self._language_step(), self._history_step(folder), self._model_step()):
            self._steps.addWidget(page)
        self.back = IconButton("", self.tr("Back"), "outlined")
        self.back.clicked.connect(self._go_back)
        self.next = IconButton("", self.tr("Continue"), "primary", theme.ON_ACCENT)
        self.next.setDefault(True)
        self.next.clicked.connect(self._go_on)
        self._where = label("", "small")
        self._lay_out()
        model.changed.connect(self._refresh)
        self._steps.setCurrentIndex(step)
        self.finished.connect(self._leave)
        self._refresh()

    @property
    def step(self) -> int:
        """Which step is shown, from 0."""
        return self._steps.currentIndex()

    def _language_step(self) -> QWidget:
        return self._page(
            self.tr("Which language shall Inkstone speak?"),
            self.tr("It writes in the language you write in, as far as its model knows it."),
            self.language,
        )

    def _history_step(self, folder: Path) -> QWidget:
        said = self.tr("What you write stays on this machine, in {folder}. How shall it be protected?")
        return self._page(self.tr("Your history"), said.format(folder=folder), self.protection)

    def _model_step(self) -> QWidget:
        return self._page(self.tr("The model"), "", self.ready, self.notice, self.sample)

    def _page(self, title: str, about: str, *parts: QWidget) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.SPACE_12))
        layout.addWidget(label(title, "title"))
        if about:
            said = label(about, "soft")
            said.setWordWrap(True)
            layout.addWidget(said)
        for part in parts:
            layout.addWidget(part)
        layout.addStretch(1)
        return page

    @Slot()
    def _choose_language(self) -> None:
        self.language_chosen.emit(self.language.currentData(), self.step)

    @Slot()
    def _go_back(self) -> None:
        self._steps.setCurrentIndex(self.step - 1)
        self._refresh()

    @Slot()
    def _go_on(self) -> None:
        if self.step == 1:
            self._tell_protection()
        if self.step == STEPS - 1:
            self.accept()
            return
        self._steps.setCurrentIndex(self.step + 1)
        self._refresh()

    @Slot()
    def _try(self) -> None:
        text = QCoreApplication.translate(
            "EmptyState", "Write a short, friendly email to a customer: the order is late, we offer 10% off."
        )
        info = self._model.info
        if info is not None and cannot_write(info, text):
            text = "Write a short, friendly email to a customer: the order is late, we offer 10% off."
        self._sample = text
        self.accept()

    def _tell_protection(self) -> None:
        if not self._told_protection:
            self._told_protection = True
            if self.protection.complete:
                self.protection_chosen.emit(self.protection.kind, self.protection.passphrase)
            else:  # left before it was chosen
                self.protection_chosen.emit("keyring" if self._keyring else "", "")

    @Slot()
    def _leave(self) -> None:
        self._tell_protection()
        self.settled.emit(getattr(self, "_sample", ""))

    @Slot()
    def _refresh(self) -> None:
        info = self._model.info
        if info is not None:
            said = self.tr("{model} is ready: {device}. It works without a network. Try it:")
            self.ready.setText(said.format(model=info.model, device=worded(info.device)))
        else:
            self.ready.setText(self.tr("The model is being loaded…") if self._model.loading else "")
        self.ready.setVisible(bool(self.ready.text()))
        self.sample.setVisible(info is not None or self._model.loading)
        self.back.setVisible(self.step == 1)  # the history is made after this step
        self.next.setEnabled(self.step != 1 or self.protection.complete)
        last = self.step == STEPS - 1
        self.next.show_as("", self.tr("Begin") if last else self.tr("Continue"), "primary", theme.ON_ACCENT)
        self._where.setText(self.tr("Step {n} of {all}").format(n=self.step + 1, all=STEPS))

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(theme.SPACE_8))
        foot.addWidget(self._where)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        layout = QVBoxLayout(self)
        side = theme.px(theme.SPACE_36)
        layout.setContentsMargins(side, side, side, theme.px(theme.SPACE_24))
        layout.setSpacing(theme.px(theme.SPACE_16))
        layout.addWidget(IconLabel("seal", theme.ACCENT, theme.SEAL_LARGE))
        area = QScrollArea()  # in large text a step may be higher than the screen; its buttons are always seen
        area.setAccessibleName(self.windowTitle())
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._steps)
        self._steps.setObjectName("column")
        layout.addWidget(area, 1)
        layout.addLayout(foot)
