"""Has the model read a message while it is being written, so that behind Enter only its last words are left to read.

Reading begins when the user pauses, and goes on while they type behind what is being read. It is worth while where
much is unread: a document, a long paste, an old conversation. What was read is not read again.
"""

import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.engine.interface import Message
from desktop.ui.composer.composer import Composer
from desktop.ui.composer.controller import ComposerController
from desktop.ui.conversation.chat import Chat, messages_of
from desktop.ui.conversation.controller import ConversationController
from desktop.ui.models.state import ModelState

PAUSE_MS = 600  # of typing; a shorter one comes between two words
WORTH = 200  # characters, about 50 tokens; the starter reads them within a tenth of a second, which nobody notices


class ReadingAhead(QObject):
    """Watches a composer, and asks for its message to be read.

    Signals:
        wanted(tuple[Message, ...], threading.Event): the model may read this; the event stops it.
    """

    wanted = Signal(object, object)

    def __init__(
        self,
        composer: Composer,
        composing: ComposerController,
        conversations: ConversationController,
        model: ModelState,
    ) -> None:
        super().__init__(composer)
        self._composer, self._composing, self._conversations, self._model = composer, composing, conversations, model
        self._read: tuple[Message, ...] = ()  # what the model has read, or is reading
        self._text = ""  # of the message that is being written, as far as it belongs to that
        self._where: tuple[object, ...] = ()  # the message stands
        self._stop = threading.Event()  # ends the reading
        self._waits = False  # for the model
        self._told = False  # that the message is too long
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        composer.edited.connect(self._edited)
        conversations.chat_shown.connect(self._elsewhere)
        conversations.branch_changed.connect(self._elsewhere)
        conversations.running_changed.connect(self._answered)
        model.changed.connect(self._model_changed)

    @Slot()
    def make_room(self) -> None:
        """Stop reading until the model is loaded once more."""
        self._waits = self._waits or bool(self._read)
        self._leave()

    def _leave(self) -> None:
        """Stop reading; what comes next is looked at from its beginning."""
        self._stop.set()
        self._read, self._text, self._where = (), "", ()
        if self._told:
            self._told = False
            self._composer.show_problem("")

    @Slot(object, str)
    def too_long(self, stop: threading.Event, sentence: str) -> None:
        """Say that what was to be read does not fit the model, unless it is another message by now."""
        if stop is self._stop and not stop.is_set():
            self._told = True
            self._composer.show_problem(sentence)

    @Slot(str)
    def _edited(self, text: str) -> None:
        nearly_all = self._text[: max(0, len(self._text) - WORTH)]  # the last words may become others
        if self._where != self._place() or not text.startswith(nearly_all):
            self._leave()
        self._pause.start()

    @Slot()
    def _ask(self) -> None:
        before, text = self._composing.before(), self._composer.text()
        if before is None or not text.strip():
            return
        if self._model.info is None:
            self._waits = True
            return
        if any(chat.running for chat in self._conversations.open_chats()):
            return  # `_answered` looks again
        messages = (*before, Message("user", text))
        if unread(messages, self._read) < WORTH:
            return
        self._stop.set()
        self._stop = threading.Event()
        self._read, self._text, self._where = messages, text, self._place()
        self.wanted.emit(messages, self._stop)

    @Slot(object)
    def _elsewhere(self, chat: Chat) -> None:
        """Stop reading where another conversation, or another branch of it, is read now."""
        if chat is self._conversations.shown and self._where and self._where != self._place():
            self._leave()

    @Slot(object)
    def _answered(self, chat: Chat) -> None:
        """Know that an answer was read as soon as it was written; look at what was typed meanwhile."""
        if chat.running:
            return
        if chat is self._conversations.shown:
            self._leave()
            self._read, self._where = messages_of(chat.branch), self._place()
        self._pause.start()

    @Slot()
    def _model_changed(self) -> None:
        if self._model.info is None:
            self.make_room()
        elif self._waits:
            self._waits = False
            self._pause.start()

    def _place(self) -> tuple[object, ...]:
        """Tell where the message will stand."""
        chat = self._conversations.shown
        return (chat, self._composing.editing, *chat.branch)


def unread(messages: Sequence[Message], read: Sequence[Message]) -> int:
    """Count the characters of a conversation behind what it begins with in common with what was read."""
    at = 0
    while at < min(len(messages), len(read)) and messages[at] == read[at]:
        at += 1
    rest = sum(len(message.content) for message in messages[at:])
    if at < min(len(messages), len(read)) and messages[at].role == read[at].role:
        rest -= _shared(messages[at].content, read[at].content)
    return rest


def _shared(one: str, other: str) -> int:
    """Count the characters that two texts begin with in common; without looking at each of a million in turn."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if other.startswith(one[:middle]) else (low, middle - 1)
    return low
