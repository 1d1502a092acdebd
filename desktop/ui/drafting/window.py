"""The window of drafting, opened from the main window: made when it is first wanted, closed with the application."""

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.chat.drafting import DraftingService, TemplateStore
from desktop.engine.interface import Engine
from desktop.quick.actions.action import Action
from desktop.ui.canvas.export import WriteDraft
from desktop.ui.drafting.draft_saver import DraftSaver
from desktop.ui.drafting.pane import DraftingModels, DraftingPane
from desktop.ui.history.link import HistoryLink
from desktop.ui.widgets import theme
from desktop.ui.widgets.preferences import Preferences


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

    def __init__(
        self,
        link: HistoryLink,
        engine: Callable[[], Engine],
        *,
        shipped: Path,
        home: Path,
        export: WriteDraft | None = None,
        actions: Callable[[], Mapping[str, Action]] = dict,
        preferences: Preferences | None = None,
        models: DraftingModels | None = None,
        read_source: Callable[[Path, threading.Event], str] | None = None,
    ) -> None:
        """Know what a window will need.

        Args:
            link: the history, where drafts are kept.
            engine: gives the engine that answers now; called on another thread. Raises InkstoneError.
            shipped: folder of the templates that come with Inkstone.
            home: holds the user's templates.
            export: writes a draft as a document. Raises InkstoneError.
            actions: gives what can be done with selected text, by id.
            preferences: the user's settings: own keys, favourite templates; None: the usual, and none is kept.
            models: which ones can write; None: nobody knows.
            read_source: gives the text of a document to work on until its event is set, and raises InkstoneError;
                None: texts are pasted.
        """
        super().__init__()
        self._actions, self._preferences, self._models = actions, preferences, models
        self._link, self._engine, self._export = link, engine, export
        self._drafting = DraftingService(TemplateStore(shipped, home / "templates"), read_source=read_source)
        self.window: DraftingWindow | None = None

    @Slot()
    def open(self) -> None:
        """Show the gallery, or the draft that is open."""
        if self.window is None:
            chinese = QLocale().language() == QLocale.Language.Chinese
            saver = DraftSaver(self._link)
            pane = DraftingPane(
                self._drafting,
                self._engine,
                "zh" if chinese else "en",
                saver,
                self._export,
                self._actions,
                self._preferences,
                self._models,
            )
            pane.keys_wanted.connect(self.keys_wanted)
            self.window = DraftingWindow(pane)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def begin(self, template_id: str, given: Mapping[str, str], points: Sequence[str] = ()) -> None:
        """Show the brief of a template with what is known of it, e.g. what the router found in a sentence."""
        self.open()
        if self.window is not None:
            self.window.pane.begin(template_id, given, points)

    @Slot(int)
    def resume(self, number: int) -> None:
        """Go on with a draft of the history."""
        self.open()
        if self.window is not None:
            self.window.pane.resume(number)

    def end(self) -> None:
        """Stop what is written and wait for it; before the application and its history end."""
        if self.window is not None:
            self.window.close()
            self.window.pane.end()
            self.window.deleteLater()
            self.window = None
