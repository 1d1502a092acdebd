"""A message and the texts that go with it (documents, long pastes) as one text, which is what is kept and asked.

The texts stand first, each between two lines with its name, and what was typed behind them: the model has read them
before the question is finished, and a question is answered best by what follows it. Messages of earlier versions had
what was typed first; they are taken apart just the same.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_BLOCK = re.compile(
    r"\n*^--- (?P<name>[^\n]+) ---\n(?P<text>.*?)\n--- end of (?P=name) ---$(?:\n\n)?", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text and what it is called."""

    name: str
    text: str


def joined(text: str, attachments: Iterable[Attachment]) -> str:
    """Write a message and its attachments as one text."""
    blocks = [block(one) for one in attachments]
    return "\n\n".join([*blocks, *([text] if text or not blocks else [])])


def block(attachment: Attachment) -> str:
    """Write an attachment between two lines with its name."""
    return f"--- {attachment.name} ---\n{attachment.text}\n--- end of {attachment.name} ---"


def split(text: str) -> tuple[str, list[Attachment]]:
    """Undo `joined`."""
    found = [Attachment(block["name"], block["text"]) for block in _BLOCK.finditer(text)]
    return (_BLOCK.sub("", text), found) if found else (text, found)
