"""The canvas: a draft as an editable document, its outline beside it, and what can be done with a section below."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.chat.drafts import (
    Draft,
    DraftChecked,
    DraftEvent,
    DraftRoom,
    DraftSection,
    SectionBegan,
    amount_wanted,
    count,
    reading_minutes,
)
from desktop.errors import BadInput, InkstoneError
from desktop.ui import theme
from desktop.ui.canvas_outline import Outline
from desktop.ui.canvas_section import SectionPane
from desktop.ui.icons import IconButton
from desktop.ui.labels import label
from desktop.ui.sentences import told

Export = Callable[[Draft, Path], None]  # raises InkstoneError

_UNDO_STEPS = 200
_CHECK_AFTER = 400  # milliseconds without typing


class Canvas(QWidget):
    """Shows one draft and changes it; every change can be undone.

    Attributes:
        draft: as it is now.
        outline: the pane at the left.
        panes: the sections on the page.
        stop: ends what the model is writing.

    Signals:
        write_wanted(Draft, threading.Event): the rest is to be written.
        change_wanted(Draft, int, str, str, threading.Event): one section is to be written again: change and tone.
        changed(Draft): the draft is another one now; keep it.
        grew(Draft): the model has written another sentence.
        left(): back to the gallery.
    """

    write_wanted = Signal(object, object)
    change_wanted = Signal(object, int, str, str, object)
    changed = Signal(object)
    grew = Signal(object)
    left = Signal()

    def __init__(self, room: DraftRoom, draft: Draft, export: Export | None = None) -> None:
        """Show a draft; `export` writes one as a document, None: it can only be copied."""
        super().__init__()
        self._room, self.draft, self._export = room, draft, export
        self._undo: list[Draft] = []
        self._redo: list[Draft] = []
        self._current, self._writing = 0, False
        self._at: int | None = None  # the section that the model is at
        self._changing: int | None = None  # the section that is written again
        self._before: Draft | None = None  # the draft before the model's work, for undo
        self.stop = threading.Event()
        self.panes: list[SectionPane] = []
        self.outline = Outline()
        self.outline.chosen.connect(self._choose)
        self.outline.moved.connect(self._move)
        self.outline.lock_switched.connect(self._switch_lock)
        self.outline.added.connect(self._add)
        self.outline.removed.connect(self._remove)
        self.title = QLineEdit(draft.title)
        self.title.setFrame(False)
        self.title.setProperty("kind", "heading")
        self.title.setAccessibleName(self.tr("Title"))
        self.title.editingFinished.connect(self._title_edited)
        font = self.title.font()
        font.setPixelSize(theme.px(theme.TEXT_TITLE))
        font.setBold(True)
        self.title.setFont(font)
        self._sections = QVBoxLayout()
        self._sections.setSpacing(theme.px(theme.SPACE_24))
        self._checking = QTimer(self)
        self._checking.setSingleShot(True)
        self._checking.setInterval(_CHECK_AFTER)
        self._checking.timeout.connect(self._check)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.outline)
        layout.addLayout(self._middle(), 1)
        self._rebuild()
        self._refresh()
        self._check()

    # What the user does.

    @Slot()
    def write(self) -> None:
        """Have the rest written, or stop what is being written."""
        if self._writing:
            self.stop.set()
            return
        self._begin_work()
        self.write_wanted.emit(self.draft, self.stop)

    def change(self, change: str, tone: str = "") -> None:
        """Have the chosen section written again, expanded or shortened."""
        section = self.draft.sections[self._current]
        if self._writing:
            return
        if section.locked:
            self._tell(self.tr("This section is locked; unlock it to change it."))
            return
        self._begin_work()
        self._changing = self._current
        self.change_wanted.emit(self.draft, self._current, change, tone, self.stop)

    @Slot()
    def undo(self) -> None:
        """Go back one step."""
        self._flush()
        if self._undo and not self._writing:
            self._redo.append(self.draft)
            self._show(self._undo.pop())

    @Slot()
    def redo(self) -> None:
        """Go forward again."""
        if self._redo and not self._writing:
            self._undo.append(self.draft)
            self._show(self._redo.pop())

    @Slot()
    def version_back(self) -> None:
        """Bring the chosen section's text before this one back."""
        section = self.draft.sections[self._current]
        if section.versions and not self._writing:
            self._do(lambda: self.draft.restored(self._current, len(section.versions) - 1))

    @Slot()
    def copy(self) -> None:
        """Copy the document as Markdown."""
        self._flush()
        QGuiApplication.clipboard().setText(self.draft.text)
        self._tell(self.tr("The document was copied."))

    @Slot()
    def save_as(self) -> None:
        """Write the document as a file of another program."""
        kinds = self.tr("Word document (*.docx);;PDF (*.pdf);;Web page (*.html);;Markdown (*.md);;Plain text (*.txt)")
        name, chosen = QFileDialog.getSaveFileName(self, self.tr("Save as"), self.draft.title, kinds)
        if name:
            path = Path(name)
            self.export(path if path.suffix else path.with_suffix(chosen[chosen.index("*") + 1 : -1]))

    def export(self, path: Path) -> None:
        """Write the document; what goes wrong is told."""
        self._flush()
        if self._export is None:
            return
        try:
            self._export(self.draft, path)
        except InkstoneError as error:
            self._tell(told(error))
        else:
            self._tell(self.tr("Saved as {name}.").format(name=path.name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops; undo and redo work over everything."""
        if event.key() == Qt.Key.Key_Escape and self._writing:
            self.stop.set()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        else:
            super().keyPressEvent(event)

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
        self.panes[event.index].show_section(event.draft.sections[event.index])
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

    def _middle(self) -> QVBoxLayout:
        page = QFrame()
        page.setObjectName("card")
        inner = QVBoxLayout(page)
        inner.setContentsMargins(*(theme.px(theme.SPACE_36),) * 4)
        inner.setSpacing(theme.px(theme.SPACE_16))
        inner.addWidget(self.title)
        inner.addLayout(self._sections)
        inner.addStretch(1)
        page.setMaximumWidth(theme.px(theme.COLUMN_WIDTH))
        column = QWidget()
        column.setObjectName("column")
        around = QHBoxLayout(column)
        around.addStretch(1)
        around.addWidget(page, 100)
        around.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(column)
        middle = QVBoxLayout()
        middle.setContentsMargins(*(theme.px(theme.SPACE_16),) * 4)
        middle.setSpacing(theme.px(theme.SPACE_8))
        middle.addLayout(self._head())
        middle.addWidget(self._area, 1)
        middle.addWidget(self._foot())
        return middle

    def _head(self) -> QHBoxLayout:
        back = IconButton("", self.tr("All templates"), "quiet", theme.SOFT)
        back.clicked.connect(self.left)
        self._undo_button = IconButton("", self.tr("Undo"), "quiet", theme.SOFT)
        self._undo_button.clicked.connect(self.undo)
        self._redo_button = IconButton("", self.tr("Redo"), "quiet", theme.SOFT)
        self._redo_button.clicked.connect(self.redo)
        self._version = IconButton("", self.tr("Earlier version"), "quiet", theme.SOFT)
        self._version.clicked.connect(self.version_back)
        copy = IconButton("copy", self.tr("Copy"), "quiet", theme.SOFT)
        copy.clicked.connect(self.copy)
        save = IconButton("download", self.tr("Save as"), "quiet", theme.SOFT)
        save.clicked.connect(self.save_as)
        save.setVisible(self._export is not None)
        self._note = label("", "small")
        row = QHBoxLayout()
        row.addWidget(back)
        row.addWidget(self._note, 1)
        for button in (self._version, self._undo_button, self._redo_button, copy, save):
            row.addWidget(button)
        return row

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("composer")
        row = QHBoxLayout(foot)
        row.setContentsMargins(*(theme.px(theme.SPACE_8),) * 4)
        self._tools = []
        for text, slot in (
            (self.tr("Write again"), self._again),
            (self.tr("Longer"), self._longer),
            (self.tr("Shorter"), self._shorter),
            (self.tr("More formal"), self._formal),
            (self.tr("Friendlier"), self._friendly),
        ):
            button = IconButton("", text, "quiet", theme.SOFT)
            button.clicked.connect(slot)
            row.addWidget(button)
            self._tools.append(button)
        row.addStretch(1)
        self.go = IconButton("", self.tr("Write"), "primary", theme.ON_ACCENT)
        self.go.clicked.connect(self.write)
        row.addWidget(self.go)
        return foot

    @Slot()
    def _again(self) -> None:
        self.change("again")

    @Slot()
    def _longer(self) -> None:
        self.change("expand")

    @Slot()
    def _shorter(self) -> None:
        self.change("shorten")

    @Slot()
    def _formal(self) -> None:
        self.change("again", "formal")

    @Slot()
    def _friendly(self) -> None:
        self.change("again", "friendly")

    def _begin_work(self) -> None:
        self._flush()
        self._before, self._writing = self.draft, True
        self.stop = threading.Event()
        self._tell("")
        self._refresh()

    def _end_work(self) -> None:
        before, changed = self._before, self._changing
        if before is not None and before != self.draft:
            self._remember(before)
        self._before, self._writing, self._at, self._changing = None, False, None, None
        self._show(self.draft)
        if before is not None and changed is not None:
            old, new = before.sections[changed].text, self.draft.sections[changed].text
            if old and old != new:
                self.panes[changed].review(old, new)

    def _do(self, change: Callable[[], Draft]) -> None:
        """Make a change of the user's, or say why it cannot be."""
        self._flush()
        before = self.draft
        try:
            after = change()
        except BadInput as error:
            self._tell(told(error))
            return
        if after != before:
            self._remember(before)
            self._show(after)

    def _remember(self, before: Draft) -> None:
        self._undo = [*self._undo, before][-_UNDO_STEPS:]
        self._redo.clear()

    def _show(self, draft: Draft) -> None:
        self.draft = draft
        self._current = min(self._current, len(draft.sections) - 1)
        self._rebuild()
        self._refresh()
        self._check()
        self.changed.emit(draft)

    def _rebuild(self) -> None:
        """Make the page's parts fit the outline."""
        self.title.setText(self.draft.title)
        self.title.setVisible(bool(self.draft.title))
        if [pane.heading.text() for pane in self.panes] != [each.heading for each in self.draft.sections]:
            for pane in self.panes:
                self._sections.removeWidget(pane)
                pane.deleteLater()
            self.panes = [SectionPane(each, with_heading=self.draft.headings) for each in self.draft.sections]
            for pane in self.panes:
                pane.entered.connect(self._entered)
                pane.edited.connect(self._edited)
                pane.decided.connect(self._decided)
                pane.text.textChanged.connect(self._checking.start)
                self._sections.addWidget(pane)
        for pane, section in zip(self.panes, self.draft.sections, strict=True):
            pane.leave_review()  # what it was about may have changed
            pane.show_section(section)

    def _refresh(self) -> None:
        amounts = [count(section.text) for section in self.draft.sections]
        self.outline.show_draft(self.draft, self._current, self._at, amounts, self._unit())
        for pane, section in zip(self.panes, self.draft.sections, strict=True):
            pane.set_read_only(read_only=self._writing or section.locked)  # two cannot write the same page
        self.title.setReadOnly(self._writing)
        for button in self._tools:
            button.setEnabled(not self._writing and bool(self.draft.sections[self._current].text))
        self._undo_button.setEnabled(bool(self._undo) and not self._writing)
        self._redo_button.setEnabled(bool(self._redo) and not self._writing)
        self._version.setEnabled(bool(self.draft.sections[self._current].versions) and not self._writing)
        begun = any(section.text for section in self.draft.sections)
        waiting = any(each.status != "written" and not each.locked for each in self.draft.sections)
        text = self.tr("Stop") if self._writing else self.tr("Go on writing") if begun else self.tr("Write")
        self.go.show_as("square" if self._writing else "", text, "outlined" if self._writing else "primary", theme.INK)
        self.go.setVisible(self._writing or waiting)

    @Slot()
    def _check(self) -> None:
        draft = self._typed()
        points = self._room.points(draft)
        wanted = amount_wanted(self._room.template(draft.brief.template), draft.brief)
        self.outline.show_report(self._room.check(draft), points, wanted, self._unit(), reading_minutes(draft.text))

    def _unit(self) -> str:
        return self.tr("words") if self._room.unit(self.draft) == "words" else self.tr("characters")

    def _typed(self) -> Draft:
        """Give the draft with what is being typed."""
        pairs = zip(self.panes, self.draft.sections, strict=True)
        texts = [replace(each, text=pane.text.toPlainText()) if not each.locked else each for pane, each in pairs]
        return replace(self.draft, sections=tuple(texts))

    def _flush(self) -> None:
        for pane in self.panes:
            pane.text.flush()

    def _tell(self, sentence: str) -> None:
        self._note.setText(sentence)

    @Slot(object)
    def _entered(self, pane: SectionPane) -> None:
        self._current = self.panes.index(pane)
        self._refresh()

    @Slot(object)
    def _edited(self, pane: SectionPane) -> None:
        index = self.panes.index(pane)
        section = self.draft.sections[index]
        text, heading = pane.text.toPlainText(), pane.heading.text().strip() or section.heading
        if self._writing or (text, heading) == (section.text, section.heading):
            return
        status = "written" if text.strip() else "planned"
        changed = replace(section.with_text(text, status), heading=heading)  # type: ignore[arg-type]
        self._remember(self.draft)
        self.draft = self.draft.with_section(index, changed)
        self._refresh()
        self._check()
        self.changed.emit(self.draft)

    @Slot(object, str)
    def _decided(self, pane: SectionPane, text: str) -> None:
        index = self.panes.index(pane)
        section = self.draft.sections[index]
        if text != section.text:
            self._do(lambda: self.draft.with_section(index, section.with_text(text)))
        pane.text.setFocus()

    @Slot()
    def _title_edited(self) -> None:
        title = self.title.text().strip()
        if title and title != self.draft.title and not self._writing:
            self._do(lambda: replace(self.draft, title=title))

    @Slot(int)
    def _choose(self, index: int) -> None:
        if 0 <= index < len(self.panes):
            self._current = index
            self._area.ensureWidgetVisible(self.panes[index])
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
