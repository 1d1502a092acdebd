"""Stays ready for quick prompts when the window is closed: in the tray, or minimised where there is none."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from desktop.settings import Settings
from desktop.ui.widgets.icons import seal_icon
from desktop.ui.window.main_window import MainWindow


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


class BackgroundRunning(QObject):
    """Decides what closing the window means: its end, or a step back.

    Attributes:
        tray: where the window steps back to.
    """

    def __init__(self, window: MainWindow, tray: Tray, *, hidden: bool = False) -> None:
        """Watch over a window.

        Args:
            window: what is closed.
            tray: the icon.
            hidden: Inkstone was started unseen, so closing its window does not end it whatever the settings say.
        """
        super().__init__(window)
        self._window, self.tray, self._hidden = window, tray, hidden
        self._told = False
        window.steps_back = self.step_back
        window.preferences.changed.connect(self._changed)
        tray.open_wanted.connect(self._open)
        tray.quit_wanted.connect(window.quit)
        self._follow()

    @property
    def ready(self) -> bool:
        """Whether Inkstone goes on without its window."""
        return self._hidden or self._window.preferences.settings.stay_ready

    def step_back(self) -> bool:
        """Put the window away instead of closing it; False where it is to be closed."""
        if not self.ready:
            return False
        if not self.tray.shown:
            self._window.showMinimized()
            return True
        self._window.hide()
        if not self._told:
            self._told = True
            self.tray.say(self.tr("Inkstone stays ready for quick prompts; quit it from this icon."))
        return True

    def end(self) -> None:
        """Take the icon away."""
        self.tray.show(shown=False)

    @Slot()
    def _open(self) -> None:
        self._window.come_forward({})

    @Slot(object, object)
    def _changed(self, before: Settings, now: Settings) -> None:
        if before.language != now.language:
            self.tray.speak()
        self._follow()

    def _follow(self) -> None:
        QApplication.setQuitOnLastWindowClosed(not self.ready)
        self.tray.show(shown=self.ready)
