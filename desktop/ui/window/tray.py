"""The icon in the tray: opens the window, calls the quick prompt, pauses the shortcuts, quits."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop.ui.widgets.icons import seal_icon


class Tray(QObject):
    """Shown while Inkstone stays ready behind a closed window.

    Attributes:
        menu: what a right click opens.
        pause: its entry that switches the shortcuts off and on.

    Signals:
        open_wanted(): the window is wanted.
        quick_wanted(): a quick prompt is wanted.
        pause_wanted(bool): the shortcuts shall be let go of, or taken again.
        quit_wanted(): Inkstone shall end.
    """

    open_wanted = Signal()
    quick_wanted = Signal()
    pause_wanted = Signal(bool)
    quit_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.menu = QMenu()
        self._open = self.menu.addAction("", self.open_wanted.emit)
        self._quick = self.menu.addAction("", self.quick_wanted.emit)
        self.pause = self.menu.addAction("")
        self.pause.setCheckable(True)
        self.pause.toggled.connect(self.pause_wanted)
        self.menu.addSeparator()
        self._quit = self.menu.addAction("", self.quit_wanted.emit)
        self._icon = QSystemTrayIcon(seal_icon(), self)
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._activated)
        self.speak()

    @staticmethod
    def available() -> bool:
        """Tell whether this desktop shows such icons."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def speak(self) -> None:
        """Say everything in the language of now."""
        self._open.setText(self.tr("Open Inkstone"))
        self._quick.setText(self.tr("Quick prompt"))
        self.pause.setText(self.tr("Pause the shortcuts"))
        self._quit.setText(self.tr("Quit"))
        self._icon.setToolTip("Inkstone")

    def show(self, *, shown: bool) -> None:
        """Be there, or not."""
        self._icon.setVisible(shown)

    @property
    def shown(self) -> bool:
        """Whether the user can find it."""
        return self._icon.isVisible() and self.available()

    def say(self, sentence: str) -> None:
        """Tell something beside the icon."""
        self._icon.showMessage("Inkstone", sentence, seal_icon())

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.open_wanted.emit()
        elif reason is QSystemTrayIcon.ActivationReason.MiddleClick:
            self.quick_wanted.emit()
