"""Addresses in a text: shown whole before anything is opened, and opened by the user only."""

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

OPENED = ("http", "https", "mailto")  # other schemes reach files and programs of this machine
_LONGEST = 2_000  # characters of an address that a reader could still compare


def spelled(address: str) -> str:
    """Give an address as the network reads it, so that no look-alike or invisible letter can hide in it."""
    url = QUrl(address)
    text = bytes(url.toEncoded().data()).decode("ascii", "replace") if url.isValid() else ascii(address)[1:-1]
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def may_open(address: str) -> bool:
    """Tell whether an address leads to the web or to a mail."""
    url = QUrl(address)
    return url.isValid() and url.scheme().lower() in OPENED and len(address) <= _LONGEST


class LinkQuestion(QMessageBox):
    """Shows an address and asks whether to open it.

    Attributes:
        open_button: None where the address leads neither to the web nor to a mail.
        copy_button: copies the address.
    """

    def __init__(self, address: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._address = address
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWindowTitle(self.tr("Open a link"))
        self.open_button: QPushButton | None = None
        if may_open(address):
            self.setText(self.tr("Open this address outside of Inkstone?"))
            self.open_button = self.addButton(self.tr("Open"), QMessageBox.ButtonRole.ActionRole)
            self.open_button.clicked.connect(self._open)
        else:
            self.setText(self.tr("Inkstone opens addresses of the web and of mail only."))
        self.setInformativeText(spelled(address))
        self.copy_button = self.addButton(self.tr("Copy address"), QMessageBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(self._copy)
        cancel = self.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(cancel)
        self.setEscapeButton(cancel)

    @Slot()
    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl(self._address))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._address)
