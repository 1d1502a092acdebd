"""The composer and the desk together: what is typed is kept, what is sent is asked, and Stop stops."""

from PySide6.QtCore import QObject, Slot

from desktop.ui.composer import Composer
from desktop.ui.desk import Desk
from desktop.ui.turns import Chat, Turn


class Writing(QObject):
    """Connects a composer with the desk.

    Attributes:
        editing: the message that is being changed; None: a new one is written.
    """

    def __init__(self, composer: Composer, desk: Desk) -> None:
        super().__init__(composer)
        self._composer, self._desk = composer, desk
        self.editing: Turn | None = None
        composer.edit.recall = self._sent
        composer.edited.connect(self._edited)
        composer.submitted.connect(self._submit)
        composer.stopped.connect(desk.stop)
        composer.edit_left.connect(self.leave_edit)
        desk.chat_shown.connect(self._show)
        desk.draft_restored.connect(self._show)
        desk.running_changed.connect(self._refresh)
        self._show(desk.shown)

    @Slot(object)
    def edit(self, turn: Turn) -> None:
        """Let a question be asked differently, or an answer be corrected; what was being written comes back then."""
        if turn.running:
            return
        self.editing = turn
        self._composer.set_text(turn.text)
        question, answer = self.tr("Editing an earlier message"), self.tr("Correcting an answer")
        self._composer.show_editing(question if turn.role == "user" else answer)
        self._composer.edit.setFocus()

    @Slot()
    def leave_edit(self) -> None:
        """Go back to what was being written."""
        if self.editing is not None:
            self.editing = None
            self._composer.show_editing("")
            self._composer.set_text(self._desk.shown.draft)

    @Slot(str)
    def _edited(self, text: str) -> None:
        if self.editing is None:
            self._desk.type(text)

    @Slot(str)
    def _submit(self, text: str) -> None:
        edited = self.editing
        if edited is not None:
            self.leave_edit()
            change = self._desk.edit if edited.role == "user" else self._desk.correct
            change(edited, text)
        else:
            self._desk.submit(text)
            self._composer.set_text(self._desk.shown.draft)

    @Slot(object)
    def _show(self, chat: Chat) -> None:
        if chat is not self._desk.shown:
            return
        self.leave_edit()
        if self._composer.text() != chat.draft:
            self._composer.set_text(chat.draft)
        self._refresh(chat)

    @Slot(object)
    def _refresh(self, _chat: Chat) -> None:
        self._composer.set_generating(bool(self._desk.shown.running))

    def _sent(self) -> list[str]:
        return [turn.text for chat in self._desk.open_chats() for turn in chat.branch if turn.role == "user"]
