r"""Formulas in Markdown: `$x$`, `$$x$$`, `\(x\)` and `\[x\]`, found before a parser takes signs in them for marks.

    Markdown -> Markdown with a placeholder for each formula, and the formulas -> a parser -> placeholders resolved

Code, addresses and what a backslash protects are left alone; money (`$5 and $10`) is no formula.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.text.han import is_wide
from desktop.text.markdown_lines import CodeFences

PLACEHOLDER = re.compile("\ue0f1(\\d+)\ue0f2")  # of the private use area, where text has no business
_NO_PLACEHOLDERS = {0xE0F1: 0xFFFD, 0xE0F2: 0xFFFD}
_LONGEST = 2_000  # characters
_SPECIAL = re.compile(
    r"""\\\(|\\\[|\\.|`+|\$\$?|\*+|~~+|<[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*>"""
    r"""|https?://[A-Za-z0-9/?=&%\#:+,;@._~$-]*|\]\((?:[^()\s\\]|\\.|\([^()\s]*\))*|!\[""",
    re.DOTALL,
)
_SPACE_AROUND = re.compile(r"[ \t>]*")

# A mark of emphasis or of a picture, as found in the text -> what stands for it, and where the text goes on.
RewriteMark = Callable[[re.Match[str]], tuple[str, int]]
RewriteLine = Callable[[str], str]


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


def without_formulas(
    markdown: str,
    *,
    rewrite_mark: RewriteMark | None = None,
    rewrite_line: RewriteLine | None = None,
    paragraphs: bool = True,
) -> tuple[str, list[Formula]]:
    """Give Markdown with placeholders, and the formulas in their order.

    Args:
        markdown: characters in it that placeholders are made of become �.
        rewrite_mark: what else to do with marks of emphasis and pictures; None leaves them.
        rewrite_line: what to do with lines that are no code first; None leaves them.
        paragraphs: whether a formula with lines of its own becomes a paragraph, as a parser must see it.
    """
    formulas: list[Formula] = []
    result: list[str] = []
    prose: list[str] = []
    fences = CodeFences()
    for line in markdown.translate(_NO_PLACEHOLDERS).split("\n"):
        if fences.read(line):
            result += _prose(prose, formulas, rewrite_mark, paragraphs)
            prose = []
            result.append(line)
        else:
            prose.append(rewrite_line(line) if rewrite_line else line)
            if not line.strip():
                result += _prose(prose, formulas, rewrite_mark, paragraphs)
                prose = []
    result += _prose(prose, formulas, rewrite_mark, paragraphs)
    return "\n".join(result), formulas


def with_formulas(text: str, formulas: Sequence[Formula]) -> str:
    """Give a text with the sources of formulas in the place of their placeholders."""
    return PLACEHOLDER.sub(lambda found: formulas[int(found[1])].source, text)


def _prose(lines: list[str], formulas: list[Formula], rewrite_mark: RewriteMark | None, paragraphs: bool) -> list[str]:
    """Put placeholders into lines without a blank one between them: code and formulas may span them."""
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
            placeholder = f"\ue0f1{len(formulas)}\ue0f2"
            apart = paragraphs and formula.display
            result += [text[done:start], _as_paragraph(text, start, end, placeholder) if apart else placeholder]
            formulas.append(formula)
            done = place = end
        elif mark[0] in "*~!" and rewrite_mark is not None:
            stand_in, place = rewrite_mark(found)
            result += [text[done:start], stand_in]
            done = place
    result.append(text[done:])
    return ["".join(result)]


def _behind_code(text: str, place: int, mark: str) -> int:
    """Tell where code that `mark` opened before `place` ends; `place` where nothing closes it."""
    for found in re.finditer("`+", text[place:]):
        if found[0] == mark:
            return place + found.end()
    return place


def _formula_at(text: str, start: int, mark: str) -> Formula | None:
    """Read the formula that begins at `start`, if there is one."""
    closing = {"\\(": "\\)", "\\[": "\\]"}.get(mark, mark)
    inside = start + len(mark)
    end = text.find(closing, inside, inside + _LONGEST)
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
    limit = min(len(text) if line_end < 0 else line_end, inside + _LONGEST)
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
    return any(map(is_wide, latex)) and "\\text" not in latex


def _as_paragraph(text: str, start: int, end: int, placeholder: str) -> str:
    """Give the placeholder as a paragraph where the formula has its lines for itself."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    before, after = text[line_start:start], text[end : len(text) if line_end < 0 else line_end]
    if after.strip() or not _SPACE_AROUND.fullmatch(before):
        return placeholder
    gap_before = f"\n{before}" if line_start else ""
    return f"{gap_before}{placeholder}\n{before}"
