r"""The text of one message of ChatGPT's export: its parts, the document of a canvas, and no marks meant for a program.

Answers with sources hold signs of the private use area: U+E200 kind U+E202 values U+E201 stands for a citation, an
entity or a link, and `content_references` of the metadata says what its page showed there.
"""

import json
import re
from typing import Any

from desktop.history.exchange.foreign import Malformed, member
from desktop.reasons import ImportPart, ImportReason

_TO_ALL = "all"
_NEW_DOCUMENT = "canmore.create_textdoc"
_MARK = re.compile("\ue200([^\ue200\ue201]*)\ue201")
_OTHER_MARKS = re.compile("[\ue200-\ue20f]")
_SOURCE = re.compile(r"【\d+(?::\d+)?†[^】\n]{0,200}】")  # of 2023 and 2024


def message_text(message: dict[str, Any]) -> str:
    """Give the text of a message; "" where it is a call of a tool, a result, or thoughts. Raises Malformed."""
    content = member(message, "content", dict, ImportPart.MESSAGE, {})
    recipient = message.get("recipient")
    if recipient == _NEW_DOCUMENT:
        return _document(_parts(content) or str(content.get("text") or ""))
    if isinstance(recipient, str) and recipient != _TO_ALL:
        return ""
    if message.get("channel") == "analysis":
        return ""
    metadata = member(message, "metadata", dict, ImportPart.MESSAGE, {})
    text = _without_marks(_content(content), metadata).strip()
    return text or _attached(metadata)


def _content(content: dict[str, Any]) -> str:
    kind = content.get("content_type")
    if kind in ("text", "multimodal_text"):
        return _parts(content)
    if kind == "code":
        language = member(content, "language", str, ImportPart.MESSAGE, "")
        code = member(content, "text", str, ImportPart.MESSAGE, "")
        return f"```{language if language != 'unknown' else ''}\n{code}\n```" if code else ""
    return ""  # thoughts, results of tools, settings


def _parts(content: dict[str, Any]) -> str:
    return "\n\n".join(filter(None, map(_part, member(content, "parts", list, ImportPart.MESSAGE, []))))


def _part(part: Any) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, dict):
        if isinstance(text := part.get("text"), str):  # a transcript of speech
            return text
        kind = str(part.get("content_type", ""))
        return "[image]" if "image" in kind else "[video]" if "video" in kind else "[audio]" if "audio" in kind else ""
    raise Malformed(ImportReason.NO_TEXT(found=json.dumps(part)[:20]))


def _document(arguments: str) -> str:
    """Give the document that a canvas was opened with; where that cannot be read, what stands there."""
    try:
        found = json.loads(arguments)
    except (ValueError, RecursionError):
        return arguments
    if not isinstance(found, dict) or not isinstance(text := found.get("content"), str):
        return arguments
    kind = found.get("type")
    if isinstance(kind, str) and kind.startswith("code"):
        return f"```{kind.partition('/')[2]}\n{text.rstrip()}\n```"
    return text


def _attached(metadata: dict[str, Any]) -> str:
    """Name the files of a message that is nothing but files."""
    files = metadata.get("attachments")
    names = [each.get("name") for each in files if isinstance(each, dict)] if isinstance(files, list) else []
    return "\n".join(f"[{name}]" for name in names if isinstance(name, str) and name)


def _without_marks(text: str, metadata: dict[str, Any]) -> str:
    """Give text as its page showed it."""
    references = metadata.get("content_references")
    for each in references if isinstance(references, list) else ():
        if isinstance(each, dict) and isinstance(mark := each.get("matched_text"), str) and "\ue200" in mark:
            shown = each.get("alt") or each.get("name") or ""
            text = text.replace(mark, shown if isinstance(shown, str) else "")
    if _OTHER_MARKS.search(text) is None and _SOURCE.search(text) is None:
        return text
    text = _SOURCE.sub("", _OTHER_MARKS.sub("", _MARK.sub(_shown, text)))
    return re.sub(r"(?<=\S) +(?=[.,;:!?。，；：！？]|\n|$)", "", text)  # what stood before a mark


def _shown(mark: re.Match[str]) -> str:
    """Give what a mark without a reference stands for: the name of an entity, a link; a citation shows nothing."""
    kind, *values = mark[1].split("\ue202")
    if kind == "entity" and values:
        try:
            found = json.loads(values[0])
        except (ValueError, RecursionError):
            return ""
        return str(found[1]) if isinstance(found, list) and len(found) > 1 else ""
    if kind == "url" and len(values) > 1:
        return f"[{values[0]}]({values[1]})"
    return ""
