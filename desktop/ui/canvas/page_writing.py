"""The model at work on the page of the canvas: the rest of a draft, or one section once more."""

import threading

from PySide6.QtCore import QObject, Signal, Slot

from desktop.chat.drafting import Draft, DraftChecked, DraftEvent, SectionBegan
from desktop.ui.canvas.open_draft import OpenDraft
from desktop.ui.canvas.page import CanvasPage


class PageWriting(QObject):
    """Asks for text and shows it as it comes; one job at a time, which is one step for undo.

    Attributes:
        on: whether the model is at work.
        at: number of the section that it is at; None: none.
        stop: ends it.

    Signals:
        write_wanted(Draft, threading.Event): the rest is to be written.
        change_wanted(Draft, int, str, str, threading.Event): one section is to be written again: change and tone.
        grew(Draft): the model has written another sentence.
        moved(): it began, or is elsewhere now.
        said(str): a sentence for the user; "" takes the last one away.
    """

    write_wanted = Signal(object, object)
    change_wanted = Signal(object, int, str, str, object)
    grew = Signal(object)
    moved = Signal()
    said = Signal(str)

    def __init__(self, state: OpenDraft, page: CanvasPage) -> None:
        super().__init__()
        self._state, self._page = state, page
        self.on, self.stop = False, threading.Event()
        self.at: int | None = None
        self._changing: int | None = None  # the section that is written again
        self._before: Draft | None = None  # for undo

    def write(self) -> None:
        """Have the rest written."""
        self._begin()
        self.write_wanted.emit(self._state.draft, self.stop)

    def change(self, change: str, tone: str) -> None:
        """Have the chosen section written again, expanded or shortened."""
        self._begin()
        self._changing = self._state.current
        self.change_wanted.emit(self._state.draft, self._state.current, change, tone, self.stop)

    @Slot(object, object)
    def take(self, stop: threading.Event, event: DraftEvent) -> None:
        """Show what happened to the draft; what belongs to another job is none of it."""
        if stop is not self.stop or not self.on:
            return
        if len(event.draft.sections) != len(self._page.panes):
            self._state.show(event.draft)  # it is written in one go, or was cut into its parts
        self._state.draft = event.draft
        if isinstance(event, DraftChecked):
            self._end()
            return
        self.at = event.index
        if isinstance(event, SectionBegan):
            self._state.current = event.index
        self._page.panes[event.index].show_section(event.draft.sections[event.index])
        self.grew.emit(event.draft)
        self.moved.emit()

    @Slot(object, str)
    def fail(self, stop: threading.Event, sentence: str) -> None:
        """Say that the model cannot go on; what is written stays."""
        if stop is self.stop:
            self._end()
            self.said.emit(sentence)

    def _begin(self) -> None:
        self._page.flush()
        self._before, self.on, self.stop = self._state.draft, True, threading.Event()
        self.said.emit("")
        self.moved.emit()

    def _end(self) -> None:
        before, changed, draft = self._before, self._changing, self._state.draft
        if before is not None and before != draft:
            self._state.past.remember(before)
        self._before, self.on, self.at, self._changing = None, False, None, None
        self._state.show(draft)
        if before is not None and changed is not None:
            old, new = before.sections[changed].text, draft.sections[changed].text
            if old and old != new:
                self._page.panes[changed].review(old, new)
                self._page.panes[changed].take_focus()
