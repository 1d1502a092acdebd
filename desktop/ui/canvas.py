"""The canvas: a draft as an editable document, its outline beside it, and what can be done with a section below."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.chat.drafts import (
    Draft,
    DraftChecked,
    DraftEvent,
    DraftRoom,
    DraftSection,
    SectionBegan,
    amount_wanted,
    count,
)
from desktop.errors import BadInput
from desktop.quick.action import Action
from desktop.ui import theme
from desktop.ui.actions import Actions
from desktop.ui.canvas_bar import SelectionBar
from desktop.ui.canvas_commands import ACTION, add_commands, draft_keys, show_keys
from desktop.ui.canvas_foot import Foot
from desktop.ui.canvas_giving import Export, Giving
from desktop.ui.canvas_head import Head
from desktop.ui.canvas_outline import Outline
from desktop.ui.canvas_page import Page
from desktop.ui.canvas_past import Past
from desktop.ui.canvas_section import SectionPane
from desktop.ui.canvas_selected import SelectedText
from desktop.ui.piece_keys import PieceKeys
from desktop.ui.sentences import told
from desktop.ui.shortcut_list import ShortcutList

_CHECK_AFTER = 400  # milliseconds without typing


class Canvas(QWidget):
    """Shows one draft and changes it; every change can be undone.

    Attributes:
        draft: as it is now.
        outline: the pane at the left.
        page: title and sections.
        head, foot: the rows above and below the page.
        selected: what is done with selected text.
        bar: offers it.
        giving: copies the draft and writes it as a document.
        commands: what can be done here by key.
        stop: ends what the model is writing.

    Signals:
        write_wanted(Draft, threading.Event): the rest is to be written.
        change_wanted(Draft, int, str, str, threading.Event): one section is to be written again: change and tone.
        changed(Draft): the draft is another one now; keep it.
        grew(Draft): the model has written another sentence.
        left(): back to the gallery.
        keys_wanted(): the user wants other keys.
    """

    write_wanted = Signal(object, object)
    change_wanted = Signal(object, int, str, str, object)
    changed = Signal(object)
    grew = Signal(object)
    left = Signal()
    keys_wanted = Signal()

    def __init__(
        self,
        room: DraftRoom,
        draft: Draft,
        export: Export | None = None,
        actions: Callable[[], Mapping[str, Action]] = dict,
        keys: Mapping[str, str] | None = None,
    ) -> None:
        """Show a draft.

        Args:
            room: knows its template.
            draft: what is shown.
            export: writes a draft as a document; None: it can only be copied.
            actions: gives what can be done with selected text, by id.
            keys: the user's own keys by command.
        """
        super().__init__()
        self._room, self.draft = room, draft
        self._past = Past()
        self._current, self._writing = 0, False
        self._at: int | None = None  # the section that the model is at
        self._changing: int | None = None  # the section that is written again
        self._before: Draft | None = None  # the draft before the model's work, for undo
        self.stop = threading.Event()
        self.outline, self.page, self.head, self.foot = Outline(), Page(), Head(), Foot(code=self.is_code)
        self.selected = SelectedText(self.page, actions)
        self.bar = SelectionBar(self.page.column)
        self.giving = Giving(self, self._given, export)
        self.giving.said.connect(self._tell)
        self.commands = Actions(self, keys or {})
        add_commands(self.commands, self)
        self.page.use_keys(PieceKeys(self.commands.chosen))
        self._checking = QTimer(self)
        self._checking.setSingleShot(True)
        self._checking.setInterval(_CHECK_AFTER)
        self._checking.timeout.connect(self._check)
        self._connect()
        self.head.save.setVisible(export is not None)
        middle = QVBoxLayout()
        middle.setContentsMargins(*(theme.px(theme.SPACE_16),) * 4)
        middle.setSpacing(theme.px(theme.SPACE_8))
        middle.addLayout(_above_the_paper(self.head))
        middle.addWidget(self.page, 1)
        middle.addLayout(_above_the_paper(self.foot))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.outline)
        layout.addLayout(middle, 1)
        self.page.show_draft(draft)
        self._refresh()
        self._check()

    # What the user does.

    @property
    def is_code(self) -> bool:
        """Whether the draft is source code."""
        return self._room.is_code(self.draft)

    @property
    def busy(self) -> bool:
        """Whether the model is at work on the page."""
        return self._writing or self.selected.section is not None

    @Slot()
    def halt(self) -> None:
        """Stop what the model is doing; what is there stays."""
        self.stop.set()
        self.selected.stop()

    @Slot()
    def write(self) -> None:
        """Have the rest written, or stop what is being written."""
        if self.busy:
            self.halt()
            return
        self._begin_work()
        self.write_wanted.emit(self.draft, self.stop)

    @Slot(str, str)
    def change(self, change: str, tone: str = "") -> None:
        """Have the chosen section written again, expanded or shortened."""
        section = self.draft.sections[self._current]
        if self.busy:
            return
        if section.locked:
            self._tell(self.tr("This section is locked; unlock it to change it."))
            return
        self._begin_work()
        self._changing = self._current
        self.change_wanted.emit(self.draft, self._current, change, tone, self.stop)

    @Slot(str)
    def act(self, action: str) -> None:
        """Do an action on what is selected, on the paragraph at the cursor, or on all of a code draft."""
        panes = self.page.panes
        pane = next((each for each in panes if each.text.hasFocus()), panes[self._current])
        self.bar.leave()
        self.page.flush()
        start, end = pane.text.selection()
        self.selected.begin(action, pane, all_code=start == end and self.is_code)

    @Slot()
    def undo(self) -> None:
        """Go back one step."""
        self.page.flush()
        if self._past.can_undo and not self.busy:
            self._show(self._past.undo(self.draft))

    @Slot()
    def redo(self) -> None:
        """Go forward again."""
        if self._past.can_redo and not self.busy:
            self._show(self._past.redo(self.draft))

    @Slot()
    def version_back(self) -> None:
        """Bring the chosen section's text before this one back."""
        section = self.draft.sections[self._current]
        if section.versions and not self.busy:
            self._do(lambda: self.draft.restored(self._current, len(section.versions) - 1))

    @Slot()
    def show_keys(self) -> None:
        """List the keys that work here."""
        dialog = ShortcutList(self, draft_keys(self.selected.actions), self.commands.chosen)
        dialog.change_wanted.connect(dialog.accept)
        dialog.change_wanted.connect(self.keys_wanted)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def choose_keys(self, chosen: Mapping[str, str]) -> None:
        """Use the user's keys from now on."""
        self.commands.choose_keys(chosen)
        self.page.use_keys(PieceKeys(chosen))
        show_keys(self.commands, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the page most of a narrow window."""
        super().resizeEvent(event)
        self.outline.setFixedWidth(min(theme.px(theme.SIDEBAR_WIDTH), self.width() * 3 // 10))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops; undo and redo work over everything."""
        if event.key() == Qt.Key.Key_Escape and self.busy:
            self.halt()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        else:
            super().keyPressEvent(event)

    def _given(self) -> Draft:
        """Give the draft with what was typed last."""
        self.page.flush()
        return self.draft

    # What the model does.

    @Slot(object, object)
    def take(self, stop: threading.Event, event: DraftEvent) -> None:
        """Show what happened to the draft; what belongs to another job is none of it."""
        if stop is not self.stop or not self._writing:
            return
        self.draft = event.draft
        if isinstance(event, DraftChecked):
            self._end_work()
            return
        self._at = event.index
        if isinstance(event, SectionBegan):
            self._current = event.index
        self.page.panes[event.index].show_section(event.draft.sections[event.index])
        self.grew.emit(self.draft)
        self._refresh()

    @Slot(object, str)
    def fail(self, stop: threading.Event, sentence: str) -> None:
        """Say that the model cannot go on; what is written stays."""
        if stop is not self.stop:
            return
        self._end_work()
        self._tell(sentence)

    # Within.

    def _connect(self) -> None:
        self.outline.chosen.connect(self._choose)
        self.outline.moved.connect(self._move)
        self.outline.lock_switched.connect(self._switch_lock)
        self.outline.added.connect(self._add)
        self.outline.removed.connect(self._remove)
        self.page.entered.connect(self._entered)
        self.page.edited.connect(self._edited)
        self.page.decided.connect(self._decided)
        self.page.typed.connect(self._checking.start)
        self.page.titled.connect(self._title_edited)
        self.head.left.connect(self.left)
        self.head.undone.connect(self.undo)
        self.head.redone.connect(self.redo)
        self.head.version_wanted.connect(self.version_back)
        self.head.copied.connect(self.giving.copy)
        self.head.rich_copied.connect(self.giving.copy_rich)
        self.head.saved.connect(self.giving.save_as)
        self.foot.change_wanted.connect(self.change)
        self.foot.action_wanted.connect(self.act)
        self.foot.pressed.connect(self.write)
        self.page.selected.connect(self.bar.follow)
        self.page.selected.connect(self._show_selection)
        self.page.menu_opening.connect(self._fill_menu)
        self.bar.chosen.connect(self.act)
        self.selected.moved.connect(self._refresh)
        self.selected.offered.connect(self._keep_offer)
        self.selected.said.connect(self._tell)

    def _begin_work(self) -> None:
        self.page.flush()
        self._before, self._writing = self.draft, True
        self.stop = threading.Event()
        self._tell("")
        self._refresh()

    def _end_work(self) -> None:
        before, changed = self._before, self._changing
        if before is not None and before != self.draft:
            self._past.remember(before)
        self._before, self._writing, self._at, self._changing = None, False, None, None
        self._show(self.draft)
        if before is not None and changed is not None:
            old, new = before.sections[changed].text, self.draft.sections[changed].text
            if old and old != new:
                self.page.panes[changed].review(old, new)
                self.page.panes[changed].take_focus()

    def _do(self, change: Callable[[], Draft]) -> None:
        """Make a change of the user's, or say why it cannot be."""
        self.page.flush()
        before = self.draft
        try:
            after = change()
        except BadInput as error:
            self._tell(told(error))
            return
        if after != before:
            self._past.remember(before)
            self._show(after)

    def _show(self, draft: Draft) -> None:
        self.draft = draft
        self._current = min(self._current, len(draft.sections) - 1)
        self.page.show_draft(draft)
        self._refresh()
        self._check()
        self.changed.emit(draft)

    @Slot()
    def _refresh(self) -> None:
        amounts = [count(section.text) for section in self.draft.sections]
        chosen, writing = self.draft.sections[self._current], self.busy
        ids = [section.id for section in self.draft.sections]
        at = ids.index(self.selected.section) if self.selected.section in ids else self._at
        self.selected.allowed = not self._writing
        self.outline.show_draft(self.draft, self._current, at, amounts, self._unit())
        self.page.set_read_only(self.draft, all_of_it=self._writing)  # two cannot write the same page
        self.head.show_state(
            undo=self._past.can_undo and not writing,
            redo=self._past.can_redo and not writing,
            version=bool(chosen.versions) and not writing,
        )
        self.foot.show_state(
            writing=writing,
            begun=any(section.text for section in self.draft.sections),
            waiting=any(each.status != "written" and not each.locked for each in self.draft.sections),
            written=bool(chosen.text),
        )

    @Slot()
    def _check(self) -> None:
        draft = self.page.typed_into(self.draft)
        points = self._room.points(draft)
        wanted = amount_wanted(self._room.template(draft.brief.template), draft.brief)
        body = "\n\n".join(section.text for section in draft.sections)
        self.outline.show_report(self._room.check(draft), body, points, wanted, in_words=self._in_words)
        if draft != self.draft and not self._writing:
            self.grew.emit(draft)  # what is typed is kept long before the user leaves the section

    @property
    def _in_words(self) -> bool:
        return self._room.unit(self.draft) == "words"

    @Slot(object)
    def _show_selection(self, pane: SectionPane) -> None:
        self.outline.show_selection(pane.text.textCursor().selection().toPlainText(), in_words=self._in_words)

    def _unit(self) -> str:
        return self.tr("words") if self._in_words else self.tr("characters")

    def _tell(self, sentence: str) -> None:
        self.head.tell(sentence)

    @Slot(object)
    def _entered(self, pane: SectionPane) -> None:
        self._current = self.page.panes.index(pane)
        self.page.select_only_in(pane)
        self._refresh()

    @Slot(object)
    def _edited(self, pane: SectionPane) -> None:
        index = self.page.panes.index(pane)
        section = self.draft.sections[index]
        text, heading = pane.text.toPlainText(), pane.heading.text().strip() or section.heading
        if self._writing or (text, heading) == (section.text, section.heading):
            return
        changed = section.with_text(text, "written" if text.strip() else "planned")
        self._past.remember(self.draft)
        self.draft = self.draft.with_section(index, replace(changed, heading=heading))
        self._refresh()
        self._check()
        self.changed.emit(self.draft)

    @Slot(object, str)
    def _decided(self, pane: SectionPane, text: str) -> None:
        index = self.page.panes.index(pane)
        section = self.draft.sections[index]
        if text != section.text:
            self._do(lambda: self.draft.with_section(index, section.decided(text)))
        pane.text.setFocus()

    @Slot(str, str)
    def _keep_offer(self, section_id: str, text: str) -> None:
        """Keep what the model made of a section as a version; no step for undo, as nothing is changed."""
        for index, section in enumerate(self.draft.sections):
            if section.id == section_id:
                self.draft = self.draft.with_section(index, section.keeping(text))
                self.changed.emit(self.draft)

    @Slot(object, object)
    def _fill_menu(self, pane: SectionPane, menu: QMenu) -> None:
        if not pane.section.locked and not self.busy:
            menu.addSeparator()
            for command in self.commands.commands.values():
                if command.id.startswith(ACTION):
                    menu.addAction(command.action)

    @Slot(str)
    def _title_edited(self, title: str) -> None:
        if title and title != self.draft.title and not self._writing:
            self._do(lambda: replace(self.draft, title=title))

    @Slot(int)
    def _choose(self, index: int) -> None:
        if 0 <= index < len(self.page.panes):
            self._current = index
            self.page.go_to(index)
            self._refresh()

    @Slot(int)
    def _move(self, step: int) -> None:
        index, to = self._current, self._current + step
        if 0 <= to < len(self.draft.sections):
            self._current = to
            self._do(lambda: self.draft.moved(index, to))

    @Slot()
    def _switch_lock(self) -> None:
        locked = self.draft.sections[self._current].locked
        self._do(lambda: self.draft.locking(self._current, locked=not locked))

    @Slot()
    def _add(self) -> None:
        at = self._current + 1
        amount = max(40, self.draft.sections[self._current].amount)
        taken = {section.id for section in self.draft.sections}
        own = next(f"own-{number}" for number in range(1, 999) if f"own-{number}" not in taken)
        self._do(lambda: self.draft.added(DraftSection(own, self.tr("New section"), "", amount), at))
        self._choose(at)

    @Slot()
    def _remove(self) -> None:
        index = self._current
        self._do(lambda: self.draft.removed(index))


def _above_the_paper(part: QWidget) -> QHBoxLayout:
    """Give a row no wider than the paper, and in its middle."""
    part.setMaximumWidth(theme.px(theme.COLUMN_WIDTH))
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(part, 100)
    row.addStretch(1)
    return row
