"""A conversation as Markdown, and Markdown as a conversation.

What we write has a line `<!-- inkstone user 2026-11-25T12:30:00Z -->` before each message, so that it is read back
exactly, whatever headings the messages hold. Markdown of others is a conversation if it has headings or bold lines that
name who speaks (`## User`, `**ChatGPT:**`, `## 助手`); else it is a draft.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Sequence

from desktop.history.exchange.foreign import ForeignConversation, ForeignDraft, ForeignFile, ForeignMessage
from desktop.history.records import Conversation, Role, StoredMessage
from desktop.text.markdown_lines import CodeFences

NAMES: dict[Role, str] = {"user": "You", "assistant": "Inkstone", "system": "System"}

LONGEST_SPEAKER = 80  # characters of a line that names who speaks

_MARK = re.compile(r"<!-- inkstone (user|assistant|system) (\S+) -->")
_LOOKS_LIKE_MARK = re.compile(r"^(<!-- )(\\*)(inkstone (?:user|assistant|system) )", re.MULTILINE)
_ESCAPED_MARK = re.compile(r"^(<!-- )\\(\\*inkstone (?:user|assistant|system) )", re.MULTILINE)
_USER = r"user|you|human|me|prompt|question|用户|你|我|提问|问"
_ASSISTANT = r"assistant|chatgpt|gpt|gpt-4o?|claude|gemini|copilot|ai|model|answer|response|inkstone|助手|模型|回答|答"
_SPEAKER = re.compile(
    rf"^(?:\#{{1,6}}\s*|)(?:\*\*|__|)(?:(?P<user>{_USER})|(?P<assistant>{_ASSISTANT})|(?P<system>system|系统))"
    r"(?:\s+(?:said|wrote|says))?\s*[:：]?\s*(?:\*\*|__|)\s*[:：]?\s*$",
    re.IGNORECASE,
)


def as_markdown(conversation: Conversation, messages: Sequence[StoredMessage]) -> str:
    """Write a branch of a conversation."""
    parts = [f"# {conversation.title or 'Conversation'}\n"]
    for message in messages:
        time = time_text(message.created)
        text = _LOOKS_LIKE_MARK.sub(r"\1\\\2\3", message.text)
        parts.append(f"<!-- inkstone {message.role} {time} -->\n## {NAMES[message.role]}\n\n{text}\n")
    return "\n".join(parts)


def as_parts(conversation: Conversation, messages: Sequence[StoredMessage]) -> list[str]:
    """Write a branch of a conversation as a document to be read: the title, then a part for each message."""
    title = re.sub(r"([\\`*_\[\]<>#])", r"\\\1", conversation.title or "Conversation")
    return [f"# {title}", *(f"**{NAMES[one.role]}** · {_day(one.created)}\n\n{one.text}" for one in messages)]


def read_markdown(text: str, name: str) -> ForeignFile:
    """Read Markdown as a conversation, or as a draft where it names no speakers; `name` is the title if it has none."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    source = "markdown:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    lines = text.split("\n")
    turns = _marked(lines) or _spoken(lines)
    heading = next((line[2:].strip() for line in lines if line.startswith("# ")), "")
    title = heading or name
    if not turns:
        return ForeignFile(drafts=[ForeignDraft(source, title, text)])
    messages, parent = list[ForeignMessage](), None
    for at, (role, created, content) in enumerate(turns):
        messages.append(ForeignMessage(str(at), parent, role, content, created))
        parent = str(at)
    first, last = turns[0][1], turns[-1][1]
    return ForeignFile(conversations=[ForeignConversation(source, title, first, last, tuple(messages))])


def time_text(milliseconds: int) -> str:
    """Write a time as ISO 8601, UTC."""
    time = dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _day(milliseconds: int) -> str:
    return dt.datetime.fromtimestamp(milliseconds / 1000).astimezone().strftime("%Y-%m-%d %H:%M")


def _marked(lines: Sequence[str]) -> list[tuple[Role, int, str]]:
    """Read what `as_markdown` wrote."""
    turns: list[tuple[Role, int, str]] = []
    begin = None
    for at, line in enumerate([*lines, "<!-- inkstone user end -->"]):
        mark = _MARK.fullmatch(line)
        if mark is None:
            continue
        if begin is not None:
            role, created, start = begin
            # Behind the mark come the heading and an empty line; before the next one an end of line and an empty line.
            content = "\n".join(lines[start + 2 : at - 1])
            turns.append((role, created, _ESCAPED_MARK.sub(r"\1\2", content)))
        begin = (_role(mark[1]), _milliseconds(mark[2]), at + 1)
    return turns


def _spoken(lines: Sequence[str]) -> list[tuple[Role, int, str]]:
    """Read turns that begin with a line that names who speaks; fenced code is left alone."""
    turns: list[tuple[Role, list[str]]] = []
    fences = CodeFences()
    for line in lines:
        may_speak = not fences.read(line) and line.startswith(("#", "*", "_")) and len(line) < LONGEST_SPEAKER
        speaker = _SPEAKER.match(line.strip()) if may_speak else None
        if speaker:
            turns.append((_role(speaker.lastgroup or ""), []))
        elif turns:
            turns[-1][1].append(line)
    found = [(role, 0, "\n".join(content).strip()) for role, content in turns]
    return [turn for turn in found if turn[2]] if {"user", "assistant"} <= {turn[0] for turn in found} else []


def _role(name: str) -> Role:
    return "user" if name == "user" else "assistant" if name == "assistant" else "system"


def _milliseconds(text: str) -> int:
    try:
        return max(int(dt.datetime.fromisoformat(text).timestamp() * 1000), 0)
    except (ValueError, OverflowError, OSError):
        return 0
