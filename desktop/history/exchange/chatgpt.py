"""ChatGPT's export: a list of conversations, each a tree of nodes by id (`mapping`) with a leaf that is read.

The format is not documented by its maker; this follows what exports of 2023 to 2026 hold. Nodes without a message, of
tools, of the system and hidden ones are left out; what hangs under them goes to the next one above.
"""

import json
from typing import Any

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
    """Read a decoded conversations.json. Raises Malformed."""
    return ForeignFile(conversations=[_conversation(entry) for entry in content])


def is_chatgpt(content: Any) -> bool:
    """Tell whether decoded JSON looks like ChatGPT's export."""
    return isinstance(content, list) and all(isinstance(entry, dict) and "mapping" in entry for entry in content)


def _conversation(entry: Any) -> ForeignConversation:
    nodes = member(entry, "mapping", dict, _LISTED, {})
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
    for key, node in nodes.items():
        parent = member(node, "parent", str, ImportPart.NODE)
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
    text = _text(member(message, "content", dict, ImportPart.MESSAGE, {})).strip()
    if author not in ("user", "assistant") or hidden or not text:
        return None
    role: Role = "user" if author == "user" else "assistant"
    status: StoredStatus = "interrupted" if message.get("status") == "in_progress" else "done"
    created = milliseconds(member(message, "create_time", (int, float), ImportPart.MESSAGE), time)
    return ForeignMessage(key, parent, role, text, created, status)


def _text(content: dict[str, Any]) -> str:
    kind = content.get("content_type")
    if kind in ("text", "multimodal_text"):
        return "\n\n".join(
            filter(None, (_part(part) for part in member(content, "parts", list, ImportPart.MESSAGE, [])))
        )
    if kind == "code":
        language = member(content, "language", str, ImportPart.MESSAGE, "")
        code = member(content, "text", str, ImportPart.MESSAGE, "")
        return f"```{language if language != 'unknown' else ''}\n{code}\n```" if code else ""
    return ""  # thoughts, results of tools, settings


def _part(part: Any) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, dict):
        if isinstance(text := part.get("text"), str):  # a transcript of speech
            return text
        kind = str(part.get("content_type", ""))
        return "[image]" if "image" in kind else "[audio]" if "audio" in kind else ""
    raise Malformed(ImportReason.NO_TEXT(found=json.dumps(part)[:20]))
