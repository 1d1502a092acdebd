"""A message and the texts that go with it (documents, long pastes) as one text, which is what is kept and asked.

The texts stand first, each between two lines with its name, and what was typed behind them: the model has read them
before the question is finished, and a question is answered best by what follows it. Messages of earlier versions had
what was typed first; they are taken apart just the same.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

_LINE = re.compile("^--- (.+) ---$", re.MULTILINE)
_END = "end of "


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
    """Undo `joined`; takes time in proportion to the text, whatever it holds."""
    lines = list(_LINE.finditer(text))
    ends: dict[str, list[re.Match[str]]] = {}
    for line in lines:
        if line[1].startswith(_END):
            ends.setdefault(line[1].removeprefix(_END), []).append(line)
    typed, found, done = list[str](), list[Attachment](), 0
    for line in lines:
        closing = ends.get(line[1], [])
        at = bisect_right(closing, line.end() + 1, key=re.Match.start)
        if line.start() < done or at == len(closing):
            continue
        end = closing[at]
        found.append(Attachment(line[1], text[line.end() + 1 : end.start() - 1]))
        typed.append(text[done : line.start()].rstrip("\n"))
        parted = not any(typed) and text.startswith("\n\n", end.end())  # from what was typed
        done = end.end() + 2 * parted
    return "".join([*typed, text[done:]]), found
