"""Prepares a piece of Markdown for Qt's parser: what the parser misreads, it must not see.

- Emphasis beside full-width punctuation (`**重点：**正文`): CommonMark takes the marks for plain asterisks, because it
  expects spaces between words. An invisible letter between punctuation and marks makes them emphasis; it is taken out
  of the result again.
- Mathematics: each formula becomes a placeholder, so that its `_` and `*` mean nothing to the parser.
- Ends of line that are meant (addresses, poems) become hard breaks; Chinese goes on without a blank.
- Pictures become links: nothing is loaded. Footnotes stay text.
Code, addresses and what a backslash protects are left alone.
"""

import re

from desktop.text.formulas import Formula, without_formulas
from desktop.text.han import is_punctuation, parts_words
from desktop.text.markdown_parser import with_line_ends

JOINER = "\ue0f0"  # counts as a letter; of the private use area, where text has no business

_CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"}
_CONTROLS |= {0x7F: 0x2421, 0x85: 0x0A, 0x0B: 0x0A, 0x0C: 0x0A, 0x2028: 0x0A, 0x2029: 0x0A}
# Qt keeps the ends of frames in a document as noncharacters.
_CONTROLS |= dict.fromkeys((*range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF, 0xFFFC, 0xE0F0, 0xE0F1, 0xE0F2), 0xFFFD)
_CONTROLS |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)

_FOOTNOTE = re.compile(r"([ \t]*)(\[\^[^\]\n]+\]:)")
_EMPTY_PICTURE = re.compile(r"!\[\]\(<?([^()\s<>]*)")


def cleaned(text: str) -> str:
    """Give text without characters that only steer: they become visible, or a line end; lengths stay."""
    return text.translate(_CONTROLS)


def prepared(markdown: str) -> tuple[str, list[Formula]]:
    """Give Markdown that Qt's parser reads as it is meant, and the formulas that it has placeholders for."""
    text, formulas = without_formulas(markdown, rewrite_mark=_for_qt, rewrite_line=_footnote_as_text)
    return with_line_ends(text), formulas


def _footnote_as_text(line: str) -> str:
    """Qt's parser knows no footnotes, and would take them for links; each is a paragraph of its own."""
    return _FOOTNOTE.sub(r"\n\1\\\2", line, count=1) if "[^" in line else line


def _for_qt(mark: re.Match[str]) -> tuple[str, int]:
    text, start, end = mark.string, mark.start(), mark.end()
    if mark[0] == "![":
        empty = _EMPTY_PICTURE.match(text, start)
        return (f"[{empty[1]}" if empty else "["), end
    before, after = text[start - 1 : start], text[end : end + 1]
    if not parts_words(before, after):
        return mark[0], end
    return (f"{JOINER}{mark[0]}" if is_punctuation(before) else f"{mark[0]}{JOINER}"), end
