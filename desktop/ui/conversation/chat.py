"""A conversation as the window holds it, apart from any widget; the history gives it its numbers."""

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.chat.answer_recorder import RecordRef
from desktop.engine.interface import Message
from desktop.history.thoughts import NO_THOUGHT, Thought, ThoughtTimer, from_extra
from desktop.ui.history.link import HistoryLink

if TYPE_CHECKING:
    from desktop.history.records import Role, StoredMessage, StoredStatus, StoredUsage


@dataclass(eq=False, slots=True)
class Turn:
    """One message.

    Attributes:
        record: its number in the history.
        siblings: numbers of all messages at its place, its own included; arrows walk them.
        error: why it failed, a sentence; known in this run only.
        left_out: how many older messages did not fit the model; known in this run only.
        created: milliseconds since 1970, UTC.
        thought: what the model thought before it.
    """

    role: "Role"
    text: str = ""
    status: "StoredStatus" = "done"
    usage: "StoredUsage | None" = None
    record: RecordRef = field(default_factory=RecordRef)
    siblings: tuple[int, ...] = ()
    error: str = ""
    left_out: int = 0
    created: int = field(default_factory=lambda: time.time_ns() // 1_000_000)
    thought: Thought = NO_THOUGHT
    _thinking: ThoughtTimer = field(default_factory=ThoughtTimer)

    def think(self, piece: str) -> None:
        """Take more of what the model thinks."""
        self.thought = self._thinking.add(piece)

    @property
    def running(self) -> bool:
        """Whether it is still being written."""
        return self.status in ("pending", "streaming")

    @property
    def can_go_on(self) -> bool:
        """Whether it ended before its end and could be continued."""
        return self.status in ("length", "stopped", "interrupted") and bool(self.text)


@dataclass(eq=False, slots=True)
class Chat:
    """A conversation.

    Attributes:
        id: unique within the process.
        link: the history that keeps it.
        temporary: it is kept in memory only.
        begun: something was asked, so that it has a place in the history.
        loaded: its messages are here.
        branch: the messages that are read, first to last.
        unsent: what stands in its composer.
    """

    id: int
    link: HistoryLink
    temporary: bool = False
    begun: bool = False
    loaded: bool = True
    title: str = ""
    record: RecordRef = field(default_factory=RecordRef)
    branch: list[Turn] = field(default_factory=list)
    unsent: str = ""

    @property
    def running(self) -> list[Turn]:
        """The answers that are being written."""
        return [turn for turn in self.branch if turn.running]

    def before(self, turn: Turn) -> list[Turn]:
        """Give the messages in front of one."""
        return self.branch[: self.branch.index(turn)]

    def take(self, stored: "list[StoredMessage]") -> None:
        """Become what the history holds; what is being written here stays, and so does what it could not save yet."""
        here = {turn.record.number: turn for turn in self.branch if turn.running}
        known = {message.id for message in stored}
        unsaved = [turn for turn in self.branch if turn.record.number not in known and _is_newer(turn)]
        branch = []
        for message in stored:
            turn = here.get(message.id) or turn_of(message)
            turn.siblings = message.siblings
            branch.append(turn)
        self.branch, self.loaded = [*branch, *unsaved], True


def _is_newer(turn: Turn) -> bool:
    """Tell whether the history could not know of a turn when it was asked."""
    return turn.running or turn.record.number is None


def turn_of(message: "StoredMessage") -> Turn:
    """Make a turn of what the history holds."""
    status = "interrupted" if message.status in ("pending", "streaming") else message.status
    return Turn(
        message.role,
        message.text,
        status,
        message.usage,
        RecordRef(message.id),
        message.siblings,
        created=message.created,
        thought=from_extra(message.extra) if message.role == "assistant" else NO_THOUGHT,
    )


def messages_of(turns: list[Turn]) -> tuple[Message, ...]:
    """Give what the engine reads of these turns; an answer of which nothing came is none."""
    return tuple(Message(turn.role, turn.text) for turn in turns if turn.text)
