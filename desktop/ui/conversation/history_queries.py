"""What open conversations ask of the history and change in it, on the history's or the writer's thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.errors import NotFound
from desktop.ui.conversation.chat import Chat, Turn

if TYPE_CHECKING:
    from desktop.history import Conversation, Store, StoredMessage

_SHOWN = "shown conversation"


def find_last(store: "Store") -> tuple["Conversation | None", str]:
    """Give the conversation that was read when the application ended, and the text of one that had not begun."""
    number, unsent = store.state.get(_SHOWN), store.composer.text(None)
    try:
        found = store.conversations.get(int(number)) if number.isdecimal() else None
    except NotFound:
        found = None
    return (found if found and found.deleted_at is None else None), unsent


def keep_shown(store: "Store", number: int | None) -> None:
    """Remember which conversation is read; None is one that has not begun."""
    store.state.set(_SHOWN, "" if number is None else str(number))


def read(store: "Store", chat: Chat) -> tuple[Sequence["StoredMessage"], str]:
    """Give the messages that are read in a conversation, and what stands in its composer."""
    return store.messages.branch(chat.record.get()), store.composer.text(chat.record.get())


def choose_way(store: "Store", message: int) -> None:
    """Read the branch that a message lies on, whatever was chosen above it."""
    at: int | None = message
    while at is not None:
        store.messages.choose(at)
        at = store.messages.get(at).parent


def correct(store: "Store", turn: Turn, text: str) -> None:
    """Put another text in an answer's place; it is whole from now on."""
    store.messages.set_text(turn.record.get(), text)
    store.messages.finish(turn.record.get(), "done")


def fork(store: "Store", turn: Turn) -> "Conversation":
    """Copy the branch that ends with a message into a conversation of its own."""
    return store.conversations.get(store.messages.fork(turn.record.get()))


@dataclass(eq=False)
class NewTurns:
    """Turns to be added below `parent`, as they were when they were asked; may be done again until it is saved.

    Attributes:
        begins: the conversation is not in the history yet.
        unsent: what stands in the composer then.
    """

    chat: Chat
    begins: bool
    parent: Turn | None
    turns: Sequence[Turn]
    unsent: str

    def __post_init__(self) -> None:
        self._rows = [(turn, turn.role, turn.text, turn.status) for turn in self.turns]

    def add(self, store: "Store") -> "Conversation":
        """Add them; they know their numbers then, which what is saved together with them needs; none if that fails."""
        try:
            return self._added(store)
        except BaseException:
            if self.begins:
                self.chat.record.number = None
            for turn in self.turns:
                turn.record.number = None
            raise

    def _added(self, store: "Store") -> "Conversation":
        record = self.chat.record
        number = record.number = store.conversations.create().id if self.begins else record.get()
        at = self.parent.record.get() if self.parent else None
        for turn, role, text, status in self._rows:
            stored = store.messages.add(number, role, text, parent=at, status=status)
            at, turn.record.number, turn.siblings = stored.id, stored.id, stored.siblings
        if self.begins:
            store.composer.save(None, "")
        store.composer.save(number, self.unsent)
        keep_shown(store, number)
        return store.conversations.get(number)
