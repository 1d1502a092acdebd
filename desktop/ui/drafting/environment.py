"""What drafting in the window works with, under one name: made by the application, handed down to window and pane."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.chat.drafting import DraftingService
from desktop.chat.model_advice import WritingModel
from desktop.chat.scenes import SceneService
from desktop.engine.interface import Engine
from desktop.quick.actions.action import Action
from desktop.ui.canvas.export import WriteDraft
from desktop.ui.widgets.preferences import Preferences


class DraftingModels(QObject):
    """What drafting knows of the installed models.

    Attributes:
        writers: gives them; reads the disk, so it is called away from the GUI thread. Raises InkstoneError.
        use: has another one answer, by its id.
        loading: whether one is being loaded.

    Signals:
        changed(): another one answers, or is being loaded.
    """

    changed = Signal()

    def __init__(
        self, writers: Callable[[], Sequence[WritingModel]], use: Callable[[str], None], loading: Callable[[], bool]
    ) -> None:
        super().__init__()
        self.writers, self.use, self.loading = writers, use, loading


@dataclass(frozen=True, slots=True)
class DraftingEnvironment:
    """Everything that gallery, brief and canvas need of the rest of Inkstone.

    Attributes:
        service: templates, and how drafts are begun and written.
        engine: gives the engine that answers now; called on another thread. Raises InkstoneError.
        export: writes a draft as a document. Raises InkstoneError. None: it can only be copied.
        actions: gives what can be done with selected text, by id.
        preferences: the user's settings: own keys, favourite templates; None: the usual, and none is kept.
        models: which ones can write; None: nobody knows.
        scenes: kinds of text that people look for by name; None: there are only templates.
    """

    service: DraftingService
    engine: Callable[[], Engine]
    export: WriteDraft | None = None
    actions: Callable[[], Mapping[str, Action]] = dict
    preferences: Preferences | None = None
    models: DraftingModels | None = None
    scenes: SceneService | None = None
