"""The way into the history: how it is protected, opening it with what the user knows, protecting it in another way."""

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.chat.history_service import OpenHistory

if TYPE_CHECKING:
    from desktop.history import History
    from desktop.history.keys import ProtectionKind


class HistoryUnlocker:
    """Opens the history of one folder. Used on the history thread, except where a method says otherwise.

    Attributes:
        folder: where the history lies.
        key: its key while it is open; None where it is not encrypted.
    """

    def __init__(self, folder: Path, briefs: Path | None = None) -> None:
        """Know where the history lies, and where briefs of earlier versions may lie, which it takes in."""
        self.folder, self._briefs = folder, briefs
        self.key: bytes | None = None
        self._passphrase: str | None = None
        self._recovery: str | None = None

    def open(self, passphrase: str | None = None, recovery: str | None = None) -> "History":
        """Open it with the keyring, or with what the user typed now or before.

        Raises:
            PassphraseNeeded, ProtectionNeeded: the user has to help; `knowing` and `choosing` say how.
            HistoryError: it cannot be opened.
        """
        from desktop.history.vault import open_found

        typed = passphrase if passphrase is not None else self._passphrase
        written = self._recovery if passphrase is None and recovery is None else recovery
        history = open_found(self.folder, passphrase=typed, recovery=written)
        self._passphrase, self._recovery = typed, written
        return self._opened(history)

    def knowing(self, *, passphrase: str | None = None, recovery: str | None = None) -> OpenHistory:
        """Give the way to open it with what the user typed."""
        return lambda: self.open(passphrase, recovery)

    def choosing(self, kind: "ProtectionKind", passphrase: str = "") -> OpenHistory:
        """Give the way to open a history that is not there yet, protected as the user chose."""

        def do() -> "History":
            from desktop.history.vault import begin

            history = begin(self.folder, kind, passphrase)
            self._passphrase, self._recovery = passphrase or None, None
            return self._opened(history)

        return do

    def protect(self, kind: "ProtectionKind", passphrase: str = "") -> None:
        """Protect it in another way; it must be closed. Raises InkstoneError, and nothing is changed then."""
        from desktop.history.vault import is_new, protect

        key = None if is_new(self.folder) and self.protection() is None else self.key
        self.key = protect(self.folder, kind, key=key, passphrase=passphrase)
        self._passphrase, self._recovery = passphrase or None, None

    def _opened(self, history: "History") -> "History":
        from desktop.history.plain_briefs import take_over

        self.key = history.key
        if self._briefs is not None:
            take_over(history, self._briefs)
        return history

    def protection(self) -> "ProtectionKind | None":
        """Tell how it is protected; None while there is none. From any thread."""
        from desktop.history.vault import protection_kind

        return protection_kind(self.folder)

    def recovery_key(self) -> str:
        """Write the key for printing; "" where it is not encrypted. From any thread."""
        from desktop.history.keys import recovery_key

        return recovery_key(self.key) if self.key is not None else ""


def keyring_works() -> bool:
    """Tell whether the system keeps keys; may wait for the keyring."""
    from desktop.history.keys import keyring_works as works

    return works()
