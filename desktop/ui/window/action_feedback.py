"""Says what became of an action, with Undo where it can be undone; writes messages into files."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from desktop.errors import InkstoneError
from desktop.ui.conversation.chat import Turn
from desktop.ui.conversation.controller import ConversationController
from desktop.ui.sidebar.conversation_library import ConversationLibrary
from desktop.ui.widgets.error_messages import localised
from desktop.ui.widgets.save_dialog import READ, ask_where
from desktop.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from desktop.history import Conversation


class ActionFeedback(QObject):
    """Tells in a toast what happened to conversations and messages."""

    def __init__(self, toast: Toast, conversations: ConversationController, library: ConversationLibrary) -> None:
        super().__init__(toast)
        self._toast, self._conversations, self._library = toast, conversations, library
        library.removed.connect(self._removed)
        library.archived.connect(self._archived)
        library.said.connect(self.say)
        conversations.link.failed.connect(self.fail)

    @Slot(str)
    def say(self, sentence: str) -> None:
        """Say something that cannot be undone."""
        self._toast.say(sentence)

    @Slot(object)
    def fail(self, error: InkstoneError) -> None:
        """Say why something was not done."""
        self._toast.say(localised(error))

    @Slot(object)
    def delete(self, turn: Turn) -> None:
        """Delete a message and what follows it."""
        if not self._conversations.shown.running:
            self._conversations.delete(turn)
            sentence = self.tr("The message and what followed it were deleted.")
            self._toast.say(sentence, lambda: self._conversations.restore_turn(turn))

    @Slot(object)
    def export(self, turn: Turn) -> None:
        """Write a message into a file."""
        path = ask_where(self._toast, self.tr("Export the message"), "inkstone", READ)
        if path is not None:
            self._library.export_text(turn.text, path)

    @Slot()
    def bring_in(self) -> None:
        """Import conversations from elsewhere."""
        kinds = self.tr("Conversations ({kinds})").format(kinds="*.json *.zip *.md")
        name, _ = QFileDialog.getOpenFileName(self._toast, self.tr("Import conversations"), "", kinds)
        if name:
            self._library.bring_in(Path(name))

    @Slot(object)
    def _removed(self, conversation: "Conversation") -> None:
        self._conversations.forget(conversation.id)
        sentence = self.tr("“{title}” is in the bin.").format(title=conversation.title)
        self._toast.say(sentence, lambda: self._library.restore(conversation))

    @Slot(object)
    def _archived(self, conversation: "Conversation") -> None:
        self._conversations.forget(conversation.id)
        sentence = self.tr("“{title}” is in the archive.").format(title=conversation.title)
        self._toast.say(sentence, lambda: self._library.archive(conversation, archived=False))
