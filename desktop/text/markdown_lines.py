"""The lines of Markdown: by which signs a line is an item, a heading, a quotation, a row, or the fence of code.

One grammar, that of CommonMark 0.31 with GitHub's tasks and tables, for all who look at Markdown line by line because
it still grows, must come out unchanged, or is being typed. Whoever needs the tree has `markdown_parser`.
"""

import re
from typing import Literal

CodeLine = Literal["", "opens", "code", "closes"]  # "": no line of fenced code

# Insides of a regular expression.
BULLET = r"[-*+]"
NUMBERED = r"\d{1,9}[.)]"
ITEM = rf"(?:{BULLET}|{NUMBERED})"
TASK = r"\[[ xX]\]"
HEADING = r"#{1,6}"
FENCE = r"(?:`{3,}(?=[^`\n]*$)|~{3,})"  # what follows on the line names the language

RULE_LINE = re.compile(r"[ \t]*(?:[-*_][ \t]*){3,}$")
ROW_LINE = re.compile(r"[ \t]*\|.*\|[ \t]*$")
HEADS_END_LINE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")  # |---|:-:|

FENCE_LINE = re.compile(rf"(?P<before>[ \t>]*(?:{ITEM}[ \t][ \t>]*)*)(?P<fence>{FENCE})(?P<info>[^\n]*)")
_ITEM_LINE = re.compile(rf"[ \t>]*{ITEM}(?=[ \t])")


class CodeFences:
    """Follows fenced code through the lines of a text, within lists and quotations too.

    Attributes:
        fence: that opened the code which the next line belongs to, unless it ends it; "" outside.
        contained: whether that code lies in a list or a quotation, whose end is the end of the code.
        in_list: whether what is indented belongs to a list.
    """

    def __init__(self, fence: str = "", *, contained: bool = False, in_list: bool = False) -> None:
        """Begin before the first line, or, as told by the attributes, at a later one."""
        self.fence, self.contained, self.in_list = fence, contained, in_list

    def read(self, line: str) -> CodeLine:
        """Take the next line, without its end; tell what it is."""
        if self.fence and self.contained and leaves_container(line):
            self.fence = ""
        mark = FENCE_LINE.fullmatch(line)
        if self.fence:
            if mark is None or not self._ends(mark):
                return "code"
            self.fence = ""
            return "closes"
        self._follow_lists(line)
        inside = mark is not None and (self.in_list or bool(mark["before"].strip()))
        if mark is None or not (inside or _is_shallow(mark["before"])):
            return ""
        self.fence, self.contained = mark["fence"], inside and bool(mark["before"])
        return "opens"

    def _ends(self, mark: re.Match[str]) -> bool:
        if not self.contained and not _is_shallow(mark["before"]):
            return False
        return mark["fence"].startswith(self.fence) and not mark["info"].strip()

    def _follow_lists(self, line: str) -> None:
        if _ITEM_LINE.match(line) and (self.in_list or _is_shallow(line[: len(line) - len(line.lstrip())])):
            self.in_list = True
        elif line.strip() and not line[0].isspace():
            self.in_list = False


def _is_shallow(before: str) -> bool:
    """Tell whether what stands before a sign leaves it what it is; after four blanks it is text or code."""
    return not before.strip(" \t") and len(before.expandtabs(4)) < 4


def leaves_container(line: str) -> bool:
    """Tell whether this line cannot belong to code within a list or a quotation."""
    return bool(line.strip()) and line[0] not in " \t>"
