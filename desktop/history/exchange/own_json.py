"""JSON of our own: everything of conversations and drafts, trees included; what is written is read back the same.

    {"inkstone": 1, "conversations": [{"uid", "title", "title_is_automatic", "folder", "tags", "pinned", "archived",
     "created", "updated", "messages": [{"uid", "parent", "role", "text", "status", "usage", "extra", "created",
     "chosen"}]}], "drafts": [{"uid", "title", "template", "brief", "sections", "text", "conversation", "created",
     "updated", "versions": [{"label", "brief", "sections", "text", "created"}]}]}

Times are milliseconds since 1970, UTC; "parent" and "conversation" are uids; "chosen" tells the messages that are read.
"""

import dataclasses
import json
from collections.abc import Iterable, Sequence
from typing import Any, TextIO, get_args

from desktop.history.exchange.foreign import (
    LATEST_MS,
    ForeignConversation,
    ForeignDraft,
    ForeignFile,
    ForeignMessage,
    Malformed,
    member,
)
from desktop.history.records import Conversation, DraftRecord, Role, StoredStatus
from desktop.history.store import Store
from desktop.reasons import ImportPart, ImportReason

FORMAT = 1


def write_json(store: Store, conversations: Iterable[Conversation], drafts: Iterable[DraftRecord], out: TextIO) -> None:
    """Write conversations with all their branches, and drafts with all their versions, one after the other."""
    uids = {}
    out.write(f'{{"inkstone": {FORMAT}, "conversations": [')
    for at, conversation in enumerate(conversations):
        uids[conversation.id] = conversation.uid
        out.write(("," if at else "") + "\n" + json.dumps(_conversation(store, conversation), ensure_ascii=False))
    out.write('],\n"drafts": [')
    for at, draft in enumerate(drafts):
        out.write(("," if at else "") + "\n" + json.dumps(_draft(store, draft, uids), ensure_ascii=False))
    out.write("]}\n")


def is_own(content: Any) -> bool:
    """Tell whether decoded JSON is ours."""
    return isinstance(content, dict) and "inkstone" in content


def read_own(content: Any) -> ForeignFile:
    """Read our decoded JSON. Raises Malformed."""
    version = member(content, "inkstone", int, ImportPart.FILE)
    if version is None or version > FORMAT:
        raise Malformed(ImportReason.NEWER())
    return ForeignFile(
        [_read_conversation(entry) for entry in member(content, "conversations", list, ImportPart.FILE, [])],
        [_read_draft(entry) for entry in member(content, "drafts", list, ImportPart.FILE, [])],
    )


def _conversation(store: Store, conversation: Conversation) -> dict[str, Any]:
    keys = ("uid", "title", "title_is_automatic", "folder", "tags", "pinned", "archived", "created", "updated")
    tree = store.messages.tree(conversation.id)
    uids: dict[int | None, str] = {message.id: message.uid for message in tree}
    chosen = store.messages.chosen(conversation.id)
    messages = []
    for message in tree:
        entry = {key: getattr(message, key) for key in ("uid", "role", "text", "status", "extra", "created")}
        if message.role == "assistant":
            entry["extra"] = ""  # what was thought before an answer is no part of it
        entry["parent"] = uids.get(message.parent)
        entry["usage"] = dataclasses.asdict(message.usage) if message.usage else None
        entry["chosen"] = message.id in chosen
        messages.append(entry)
    return {key: getattr(conversation, key) for key in keys} | {"messages": messages}


def _draft(store: Store, draft: DraftRecord, uids: dict[int, str]) -> dict[str, Any]:
    keys = ("uid", "title", "template", "brief", "sections", "text", "created", "updated")
    kept = ("label", "brief", "sections", "text", "created")
    versions = [{key: getattr(version, key) for key in kept} for version in store.drafts.versions(draft.id)]
    conversation = uids.get(draft.conversation) if draft.conversation is not None else None
    return {key: getattr(draft, key) for key in keys} | {"conversation": conversation, "versions": versions}


def _read_conversation(entry: Any) -> ForeignConversation:
    part = ImportPart.CONVERSATION
    messages: list[ForeignMessage] = []
    seen: set[str] = set()
    chosen = set()
    for found in member(entry, "messages", list, part, []):
        message = _read_message(found)
        if message.key in seen or (message.parent is not None and message.parent not in seen):
            raise Malformed(ImportReason.NO_TREE())
        seen.add(message.key)
        messages.append(message)
        if found.get("chosen") is True:
            chosen.add(message.key)
    created = _time(entry, "created", part)
    return ForeignConversation(
        source=_uid(entry, part),
        title=member(entry, "title", str, part, ""),
        title_is_automatic=member(entry, "title_is_automatic", bool, part, False),  # noqa: FBT003
        folder=member(entry, "folder", str, part, ""),
        tags=_texts(member(entry, "tags", list, part, [])),
        pinned=member(entry, "pinned", bool, part, False),  # noqa: FBT003
        archived=member(entry, "archived", bool, part, False),  # noqa: FBT003
        created=created,
        updated=_time(entry, "updated", part) or created,
        messages=tuple(messages),
        chosen=frozenset(chosen),
    )


def _read_message(entry: Any) -> ForeignMessage:
    part = ImportPart.MESSAGE
    role, status = member(entry, "role", str, part, ""), member(entry, "status", str, part, "done")
    if role not in get_args(Role) or status not in get_args(StoredStatus):
        raise Malformed(ImportReason.UNKNOWN_ROLE())
    usage = member(entry, "usage", dict, part)
    numbers = (int, float, str)
    if usage is not None and not all(isinstance(value, numbers) for value in usage.values()):
        raise Malformed(ImportReason.BAD_STATISTICS())
    return ForeignMessage(
        key=_uid(entry, part),
        parent=member(entry, "parent", str, part),
        role=role,
        text=member(entry, "text", str, part, ""),
        created=_time(entry, "created", part),
        status="interrupted" if status in ("pending", "streaming") else status,
        usage=json.dumps(usage) if usage else "",
        extra=member(entry, "extra", str, part, ""),
    )


def _read_draft(entry: Any) -> ForeignDraft:
    part = ImportPart.DRAFT
    versions = []
    for version in member(entry, "versions", list, part, []):
        texts = [member(version, key, str, ImportPart.VERSION, "") for key in ("label", "brief", "sections", "text")]
        versions.append((texts[0], texts[1], texts[2], texts[3], _time(version, "created", ImportPart.VERSION)))
    return ForeignDraft(
        source=_uid(entry, part),
        title=member(entry, "title", str, part, ""),
        template=member(entry, "template", str, part, ""),
        brief=member(entry, "brief", str, part, "{}"),
        sections=member(entry, "sections", str, part, "[]"),
        text=member(entry, "text", str, part, ""),
        conversation=member(entry, "conversation", str, part, ""),
        created=_time(entry, "created", part),
        updated=_time(entry, "updated", part),
        versions=tuple(versions),
    )


def _uid(entry: Any, part: ImportPart) -> str:
    uid = member(entry, "uid", str, part, "")
    if not 0 < len(uid) <= 100:
        raise Malformed(ImportReason.NO_UID(part=part()))
    return str(uid)


def _texts(values: Sequence[Any]) -> tuple[str, ...]:
    if not all(isinstance(value, str) for value in values):
        raise Malformed(ImportReason.BAD_TAG())
    return tuple(values)


def _time(entry: Any, key: str, part: ImportPart) -> int:
    value = member(entry, key, int, part, 0)
    if not 0 <= value < LATEST_MS:
        raise Malformed(ImportReason.NO_TIME(key=key, part=part()))
    return int(value)
