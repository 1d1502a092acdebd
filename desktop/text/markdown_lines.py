"""The lines of Markdown: by which signs a line is an item, a heading, a quotation, a row, or the fence of code.

One grammar, that of CommonMark 0.31 with GitHub's tasks and tables, for all who look at Markdown line by line because
it still grows, must come out unchanged, or is being typed. Whoever needs the tree has `markdown_parser`.
"""

import re

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

_FENCE_LINE = re.compile(rf"[ \t>]*(?:{ITEM}[ \t]+)*(?P<fence>{FENCE})(?P<info>[^\n]*)")


class CodeFences:
    """Follows fenced code through the lines of a text, within lists and quotations too."""

    def __init__(self) -> None:
        self._fence = ""  # that opened the code; "" outside
        self._contained = False  # in a list or a quotation, whose end is the end of the code

    @property
    def inside(self) -> bool:
        """Whether the next line is code, unless it ends it."""
        return bool(self._fence)

    def takes(self, line: str) -> bool:
        """Take the next line, without its end; tell whether it is code or one of its fences."""
        if self._fence and self._contained and leaves_container(line):
            self._fence = ""
        mark = _FENCE_LINE.fullmatch(line)
        if not self._fence:
            if mark is None:
                return False
            self._fence, self._contained = mark["fence"], not line.startswith(mark["fence"])
        elif mark is not None and mark["fence"].startswith(self._fence) and not mark["info"].strip():
            self._fence = ""
        return True


def leaves_container(line: str) -> bool:
    """Tell whether this line cannot belong to code within a list or a quotation."""
    return bool(line.strip()) and line[0] not in " \t>"
