"""A message as a conversation shows it, apart from any widget."""

from dataclasses import dataclass
from typing import Literal

from desktop.engine.interface import Usage
from desktop.history.thoughts import NO_THOUGHT, Thought

MessageStatus = Literal["pending", "streaming", "done", "length", "stopped", "failed", "interrupted"]


@dataclass(frozen=True, slots=True)
class MessageViewModel:
    """One message.

    Attributes:
        id: what its owner tells it by, and what the signals of the view give back: anything hashable.
        role: who wrote it.
        text: Markdown of an answer; plain text of the user.
        status: of an answer; `pending` and `streaming` mean that more is coming.
        usage: what the answer cost; None where it was not measured.
        error: why it failed, a sentence.
        left_out: how many older messages the model did not read.
        thought: what the model thought before it.
        place: which of its versions this is, from 0.
        versions: how many there are, this one included.
    """

    id: object
    role: Literal["user", "assistant"]
    text: str = ""
    status: MessageStatus = "done"
    usage: Usage | None = None
    error: str = ""
    left_out: int = 0
    thought: Thought = NO_THOUGHT
    place: int = 0
    versions: int = 1

    @property
    def running(self) -> bool:
        """Whether more is coming."""
        return self.status in ("pending", "streaming")
