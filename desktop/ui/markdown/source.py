"""Prepares a piece of Markdown for Qt's parser: what the parser misreads, it must not see.

- Emphasis beside full-width punctuation (`**重点：**正文`): CommonMark takes the marks for plain asterisks, because it
  expects spaces between words. An invisible letter between punctuation and marks makes them emphasis; it is taken out
  of the result again. See https://github.com/commonmark/commonmark-spec/issues/650.
- Mathematics: each formula becomes a placeholder, so that its `_` and `*` mean nothing to the parser.
- Pictures become links: nothing is loaded. Footnotes stay text.
Code, addresses and what a backslash protects are left alone.
"""

import re
import unicodedata
from dataclasses import dataclass

from desktop.ui.markdown.pieces import leaves_container

JOINER = "\ue0f0"  # counts as a letter; of the private use area, where text has no business
FORMULA = re.compile("\ue0f1(\\d+)\ue0f2")
_LONGEST_FORMULA = 2_000

_CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"}
_CONTROLS |= {0x7F: 0x2421, 0x85: 0x0A, 0x0B: 0x0A, 0x0C: 0x0A, 0x2028: 0x0A, 0x2029: 0x0A}
# Qt keeps the ends of frames in a document as noncharacters.
_CONTROLS |= dict.fromkeys((*range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF, 0xFFFC, 0xE0F0, 0xE0F1, 0xE0F2), 0xFFFD)
_CONTROLS |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)

_SPECIAL = re.compile(
    r"""\\\(|\\\[|\\.|`+|\$\$?|\*+|~~+|<[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*>"""
    r"""|https?://[A-Za-z0-9/?=&%\#:+,;@._~$-]*|\]\((?:[^()\s\\]|\\.|\([^()\s]*\))*|!\[""",
    re.DOTALL,
)
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`\n]*$)|~{3,})([^\n]*)")
_FOOTNOTE = re.compile(r"([ \t]*)(\[\^[^\]\n]+\]:)")
_EMPTY_PICTURE = re.compile(r"!\[\]\(<?([^()\s<>]*)")
_SPACE_AROUND = re.compile(r"[ \t>]*")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of the text.

    Attributes:
        latex: without what surrounds it.
        source: with it.
        display: whether it stands on a line of its own.
    """

    latex: str
    source: str
    display: bool


def cleaned(text: str) -> str:
    """Give text without characters that only steer: they become visible, or a line end; lengths stay."""
    return text.translate(_CONTROLS)


def prepared(markdown: str, *, footnotes: bool = False) -> tuple[str, list[Formula]]:
    """Give Markdown that Qt's parser reads as it is meant, and the formulas that it has placeholders for.

    Args:
        markdown: what is to be read.
        footnotes: the parser knows them; Qt's does not, and would take them for links.
    """
    formulas: list[Formula] = []
    result: list[str] = []
    prose: list[str] = []
    fence, contained = "", False
    for line in markdown.split("\n"):
        if fence and contained and leaves_container(line):
            fence = ""
        mark = _FENCE.fullmatch(line)
        closes = mark is not None and fence and mark[1].startswith(fence) and not mark[2].strip()
        if mark and not fence:
            contained = not line.startswith(mark[1])
        if fence or mark:
            result += _prose(prose, formulas)
            prose = []
            result.append(line)
            fence = "" if closes else fence or (mark[1] if mark else "")
        else:
            prose.append(_FOOTNOTE.sub(r"\1\\\2", line, count=1) if "[^" in line and not footnotes else line)
            if not line.strip():
                result += _prose(prose, formulas)
                prose = []
    result += _prose(prose, formulas)
    return "\n".join(result), formulas


def _prose(lines: list[str], formulas: list[Formula]) -> list[str]:
    """Prepare lines without a blank one between them: code and formulas may span them."""
    if not lines:
        return []
    text = "\n".join(lines)
    result: list[str] = []
    done = place = 0
    while found := _SPECIAL.search(text, place):
        mark, start = found[0], found.start()
        place = found.end()
        if mark[0] == "`":
            place = _behind_code(text, place, mark)
        elif mark[0] == "$" or mark in ("\\(", "\\["):
            formula = _formula_at(text, start, mark)
            if formula is None:
                place = start + (len(mark) if mark[0] == "$" else 2)
                continue
            end = start + len(formula.source)
            result.append(text[done:start])
            result.append(_placed(text, start, end, formula, len(formulas)))
            formulas.append(formula)
            done = place = end
        elif mark[0] in "*~":
            before, after = text[start - 1 : start], text[place : place + 1]
            result += [text[done:start], *_joined(before, mark, after)]
            done = place
        elif mark == "![":
            result.append(text[done:start])
            empty = _EMPTY_PICTURE.match(text, start)
            result.append(f"[{empty[1]}" if empty else "[")
            done = place = start + 2
    result.append(text[done:])
    return ["".join(result)]


def _behind_code(text: str, place: int, mark: str) -> int:
    """Tell where code that `mark` opened before `place` ends; `place` where nothing closes it."""
    for found in re.finditer("`+", text[place:]):
        if found[0] == mark:
            return place + found.end()
    return place


def _joined(before: str, mark: str, after: str) -> list[str]:
    """Put the invisible letter where marks of emphasis stand between punctuation and a letter, one of them Chinese."""
    result = [mark]
    if not before or not after or before.isspace() or after.isspace():
        return result
    if not (_is_wide(before) or _is_wide(after)):
        return result
    if _is_punctuation(before) and not _is_punctuation(after):
        result.insert(0, JOINER)
    elif _is_punctuation(after) and not _is_punctuation(before):
        result.append(JOINER)
    return result


def _formula_at(text: str, start: int, mark: str) -> Formula | None:
    """Read the formula that begins at `start`, if there is one."""
    closing = {"\\(": "\\)", "\\[": "\\]"}.get(mark, mark)
    inside = start + len(mark)
    end = text.find(closing, inside, inside + _LONGEST_FORMULA)
    if mark == "$":
        end = _closing_dollar(text, inside)
    if end < 0:
        return None
    latex = text[inside:end].strip()
    if not latex or (mark == "$" and _is_prose(latex)):
        return None
    return Formula(latex, text[start : end + len(closing)], display=mark in ("$$", "\\["))


def _closing_dollar(text: str, inside: int) -> int:
    """Find the dollar that ends a formula; money is none: `$5 and $10`."""
    if text[inside : inside + 1].isspace():
        return -1
    line_end = text.find("\n", inside)
    limit = min(len(text) if line_end < 0 else line_end, inside + _LONGEST_FORMULA)
    place = inside
    while (place := text.find("$", place, limit)) >= 0:
        escaped = text[place - 1] == "\\"
        follows = text[place + 1 : place + 2]
        if not escaped:
            return -1 if text[place - 1].isspace() or follows.isdigit() else place
        place += 1
    return -1


def _is_prose(latex: str) -> bool:
    """Tell text between two prices from a formula."""
    return any(map(_is_wide, latex)) and "\\text" not in latex


def _placed(text: str, start: int, end: int, formula: Formula, number: int) -> str:
    """Give the placeholder; that of a formula with lines of its own becomes a paragraph."""
    placeholder = f"\ue0f1{number}\ue0f2"
    if not formula.display:
        return placeholder
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    before, after = text[line_start:start], text[end : len(text) if line_end < 0 else line_end]
    if after.strip() or not _SPACE_AROUND.fullmatch(before):
        return placeholder
    gap_before = f"\n{before}" if line_start else ""
    return f"{gap_before}{placeholder}\n{before}"


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
