"""What the keys of a Markdown editor do to a text: pure functions on text and selection, free of Qt.

Each gives an `TextEdit`, or None where the key means what it usually means.
"""

import re
from dataclasses import dataclass

from desktop.text.markdown_lines import BULLET, HEADING, TASK, CodeFences

_ITEM = re.compile(
    rf"(?P<indent>[ \t]*)(?P<mark>{BULLET}|(?P<number>\d{{1,9}})(?P<stop>[.)]))[ \t]+(?P<task>{TASK}[ \t]+)?"
)
_QUOTE = re.compile(r"[ \t]*>[ \t]?")
_HEADING = re.compile(rf"{HEADING}[ \t]+")
_INDENT = "  "
_ADDRESS = re.compile(r"(?:https?://|mailto:|www\.)\S+")


@dataclass(frozen=True, slots=True)
class TextEdit:
    """A change of a text, and what is selected behind it; places are in characters.

    Attributes:
        start, end: what is replaced.
        text: what stands there then.
        select_start, select_end: the selection in the new text.
    """

    start: int
    end: int
    text: str
    select_start: int
    select_end: int

    def of(self, text: str) -> str:
        """Give the text with the change made."""
        return text[: self.start] + self.text + text[self.end :]


def toggled(text: str, start: int, end: int, mark: str) -> TextEdit:
    """Put `mark` (** or *) around the selection or the word at the cursor, or take it away again."""
    cursor = start if start == end else None
    if cursor is not None:
        start, end = _word_at(text, cursor)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    size = len(mark)
    if _stars(text, start, end, outside=False) in _HOLDING[mark] and end - start >= 2 * size:
        inner = text[start + size : end - size]
        shift = size
    elif _stars(text, start, end, outside=True) in _HOLDING[mark]:
        inner, start, end, shift = text[start:end], start - size, end + size, size
    else:
        inner, shift = f"{mark}{text[start:end]}{mark}", -size
        if cursor is None:
            return TextEdit(start, end, inner, start + size, start + len(inner) - size)
        return TextEdit(start, end, inner, cursor + size, cursor + size)
    if cursor is None:
        return TextEdit(start, end, inner, start, start + len(inner))
    place = min(max(start, cursor - shift), start + len(inner))
    return TextEdit(start, end, inner, place, place)


def heading(text: str, start: int, end: int, level: int) -> TextEdit:
    """Make the lines of the selection headings of a level, or plain again where they are that already."""
    begin, stop = _lines(text, start, end)
    lines = text[begin:stop].split("\n")
    wanted = "#" * level + " "
    have = all((found := _HEADING.match(line)) is not None and found[0] == wanted for line in lines if line.strip())
    have = have and any(line.strip() for line in lines)
    plain = [_HEADING.sub("", line, count=1) for line in lines]
    new = "\n".join(line if have or (not line.strip() and len(plain) > 1) else wanted + line for line in plain)
    end_of_all = begin + len(new)
    return TextEdit(begin, stop, new, end_of_all if start == end else begin, end_of_all)


def next_line(text: str, start: int, end: int) -> TextEdit | None:
    """Go on with a list or a quotation in the next line; an empty item ends it."""
    begin = text.rfind("\n", 0, start) + 1
    line = text[begin : _line_end(text, start)]
    item, quote = _ITEM.match(line), _QUOTE.match(line)
    found = item or quote
    if found is None or start != end or start < begin + found.end() or _in_code(text, begin):
        return None
    if not line[found.end() :].strip():
        return TextEdit(begin, begin + len(line), "", begin, begin)
    mark = line[: found.end()]
    if item is not None:
        sign = f"{int(item['number']) + 1}{item['stop']}" if item["number"] else item["mark"]
        mark = item["indent"] + sign + " " + ("[ ] " if item["task"] else "")
    place = start + 1 + len(mark)
    return TextEdit(start, end, "\n" + mark, place, place)


def indented(text: str, start: int, end: int, by: int) -> TextEdit | None:
    """Move the list items of the selection a level in (by = 1) or out (-1); in code, any line."""
    begin, stop = _lines(text, start, end)
    lines = text[begin:stop].split("\n")
    code = _in_code(text, begin)
    if not code and not any(_ITEM.match(line) for line in lines):
        return None
    step = _INDENT * 2 if code else _INDENT
    moved = [_moved(line, step, by) if line.strip() or code else line for line in lines]
    new = "\n".join(moved)
    first = len(moved[0]) - len(lines[0])
    place = max(begin, start + first)
    last = max(place, end + len(new) - (stop - begin))
    return TextEdit(begin, stop, new, place, last)


def link(text: str, start: int, end: int) -> TextEdit:
    """Make a link of the selection: what is missing of it, words or address, is selected to be typed."""
    chosen = text[start:end]
    if _ADDRESS.fullmatch(chosen):
        new = f"[]({chosen})"
        return TextEdit(start, end, new, start + 1, start + 1)
    new = f"[{chosen}](https://)"
    address = start + len(chosen) + 3
    return TextEdit(start, end, new, address, address + len("https://"))


# How many stars may stand there for a mark to be among them: *** is both.
_HOLDING = {"**": (2, 3), "*": (1, 3)}


def _stars(text: str, start: int, end: int, *, outside: bool) -> int:
    """Count the stars at both ends of a stretch, within it or around it: the fewer of the two."""
    if outside:
        before = len(text[:start]) - len(text[:start].rstrip("*"))
        behind = len(text[end:]) - len(text[end:].lstrip("*"))
    else:
        chosen = text[start:end]
        before = len(chosen) - len(chosen.lstrip("*"))
        behind = len(chosen) - len(chosen.rstrip("*"))
        if before == len(chosen):
            return 0
    return min(before, behind, 3)


def _word_at(text: str, at: int) -> tuple[int, int]:
    start = end = at
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def _lines(text: str, start: int, end: int) -> tuple[int, int]:
    if end > start and text[end - 1] == "\n":
        end -= 1  # a selection up to the beginning of a line does not mean that line
    return text.rfind("\n", 0, start) + 1, _line_end(text, end)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _moved(line: str, step: str, by: int) -> str:
    if by > 0:
        return step + line
    blanks = len(line) - len(line.lstrip(" "))
    return line[1:] if line.startswith("\t") else line[min(blanks, len(step)) :]


def _in_code(text: str, at: int) -> bool:
    """Tell whether a place lies within a fence."""
    fences = CodeFences()
    for line in text[:at].split("\n"):
        fences.read(line)
    return bool(fences.fence)
