"""Says before drafting that the model in use does not write the language well, and offers the models that do."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.chat.model_advice import Advice
from desktop.ui.widgets import theme
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.layouts import FlowLayout


class LanguageNotice(QFrame):
    """A few words above the buttons of the brief; hidden where there is nothing to say.

    Attributes:
        offers: a button for each model that writes the language, by id.

    Signals:
        chosen(str): this model is to write from now on.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("suggestion")
        self.offers: dict[str, IconButton] = {}
        self._shown: Advice | None = None
        self.text = label("", "plain")
        self.text.setWordWrap(True)
        self._buttons = QWidget()
        self._flow = FlowLayout(theme.px(theme.SPACE_8))
        self._buttons.setLayout(self._flow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(theme.SPACE_12),) * 4)
        layout.setSpacing(theme.px(theme.SPACE_8))
        layout.addWidget(self.text)
        layout.addWidget(self._buttons)
        self.hide()

    def show_advice(self, advice: Advice | None) -> None:
        """Say it, or be gone."""
        self.setVisible(advice is not None)
        if advice is None or advice == self._shown:
            return
        self._shown = advice
        languages = {"zh": self.tr("Chinese"), "en": self.tr("English")}
        language = languages.get(advice.language, advice.language)
        if advice.able:
            said = self.tr("{model} does not write {language} well. These models here do:")
        else:
            said = self.tr(
                "{model} does not write {language} well, and no model here does: expect your points, and little else. "
                "Settings › Model imports one."
            )
        self.text.setText(said.format(model=advice.writer.name, language=language))
        for button in self.offers.values():
            button.hide()
            button.deleteLater()
        self._flow.clear()
        self.offers.clear()
        for writer in advice.able:
            button = IconButton("", self.tr("Use {model}").format(model=writer.name), "outlined")
            button.clicked.connect(self._choose)
            self.offers[writer.id] = button
            self._flow.addWidget(button)
            button.setParent(self._buttons)
            button.show()
        self._buttons.setVisible(bool(advice.able))

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(next((name for name, button in self.offers.items() if button is self.sender()), ""))
