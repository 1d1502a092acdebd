"""Markdown read for the exports that are built from its tokens."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from desktop.text.markdown_parser import markdown_parser

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production Char


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text in tokens of markdown-it.

    Attributes:
        blocks: the text.
        notes: the footnotes, by the id that the meta of a `footnote_ref` holds.
    """

    blocks: Sequence[Token]
    notes: Mapping[int, Sequence[Token]]


def parse(text: str) -> Parsed:
    """Read a text."""
    tokens = markdown_parser().parse(text)
    begin = next((at for at, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    notes: dict[int, list[Token]] = {}
    note: list[Token] = []
    for token in tokens[begin:]:
        if token.type == "footnote_open":
            note = notes.setdefault(int(token.meta["id"]), [])
        elif token.type not in ("footnote_anchor", "footnote_close", "footnote_block_open", "footnote_block_close"):
            note.append(token)
    return Parsed(tokens[:begin], notes)
