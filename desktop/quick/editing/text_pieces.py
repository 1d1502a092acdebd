"""A text as pieces that are rewritten one by one, and what stands between them, which is kept as it is.

Blanks at both ends, line breaks, indentation and list markers are never shown to the model, so it cannot lose them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.quick.actions.action import RewriteUnit
from desktop.text.markdown_lines import CodeFences

_LINE = re.compile(
    r"(?P<lead>\s*(?:(?:[-*+•·–—]|\d{1,3}[.)]|[A-Za-z]\)|#{1,6}|>+)[ \t]+|\d{1,3}、\s*|[（(]\d{1,3}[)）]\s*)*)"
    r"(?P<body>.*?)(?P<trail>\s*)",
    re.DOTALL,
)
# Behind a full stop that ends a sentence: "at 5 p.m. on Monday", "Mr. Li" and "e.g. this" go on.
_END = re.compile(
    r"(?:(?<![A-Z])(?<!\b[A-Za-z]\.[A-Za-z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bProf)(?<!\bSt)(?<!\bNo)(?<!\bvs)"
    r"(?<!\betc)\.|[!?])[\"'”’)\]]*(?P<blank>\s+)(?=[\"'“‘(\[]*[^\Wa-z_])|[。！？]+[”’」』）]*(?P<none>\s*)"
)


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Some text for the model, and what follows it up to the next piece; `text` may be empty."""

    text: str
    after: str


def split(text: str, unit: RewriteUnit) -> list[TextPiece]:
    """Cut a text up; joined again it is the same text. The first piece holds nothing but what stands before."""
    pieces = [TextPiece("", "")]
    for body, after in _cut(text, unit):
        if body.strip():
            pieces.append(TextPiece(body, after))
        else:
            last = pieces.pop()
            pieces.append(TextPiece(last.text, last.after + body + after))
    return pieces


def join(pieces: Sequence[TextPiece]) -> str:
    """Put pieces together."""
    return "".join(piece.text + piece.after for piece in pieces)


def _cut(text: str, unit: RewriteUnit) -> Iterator[tuple[str, str]]:
    if unit == "whole":
        body = text.strip()
        start = text.find(body) if body else 0
        yield "", text[:start]
        yield body, text[start + len(body) :]
        return
    fences = CodeFences()
    for line in text.splitlines(keepends=True):
        found = None if fences.read(line.rstrip()) else _LINE.fullmatch(line)
        if found is not None and found["body"]:
            yield "", found["lead"]
            sentences = list(_sentences(found["body"])) if unit == "sentence" else [(found["body"], "")]
            *before, (last, after) = sentences
            yield from before
            yield last, after + found["trail"]
            continue
        yield "", line


def _sentences(line: str) -> Iterator[tuple[str, str]]:
    begin = 0
    for end in _END.finditer(line):
        blank = end["blank"] or end["none"] or ""
        yield line[begin : end.end() - len(blank)], blank
        begin = end.end()
    if begin < len(line) or not line:
        yield line[begin:], ""
