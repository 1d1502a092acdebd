"""Where the user writes: a card with the message, the texts that go with it, and Send that becomes Stop."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.attached import Attachment, joined, split
from desktop.codes import Coded
from desktop.errors import DocumentError, InkstoneError
from desktop.reasons import DocumentReason
from desktop.ui.composer.attachments import LONGEST, Chips, named
from desktop.ui.composer.prompt_edit import PromptEdit
from desktop.ui.models.model_facts import GGUF
from desktop.ui.widgets import theme
from desktop.ui.widgets.document_reading import DocumentReading, Read, document_kinds
from desktop.ui.widgets.error_messages import localised, worded
from desktop.ui.widgets.icons import IconButton, IconLabel
from desktop.ui.widgets.labels import ElidedLabel, label


@dataclass(frozen=True, slots=True, eq=False)
class _Unread:
    """A document that is being read, and what ends that."""

    path: Path
    stop: threading.Event


class Composer(QFrame):
    """The card at the foot of a conversation.

    Attributes:
        edit: the text being written.
        button: Send, or Stop while an answer is being written.
        attachments: texts that go with the message.
        problem: what is wrong with a document, or with the message as it is.

    Signals:
        submitted(str): the user sends this text; the composer keeps it until it is replaced.
        stopped(): the user wants the answer to end.
        edited(str): what is written now, attachments included.
        edit_left(): the user does not want to ask an earlier message differently after all.
        model_dropped(Path): the user dropped a model, which is no document.
    """

    submitted = Signal(str)
    stopped = Signal()
    edited = Signal(str)
    edit_left = Signal()
    model_dropped = Signal(object)

    def __init__(self, read: Read) -> None:
        """Be empty; `read` gives the text of a document, on another thread."""
        super().__init__()
        self.setObjectName("composer")
        self.setAcceptDrops(True)
        self._generating, self._blocked = False, ""
        self._sends = False  # once the last document is read
        self.attachments: list[Attachment] = []
        self._reading, self._unread = DocumentReading(read, self), list[_Unread]()
        self.edit = PromptEdit()
        self.edit.setAccessibleName(self.tr("Your message"))
        self.edit.setPlaceholderText(self.tr("What should be written?"))
        self.edit.entered.connect(self._submit)
        self.edit.textChanged.connect(self._typed)
        self.edit.pasted_long.connect(self._attach_paste)
        self.edit.dropped.connect(self.attach_files)
        self.file = IconButton("paperclip", self.tr("File"), "quiet", theme.SOFT)
        self.file.setToolTip(self.tr("Attach documents (Word, PDF, HTML, text), or drop them here"))
        self.file.clicked.connect(self._choose_file)
        self.hint = ElidedLabel("", "faint")
        self.meter = ElidedLabel("", "faint")
        self.button = IconButton("arrow-up", self.tr("Send"), "primary", theme.ON_ACCENT)
        self.button.clicked.connect(self._press)
        self.editing = IconButton("x", "", "chip", theme.ACCENT)
        self.editing.setAccessibleName(self.tr("Stop editing"))
        self.editing.setToolTip(self.tr("Back to what you were writing (Esc)"))
        self.editing.clicked.connect(self.edit_left)
        self.editing.hide()
        self.problem = label("", "small")
        self.problem.setWordWrap(True)
        self._problem_row = QWidget()
        self._problem_row.hide()
        self._chips = Chips()
        self._chips.removed.connect(self._detach)
        self._chips.stopped.connect(self._stop_reading)
        self._rows, self._tools = QVBoxLayout(), QHBoxLayout()
        self._lay_out()
        self.setFocusProxy(self.edit)
        self._show_chips()
        self._refresh()

    def text(self) -> str:
        """Give what is written, attachments included."""
        return joined(self.edit.toPlainText(), self.attachments)

    def set_text(self, text: str, *, plain: bool = False) -> None:
        """Replace what is written and put the caret behind it; nobody is told. A `plain` text has no attachments."""
        typed, self.attachments = (text, []) if plain else split(text)
        self.show_problem("")
        with QSignalBlocker(self):
            self.edit.setPlainText(typed)
            cursor = self.edit.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            self.edit.setTextCursor(cursor)
            self._show_chips()
        self._refresh()

    def set_generating(self, generating: bool) -> None:
        """Turn Send into Stop while an answer is being written."""
        self._generating = generating
        self._refresh()

    def show_editing(self, what: str) -> None:
        """Say that an earlier message is changed, and which; "" when it no longer is."""
        if what:
            self.editing.setText(what)
        self.editing.setVisible(bool(what))

    def set_blocked(self, reason: str) -> None:
        """Say why nothing can be sent now; an empty reason allows it again. Writing is always possible."""
        self._blocked = reason
        self._refresh()

    def add_tool(self, widget: QWidget) -> None:
        """Put something beside the button that attaches documents."""
        self._tools.addWidget(widget)

    def add_row(self, widget: QWidget) -> None:
        """Put a row between the text and the foot."""
        self._rows.addWidget(widget)

    @Slot(object)
    def attach_files(self, paths: list[Path]) -> None:
        """Let documents go with the message, once they are read."""
        self.show_problem("")
        for path in paths:
            if path.suffix.lower() == GGUF:
                self.model_dropped.emit(path)
            else:
                self._begin(path)
        self._show_chips()
        self._refresh()

    def attach(self, name: str, text: str) -> None:
        """Let a text go with the message."""
        self.attachments.append(named(name, text, {one.name for one in self.attachments}))
        self._show_chips()
        self._changed()

    def let_go(self) -> list[Path]:
        """Stop reading documents; gives those that were not read to the end."""
        left, self._unread = self._unread, []
        for one in left:
            one.stop.set()
        self._sends = False
        self._show_chips()
        self._refresh()
        return [one.path for one in left]

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong; "" when nothing is."""
        self.problem.setText(sentence)
        self._problem_row.setVisible(bool(sentence))
        if sentence:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and text that are dragged here."""
        if _files(event.mimeData()) or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped."""
        self.edit.insertFromMimeData(event.mimeData())
        event.acceptProposedAction()
        self.edit.setFocus()

    @Slot()
    def _choose_file(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Attach documents"), "", document_kinds())
        if names:
            self.attach_files([Path(name) for name in names])
        self.edit.setFocus()

    @Slot(str)
    def _attach_paste(self, text: str) -> None:
        self.attach(self.tr("Pasted text"), text)

    def _begin(self, path: Path) -> None:
        """Read a document while the user writes on."""

        def take(text: str, left_out: Sequence[Coded]) -> None:
            if not text.strip():
                fail(DocumentError(path, DocumentReason.NO_TEXT()))
            elif len(text) > LONGEST:
                fail(DocumentError(path, DocumentReason.TOO_LONG(limit=LONGEST)))
            else:
                self._unread.remove(unread)
                self.attach(path.name, text)
                if left_out:
                    self._add_problem(f"{path.name}: {' '.join(map(worded, left_out))}")
                self._send_if_all_is_read()

        def fail(error: InkstoneError) -> None:
            self._unread.remove(unread)
            self._sends = False  # what was to go with the message is missing: the user decides
            self._add_problem(localised(error))
            self._show_chips()
            self._refresh()

        unread = _Unread(path, self._reading.begin(path, take, fail))
        self._unread.append(unread)

    def _add_problem(self, sentence: str) -> None:
        self.show_problem("\n".join(filter(None, [self.problem.text(), sentence])))

    def _show_chips(self) -> None:
        self._chips.show_all(self.attachments, [one.path.name for one in self._unread])

    @Slot(int)
    def _detach(self, at: int) -> None:
        del self.attachments[at]
        self.show_problem("")
        self._show_chips()
        self._changed()
        self.edit.setFocus()

    @Slot(int)
    def _stop_reading(self, at: int) -> None:
        self._unread.pop(at).stop.set()
        self._sends = False
        self._show_chips()
        self._refresh()
        self.edit.setFocus()

    @Slot()
    def _typed(self) -> None:
        self._sends = False  # there is more to say
        self._changed()

    def _changed(self) -> None:
        self._refresh()
        self.edited.emit(self.text())

    @Slot()
    def _refresh(self) -> None:
        if self._generating:
            self._become("square", self.tr("Stop"), "outlined", theme.INK)
            self.hint.setText(self.tr("Esc stops"))
        else:
            self._become("arrow-up", self.tr("Send"), "primary", theme.ON_ACCENT)
            self.hint.setText(self._blocked or (self.tr("Sent when all is read") if self._sends else ""))
        self.hint.setToolTip(self._blocked)
        written = bool(self.edit.toPlainText().strip() or self.attachments or self._unread)
        self.button.setEnabled(self._generating or (not self._blocked and written))

    def _become(self, icon: str, text: str, kind: str, role: theme.ColorRole) -> None:
        if self.button.text() != text:
            self.button.show_as(icon, text, kind, role)

    @Slot()
    def _press(self) -> None:
        if self._generating:
            self.stopped.emit()
        else:
            self._submit()
        self.edit.setFocus()

    @Slot()
    def _submit(self) -> None:
        """Send what is written; where a document is still being read, as soon as it is."""
        if self._generating or self._blocked:
            return
        if self._unread:
            self._sends = True
            self._refresh()
        elif self.text().strip():
            self.show_problem("")
            self.submitted.emit(self.text())

    def _send_if_all_is_read(self) -> None:
        if self._sends and not self._unread:
            self._sends = False
            self._submit()

    def _lay_out(self) -> None:
        problem = QHBoxLayout(self._problem_row)
        problem.setContentsMargins(0, 0, 0, 0)
        problem.setSpacing(theme.px(theme.SPACE_8))
        problem.addWidget(IconLabel("triangle-alert", theme.ACCENT), 0, Qt.AlignmentFlag.AlignTop)
        problem.addWidget(self.problem, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(theme.SPACE_12))
        foot.addWidget(self.file)
        foot.addLayout(self._tools)
        foot.addStretch(1)
        foot.addWidget(self.hint)
        foot.addWidget(self.meter)
        foot.addWidget(self.button)
        layout = QVBoxLayout(self)
        sides = theme.px(theme.SPACE_12)
        layout.setContentsMargins(theme.px(theme.SPACE_16), sides, sides, sides)
        layout.setSpacing(theme.px(theme.SPACE_8))
        layout.addWidget(self.editing)
        layout.addWidget(self._chips)
        layout.addWidget(self._problem_row)
        layout.addWidget(self.edit)
        layout.addLayout(self._rows)
        layout.addLayout(foot)


def _files(source: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
