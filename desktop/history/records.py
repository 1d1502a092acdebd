"""What the history gives out: frozen records, times in milliseconds since 1970, UTC."""

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["system", "user", "assistant"]
StoredStatus = Literal["pending", "streaming", "done", "length", "stopped", "failed", "interrupted"]
HitPlace = Literal["title", "message", "draft", "composer"]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as the sidebar shows it.

    Attributes:
        title: the user's, or an automatic one from the first message; "" while there is none.
        title_is_automatic: a rename by the user ends automatic titles.
        folder: "" is none.
        deleted_at: when it went to the bin; None: it is not there.
    """

    id: int
    uid: str
    title: str
    title_is_automatic: bool
    folder: str
    pinned: bool
    archived: bool
    created: int
    updated: int
    deleted_at: int | None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredUsage:
    """What an answer took; zeros where it was not measured.

    Attributes:
        first_token_s: from the request to the first token, seconds.
        left_out: older messages that did not fit into the prompt.
        guessed_tokens: how many of the new ones were guessed right from the prompt.
    """

    prompt_tokens: int = 0
    reused_tokens: int = 0
    new_tokens: int = 0
    first_token_s: float = 0.0
    tokens_per_s: float = 0.0
    model: str = ""
    left_out: int = 0
    guessed_tokens: int = 0


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A node of a conversation's tree.

    Attributes:
        parent: None for a first message.
        text: all that is searched; attachments too, where the window shows them as such.
        extra: JSON of whoever shows the message ("" is none), such as which part of the text is an attachment.
        siblings: ids of all messages at this place in order of creation, this one included; arrows walk them.
    """

    id: int
    uid: str
    conversation: int
    parent: int | None
    role: Role
    text: str
    status: StoredStatus
    usage: StoredUsage | None
    extra: str
    created: int
    siblings: tuple[int, ...] = ()

    @property
    def position(self) -> int:
        """Which of its siblings this is, from 0."""
        return self.siblings.index(self.id) if self.id in self.siblings else 0


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """A document of the canvas as it is now; `brief` and `sections` are JSON that its writer understands."""

    id: int
    uid: str
    conversation: int | None
    title: str
    template: str
    brief: str
    sections: str
    text: str
    created: int
    updated: int


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """A state of a draft that was kept; numbers count from 1."""

    id: int
    draft: int
    number: int
    label: str
    brief: str
    sections: str
    text: str
    created: int


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """What a search is limited to; None and () mean no limit.

    Attributes:
        since: created at or after, milliseconds.
        until: created before, milliseconds.
    """

    conversation: int | None = None
    folder: str | None = None
    tags: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    with_archived: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that holds every term of a search.

    Attributes:
        owner: id of the message or draft; of the conversation for titles and composer text.
        conversation: None for a draft of its own and for the composer of a new chat.
        snippet: part of the text around the first match.
        highlights: (start, end) of each match in `snippet`, in code points.
    """

    place: HitPlace
    owner: int
    conversation: int | None
    title: str
    snippet: str
    created: int
    highlights: tuple[tuple[int, int], ...] = field(default=())
