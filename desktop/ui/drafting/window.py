"""The window of drafting, opened from the main window: made when it is first wanted, closed with the application."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QLocale, QObject, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.drafting.draft_saver import DraftSaver
from desktop.ui.drafting.environment import DraftingEnvironment
from desktop.ui.drafting.pane import DraftingPane
from desktop.ui.history.link import HistoryLink
from desktop.ui.widgets import theme


class DraftingWindow(QWidget):
    """A window of its own for drafts.

    Attributes:
        pane: gallery, brief and canvas.
    """

    def __init__(self, pane: DraftingPane) -> None:
        super().__init__()
        self.setObjectName("window")
        self.pane = pane
        self._name("")
        pane.named.connect(self._name)
        self.resize(theme.window_size(self.screen().availableSize()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(pane)

    @Slot(str)
    def _name(self, name: str) -> None:
        self.setWindowTitle(name or self.tr("Templates"))  # the platform adds the name of the application

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what is being written and keep it; the window can be opened again."""
        self.pane.show_gallery()
        super().closeEvent(event)


class DraftingOpener(QObject):
    """Opens the window of drafting, and ends it.

    Attributes:
        window: what is open; None: nothing was opened yet.

    Signals:
        keys_wanted(): the user wants other keys.
    """

    keys_wanted = Signal()

    def __init__(self, link: HistoryLink, environment: DraftingEnvironment) -> None:
        """Know what a window will need: the history, where drafts are kept, and what drafting works with."""
        super().__init__()
        self._link, self._environment = link, environment
        self.window: DraftingWindow | None = None

    @Slot()
    def open(self) -> None:
        """Show the gallery, or the draft that is open."""
        if self.window is None:
            chinese = QLocale().language() == QLocale.Language.Chinese
            pane = DraftingPane(self._environment, "zh" if chinese else "en", DraftSaver(self._link))
            pane.keys_wanted.connect(self.keys_wanted)
            self.window = DraftingWindow(pane)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def begin(self, template_id: str, given: Mapping[str, str], points: Sequence[str] = (), request: str = "") -> None:
        """Show the brief of a template with what is known of it, e.g. what the router found in a request."""
        self.open()
        if self.window is not None:
            self.window.pane.begin(template_id, given, points, request=request)

    @Slot(int)
    def resume(self, number: int) -> None:
        """Go on with a draft of the history."""
        self.open()
        if self.window is not None:
            self.window.pane.resume(number)

    def end(self) -> bool:
        """Stop what is written and wait a while for it; before the application and its history end.

        False where its thread is still at work: the window must live as long.
        """
        if self.window is None:
            return True
        self.window.close()
        if not self.window.pane.end():
            return False
        self.window.deleteLater()
        self.window = None
        return True
