"""Where the user writes: a card with the message, the texts that go with it, and Send that becomes Stop."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QSignalBlocker, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.attachments import SUFFIXES, Attachment, CannotAttach, joined, read_file, split
from desktop.ui.icons import IconButton
from desktop.ui.labels import ElidedLabel
from desktop.ui.prompt_edit import PromptEdit


class Composer(QFrame):
    """The card at the foot of a conversation.

    Attributes:
        edit: the text being written.
        button: Send, or Stop while an answer is being written.
        attachments: texts that go with the message.

    Signals:
        submitted(str): the user sends this text; the composer keeps it until it is replaced.
        stopped(): the user wants the answer to end.
        edited(str): what is written now, attachments included.
        said(str): a sentence about a file that cannot go with the message.
        edit_left(): the user does not want to ask an earlier message differently after all.
    """

    submitted = Signal(str)
    stopped = Signal()
    edited = Signal(str)
    said = Signal(str)
    edit_left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("composer")
        self.setAcceptDrops(True)
        self._generating, self._blocked = False, ""
        self.attachments: list[Attachment] = []
        self.edit = PromptEdit()
        self.edit.setAccessibleName(self.tr("Your message"))
        self.edit.setPlaceholderText(self.tr("What should be written?"))
        self.edit.entered.connect(self._submit)
        self.edit.textChanged.connect(self._changed)
        self.edit.pasted_long.connect(self._attach_paste)
        self.edit.dropped.connect(self.attach_files)
        self.file = IconButton("paperclip", self.tr("File"), "quiet", theme.SOFT)
        self.file.setToolTip(self.tr("Attach a text file, or drop it here"))
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
        self._chips = QWidget()
        self._chip_row = QHBoxLayout(self._chips)
        self._rows = QVBoxLayout()
        self._lay_out()
        self.setFocusProxy(self.edit)
        self._show_chips()
        self._refresh()

    def text(self) -> str:
        """Give what is written, attachments included."""
        return joined(self.edit.toPlainText(), self.attachments)

    def set_text(self, text: str) -> None:
        """Replace what is written and put the caret behind it; nobody is told."""
        typed, self.attachments = split(text)
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

    def add_row(self, widget: QWidget) -> None:
        """Put a row between the text and the foot."""
        self._rows.addWidget(widget)

    @Slot(object)
    def attach_files(self, paths: list[Path]) -> None:
        """Let text files go with the message."""
        for path in paths:
            try:
                self.attach(read_file(path))
            except CannotAttach as error:
                self.said.emit(self._why_not(error))

    def attach(self, attachment: Attachment) -> None:
        """Let a text go with the message."""
        taken = {one.name for one in self.attachments}
        name, number = attachment.name, 1
        while name in taken:
            number += 1
            name = f"{attachment.name} ({number})"
        self.attachments.append(Attachment(name, attachment.text))
        self._show_chips()
        self._changed()

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
        kinds = self.tr("Text ({kinds})").format(kinds=" ".join(f"*{suffix}" for suffix in SUFFIXES))
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Attach a text file"), "", kinds)
        self.attach_files([Path(name) for name in names])
        self.edit.setFocus()

    @Slot(str)
    def _attach_paste(self, text: str) -> None:
        self.attach(Attachment(self.tr("Pasted text"), text))

    def _why_not(self, error: CannotAttach) -> str:
        reasons = {
            "kind": self.tr("{file} cannot be attached: only .txt and .md files can."),
            "size": self.tr("{file} cannot be attached: it is larger than 2 MB."),
            "text": self.tr("{file} cannot be attached: it is not UTF-8 text."),
            "read": self.tr("{file} cannot be attached: it cannot be read."),
        }
        return reasons[error.reason].format(file=error.path.name)

    def _show_chips(self) -> None:
        while (item := self._chip_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for attachment in self.attachments:
            self._chip_row.addWidget(self._chip(attachment))
        self._chip_row.addStretch(1)
        self._chips.setVisible(bool(self.attachments))

    def _chip(self, attachment: Attachment) -> IconButton:
        said = self.tr("{name} · {n} characters").format(name=attachment.name, n=f"{len(attachment.text):,}")
        chip = IconButton("x", said, "chip", theme.ACCENT)
        chip.setAccessibleName(self.tr("Remove {name}").format(name=attachment.name))
        chip.setToolTip(self.tr("Remove {name}").format(name=attachment.name))
        chip.clicked.connect(lambda: self._detach(attachment))
        return chip

    def _detach(self, attachment: Attachment) -> None:
        self.attachments.remove(attachment)
        self._show_chips()
        self._changed()
        self.edit.setFocus()

    @Slot()
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
            self.hint.setText(self._blocked)
        self.hint.setToolTip(self._blocked)
        written = bool(self.edit.toPlainText().strip() or self.attachments)
        self.button.setEnabled(self._generating or (not self._blocked and written))

    def _become(self, icon: str, text: str, kind: str, role: theme.Role) -> None:
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
        if not self._generating and not self._blocked and self.text().strip():
            self.submitted.emit(self.text())

    def _lay_out(self) -> None:
        self._chip_row.setContentsMargins(0, 0, 0, 0)
        self._chip_row.setSpacing(theme.px(theme.SPACE_8))
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(theme.SPACE_12))
        foot.addWidget(self.file)
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
        layout.addWidget(self.edit)
        layout.addLayout(self._rows)
        layout.addLayout(foot)


def _files(source: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
