"""Growing Markdown, cut into pieces that can be rendered one by one.

Where a cut lies depends on the text alone, never on how it arrived: a streamed answer is cut, and so looks, as one
that came at once. A cut lies before a line that certainly begins a new top-level block: after a blank line and not
indented, the next item of a list, a row of `#` or a fence. Fenced code is cut into its lines, so that a long program
costs no more than its new lines. A block without end is cut as well, or each of its words would cost more than the
last.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from desktop.text.markdown_lines import BULLET, FENCE, FENCE_LINE, HEADING, HEADS_END_LINE, ITEM, leaves_container

LONGEST_BLOCK = 4_000  # characters that are rendered anew with each word at most
LONGEST_LINE = 2_000  # of code, or without a break
DEEPEST = 8  # quotations or lists within each other; what lies deeper stays at this depth

_FENCE = re.compile(rf"( {{0,3}})({FENCE})[ \t]*([^\n]*)")
_ITEM = re.compile(rf"({BULLET}|(\d{{1,9}})([.)]))[ \t]+(?=\S)")
_HEADING = re.compile(rf"{HEADING}[ \t]+\S")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\[\]\n]{1,200}\]:[ \t]*\S")
_DEPTH_STEP = re.compile(rf"[ \t]*(?:>|{ITEM}(?=[ \t]))")
_DISPLAY_OPENS = re.compile(r"[ \t]*(\$\$|\\\[)")


@dataclass(frozen=True, slots=True)
class MarkdownPiece:
    """What is rendered at once.

    Attributes:
        kind: whole blocks of Markdown, or one line of code.
        text: its source; code without its indentation and line end.
        language: of code, as the author named it; "" for none.
        box: number of the block of code that the line belongs to; lines of one block share it.
        number: of the item of a numbered list that the piece is; 0 for all else.
        follows: whether it is the next item of the list that the piece before it belongs to.
        joins: whether a line of code only goes on with the line before it, which was too long.
    """

    kind: Literal["blocks", "code"]
    text: str
    language: str = ""
    box: int = 0
    number: int = 0
    follows: bool = False
    joins: bool = False


class Splitter:
    """Takes text as it comes and gives the pieces that are certain.

    Attributes:
        definitions: the addresses of links that stand apart from them, as they are written: `[name]: address`.
    """

    def __init__(self) -> None:
        self.definitions: list[str] = []
        self._line = ""  # begun, not ended
        self._lines: list[str] = []  # of blocks that are not certain
        self._size = 0
        self._count = 0  # of blocks of code
        self._fence = ""  # that opened the block of code; four spaces for indented code; "" outside
        self._indent = 0
        self._language = ""
        self._blank = 0  # blank lines of indented code, which may belong to it
        self._joins = False
        self._inner_fence = ""
        self._display = ""  # what ends the mathematics that spans lines
        self._in_list = self._follows = False
        self._number, self._mark = 0, ""

    def feed(self, text: str) -> Iterator[MarkdownPiece]:
        """Take more text; gives what has become certain."""
        self._line += text
        start = 0
        while (end := self._line.find("\n", start)) >= 0:
            line = self._line[start:end]
            start = end + 1
            while len(line) > LONGEST_LINE:
                line, head = self._without_head(line)
                yield from self._take(head, ends=False)
            yield from self._take(line, ends=True)
        self._line = self._line[start:]
        while len(self._line) > LONGEST_LINE:
            self._line, head = self._without_head(self._line)
            yield from self._take(head, ends=False)

    def tail(self) -> list[MarkdownPiece]:
        """Give what is not certain yet, as if nothing followed."""
        if self._fence:
            closes = bool(self._fence.strip()) and self._closes(self._line)
            text = self._code_text(self._line)
            blank = not self._fence.strip() and not self._line.strip()
            return [] if closes or blank or not self._line else [self._code(text)]
        found = _FENCE.fullmatch(self._line)
        if found and not self._inside and (len(found[1]) < 2 or not self._in_list):
            return self._blocks(self._lines)  # the fence itself is not worth showing
        return self._blocks([*self._lines, _shallow(self._line)] if self._line else self._lines)

    def _without_head(self, line: str) -> tuple[str, str]:
        """Cut a line that is too long; between words where there are any."""
        place = line.rfind(" ", LONGEST_LINE // 2, LONGEST_LINE) + 1 or LONGEST_LINE
        return line[place:], line[:place]

    def _take(self, line: str, *, ends: bool) -> Iterator[MarkdownPiece]:
        if self._fence:
            yield from self._take_code(line, ends=ends)
            return
        if self._inner_fence and leaves_container(line):
            self._inner_fence = ""
        if not ends:  # a line without end is plain words, whatever surrounds it
            yield from self._cut()
            yield MarkdownPiece("blocks", line)
            return
        fence = _FENCE.fullmatch(line)
        if fence and not self._inside and (len(fence[1]) < 2 or not self._in_list):
            yield from self._cut()
            self._open_code(fence[2], len(fence[1]), fence[3])
        elif line.startswith(("    ", "\t")) and line.strip() and not self._lines and not self._in_list:
            self._open_code("    ", 4, "")
            yield self._code(self._code_text(line))
        else:
            yield from self._take_block(line)

    def _take_block(self, line: str) -> Iterator[MarkdownPiece]:
        item = _ITEM.match(line)
        after_blank = not self._lines or not self._lines[-1].strip()
        begins = bool(line.strip()) and not line[:1].isspace() and not self._inner_fence
        new = begins and not self._display and (after_blank or (item and self._in_list) or _HEADING.match(line))
        if self._lines and new:
            yield from self._cut()
        elif self._size > LONGEST_BLOCK:
            yield from self._cut(unfinished=True)
        if not self._lines and begins:
            self._begin_block(item)
        self._watch(line)
        if _DEFINITION.match(line) and not self._inside:
            self.definitions.append(line)
        self._lines.append(_shallow(line))
        self._size += len(line) + 1

    @property
    def _inside(self) -> bool:
        """Whether the line cannot begin anything, whatever it looks like."""
        return bool(self._inner_fence or self._display)

    def _begin_block(self, item: re.Match[str] | None) -> None:
        follows = self._follows = item is not None and self._in_list and (item[3] or item[1]) == self._mark
        self._in_list = item is not None
        self._mark = (item[3] or item[1]) if item else ""
        if item is None or item[2] is None:
            self._number = 0
        else:
            self._number = self._number + 1 if follows else int(item[2])

    def _watch(self, line: str) -> None:
        """Notice where code within a list or a quotation, or mathematics of several lines, begins and ends."""
        fence = FENCE_LINE.fullmatch(line)
        if self._inner_fence:
            if fence and fence["fence"].startswith(self._inner_fence) and not fence["info"].strip():
                self._inner_fence = ""
        elif self._display:
            if self._display in line or not line.strip():
                self._display = ""
        elif fence:
            self._inner_fence = fence["fence"]
        elif opened := _DISPLAY_OPENS.match(line):
            end = "$$" if opened[1] == "$$" else "\\]"
            self._display = "" if end in line[opened.end() :] else end

    def _cut(self, *, unfinished: bool = False) -> Iterator[MarkdownPiece]:
        lines, self._lines, self._size = self._lines, [], 0
        if not unfinished:
            self._inner_fence = self._display = ""
        yield from self._blocks(lines)
        if unfinished and len(lines) > 2 and "|" in lines[0] and HEADS_END_LINE.fullmatch(lines[1]):
            self._lines = lines[:2]  # the next rows belong under the same heads
            self._size = len(lines[0]) + len(lines[1])

    def _blocks(self, lines: list[str]) -> list[MarkdownPiece]:
        text = "\n".join(lines)
        return [MarkdownPiece("blocks", text, number=self._number, follows=self._follows)] if text.strip() else []

    # Code.

    def _open_code(self, fence: str, indent: int, info: str) -> None:
        self._fence, self._indent, self._blank, self._joins = fence, indent, 0, False
        self._language = info.split()[0] if info.split() else ""
        self._count += 1
        self._in_list, self._follows, self._number = False, False, 0

    def _take_code(self, line: str, *, ends: bool) -> Iterator[MarkdownPiece]:
        if self._fence.strip():
            if ends and not self._joins and self._closes(line):
                self._fence = ""
                return
        elif not line.strip():
            self._blank += 1
            return
        elif not line.startswith(("    ", "\t")) and not self._joins:
            self._fence = ""
            yield from self._take(line, ends=ends)
            return
        for _ in range(self._blank):
            yield self._code("")
        self._blank = 0
        yield self._code(self._code_text(line))
        self._joins = not ends

    def _closes(self, line: str) -> bool:
        found = _FENCE.fullmatch(line)
        return found is not None and found[2].startswith(self._fence) and not found[3].strip()

    def _code_text(self, line: str) -> str:
        if self._joins:
            return line
        if self._fence == "    " and line.startswith("\t"):
            return line[1:]
        indent = min(self._indent, len(line) - len(line.lstrip(" ")))
        return line[indent:]

    def _code(self, text: str) -> MarkdownPiece:
        return MarkdownPiece("code", text, self._language, self._count, joins=self._joins)


def _shallow(line: str) -> str:
    """Take from a line the depth that nobody could read, and that would leave no room for text."""
    spaces = len(line) - len(line.lstrip(" "))
    if spaces > 4 * DEEPEST:
        line = line[spaces - 4 * DEEPEST :]
    end = depth = kept = 0
    while step := _DEPTH_STEP.match(line, end):
        end, depth = step.end(), depth + 1
        if depth == DEEPEST:
            kept = end
    return line[:kept] + line[end:] if depth > DEEPEST else line
