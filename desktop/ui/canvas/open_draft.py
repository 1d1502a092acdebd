"""The draft that is open on the canvas: as it is and was, and what the user does with its sections."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from desktop.chat.drafting import Draft, DraftSection
from desktop.errors import BadInput
from desktop.ui.canvas.outline import Outline
from desktop.ui.canvas.page import CanvasPage
from desktop.ui.canvas.section_pane import SectionPane
from desktop.ui.widgets.error_messages import localised

_STEPS = 200  # of undo
_LEAST = 40  # words of a new section


class UndoSteps:
    """The drafts before this one, and those that were taken back."""

    def __init__(self) -> None:
        self._undo: list[Draft] = []
        self._redo: list[Draft] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return bool(self._redo)

    def remember(self, before: Draft) -> None:
        """Keep what the draft was before a change; what was taken back is gone then."""
        self._undo = [*self._undo, before][-_STEPS:]
        self._redo.clear()

    def undo(self, now: Draft) -> Draft:
        """Give the draft of one step before, or the same one."""
        if not self._undo:
            return now
        self._redo.append(now)
        return self._undo.pop()

    def redo(self, now: Draft) -> Draft:
        """Give the draft that was taken back last, or the same one."""
        if not self._redo:
            return now
        self._undo.append(now)
        return self._redo.pop()


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


class Sections(QObject):
    """Turns what is done on page and outline into changes of the draft.

    Attributes:
        frozen: the model writes the page; what comes from there is not the user's.

    Signals:
        chosen(): another section is chosen.
    """

    chosen = Signal()

    def __init__(self, state: OpenDraft, page: CanvasPage, outline: Outline) -> None:
        """Listen to the page and the outline."""
        super().__init__()
        self._state, self._page = state, page
        self.frozen = False
        outline.chosen.connect(self.choose)
        outline.moved.connect(self.move)
        outline.lock_switched.connect(self.switch_lock)
        outline.added.connect(self.add)
        outline.removed.connect(self.remove)
        page.entered.connect(self._enter)
        page.edited.connect(self._edit)
        page.decided.connect(self._decide)
        page.titled.connect(self._title)

    @Slot(int)
    def choose(self, index: int) -> None:
        """Go to a section."""
        if 0 <= index < len(self._page.panes):
            self._state.current = index
            self._page.go_to(index)
            self.chosen.emit()

    @Slot(int)
    def move(self, step: int) -> None:
        """Move the chosen section up (-1) or down (1)."""
        index, to = self._state.current, self._state.current + step
        if 0 <= to < len(self._state.draft.sections):
            self._state.current = to
            self._state.do(lambda draft: draft.moved(index, to))

    @Slot()
    def switch_lock(self) -> None:
        """Lock the chosen section, or unlock it."""
        index, locked = self._state.current, self._state.chosen.locked
        self._state.do(lambda draft: draft.locking(index, locked=not locked))

    @Slot()
    def add(self) -> None:
        """Put a new section behind the chosen one."""
        at, amount = self._state.current + 1, max(_LEAST, self._state.chosen.amount)
        taken = {section.id for section in self._state.draft.sections}
        own = next(f"own-{number}" for number in range(1, 999) if f"own-{number}" not in taken)
        self._state.do(lambda draft: draft.added(DraftSection(own, self.tr("New section"), "", amount), at))
        self.choose(at)

    @Slot()
    def remove(self) -> None:
        """Take the chosen section out."""
        index = self._state.current
        self._state.do(lambda draft: draft.removed(index))

    @Slot(str, str)
    def keep_offer(self, section_id: str, text: str) -> None:
        """Keep what the model made of a section as a version; no step for undo, as nothing is changed."""
        for index, section in enumerate(self._state.draft.sections):
            if section.id == section_id:
                self._state.draft = self._state.draft.with_section(index, section.keeping(text))
                self._state.typed.emit(self._state.draft)

    @Slot(object)
    def _enter(self, pane: SectionPane) -> None:
        self._state.current = self._page.panes.index(pane)
        self._page.select_only_in(pane)
        self.chosen.emit()

    @Slot(object)
    def _edit(self, pane: SectionPane) -> None:
        index = self._page.panes.index(pane)
        section = self._state.draft.sections[index]
        text, heading = pane.text.toPlainText(), pane.heading.text().strip() or section.heading
        if self.frozen or (text, heading) == (section.text, section.heading):
            return
        changed = section.with_text(text, "written" if text.strip() else "planned")
        self._state.type(index, replace(changed, heading=heading))

    @Slot(object, str)
    def _decide(self, pane: SectionPane, text: str) -> None:
        index = self._page.panes.index(pane)
        section = self._state.draft.sections[index]
        if text != section.text:
            self._state.do(lambda draft: draft.with_section(index, section.decided(text)))
        pane.text.setFocus()

    @Slot(str)
    def _title(self, title: str) -> None:
        if title and title != self._state.draft.title and not self.frozen:
            self._state.do(lambda draft: replace(draft, title=title))
