"""The draft that is open on the canvas: what it is now, what it was before, and which section is chosen."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from desktop.chat.drafting import Draft, DraftSection
from desktop.errors import BadInput
from desktop.ui.canvas.undo_steps import UndoSteps
from desktop.ui.widgets.error_messages import localised


class OpenDraft(QObject):
    """Holds a draft and changes it; every change is a step for undo.

    Attributes:
        draft: as it is now.
        current: number of the section that is chosen.
        past: the steps.

    Signals:
        replaced(Draft): the draft is another one now; show it.
        typed(Draft): the user changed a section, which shows that already.
        refused(str): why something cannot be done.
    """

    replaced = Signal(object)
    typed = Signal(object)
    refused = Signal(str)

    def __init__(self, draft: Draft, flush: Callable[[], None]) -> None:
        """Begin with a draft; `flush` has what is being typed handed over first."""
        super().__init__()
        self.draft, self._flush = draft, flush
        self.past, self.current = UndoSteps(), 0

    @property
    def chosen(self) -> DraftSection:
        """The section that is chosen."""
        return self.draft.sections[self.current]

    def show(self, draft: Draft) -> None:
        """Take another draft, without a step for undo."""
        self.draft = draft
        self.current = min(self.current, len(draft.sections) - 1)
        self.replaced.emit(draft)

    def do(self, change: Callable[[Draft], Draft]) -> None:
        """Make a change of the user's, or say why it cannot be."""
        self._flush()
        before = self.draft
        try:
            after = change(before)
        except BadInput as error:
            self.refused.emit(localised(error))
            return
        if after != before:
            self.past.remember(before)
            self.show(after)

    def type(self, index: int, section: DraftSection) -> None:
        """Take what the user typed into a section."""
        self.past.remember(self.draft)
        self.draft = self.draft.with_section(index, section)
        self.typed.emit(self.draft)

    @Slot()
    def undo(self) -> None:
        """Go back one step."""
        self._flush()
        if self.past.can_undo:
            self.show(self.past.undo(self.draft))

    @Slot()
    def redo(self) -> None:
        """Go forward again."""
        if self.past.can_redo:
            self.show(self.past.redo(self.draft))
