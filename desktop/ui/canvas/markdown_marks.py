"""How Markdown looks while it is written: what is bold is bold, and its marks stand back."""

import re

from PySide6.QtGui import QFont, QFontDatabase, QSyntaxHighlighter, QTextCharFormat

from desktop.text.markdown_lines import HEADING, ITEM, TASK, CodeFences
from desktop.ui.widgets import theme
from desktop.ui.widgets.text_places import position_of

_LINE_MARK = re.compile(rf"[ \t]*(?:{ITEM}(?:[ \t]+{TASK})?|>)(?=[ \t])")
_HEADING = re.compile(rf"({HEADING})[ \t]+\S")
# Longer marks first: *** is both.
_INLINE = re.compile(
    r"(?P<code>`+)(?P<in_code>[^`\n]+)(?P=code)"
    r"|(?P<stars>\*{1,3})(?=[^\s*])(?P<in_stars>[^*\n]+)(?<=[^\s])(?P=stars)"
    r"|\[(?P<words>[^\]\n]*)\]\((?P<address>[^)\s]*)\)"
)
_HEADING_SIZES = {1: theme.TEXT_TITLE, 2: 18, 3: theme.TEXT_HEADING}


class Marks(QSyntaxHighlighter):
    """Marks headings, lists, quotations, bold and italic words, code and links, line by line."""

    def highlightBlock(self, text: str) -> None:
        """Mark one line."""
        fences = _fences_of(self.previousBlockState())
        code = fences.read(text)
        self.setCurrentBlockState(_state_of(fences))
        if code:
            look = QTextCharFormat()
            look.setFontFamilies([QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()])
            if code != "code":
                look.setForeground(theme.colour(theme.FAINT))
            self._mark(text, 0, len(text), look)
            return
        if heading := _HEADING.match(text):
            look = QTextCharFormat()
            look.setFontWeight(QFont.Weight.DemiBold)
            look.setProperty(QTextCharFormat.Property.FontPixelSize, theme.px(_HEADING_SIZES.get(len(heading[1]), 14)))
            self._mark(text, 0, len(text), look)
            quiet = QTextCharFormat(look)
            quiet.setForeground(theme.colour(theme.FAINT))
            self._mark(text, 0, len(heading[1]), quiet)
            return
        mark = _LINE_MARK.match(text)
        if mark:
            self._mark(text, 0, mark.end(), self._quiet())
        for found in _INLINE.finditer(text, mark.end() if mark else 0):
            self._mark_inline(text, found)

    def _mark_inline(self, text: str, found: re.Match[str]) -> None:
        look, quiet = QTextCharFormat(), self._quiet()
        if found["code"]:
            name = "in_code"
            look.setFontFamilies([QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()])
        elif found["stars"]:
            name = "in_stars"
            if len(found["stars"]) >= 2:
                look.setFontWeight(QFont.Weight.DemiBold)
            look.setFontItalic(len(found["stars"]) != 2)
        else:
            name = "words"
            look.setForeground(theme.colour(theme.ACCENT))
            look.setFontUnderline(True)
        self._mark(text, found.start(), found.end(), quiet)
        self._mark(text, *found.span(name), look)

    def _mark(self, text: str, start: int, end: int, look: QTextCharFormat) -> None:
        first = position_of(text, start)
        self.setFormat(first, position_of(text, end) - first, look)

    def _quiet(self) -> QTextCharFormat:
        quiet = QTextCharFormat()
        quiet.setForeground(theme.colour(theme.FAINT))
        return quiet


def _state_of(fences: CodeFences) -> int:
    """Give the number that Qt keeps with a line: which fence ends the code, and whether a list goes on."""
    return 8 * len(fences.fence) + 4 * fences.fence.startswith("~") + 2 * fences.contained + fences.in_list


def _fences_of(state: int) -> CodeFences:
    if state <= 0:  # -1 before the first line
        return CodeFences()
    fence = ("~" if state & 4 else "`") * (state // 8)
    return CodeFences(fence, contained=bool(state & 2), in_list=bool(state & 1))
