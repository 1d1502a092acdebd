"""The first start in three steps: language, where the history lies and how it is protected, which model writes.

What a model costs and buys is said before anything is fetched. Nobody has to wait here: the download goes on in the
window, and where the smallest model is wanted meanwhile, that is fetched first.
"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.settings import InterfaceLanguage
from desktop.ui.conversation.empty_state import first_sample
from desktop.ui.history.protection import ProtectionChoice
from desktop.ui.models.model_facts import Look
from desktop.ui.models.model_texts import languages_text, size_text, tier_title
from desktop.ui.models.notice import ModelNotice
from desktop.ui.models.state import ModelState
from desktop.ui.models.tier_choice import TierChoice
from desktop.ui.settings.general_page import choices, name_field
from desktop.ui.widgets import theme
from desktop.ui.widgets.error_messages import worded
from desktop.ui.widgets.icons import IconButton, IconLabel
from desktop.ui.widgets.labels import WrappedLabel, label
from desktop.ui.widgets.translations import spoken, window_language

STEPS = 3
_SIZE = (theme.DIALOG_WIDTH, theme.DIALOG_HEIGHT + 170)


class Welcome(QDialog):
    """Asks what must be known before the first word is written; leaving it early takes what is usual.

    Attributes:
        tiers: the models to choose from; hidden where nothing is known of them.
        meanwhile: whether the smallest is fetched first, to write with it until the chosen one is there.
        warning: what the chosen model does not write.
        sample: a brief to begin with, in a language that the model writes.

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
        self._look = Look()
        self._told_protection, self._sample = False, ""
        self.notice, self._notice_room = ModelNotice(model), QWidget()
        room = QVBoxLayout(self._notice_room)  # the card decides by itself when it is seen; here that is not enough
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self.notice)
        self.language = choices([("English", "en"), ("简体中文", "zh_CN")], spoken(language))
        name_field(self.language, self.tr("Language"))
        self.language.currentIndexChanged.connect(self._choose_language)
        self.protection = ProtectionChoice(keyring=keyring)
        self.protection.changed.connect(self._refresh)
        self.ready = label("", "plain")
        self.ready.setWordWrap(True)
        self.sample = IconButton("pencil", "", "outlined")
        self.sample.clicked.connect(self._try)
        self.tiers = TierChoice()
        self.tiers.changed.connect(self._refresh)
        self.meanwhile = QCheckBox(self.tr("Write with Tiny meanwhile"))
        self.warning = WrappedLabel("", "small")
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
        if model.manager is not None:
            model.manager.look()
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
        return self._page(
            self.tr("Which model shall write?"),
            self.tr("It runs on this machine without a network. Change it whenever you like."),
            self.tiers,
            self.warning,
            self.meanwhile,
            self.ready,
            self._notice_room,
            self.sample,
        )

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
            self._begin_with_the_chosen()
            self.accept()
            return
        self._steps.setCurrentIndex(self.step + 1)
        self._refresh()

    @Slot()
    def _try(self) -> None:
        self._sample = self._brief()
        self.accept()

    def _brief(self) -> str:
        return first_sample(self._model.info)

    @Slot()
    def _begin_with_the_chosen(self) -> None:
        """Use the chosen model, or have it fetched; the window shows how far it is."""
        manager, tier = self._model.manager, self.tiers.tier
        if manager is None:
            return
        if tier is None:
            if manager.now.tiers:
                self._model.file_wanted.emit()
        elif tier.prepared:
            if tier.model_id != manager.used or self._model.info is None:
                manager.use(tier.model_id)
        else:
            tiny = manager.tier("tiny")
            if tiny is not None and self.meanwhile.isVisibleTo(self) and self.meanwhile.isChecked():
                manager.prepare(tiny.model_id, then_use=True)
            manager.prepare(tier.model_id, then_use=True)

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
        self.settled.emit(self._sample)

    @Slot()
    def _refresh(self) -> None:
        self._show_models()
        self.back.setVisible(self.step == 1)  # the history is made after this step
        self.next.setEnabled(self.step != 1 or self.protection.complete)
        last = self.step == STEPS - 1
        self.next.show_as("", self._last_text() if last else self.tr("Continue"), "primary", theme.ON_ACCENT)
        self._where.setText(self.tr("Step {n} of {all}").format(n=self.step + 1, all=STEPS))

    def _show_models(self) -> None:
        """Say what there is to choose from, and what comes of what is chosen."""
        manager, info = self._model.manager, self._model.info
        if manager is not None and self._look != manager.now:
            self._look = manager.now
            self.tiers.show_look(manager.now)
        known = bool(self._look.tiers)
        tier = self.tiers.tier if known else None
        self.tiers.setVisible(known)
        self._notice_room.setHidden(known or info is not None or self._model.loading)
        in_use = not known or (tier is not None and manager is not None and tier.model_id == manager.used)
        if info is not None and in_use:
            said = self.tr("{model} is ready: {device}. It works without a network. Try it:")
            self.ready.setText(said.format(model=info.model, device=worded(info.device)))
        else:
            self.ready.setText(self.tr("The model is being loaded…") if self._model.loading and not known else "")
        self.ready.setVisible(bool(self.ready.text()))
        self.sample.setVisible(bool(self.ready.text()))
        self.sample.setText(self._brief())
        self.sample.setAccessibleName(self._brief())
        wanted = window_language()
        lacks = tier is not None and bool(tier.languages) and wanted not in tier.languages
        warned = self.tr("{model} does not write {language}: what it answers there cannot be used.")
        name = tier_title(tier.name) if tier is not None else ""
        self.warning.setText(warned.format(model=name, language=languages_text([wanted])) if lacks else "")
        self.warning.setVisible(lacks)
        tiny = manager.tier("tiny") if manager is not None else None
        waits = tier is not None and not tier.prepared and tier.name != "tiny" and info is None
        if waits and tiny is not None and not tiny.prepared:
            said = self.tr("Fetch Tiny first ({size}) and write with it meanwhile, in English")
            self.meanwhile.setText(said.format(size=size_text(tiny.lacking)))
        self.meanwhile.setVisible(waits and tiny is not None and not tiny.prepared)

    def _last_text(self) -> str:
        tier = self.tiers.tier if self._look.tiers else None
        if self._look.tiers and tier is None:
            return self.tr("Choose the file…")
        return self.tr("Begin") if tier is None or tier.prepared else self.tr("Download and begin")

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
