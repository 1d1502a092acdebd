"""The language of the window: Qt Linguist files in `assets/translations`, changed while the window is open."""

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Slot
from PySide6.QtWidgets import QApplication

from desktop.settings import InterfaceLanguage, Settings

CATALOGUE = "inkstone"


def spoken(choice: InterfaceLanguage, system: QLocale | None = None) -> str:
    """Give the language that a choice means: `en` or `zh_CN`."""
    if choice != "system":
        return choice
    return "zh_CN" if (system or QLocale.system()).language() == QLocale.Language.Chinese else "en"


class Translations(QObject):
    """Installs the translations of one language at a time.

    Attributes:
        language: `en` or `zh_CN`.
    """

    def __init__(self, app: QApplication, folder: Path, choice: InterfaceLanguage) -> None:
        super().__init__(app)
        self._app, self._folder = app, folder
        self._installed: list[QTranslator] = []
        self.choose(choice)

    @Slot(object, object)
    def apply(self, before: Settings, now: Settings) -> None:
        """Speak the language of changed settings."""
        if before.language != now.language:
            self.choose(now.language)

    def choose(self, choice: InterfaceLanguage) -> None:
        """Speak this language from now on; what is on the screen must be made anew."""
        self.language = spoken(choice)
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed.clear()
        QLocale.setDefault(QLocale(self.language))
        if self.language == "en":
            return
        qts_own = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in ((f"qtbase_{self.language}", qts_own), (f"{CATALOGUE}_{self.language}", str(self._folder))):
            translator = QTranslator(self)
            if translator.load(name, folder):
                self._app.installTranslator(translator)
                self._installed.append(translator)


def window_language() -> Literal["en", "zh"]:
    """Give the language that the window speaks now, ISO 639-1."""
    return "zh" if QLocale().language() is QLocale.Language.Chinese else "en"
