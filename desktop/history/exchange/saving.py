"""Saves what a file held, conversation by conversation, each in one transaction."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from desktop.history.conversations import automatic_title
from desktop.history.exchange.foreign import ForeignConversation, ForeignDraft, ForeignFile, ForeignMessage
from desktop.history.store import Store, now_ms
from desktop.history.thoughts import Thought, to_extra
from desktop.text.thoughts import part_whole

_PAUSE_S = 0.002  # between two: whoever else wants to write gets in


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: conversations and drafts added, those that were there already, and titles of unread ones."""

    conversations: int = 0
    drafts: int = 0
    known: int = 0
    unread: tuple[str, ...] = ()


def save(
    store: Store,
    file: ForeignFile,
    progress: Callable[[float], None] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Imported:
    """Save what is not in the history yet; stopping, a crash or a full disk leaves whole conversations.

    Args:
        store: where to.
        file: from `read_file`.
        progress: called with the share done, in [0, 1].
        stopped: asked before each conversation.

    Raises:
        HistoryError: it cannot be saved; what was saved before stays, and importing again goes on from there.
    """
    numbers = _known(store, "conversations")
    known_drafts = _known(store, "drafts")
    added = drafts = known = 0
    total = len(file.conversations) + len(file.drafts)
    for conversation in file.conversations:
        if stopped():
            return Imported(added, drafts, known, tuple(file.unread))
        if conversation.source in numbers:
            known += 1
            continue
        numbers[conversation.source] = save_conversation(store, conversation)
        added += 1
        progress((added + known) / total)
        time.sleep(_PAUSE_S)
    for draft in file.drafts:
        if stopped():
            break
        if draft.source in known_drafts:
            known += 1
            continue
        save_draft(store, draft, numbers.get(draft.conversation))
        drafts += 1
        progress((added + drafts + known) / total)
    return Imported(added, drafts, known, tuple(file.unread))


def _without_thought(message: ForeignMessage) -> tuple[str, str]:
    """Give text and extra of a message: what a model thought before its answer goes from the one to the other."""
    if message.role != "assistant" or message.extra:
        return message.text, message.extra
    parts = part_whole(message.text)
    thought = Thought(parts.thought)
    return parts.text, to_extra(thought) if thought else ""


def save_conversation(store: Store, found: ForeignConversation) -> int:
    """Save one conversation with its tree; gives its number."""
    database, now = store.database, now_ms()
    title = found.title
    if not title:
        first = next((message.text for message in found.messages if message.role == "user"), "")
        title = automatic_title(first)
    with database.transaction():
        taken = database.one("SELECT 1 FROM conversations WHERE uid = ?", (found.source,))
        number = database.insert(
            "INSERT INTO conversations (uid, title, title_is_automatic, folder, pinned, archived, created, updated, "
            "source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                uuid.uuid4().hex if taken or ":" in found.source else found.source,
                title,
                int(found.title_is_automatic or not found.title),
                found.folder,
                int(found.pinned),
                int(found.archived),
                found.created or now,
                found.updated or now,
                found.source,
            ),
        )
        store.index.index("title", number, number, title, found.created or now)
        database.each("INSERT OR IGNORE INTO tags VALUES (?, ?)", [(number, tag) for tag in found.tags if tag.strip()])
        at: dict[str, int] = {}
        parents: dict[str, str | None] = {}
        for message in found.messages:
            parent = at[message.parent] if message.parent is not None else None
            created = message.created or found.created or now
            text, extra = _without_thought(message)
            at[message.key] = database.insert(
                "INSERT INTO messages (uid, conversation, parent, role, text, status, usage, extra, created) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    uuid.uuid4().hex,
                    number,
                    parent,
                    message.role,
                    text,
                    message.status,
                    message.usage,
                    extra,
                    created,
                ),
            )
            parents[message.key] = message.parent
            store.index.index("message", at[message.key], number, text, created)
            if message.key in found.chosen:
                store.messages.point(number, parent, at[message.key])
        leaf = found.current
        while leaf is not None and leaf in at:
            above = parents[leaf]
            store.messages.point(number, at[above] if above is not None else None, at[leaf])
            leaf = above
    return number


def save_draft(store: Store, found: ForeignDraft, conversation: int | None) -> int:
    """Save one draft with its versions; gives its number."""
    database, now = store.database, now_ms()
    with database.transaction():
        number = database.insert(
            "INSERT INTO drafts (uid, conversation, title, template, brief, sections, text, created, updated, source) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                uuid.uuid4().hex,
                conversation,
                found.title,
                found.template,
                found.brief,
                found.sections,
                found.text,
                found.created or now,
                found.updated or now,
                found.source,
            ),
        )
        store.index.index("draft", number, conversation, f"{found.title}\n{found.text}", found.created or now)
        database.each(
            "INSERT INTO draft_versions (draft, number, label, brief, sections, text, created) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(number, at + 1, *version) for at, version in enumerate(found.versions)],
        )
    return number


def _known(store: Store, table: str) -> dict[str, int]:
    """Give the sources, and for those made here the uids, of what the history has."""
    rows = store.database.rows(f"SELECT id, uid, source FROM {table}")  # noqa: S608  # one of two literals
    return {name: number for number, uid, source in rows for name in (uid, source) if name}
