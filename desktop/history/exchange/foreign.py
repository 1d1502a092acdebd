"""What a file to import holds, before anything is written; times in milliseconds since 1970, UTC."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.codes import Coded
from desktop.history.records import Role, StoredStatus
from desktop.reasons import ImportPart, ImportReason

LATEST_MS = 253_402_300_799_000  # the last second of the year 9999


@dataclass(frozen=True, slots=True)
class ForeignMessage:
    """A message of a tree; `parent` is the key of one that stands before it in its conversation, or None."""

    key: str
    parent: str | None
    role: Role
    text: str
    created: int
    status: StoredStatus = "done"
    usage: str = ""
    extra: str = ""


@dataclass(frozen=True, slots=True)
class ForeignConversation:
    """A conversation with its tree.

    Attributes:
        source: tells it from every other, so that it is not imported twice.
        messages: parents before children, siblings in their order.
        current: key of the message at the end of the branch that is read; None: the last one.
        chosen: keys of messages that are read where their branch is; for trees that know it at every fork.
    """

    source: str
    title: str
    created: int
    updated: int
    messages: tuple[ForeignMessage, ...]
    current: str | None = None
    chosen: frozenset[str] = frozenset()
    folder: str = ""
    tags: tuple[str, ...] = ()
    pinned: bool = False
    archived: bool = False
    title_is_automatic: bool = False


@dataclass(frozen=True, slots=True)
class ForeignDraft:
    """A draft; `versions` are (label, brief, sections, text, created), oldest first."""

    source: str
    title: str
    text: str
    template: str = ""
    brief: str = "{}"
    sections: str = "[]"
    created: int = 0
    updated: int = 0
    conversation: str = ""
    versions: tuple[tuple[str, str, str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """All of a file to import.

    Attributes:
        unread: titles of conversations that could not be read, "" where one has none.
    """

    conversations: Sequence[ForeignConversation] = field(default=())
    drafts: Sequence[ForeignDraft] = field(default=())
    unread: Sequence[str] = field(default=())


class Malformed(ValueError):
    """The file is not what it should be; the reason is that of an ImportRefused."""

    def __init__(self, reason: Coded) -> None:
        super().__init__(str(reason))
        self.reason = reason


def member(table: Any, key: str, kind: type | tuple[type, ...], part: ImportPart, default: Any = None) -> Any:
    """Give `table[key]`, of the kind that it must be; None and a missing one give `default`."""
    if not isinstance(table, dict):
        raise Malformed(ImportReason.NO_OBJECT(part=part()))
    value = table.get(key)
    if value is None:
        return default
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise Malformed(ImportReason.WRONG_KIND(key=key, part=part()))
    return value


def milliseconds(seconds: float | None, default: int = 0) -> int:
    """Turn seconds since 1970 into milliseconds; what is no time of ours gives `default`."""
    if seconds is None or not 0 < seconds < LATEST_MS / 1000:  # nor is NaN
        return default
    return int(seconds * 1000)
