"""Stays ready for quick prompts when the window is closed: in the tray, or minimised where there is none."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from desktop.settings import Settings
from desktop.ui.window.main_window import MainWindow
from desktop.ui.window.tray import Tray


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
