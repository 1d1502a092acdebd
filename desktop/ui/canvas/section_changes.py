"""What the user does with the sections of a draft, on the page and in its outline."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from desktop.chat.drafting import DraftSection
from desktop.ui.canvas.open_draft import OpenDraft
from desktop.ui.canvas.outline import Outline
from desktop.ui.canvas.page import CanvasPage
from desktop.ui.canvas.section_pane import SectionPane

_LEAST = 40  # words of a new section


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
