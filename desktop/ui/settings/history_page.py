"""The page of the settings about the history: where it lies, its protection, backups, the bin."""

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from desktop.chat.history_unlocker import HistoryUnlocker, keyring_works
from desktop.errors import InkstoneError
from desktop.ui.history.link import HistoryLink
from desktop.ui.history.protection import ChooseProtection, RecoveryKey
from desktop.ui.settings.general_page import Form
from desktop.ui.widgets import theme
from desktop.ui.widgets.background import Background
from desktop.ui.widgets.error_messages import localised
from desktop.ui.widgets.icons import IconButton
from desktop.ui.widgets.labels import label


class HistoryPage(Form):
    """What can be done with the history as a whole.

    Signals:
        bin_emptied(): the bin is empty now.
        import_wanted(): the user wants to bring in conversations.
        export_wanted(Path): everything should be written into this file.
    """

    bin_emptied = Signal()
    import_wanted = Signal()
    export_wanted = Signal(object)

    def __init__(self, link: HistoryLink, unlocker: HistoryUnlocker) -> None:
        super().__init__()
        self._link, self._unlocker, self._background = link, unlocker, Background(self)
        self.place = label(str(unlocker.folder), "plain")
        self.place.setWordWrap(True)
        self.protection = label("", "plain")
        self.change = IconButton("lock", self.tr("Change…"), "outlined")
        self.change.clicked.connect(self._ask_keyring)
        self.recovery = IconButton("", self.tr("Recovery key…"), "outlined")
        self.recovery.clicked.connect(self._show_recovery)
        self.backup = IconButton("download", self.tr("Back up now…"), "outlined")
        self.backup.clicked.connect(self._ask_backup)
        self.bring_in = IconButton("", self.tr("Import…"), "outlined")
        self.bring_in.clicked.connect(self.import_wanted)
        self.export = IconButton("", self.tr("Export everything…"), "outlined")
        self.export.clicked.connect(self._ask_export)
        self.bin = IconButton("trash-2", self.tr("Empty the bin"), "outlined")
        self.bin.clicked.connect(self._empty_bin)
        self.row(self.tr("Folder"), self.place)
        self.row(self.tr("Protection"), self.protection)
        row = QHBoxLayout()
        row.setSpacing(theme.px(theme.SPACE_8))
        row.addWidget(self.change)
        row.addWidget(self.recovery)
        row.addStretch(1)
        self.form.addRow("", row)
        self.row(
            self.tr("Backup"),
            self.backup,
            self.tr(
                "One file with everything, protected as the history is; “inkstone history restore” brings it back."
            ),
        )
        self.row(
            self.tr("Exchange"),
            self.bring_in,
            self.tr("Conversations of ChatGPT's export, of Markdown files, or of Inkstone's own JSON."),
        )
        self.form.addRow("", self.export)
        self.row(self.tr("Bin"), self.bin, self.tr("What lies there is deleted for good after 30 days."))
        self.said = self.note(" ")
        self._kind = ""
        self._background.run(unlocker.protection, self._show_protection, self._tell)

    def _show_protection(self, kind: str | None) -> None:
        names = {
            "keyring": self.tr("Encrypted, key in the keyring"),
            "passphrase": self.tr("Encrypted, with a passphrase"),
            "none": self.tr("Not encrypted"),
        }
        self._kind = kind or ""
        self.protection.setText(names.get(self._kind, self.tr("Not opened yet")))
        self.recovery.setEnabled(self._kind in ("keyring", "passphrase"))

    @Slot()
    def _ask_keyring(self) -> None:
        self._background.run(keyring_works, self._ask_protection, self._tell)

    def _ask_protection(self, keyring: bool) -> None:
        dialog = ChooseProtection(self, keyring=keyring, now=self._kind if self._kind != "keyring" or keyring else "")
        dialog.chosen.connect(self.protect)
        dialog.open()

    @Slot(str, str)
    def protect(self, kind: str, passphrase: str) -> None:
        """Protect the history in another way."""
        self.said.setText(self.tr("Changing the protection…"))
        unlocker = self._unlocker

        def protect() -> None:
            unlocker.protect(kind, passphrase)  # type: ignore[arg-type]  # one of the three

        self._link.while_closed(protect, self._protected, self._tell)

    def _protected(self, _done: object) -> None:
        self.said.setText(self.tr("The protection was changed."))
        self._background.run(self._unlocker.protection, self._show_protection, self._tell)

    @Slot()
    def _show_recovery(self) -> None:
        RecoveryKey(self, self._unlocker.recovery_key()).open()

    @Slot()
    def _ask_backup(self) -> None:
        name = f"inkstone-{dt.datetime.now():%Y-%m-%d}.zip"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Back up the history"), name, "ZIP (*.zip)")
        if chosen:
            self.back_up(Path(chosen))

    def back_up(self, target: Path) -> None:
        """Write a backup."""
        self.said.setText(self.tr("Writing the backup…"))
        said = self.tr("The backup is in {file}.").format(file=target)
        self._link.back_up(target, lambda _done: self.said.setText(said), self._tell)

    @Slot()
    def _ask_export(self) -> None:
        name = f"inkstone-{dt.datetime.now():%Y-%m-%d}.json"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Export everything"), name, "JSON (*.json)")
        if chosen:
            self.export_wanted.emit(Path(chosen))

    @Slot()
    def _empty_bin(self) -> None:
        self._link.write(lambda store: store.empty_bin(), self._emptied)

    def _emptied(self, count: int) -> None:
        self.said.setText(self.tr("{n} texts were deleted for good.").format(n=count))
        self.bin_emptied.emit()

    def _tell(self, error: InkstoneError) -> None:
        self.said.setText(localised(error))
