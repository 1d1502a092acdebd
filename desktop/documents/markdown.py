"""Markdown read for the exports: CommonMark with tables, strikethrough and footnotes; HTML in the text stays text."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, emphasis
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production Char
_HAN = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef"
_BETWEEN_HAN = re.compile(rf"[{_HAN}]$")
_HAN_BEGINS = re.compile(rf"[{_HAN}]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text in tokens of markdown-it.

    Attributes:
        blocks: the text.
        notes: the footnotes, by the id that the meta of a `footnote_ref` holds.
    """

    blocks: Sequence[Token]
    notes: Mapping[int, Sequence[Token]]


def parser() -> MarkdownIt:
    """Make the parser of all exports."""
    made = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    made.inline.ruler.at("emphasis", _emphasis)
    return made.use(footnote_plugin, inline=False)  # x^[2] is more often a power than a note


def parse(text: str) -> Parsed:
    """Read a text; a footnote that nothing refers to is a paragraph, so that it is not lost."""
    tokens = parser().parse(with_all_notes(text))
    begin = next((at for at, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    notes: dict[int, list[Token]] = {}
    note: list[Token] = []
    for token in tokens[begin:]:
        if token.type == "footnote_open":
            note = notes.setdefault(int(token.meta["id"]), [])
        elif token.type not in ("footnote_anchor", "footnote_close", "footnote_block_open", "footnote_block_close"):
            note.append(token)
    return Parsed(tokens[:begin], notes)


def with_all_notes(text: str) -> str:
    """Escape the definitions of footnotes that nothing refers to: a parser would leave them out."""
    if "[^" not in text:
        return text
    env: dict[str, Any] = {}
    parser().parse(text, env)
    for label, number in env.get("footnotes", {}).get("refs", {}).items():
        if number < 0:
            text = re.sub(rf"(?m)^(\s{{0,3}})\[\^{re.escape(label[1:])}\]:", rf"\1\\[^{_plain(label[1:])}\\]:", text)
    return text


def joins_lines(before: str, after: str) -> str:
    """Give what an end of line within a paragraph is: nothing between Chinese, else a space."""
    return "" if _BETWEEN_HAN.search(before) and _HAN_BEGINS.match(after) else " "


def _plain(label: str) -> str:
    return label.replace("\\", r"\\")


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Take marks beside full-width punctuation for emphasis: **重点：**正文.

    CommonMark expects spaces between words. See https://github.com/commonmark/commonmark-spec/issues/650.
    """
    start, known = state.pos, len(state.delimiters)
    if not emphasis.tokenize(state, silent):
        return False
    before, after = state.src[start - 1 : start], state.src[state.pos : state.pos + 1]
    if state.src[start] == "*" and _part_words(before, after):
        for delimiter in state.delimiters[known:]:
            delimiter.open = delimiter.close = True
    return True


def _part_words(before: str, after: str) -> bool:
    """Tell whether marks stand between punctuation and a letter, one of them Chinese."""
    if not before or not after or before.isspace() or after.isspace():
        return False
    return (_is_wide(before) or _is_wide(after)) and _is_punctuation(before) != _is_punctuation(after)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"
