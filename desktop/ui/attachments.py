"""Texts that go with a message: files dropped on the composer and long pastes, each between two lines with its name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LONG_PASTE = 3000  # characters; from here on a paste is a text of its own, not part of the sentence
LONG_PASTE_LINES = 40
LARGEST_FILE = 2 << 20  # bytes; far more than any model here reads
SUFFIXES = (".txt", ".md", ".markdown")

_BLOCK = re.compile(r"\n*^--- (?P<name>[^\n]+) ---\n(?P<text>.*?)\n--- end of (?P=name) ---$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text and what it is called."""

    name: str
    text: str


class CannotAttach(Exception):
    """A file cannot go with the message.

    Attributes:
        reason: "kind", "size", "text" (it is not UTF-8) or "read".
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name}: {reason}")
        self.path, self.reason = path, reason


def is_long(text: str) -> bool:
    """Tell whether a paste is a text of its own."""
    return len(text) > LONG_PASTE or text.count("\n") >= LONG_PASTE_LINES


def read_file(path: Path) -> Attachment:
    """Read a dropped file.

    Raises:
        CannotAttach: it is of another kind, too large, or not text.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise CannotAttach(path, "kind")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise CannotAttach(path, "size")
        return Attachment(path.name, path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CannotAttach(path, "text") from error
    except OSError as error:
        raise CannotAttach(path, "read") from error


def joined(text: str, attachments: Iterable[Attachment]) -> str:
    """Write a message and its attachments as one text."""
    blocks = [f"--- {one.name} ---\n{one.text}\n--- end of {one.name} ---" for one in attachments]
    return "\n\n".join([*([text] if text or not blocks else []), *blocks])


def split(text: str) -> tuple[str, list[Attachment]]:
    """Undo `joined`."""
    found = [Attachment(block["name"], block["text"]) for block in _BLOCK.finditer(text)]
    return _BLOCK.sub("", text), found
