"""The conversations that are open, the one that is read, and the answers being written."""

import itertools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.chat.answer_recorder import AnswerRecorder, RecordRef, stored_usage
from desktop.chat.assistant import Request
from desktop.engine.interface import ContextTrimmed, Event, Finished, TextAdded, ThoughtAdded
from desktop.ui.conversation import history_queries
from desktop.ui.conversation.chat import Chat, Turn, messages_of
from desktop.ui.history.link import HistoryLink

if TYPE_CHECKING:
    from desktop.history import Conversation, StoredMessage

AUTOSAVE_MS = 300  # after a keystroke; far below the second that may be lost
SETTLE_S = 1.0  # how long closing the window waits for the disk before it asks
MOST_CHATS = 30  # open at once; more than there are pages


class ConversationController(QObject):
    """Turns what the user wants into requests and changes of the history, and tells the window what became of it.

    Attributes:
        shown: the conversation that is read.

    Signals:
        asked(Request): the chat thread should answer this.
        chat_shown(Chat): another conversation is read.
        branch_changed(Chat): other messages are read in it, or were loaded.
        turns_added(Chat, list[Turn]): these came behind what is there.
        moved(Turn, Event): an answer went on.
        turn_failed(Turn): an answer failed; its sentence is in `error`.
        running_changed(Chat): an answer began or ended in it.
        listed(Conversation): it is new in the history, or changed.
        unsent_restored(Chat): what stood in its composer is known.
    """

    asked = Signal(object)
    chat_shown = Signal(object)
    branch_changed = Signal(object)
    turns_added = Signal(object, object)
    moved = Signal(object, object)
    turn_failed = Signal(object)
    running_changed = Signal(object)
    listed = Signal(object)
    unsent_restored = Signal(object)

    def __init__(self, link: HistoryLink, open_memory: Callable[[], HistoryLink]) -> None:
        super().__init__()
        self.link = link
        self._open_memory, self._memory = open_memory, list[HistoryLink]()
        self._chat_ids, self._request_ids = itertools.count(1), itertools.count(1)
        self._chats: list[Chat] = []
        self._running: dict[int, tuple[Chat, Turn, Request]] = {}  # request id -> where its answer is written
        self._autosave = QTimer(self)
        self._autosave.setSingleShot(True)
        self._autosave.setInterval(AUTOSAVE_MS)
        self._autosave.timeout.connect(self.save_unsent)
        self.shown = self._make(link)

    # Which conversation is read.

    def restore(self) -> None:
        """Show what was shown when the application ended, and what was being written in it."""
        self.link.read(history_queries.find_last, self._restore)

    def _restore(self, found: tuple["Conversation | None", str]) -> None:
        conversation, unsent = found
        if unsent and not self.shown.begun:
            typed = self.shown.unsent  # while the history was being opened
            self.shown.unsent = f"{unsent}\n{typed}" if typed else unsent
            self.unsent_restored.emit(self.shown)
        if conversation is not None and not self.shown.begun and not self.shown.unsent:
            self.open(conversation.id, conversation.title)

    @Slot()
    def new(self, *, temporary: bool = False) -> None:
        """Begin a conversation; an empty one is used again."""
        link = self._memory_link() if temporary else self.link
        empty = next((chat for chat in self._chats if not chat.begun and chat.temporary == temporary), None)
        self._show(empty or self._make(link, temporary=temporary))

    def open(self, number: int, title: str = "", message: int | None = None) -> None:
        """Show a conversation of the history; with a message, the branch through that."""
        chat = self._find(number)
        known = chat is not None
        if chat is None:
            chat = self._make(self.link)
            chat.record, chat.title, chat.begun, chat.loaded = RecordRef(number), title, True, False
        elsewhere = message is not None and all(turn.record.number != message for turn in chat.branch)
        if message is not None and elsewhere and not chat.running:
            self.link.write(lambda store: history_queries.choose_way(store, message))
        if not known or elsewhere:
            self._load(chat)
        self._show(chat)

    def forget(self, number: int) -> None:
        """Close a conversation that went to the bin; its answers end."""
        chat = self._find(number)
        if chat is None:
            return
        self.stop(chat)
        self._chats.remove(chat)
        if chat is self.shown:
            self.new()

    def rename(self, number: int, title: str) -> None:
        """Show the title that a conversation has now."""
        chat = self._find(number)
        if chat is not None:
            chat.title = title
            if chat is self.shown:
                self.chat_shown.emit(chat)

    def open_chats(self) -> tuple[Chat, ...]:
        """Give all conversations that are open."""
        return tuple(self._chats)

    # What is asked.

    @Slot(str)
    def submit(self, text: str) -> None:
        """Send a message in the conversation that is read."""
        chat = self.shown
        if chat.running or not chat.loaded:
            return
        chat.unsent = ""
        self._ask(chat, chat.branch[-1] if chat.branch else None, Turn("user", text))

    def regenerate(self, answer: Turn) -> None:
        """Have another answer written beside this one."""
        chat = self._of(answer)
        if chat is None or chat.running:
            return
        question = chat.before(answer)[-1]
        self._cut(chat, answer)
        self._ask(chat, question)

    def edit(self, question: Turn, text: str) -> None:
        """Ask differently, beside what was asked."""
        chat = self._of(question)
        if chat is None or chat.running or not text.strip():
            return
        earlier = chat.before(question)
        self._cut(chat, question)
        self._ask(chat, earlier[-1] if earlier else None, Turn("user", text))

    def correct(self, answer: Turn, text: str) -> None:
        """Put the user's own words in the place of an answer; the model reads them as its own from now on."""
        chat = self._of(answer)
        if chat is None or answer.running or text == answer.text:
            return
        answer.text = text
        if answer.status != "done":  # what stands there now is whole
            answer.status, answer.error = "done", ""
        chat.link.write(lambda store: history_queries.correct(store, answer, text))
        self.branch_changed.emit(chat)

    def go_on(self, answer: Turn) -> None:
        """Have an answer continued that ended too soon; one that failed without a word is asked again."""
        chat = self._of(answer)
        if chat is None or chat.running:
            return
        if answer.status == "failed" and answer.text:
            self.regenerate(answer)
            return
        answer.status, answer.error = "pending", ""
        self.branch_changed.emit(chat)
        self._request(chat, answer)

    def stop(self, chat: Chat | None = None) -> None:
        """End the answers being written in a conversation, by default the one that is read; what is there stays."""
        chat = chat or self.shown
        for running, _, request in self._running.values():
            if running is chat:
                request.stop.set()

    def stop_all(self) -> None:
        """End every answer, as when the window closes."""
        for _, _, request in self._running.values():
            request.stop.set()

    def end(self) -> int:
        """Save everything and let go of the history; gives how many changes could not be saved."""
        return sum(link.service.end() for link in (*self._memory, self.link))

    # The tree.

    def choose(self, number: int) -> None:
        """Read the branch through this message, as an arrow between siblings does."""
        chat = self.shown
        if not chat.running:
            chat.link.write(lambda store: store.messages.choose(number))
            self._load(chat)

    def delete(self, turn: Turn) -> None:
        """Take a message and what follows it out of the conversation."""
        chat = self._of(turn)
        if chat is None or chat.running:
            return
        chat.link.write(lambda store: store.messages.delete(turn.record.get()))
        self._load(chat)

    def restore_turn(self, turn: Turn) -> None:
        """Put a message back that was deleted."""
        chat = self.shown
        chat.link.write(lambda store: store.messages.restore(turn.record.get()))
        self._load(chat)

    def fork(self, turn: Turn) -> None:
        """Go on from here in a conversation of its own."""
        chat = self._of(turn)
        if chat is None or chat.temporary:
            return
        chat.link.write(lambda store: history_queries.fork(store, turn), self._show_forked)

    def _show_forked(self, conversation: "Conversation") -> None:
        self.listed.emit(conversation)
        self.open(conversation.id, conversation.title)

    # What is typed.

    @Slot(str)
    def type(self, text: str) -> None:
        """Keep what stands in the composer; on the disk within a second."""
        if text != self.shown.unsent:
            self.shown.unsent = text
            if not self._autosave.isActive():
                self._autosave.start()

    @Slot()
    def save_unsent(self) -> None:
        """Save what stands in the composer now."""
        self._autosave.stop()
        chat, text = self.shown, self.shown.unsent
        begun = chat.begun
        chat.link.write(
            lambda store: store.composer.save(chat.record.get() if begun else None, text),
            key=("composer", chat.id, begun),
        )

    @property
    def unsaved(self) -> bool:
        """Whether something is in memory only and cannot be saved now."""
        return self.link.trouble is not None and self.link.service.unsaved > 0

    def saved(self) -> bool:
        """Wait a moment for what is just being saved; tells whether all is, whatever keeps the rest from it."""
        service = self.link.service
        if not self.unsaved and service.unsaved:  # of a history that is still being opened, no trouble is known yet
            service.settle(SETTLE_S)
        return service.unsaved == 0

    @property
    def unsent_waits(self) -> bool:
        """Whether something typed is not given to the history yet."""
        return self._autosave.isActive()

    # What the chat thread says.

    @Slot(object, object)
    def happened(self, request: Request, event: Event) -> None:
        """Keep how an answer goes on."""
        chat, turn, _ = self._running[request.id]
        match event:
            case ThoughtAdded(text=text):
                turn.think(text)
            case TextAdded(text=text):
                turn.text += text
                turn.status = "streaming"
            case ContextTrimmed(dropped_messages=count):
                turn.left_out = count
            case Finished(reason=reason, usage=usage):
                turn.status, turn.usage = reason, stored_usage(usage)
                del self._running[request.id]
        self.moved.emit(turn, event)
        if isinstance(event, Finished):
            self._ended(chat)

    @Slot(object, str)
    def failed(self, request: Request, sentence: str) -> None:
        """Keep why an answer failed; the question stays."""
        chat, turn, _ = self._running.pop(request.id)
        turn.status, turn.error = "failed", sentence
        chat.link.write(lambda store: store.messages.finish(turn.record.get(), "failed"))
        self.turn_failed.emit(turn)
        self._ended(chat)

    def _ended(self, chat: Chat) -> None:
        self.running_changed.emit(chat)
        if not chat.temporary:
            self.link.read(lambda store: store.conversations.get(chat.record.get()), self.listed.emit)

    # How that is done.

    def _ask(self, chat: Chat, parent: Turn | None, question: Turn | None = None) -> None:
        """Hang a question, if there is one, and the place of its answer under `parent`, and have it answered."""
        answer = Turn("assistant", status="pending")
        turns = [question, answer] if question else [answer]
        new, chat.begun = not chat.begun, True
        if new:
            from desktop.history.conversations import automatic_title

            chat.title = automatic_title(turns[0].text)
        chat.branch += turns
        self._autosave.stop()  # what stands in the composer is saved with the question
        work = history_queries.NewTurns(chat, new, parent, turns, chat.unsent)
        chat.link.write(work.add, lambda stored: self._added(chat, stored))
        self.turns_added.emit(chat, turns)
        if new and chat is self.shown:
            self.chat_shown.emit(chat)
        self._request(chat, answer)

    def _request(self, chat: Chat, answer: Turn) -> None:
        earlier = chat.before(answer)
        question = earlier[-1]
        request = Request(
            next(self._request_ids),
            question.text,
            chat.id,
            earlier=messages_of(earlier[:-1]),
            begun=answer.text,
            answer=AnswerRecorder(chat.link.service, answer.record),
        )
        self._running[request.id] = (chat, answer, request)
        self.running_changed.emit(chat)
        self.asked.emit(request)

    def _added(self, chat: Chat, stored: "Conversation") -> None:
        if not chat.temporary:
            chat.title = stored.title
            self.listed.emit(stored)
            if chat is self.shown:
                self.chat_shown.emit(chat)  # it has a number and a title now
        if any(len(turn.siblings) > 1 for turn in chat.branch):
            self.branch_changed.emit(chat)  # the arrows between versions have somewhere to go now

    def _cut(self, chat: Chat, turn: Turn) -> None:
        chat.branch = chat.before(turn)
        self.branch_changed.emit(chat)

    def _load(self, chat: Chat) -> None:
        def take(found: tuple[Sequence["StoredMessage"], str]) -> None:
            first = not chat.loaded
            chat.take(list(found[0]))
            self.branch_changed.emit(chat)
            if first and found[1] and not chat.unsent:
                chat.unsent = found[1]
                self.unsent_restored.emit(chat)

        chat.link.read(lambda store: history_queries.read(store, chat), take)

    def _show(self, chat: Chat) -> None:
        if chat is not self.shown and self._autosave.isActive():
            self.save_unsent()
        self.shown = chat
        if not chat.temporary and self.link.writable:
            record = chat.record if chat.begun else RecordRef()
            self.link.write(lambda store: history_queries.keep_shown(store, record.number), key="shown")
        self._chats.remove(chat)
        self._chats.append(chat)
        self._put_away()
        self.chat_shown.emit(chat)

    def _put_away(self) -> None:
        """Close conversations that were not read for long and are in the history with all they hold."""
        for chat in self._chats[:-MOST_CHATS]:
            saved = all(turn.record.number is not None for turn in chat.branch)
            if chat.begun and saved and not chat.temporary and not chat.running and not self.unsaved:
                self._chats.remove(chat)

    def _make(self, link: HistoryLink, *, temporary: bool = False) -> Chat:
        chat = Chat(next(self._chat_ids), link, temporary=temporary)
        self._chats.append(chat)
        return chat

    def _memory_link(self) -> HistoryLink:
        if not self._memory:
            self._memory.append(self._open_memory())
            self._memory[0].failed.connect(self.link.tell_failed)
            self._memory[0].start()
        return self._memory[0]

    def _find(self, number: int) -> Chat | None:
        same = (chat for chat in self._chats if chat.record.number == number and not chat.temporary)
        return next(same, None)

    def _of(self, turn: Turn) -> Chat | None:
        return next((chat for chat in self._chats if turn in chat.branch), None)
