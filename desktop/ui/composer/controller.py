"""The composer and the open conversations together: what is typed is kept, what is sent is asked, and Stop stops."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from desktop.attached import split
from desktop.engine.interface import Message
from desktop.ui.composer.composer import Composer
from desktop.ui.conversation.chat import Chat, Turn, messages_of
from desktop.ui.conversation.controller import ConversationController


class ComposerController(QObject):
    """Connects a composer with the open conversations.

    Attributes:
        editing: the message that is being changed; None: a new one is written.

    Signals:
        left(): another conversation is shown than before.
    """

    left = Signal()

    def __init__(self, composer: Composer, conversations: ConversationController) -> None:
        super().__init__(composer)
        self._composer, self._conversations = composer, conversations
        self.editing: Turn | None = None
        self._chat = conversations.shown
        self._unread: dict[int, list[Path]] = {}  # chat -> documents that were being read when the user left it
        composer.edit.recall = self._sent
        composer.edited.connect(self._edited)
        composer.submitted.connect(self._submit)
        composer.stopped.connect(conversations.stop)
        composer.edit_left.connect(self.leave_edit)
        conversations.chat_shown.connect(self._show)
        conversations.unsent_restored.connect(self._show)
        conversations.running_changed.connect(self._refresh)
        self._show(conversations.shown)

    def before(self) -> tuple[Message, ...] | None:
        """Give the messages that what is written follows; None where that is not known, or no question is written."""
        chat = self._conversations.shown
        if self.editing is None:
            return messages_of(chat.branch) if chat.loaded else None
        if self.editing.role != "user" or self.editing not in chat.branch:
            return None
        return messages_of(chat.before(self.editing))

    def let_go(self) -> dict[int, list[Path]]:
        """Stop reading documents; gives those that were to go with a message, by the number of their chat."""
        if self.editing is None:
            self._set_aside()
        self._composer.let_go()
        return self._unread

    def go_on(self, unread: dict[int, list[Path]]) -> None:
        """Read the documents that another composer let go."""
        self._unread = unread
        self._take_up()

    @Slot(object)
    def edit(self, turn: Turn) -> None:
        """Let a question be asked differently, or an answer be corrected; what was being written comes back then."""
        if turn.running:
            return
        if self.editing is None:
            self._set_aside()
        self._composer.let_go()
        self.editing = turn
        self._composer.set_text(turn.text, plain=turn.role != "user")
        question, answer = self.tr("Editing an earlier message"), self.tr("Correcting an answer")
        self._composer.show_editing(question if turn.role == "user" else answer)
        self._composer.edit.setFocus()

    @Slot()
    def leave_edit(self) -> None:
        """Go back to what was being written."""
        if self.editing is not None:
            self.editing = None
            self._composer.show_editing("")
            self._composer.let_go()
            self._composer.set_text(self._conversations.shown.unsent)
            self._take_up()

    @Slot(str)
    def _edited(self, text: str) -> None:
        if self.editing is None:
            self._conversations.type(text)

    @Slot(str)
    def _submit(self, text: str) -> None:
        edited = self.editing
        if edited is not None:
            self.leave_edit()
            change = self._conversations.edit if edited.role == "user" else self._conversations.correct
            change(edited, text)
        else:
            self._conversations.submit(text)
            self._composer.set_text(self._conversations.shown.unsent)

    @Slot(object)
    def _show(self, chat: Chat) -> None:
        if chat is not self._conversations.shown:
            return
        if self._chat is not chat or self.editing not in chat.branch:
            self.leave_edit()  # and not where the conversation only got its title
        left, self._chat = self._chat, chat
        if left is not chat:
            self._set_aside(left)
            self.left.emit()
        if self.editing is None and self._composer.text() != chat.unsent:
            self._composer.set_text(chat.unsent)
        if left is not chat:
            self._take_up()
        self._refresh(chat)

    @Slot(object)
    def _refresh(self, _chat: Chat) -> None:
        self._composer.set_generating(bool(self._conversations.shown.running))

    def _sent(self) -> list[str]:
        sent = [
            split(turn.text)[0]
            for chat in self._conversations.open_chats()
            for turn in chat.branch
            if turn.role == "user"
        ]
        return [typed for typed in sent if typed.strip()]

    def _set_aside(self, chat: Chat | None = None) -> None:
        """Remember which documents were being read for a message; they are read again when the user is back."""
        if left := self._composer.let_go():
            self._unread[(chat or self._chat).id] = left

    def _take_up(self) -> None:
        if left := self._unread.pop(self._chat.id, []):
            self._composer.attach_files(left)
