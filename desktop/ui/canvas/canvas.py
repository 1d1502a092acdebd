"""The canvas: a draft as an editable document, its outline beside it, and what can be done with a section below."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.chat.drafting import Draft, DraftingService, amount_wanted, count
from desktop.quick.actions.action import Action
from desktop.ui.canvas.bars import CanvasFooter, CanvasHeader, SelectionBar
from desktop.ui.canvas.commands import ACTION, IN_BAR, IN_BAR_OF_CODE, PieceKeys, command_keys, draft_keys, text_changes
from desktop.ui.canvas.export import DraftExport, WriteDraft
from desktop.ui.canvas.open_draft import OpenDraft, Sections
from desktop.ui.canvas.outline import Outline
from desktop.ui.canvas.page import CanvasPage
from desktop.ui.canvas.page_writing import PageWriting
from desktop.ui.canvas.section_pane import SectionPane
from desktop.ui.canvas.selected_text import SelectedText
from desktop.ui.quick.texts import action_name
from desktop.ui.widgets import theme
from desktop.ui.widgets.commands import Commands
from desktop.ui.widgets.shortcut_list import ShortcutList

_CHECK_AFTER = 400  # milliseconds without typing


class Canvas(QWidget):
    """Shows one draft and changes it; every change can be undone.

    Attributes:
        outline: the pane at the left.
        page: title and sections.
        head, foot: the rows above and below the page.
        sections: what the user does with them.
        writing: the model at work on the page.
        selected: what is done with selected text.
        bar: offers it.
        export: copies the draft and writes it as a document.
        commands: what can be done here by key.

    Signals:
        changed(Draft): the draft is another one now; keep it.
        grew(Draft): the model has written another sentence.
        left(): back to the gallery.
        keys_wanted(): the user wants other keys.
        scene_wanted(Draft): the user wants to keep the draft as a scene.
    """

    changed = Signal(object)
    grew = Signal(object)
    left = Signal()
    keys_wanted = Signal()
    scene_wanted = Signal(object)

    def __init__(
        self,
        drafting: DraftingService,
        draft: Draft,
        export: WriteDraft | None = None,
        actions: Callable[[], Mapping[str, Action]] = dict,
        keys: Mapping[str, str] | None = None,
    ) -> None:
        """Show a draft.

        Args:
            drafting: knows its template.
            draft: what is shown.
            export: writes a draft as a document; None: it can only be copied.
            actions: gives what can be done with selected text, by id.
            keys: the user's own keys by command.
        """
        super().__init__()
        self._drafting = drafting
        self.outline, self.page, self.head, self.foot = (
            Outline(),
            CanvasPage(),
            CanvasHeader(),
            CanvasFooter(code=drafting.is_code(draft)),
        )
        self._state = OpenDraft(draft, self.page.flush)
        self.sections = Sections(self._state, self.page, self.outline)
        self.writing = PageWriting(self._state, self.page)
        self.selected = SelectedText(self.page, actions)
        self.bar = SelectionBar(self.page.column)
        self.export = DraftExport(self, self._given, export)
        self.export.said.connect(self.tell)
        self.commands = Commands(self, keys or {})
        self._add_commands()
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
        middle.addWidget(self.head)
        middle.addWidget(self.page, 1)
        self._below = _below_the_paper(self.foot)
        middle.addLayout(self._below)
        self.page.verticalScrollBar().rangeChanged.connect(self._line_up)
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
    def draft(self) -> Draft:
        """The draft as it is now."""
        return self._state.draft

    @property
    def is_code(self) -> bool:
        """Whether the draft is source code."""
        return self._drafting.is_code(self.draft)

    @property
    def busy(self) -> bool:
        """Whether the model is at work on the page."""
        return self.writing.on or self.selected.section is not None

    @Slot()
    def halt(self) -> None:
        """Stop what the model is doing; what is there stays."""
        self.writing.stop.set()
        self.selected.stop()

    @Slot()
    def write(self) -> None:
        """Have the rest written, or stop what is being written."""
        if self.busy:
            self.halt()
        else:
            self.writing.write()

    @Slot(str, str)
    def change(self, change: str, tone: str = "") -> None:
        """Have the chosen section written again, expanded or shortened."""
        if self.busy:
            return
        if self._state.chosen.locked:
            self.tell(self.tr("This section is locked; unlock it to change it."))
        else:
            self.writing.change(change, tone)

    @Slot(str)
    def act(self, action: str) -> None:
        """Do an action on what is selected, on the paragraph at the cursor, or on all of a code draft."""
        panes = self.page.panes
        pane = next((each for each in panes if each.text.hasFocus()), panes[self._state.current])
        self.bar.leave()
        self.page.flush()
        start, end = pane.text.selection()
        self.selected.begin(action, pane, all_code=start == end and self.is_code)

    @Slot()
    def undo(self) -> None:
        """Go back one step."""
        if not self.busy:
            self._state.undo()

    @Slot()
    def redo(self) -> None:
        """Go forward again."""
        if not self.busy:
            self._state.redo()

    @Slot()
    def version_back(self) -> None:
        """Bring the chosen section's text before this one back."""
        index, versions = self._state.current, self._state.chosen.versions
        if versions and not self.busy:
            self._state.do(lambda draft: draft.restored(index, len(versions) - 1))

    @Slot()
    def remove_own(self) -> None:
        """Take out the sentences that are not from the brief: those with a dotted line."""
        if not self.busy:
            own = self._drafting.check(self.page.typed_into(self.draft)).own
            self._state.do(lambda draft: draft.without(own))

    @Slot()
    def show_keys(self) -> None:
        """List the keys that work here."""
        dialog = ShortcutList(self, draft_keys(self.selected.actions), self.commands.chosen)
        dialog.change_wanted.connect(dialog.accept)
        dialog.change_wanted.connect(self.keys_wanted)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def offer_scenes(self) -> None:
        """Offer to keep the draft as a scene."""
        self.head.scene.show()

    @Slot()
    def want_scene(self) -> None:
        """Have the draft kept as a scene, with what was typed last."""
        self.scene_wanted.emit(self._given())

    def choose_keys(self, chosen: Mapping[str, str]) -> None:
        """Use the user's keys from now on."""
        self.commands.choose_keys(chosen)
        self.page.use_keys(PieceKeys(chosen))
        self._show_keys_in_bar()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the page most of a narrow window."""
        super().resizeEvent(event)
        self.outline.setFixedWidth(min(theme.px(theme.SIDEBAR_WIDTH), self.width() * 3 // 10))

    @Slot()
    def _line_up(self) -> None:
        """Keep the foot below the paper, which a scroll bar moves aside."""
        bar = self.page.verticalScrollBar()
        self._below.setContentsMargins(0, 0, bar.sizeHint().width() if bar.maximum() > 0 else 0, 0)

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

    # Within.

    def _add_commands(self) -> None:
        """Have everything done by key, and the bar offer the actions on selected text."""
        actions = self.selected.actions
        does: dict[str, Callable[[], object]] = {
            **{f"{ACTION}{name}": partial(self.act, name) for name in actions},
            **{name: partial(self.page.change_text, change) for name, change in text_changes().items()},
            "write": self.write,
            "undo": self.undo,
            "redo": self.redo,
            "version": self.version_back,
            "remove-own": self.remove_own,
            "copy-draft": self.export.copy,
            "copy-rich": self.export.copy_rich,
            "save-draft": self.export.save_as,
            "canvas-keys": self.show_keys,
        }
        self.commands.add(command_keys(actions), does)
        self.bar.offer({name: action_name(actions[name]) for name in (*IN_BAR, *IN_BAR_OF_CODE) if name in actions})
        self.bar.offer_only(IN_BAR_OF_CODE if self.is_code else IN_BAR)
        self._show_keys_in_bar()

    def _show_keys_in_bar(self) -> None:
        self.bar.show_keys({name: self.commands.key_of(f"{ACTION}{name}") for name in self.bar.buttons})

    def _connect(self) -> None:
        self._state.replaced.connect(self._show)
        self._state.typed.connect(self._take_typed)
        self._state.refused.connect(self.tell)
        self.sections.chosen.connect(self._refresh)
        self.writing.grew.connect(self.grew)
        self.writing.moved.connect(self._refresh)
        self.writing.moved.connect(self._checking.start)
        self.writing.said.connect(self.tell)
        self.page.typed.connect(self._checking.start)
        self.head.left.connect(self.left)
        self.head.undone.connect(self.undo)
        self.head.redone.connect(self.redo)
        self.head.version_wanted.connect(self.version_back)
        self.head.copied.connect(self.export.copy)
        self.head.rich_copied.connect(self.export.copy_rich)
        self.head.saved.connect(self.export.save_as)
        self.head.scene.clicked.connect(self.want_scene)
        self.outline.own_removed.connect(self.remove_own)
        self.foot.change_wanted.connect(self.change)
        self.foot.action_wanted.connect(self.act)
        self.foot.pressed.connect(self.write)
        self.page.selected.connect(self.bar.follow)
        self.page.selected.connect(self._show_selection)
        self.page.menu_opening.connect(self._fill_menu)
        self.bar.chosen.connect(self.act)
        self.selected.moved.connect(self._refresh)
        self.selected.offered.connect(self.sections.keep_offer)
        self.selected.said.connect(self.tell)

    @Slot(object)
    def _show(self, draft: Draft) -> None:
        self.page.show_draft(draft)
        self._refresh()
        self._check()
        self.changed.emit(draft)

    @Slot(object)
    def _take_typed(self, draft: Draft) -> None:
        self._refresh()
        self._check()
        self.changed.emit(draft)

    @Slot()
    def _refresh(self) -> None:
        amounts = [count(section.text) for section in self.draft.sections]
        chosen, writing, past = self._state.chosen, self.busy, self._state.past
        ids = [section.id for section in self.draft.sections]
        at = ids.index(self.selected.section) if self.selected.section in ids else self.writing.at
        self.selected.allowed = not self.writing.on
        self.sections.frozen = self.writing.on
        self.outline.show_draft(self.draft, self._state.current, at, amounts, self._unit())
        self.page.set_read_only(self.draft, all_of_it=self.writing.on)  # two cannot write the same page
        self.head.show_state(
            undo=past.can_undo and not writing,
            redo=past.can_redo and not writing,
            version=bool(chosen.versions) and not writing,
        )
        self.foot.show_state(
            writing=writing,
            begun=any(section.text for section in self.draft.sections),
            waiting=any(each.status != "written" and not each.locked for each in self.draft.sections),
            written=bool(chosen.text),
            free=self._drafting.is_free(self.draft),
        )

    @Slot()
    def _check(self) -> None:
        draft = self.page.typed_into(self.draft)
        points = self._drafting.points(draft)
        wanted = amount_wanted(self._drafting.template(draft.brief.template), draft)
        body = "\n\n".join(section.text for section in draft.sections)
        report = self._drafting.check(draft)
        self.page.underline(() if self.writing.on else report.own)
        self.outline.show_report(report, body, points, wanted, in_words=self._in_words, writing=self.writing.on)
        if draft != self.draft and not self.writing.on:
            self.grew.emit(draft)  # what is typed is kept long before the user leaves the section

    @property
    def _in_words(self) -> bool:
        return self._drafting.unit(self.draft) == "words"

    @Slot(object)
    def _show_selection(self, pane: SectionPane) -> None:
        self.outline.show_selection(pane.text.textCursor().selection().toPlainText(), in_words=self._in_words)

    def _unit(self) -> str:
        return self.tr("words") if self._in_words else self.tr("characters")

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Say something in the row above the page."""
        self.head.tell(sentence)

    @Slot(object, object)
    def _fill_menu(self, pane: SectionPane, menu: QMenu) -> None:
        if not pane.section.locked and not self.busy:
            menu.addSeparator()
            for command in self.commands.commands.values():
                if command.id.startswith(ACTION):
                    menu.addAction(command.action)


def _below_the_paper(part: QWidget) -> QHBoxLayout:
    """Give a row no wider than the paper, and in its middle."""
    part.setMaximumWidth(theme.px(theme.COLUMN_WIDTH))
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(part, 100)
    row.addStretch(1)
    return row
