"""Which texts stand beside a message rather than in it, and what they may hold."""

from desktop.attached import Attachment

LONG_PASTE = 3000  # characters; from here on a paste is a text of its own, not part of the sentence
LONG_PASTE_LINES = 40
LONGEST = 1_000_000  # characters of an attachment; far more than any model here reads


def is_long(text: str) -> bool:
    """Tell whether a paste is a text of its own."""
    return len(text) > LONG_PASTE or text.count("\n") >= LONG_PASTE_LINES


def named(name: str, text: str, taken: set[str]) -> Attachment:
    """Make an attachment of a text, under a name that no other one has; what cannot be kept is left out."""
    line = " ".join(name.split())
    unique, number = line, 1
    while unique in taken:
        number += 1
        unique = f"{line} ({number})"
    return Attachment(unique, text.replace("\0", "").encode("utf-8", "replace").decode("utf-8"))


def shortened(name: str, longest: int = 36) -> str:
    """Cut a long name in its middle: its beginning says what it is, its ending of which kind."""
    return name if len(name) <= longest else f"{name[: longest - 11]}…{name[-10:]}"
