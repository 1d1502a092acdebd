"""The card above the composer when a file of settings is not as it should be, or cannot be written."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from desktop.errors import SettingsError
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.preferences import Preferences


class SettingsNotice(Notice):
    """Says once what is wrong, and goes when the user has read it."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self.chosen.connect(self._read)
        preferences.not_saved.connect(self.show_not_saved)
        if preferences.wrong:
            self._say(self._told(preferences.wrong))
        else:
            self.hide()

    @Slot(str)
    def show_not_saved(self, reason: str) -> None:
        """Say that a change holds only until Inkstone ends."""
        sentence = self.tr("The settings could not be saved ({reason}); what you changed holds until Inkstone ends.")
        self._say(sentence.format(reason=reason))

    def _told(self, wrong: Sequence[SettingsError]) -> str:
        for error in wrong:
            if not error.key:
                whole = self.tr("{file} cannot be read{place}, so the usual settings hold; the file is kept.")
                return whole.format(file=error.path, place=self._place(error.line))
        some = self.tr("{file} has settings that mean nothing here, so the usual ones hold: {keys}; the file is kept.")
        keys = self.tr(", ").join(self.tr("“{key}”").format(key=one.key) + self._place(one.line) for one in wrong)
        return some.format(file=self.tr(", ").join(dict.fromkeys(str(one.path) for one in wrong)), keys=keys)

    def _place(self, line: int) -> str:
        return self.tr(" (line {line})").format(line=line) if line else ""

    def _say(self, sentence: str) -> None:
        self.show_sentence(sentence, "check", self.tr("All right"))
        self.appear()

    @Slot()
    def _read(self) -> None:
        self._preferences.wrong = ()
        self.hide()
