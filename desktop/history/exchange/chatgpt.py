"""ChatGPT's export: a list of conversations, each a tree of nodes by id (`mapping`) with a leaf that is read.

The format is not documented by its maker; this follows what exports of 2023 to 2026 hold. Nodes without a message, of
tools and to tools, of the system and hidden ones are left out; what hangs under them goes to the next one above.
"""

from typing import Any

from desktop.history.exchange.chatgpt_text import message_text
from desktop.history.exchange.foreign import (
    ForeignConversation,
    ForeignFile,
    ForeignMessage,
    Malformed,
    member,
    milliseconds,
)
from desktop.history.records import Role, StoredStatus
from desktop.reasons import ImportPart, ImportReason

_LISTED = ImportPart.CONVERSATION


def read_chatgpt(content: Any) -> ForeignFile:
    """Read decoded files of conversations; one that is odd is left out and named.

    Raises:
        Malformed: none can be read; the reason is that of the first.
    """
    conversations: list[ForeignConversation] = []
    unread: list[str] = []
    first: Malformed | None = None
    for entry in content if isinstance(content, list) else [content]:
        try:
            conversations.append(_conversation(entry))
        except Malformed as error:
            first = first or error
            unread.append(_name(entry))
    if first is not None and not conversations:
        raise first
    return ForeignFile(conversations=conversations, unread=unread)


def is_chatgpt(content: Any) -> bool:
    """Tell whether decoded JSON looks like ChatGPT's export: some conversations in it, or one, are trees by id."""
    if isinstance(content, list):
        return not content or any(isinstance(entry, dict) and "mapping" in entry for entry in content)
    return isinstance(content, dict) and isinstance(content.get("mapping"), dict)


def _name(entry: Any) -> str:
    title = entry.get("title") if isinstance(entry, dict) else None
    return " ".join(title.split()) if isinstance(title, str) else ""


def _conversation(entry: Any) -> ForeignConversation:
    nodes = member(entry, "mapping", dict, _LISTED)
    if nodes is None:
        raise Malformed(ImportReason.WRONG_KIND(key="mapping", part=_LISTED()))
    created = milliseconds(member(entry, "create_time", (int, float), _LISTED))
    updated = milliseconds(member(entry, "update_time", (int, float), _LISTED), created)
    number = member(entry, "conversation_id", str, _LISTED) or member(entry, "id", str, _LISTED)
    if not number:  # exports of 2023 have none
        number = f"{created}-{member(entry, 'title', str, _LISTED, '')}"
    messages, parent_of = _walk(nodes, created)
    current = member(entry, "current_node", str, _LISTED)
    return ForeignConversation(
        source=f"chatgpt:{number}",
        title=" ".join(member(entry, "title", str, _LISTED, "").split()),
        created=created or min((message.created for message in messages), default=0),
        updated=updated or max((message.created for message in messages), default=0),
        messages=tuple(messages),
        current=parent_of.get(current) if current else None,
        archived=bool(entry.get("is_archived")),
    )


def _walk(nodes: dict[str, Any], created: int) -> tuple[list[ForeignMessage], dict[str, str | None]]:
    """Give the messages, parents first, and for every node the message that it is or hangs under."""
    children: dict[str | None, list[str]] = {}
    listed_under = {  # some nodes do not say what they hang under
        child: key
        for key, node in nodes.items()
        for child in member(node, "children", list, ImportPart.NODE, [])
        if _is_text(child)
    }
    for key, node in nodes.items():
        parent = member(node, "parent", str, ImportPart.NODE)
        if parent is None:
            parent = listed_under.get(key)
        children.setdefault(parent if parent in nodes else None, []).append(key)
    for key, node in nodes.items():
        order = {
            child: at for at, child in enumerate(member(node, "children", list, ImportPart.NODE, [])) if _is_text(child)
        }
        children.get(key, []).sort(key=lambda child: order.get(child, len(order)))
    messages: list[ForeignMessage] = []
    kept: dict[str, str | None] = {}
    waiting: list[tuple[str, str | None, int]] = [(key, None, created) for key in reversed(children.get(None, []))]
    while waiting:
        key, above, time = waiting.pop()
        message = _message(key, nodes[key], above, time)
        if message is not None:
            messages.append(message)
            above, time = key, message.created
        kept[key] = above
        waiting += [(child, above, time) for child in reversed(children.get(key, []))]
    if len(kept) < len(nodes):
        raise Malformed(ImportReason.CIRCLE())
    return messages, kept


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _message(key: str, node: Any, parent: str | None, time: int) -> ForeignMessage | None:
    message = member(node, "message", dict, ImportPart.NODE)
    if message is None:
        return None
    author = member(member(message, "author", dict, ImportPart.MESSAGE, {}), "role", str, ImportPart.AUTHOR, "")
    hidden = member(message, "metadata", dict, ImportPart.MESSAGE, {}).get("is_visually_hidden_from_conversation")
    if author not in ("user", "assistant") or hidden or not (text := message_text(message).strip()):
        return None
    role: Role = "user" if author == "user" else "assistant"
    status: StoredStatus = "interrupted" if message.get("status") == "in_progress" else "done"
    created = milliseconds(member(message, "create_time", (int, float), ImportPart.MESSAGE), time)
    return ForeignMessage(key, parent, role, text, created, status)
