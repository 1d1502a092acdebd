"""The lines of a PDF page, each with its place, in the order in which the file has them.

PDFium says which letters stand in a line and which hyphens broke a word; this reads their places from it. A line is cut
where a wide gap parts it, as between the cells of a table, and small letters above or below it are marked: 10² is not
102.
"""

import ctypes
import itertools
import math
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2
from pypdfium2 import raw

from desktop.documents.scripts import lowered, raised
from desktop.text.han import COMPATIBILITY, RADICALS

# Signs that look like letters but are others: radicals for Chinese characters, ligatures. Full-width punctuation, which
# NFKC would make Latin, is how Chinese is written.
_LOOKS_LIKE = re.compile(f"[{RADICALS}{COMPATIBILITY}\ufb00-\ufb4f]")
_BULLET = re.compile("^[\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf02d](?=\\s|$)")  # of the fonts Symbol and Wingdings
_LINE = re.compile("(?P<text>[^\r\n\x02\ufffe]*)(?P<hyphen>[\x02\ufffe]?)(?:\r\n|[\r\n]|$)?")
_WIDE, _WIDER = 0.9, 2.2  # of the size, and of the usual blank of the line: a gap
_SMALL = 0.85  # of the size: what stands higher or lower is so small
_FIGURES = frozenset("0123456789")
_SHIFTED = 0.06, 0.75  # of the size: how far it stands higher or lower


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, or the part of one between wide gaps.

    Attributes:
        text: without blanks at its ends, and without a hyphen that broke its last word.
        left, right: of its letters, in points from the left of the page.
        base: of its letters, in points from the bottom of the page.
        size: of its first or last letter, in points, the larger: a line may begin with code or end with a mark.
        broken: a hyphen broke its last word.
        goes_on: it stands in one line with the part before it, behind a gap.
        row: it is a row of a table, or a note, and no part of a paragraph.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    broken: bool = False
    goes_on: bool = False
    row: bool = False


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character, the number of its unit of UTF-16, and where it or one before it in its word stands."""

    char: str
    unit: int
    x: float
    y: float


def lines_of(page: pypdfium2.PdfPage) -> list[Line]:
    """Give the lines of a page, cut at wide gaps. Raises PdfiumError."""
    letters = page.get_textpage()
    text = letters.get_text_range()
    lines: list[Line] = []
    unit = 0  # PDFium counts in units of UTF-16
    for found in _LINE.finditer(text):
        whole = found["text"]
        if whole.replace("\xad", "").strip():
            broken = bool(found["hyphen"]) or whole.endswith("\xad")
            lines += _parts(letters, whole, unit, broken=broken)
        unit += _units(found[0])
    return _with_shifted(lines)


def whole_lines(parts: Sequence[Line]) -> list[Line]:
    """Put the parts of lines together again, with a blank for the gap."""
    whole: list[Line] = []
    for part in parts:
        if part.goes_on and whole and not whole[-1].row and not part.row:
            before = whole[-1]
            size = max(before.size, part.size)
            whole[-1] = replace(
                before, text=f"{before.text} {part.text}", right=part.right, size=size, broken=part.broken
            )
        else:
            whole.append(part)
    return whole


def _parts(letters: pypdfium2.PdfTextPage, whole: str, unit: int, *, broken: bool) -> Iterator[Line]:
    placed = _placed(letters, whole, unit)
    if not placed:
        return
    size = max(_size(letters, placed[0].unit), _size(letters, placed[-1].unit))
    base = Counter(round(letter.y, 1) for letter in placed).most_common(1)[0][0]
    bounds = _gaps(letters, placed, size)
    before = base
    for begin, end in itertools.pairwise([0, *bounds, len(placed)]):
        part = placed[begin:end]
        own = max(_size(letters, part[0].unit), _size(letters, part[-1].unit))
        at_base = Counter(round(letter.y, 1) for letter in part).most_common(1)[0][0]
        at_base = base if abs(at_base - base) < _SHIFTED[1] * size else at_base
        if text := _text(letters, part, at_base, size):
            goes_on = begin > 0 and abs(at_base - before) < _SHIFTED[1] * size
            yield Line(
                text, part[0].x, _right(letters, part[-1].unit), at_base, own, broken and end == len(placed), goes_on
            )
        before = at_base


def _placed(letters: pypdfium2.PdfTextPage, whole: str, unit: int) -> list[_Letter]:
    """Give the letters of a line. Figures and the first of each word are asked for; others stand beside them."""
    placed: list[_Letter] = []
    begins, x, y = True, 0.0, 0.0
    for char, at in _with_units(whole, unit):
        if char.isspace():
            begins = True
            continue
        if begins or char in _FIGURES or placed[-1].char in _FIGURES:
            x, y = _origin(letters, at)
        placed.append(_Letter(char, at, x, y))
        begins = False
    return placed


def _with_units(text: str, unit: int) -> Iterator[tuple[str, int]]:
    for char in text:
        yield char, unit
        unit += 1 if ord(char) < 0x10000 else 2


def _gaps(letters: pypdfium2.PdfTextPage, placed: Sequence[_Letter], size: float) -> list[int]:
    """Give the letters before which a wide gap stands, or that stand on another height."""
    jumps = [at for at, (a, b) in enumerate(itertools.pairwise(placed), 1) if abs(a.y - b.y) >= _SHIFTED[1] * size]
    blanks = [
        (at, max(0.0, letter.x - _right(letters, before.unit)))
        for at, (before, letter) in enumerate(itertools.pairwise(placed), 1)
        if letter.unit - before.unit > 1 and abs(letter.y - before.y) < size
    ]
    if not blanks:
        return jumps
    usual = statistics.median_low([width for _, width in blanks]) if len(blanks) > 2 else 0.0
    usual = min(usual, 0.4 * size)  # where all blanks are wide, all are gaps
    return sorted({*jumps, *(at for at, width in blanks if width > max(_WIDE * size, _WIDER * usual))})


def _text(letters: pypdfium2.PdfTextPage, part: Sequence[_Letter], base: float, size: float) -> str:
    """Give the text of letters, with a blank where one stood, and marks for what stands higher or lower."""
    nearest, farthest = (share * size for share in _SHIFTED)

    def shift(letter: _Letter) -> int:
        away = letter.y - base
        if letter.char in _FIGURES and abs(away) <= nearest:
            return _drawn_shifted(letters, letter, size)
        if not nearest < abs(away) < farthest or _size(letters, letter.unit) > _SMALL * size:
            return 0
        return 1 if away > 0 else -1

    text, last = "", part[0].unit - 1
    for way, group in itertools.groupby(part, shift):
        run = ""
        for letter in group:
            run += (" " if letter.unit - last > 1 and (text or run) else "") + letter.char
            last = letter.unit + (0 if ord(letter.char) < 0x10000 else 1)
        if way and re.search(r"\d", run):  # words are only set badly
            run = raised(run, text) if way > 0 else lowered(run, text)
        text += run
    clean = _LOOKS_LIKE.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), text.replace("\xad", ""))
    return _BULLET.sub("•", " ".join(clean.split()))


def _drawn_shifted(letters: pypdfium2.PdfTextPage, letter: _Letter, size: float) -> int:
    """Tell whether a figure is one of those that a font has raised (1) or lowered (-1), by where its ink is."""
    _, bottom, _, top = letters.get_charbox(letter.unit)
    if not 0 < top - bottom < 0.52 * size:
        return 0
    if bottom - letter.y > 0.2 * size:
        return 1
    return -1 if bottom - letter.y < -0.08 * size and top - letter.y < 0.48 * size else 0


def _with_shifted(lines: Sequence[Line]) -> list[Line]:
    """Put small letters that PDFium takes for a line of their own where they stand: behind a power, its exponent."""
    put: list[Line] = []
    base = 0.0  # of the line that is being put together
    for line in lines:
        before = put[-1] if put else None
        if before is None or abs(line.left - before.right) > 0.4 * before.size:
            put.append(line)
            continue
        away = line.base - before.base
        nearest, farthest = (share * before.size for share in _SHIFTED)
        is_small = line.size <= _SMALL * before.size and len(line.text) < 12 and re.search(r"\d", line.text)
        if nearest < abs(away) < farthest and is_small:
            text = (raised if away > 0 else lowered)(line.text, before.text)
            put[-1] = replace(before, text=before.text + text, right=line.right, broken=line.broken)
            base = before.base
        elif abs(away) < 0.5 and base == before.base and before.text and not line.goes_on:
            apart = line.left - before.right > 0.12 * before.size
            put[-1] = replace(
                before, text=before.text + (" " if apart else "") + line.text, right=line.right, broken=line.broken
            )
        else:
            put.append(line)
    return put


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _origin(letters: pypdfium2.PdfTextPage, at: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(letters.raw, at, x, y)
    return (x.value, y.value) if math.isfinite(x.value + y.value) else (0.0, 0.0)


def _right(letters: pypdfium2.PdfTextPage, at: int) -> float:
    right = float(letters.get_charbox(at, loose=True)[2])
    return right if math.isfinite(right) else 0.0


def _size(letters: pypdfium2.PdfTextPage, at: int) -> float:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(letters.raw, at, matrix)
    size = float(raw.FPDFText_GetFontSize(letters.raw, at)) * (math.hypot(matrix.a, matrix.b) or 1.0)
    return round(size, 1) if math.isfinite(size) else 0.0
