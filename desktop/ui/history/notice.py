"""The card that stands above the composer while the history cannot be opened or written."""

from PySide6.QtCore import Signal, Slot

from desktop.errors import (
    HistoryError,
    HistoryFull,
    HistoryInUse,
    HistoryTooNew,
    KeyUnavailable,
    PassphraseNeeded,
    ProtectionNeeded,
    WrongKey,
)
from desktop.ui.history.link import HistoryLink
from desktop.ui.widgets.error_messages import localised
from desktop.ui.widgets.notice import Notice


class HistoryNotice(Notice):
    """Says why nothing is saved, where the user looks, and helps where something can be done.

    Signals:
        unlock_wanted(): the user wants to give the passphrase, the recovery key, or to choose a protection.
    """

    unlock_wanted = Signal()

    def __init__(self, link: HistoryLink) -> None:
        super().__init__()
        self._link = link
        self._unlocks = False
        self.chosen.connect(self._act)
        link.troubled.connect(self.show_trouble)
        link.settled.connect(self.hide)
        link.opened.connect(self._show_opened)
        if link.trouble is not None:
            self.show_trouble(link.trouble)
        else:
            self.hide()

    @Slot(object)
    def show_trouble(self, error: HistoryError) -> None:
        """Say what is wrong."""
        self._unlocks = isinstance(error, WrongKey | KeyUnavailable)
        sentence = localised(error)
        if isinstance(error, ProtectionNeeded):
            sentence = self.tr("Choose how your history is protected; until then it is kept in memory only.")
            self.show_sentence(sentence, "lock", self.tr("Choose…"), primary=True)
        elif isinstance(error, PassphraseNeeded):
            sentence = self.tr("Your history is locked; what you write now is saved once it is open.")
            self.show_sentence(sentence, "lock", self.tr("Unlock…"), primary=True)
        elif self._unlocks:
            self.show_sentence(sentence, "lock", self.tr("Unlock…"), primary=True)
        elif isinstance(error, HistoryTooNew | HistoryInUse):
            self.show_sentence(sentence)
        elif isinstance(error, HistoryFull):
            sentence = self.tr("The disk is full: what you write is kept in memory and saved as soon as there is room.")
            self.show_sentence(sentence, "rotate-cw", self.tr("Try again"))
        else:
            kept = self.tr("What you write is kept in memory and saved as soon as this is over.")
            self.show_sentence(f"{sentence} {kept}", "rotate-cw", self.tr("Try again"))
        self.appear()

    def show_unsaved(self) -> None:
        """Warn that closing the window now loses text."""
        self.show_sentence(
            self.tr("What you wrote last is not saved. Close the window once more to quit and lose it."),
            "lock" if self._unlocks else "rotate-cw",
            self.tr("Unlock…") if self._unlocks else self.tr("Try again"),
        )
        self.show()

    @Slot(str)
    def _show_opened(self, notice: str) -> None:
        if not notice:
            self.hide()

    @Slot()
    def _act(self) -> None:
        if self._unlocks:
            self.unlock_wanted.emit()
        else:
            self._link.service.try_again()
