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

FENCE_LINE = re.compile(rf"[ \t>]*(?:{ITEM}[ \t][ \t>]*)*(?P<fence>{FENCE})(?P<info>[^\n]*)")


class CodeFences:
    """Follows fenced code through the lines of a text, within lists and quotations too.

    Attributes:
        fence: that opened the code which the next line belongs to, unless it ends it; "" outside.
        contained: whether that code lies in a list or a quotation, whose end is the end of the code.
    """

    def __init__(self, fence: str = "", *, contained: bool = False) -> None:
        """Begin before the first line, or, as told by the attributes, within code."""
        self.fence, self.contained = fence, contained

    def read(self, line: str) -> CodeLine:
        """Take the next line, without its end; tell what it is."""
        if self.fence and self.contained and leaves_container(line):
            self.fence = ""
        mark = FENCE_LINE.fullmatch(line)
        if not self.fence:
            if mark is None:
                return ""
            self.fence, self.contained = mark["fence"], not line.startswith(mark["fence"])
            return "opens"
        if mark is None or not mark["fence"].startswith(self.fence) or mark["info"].strip():
            return "code"
        self.fence = ""
        return "closes"


def leaves_container(line: str) -> bool:
    """Tell whether this line cannot belong to code within a list or a quotation."""
    return bool(line.strip()) and line[0] not in " \t>"
