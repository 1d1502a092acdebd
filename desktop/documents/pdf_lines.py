"""The lines of a PDF page, each with its place, in the order in which the file has them.

PDFium says which letters stand in a line and which hyphens broke a word; this reads the places of their ends from it.
"""

import ctypes
import math
import re
import unicodedata
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from desktop.text.han import COMPATIBILITY, RADICALS

# Signs that look like letters but are others: radicals for Chinese characters, ligatures. Full-width punctuation, which
# NFKC would make Latin, is how Chinese is written.
_LOOKS_LIKE = re.compile(f"[{RADICALS}{COMPATIBILITY}\ufb00-\ufb4f]")
_BULLET = re.compile("^[\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf02d](?=\\s)")  # of the fonts Symbol and Wingdings
_LINE = re.compile("(?P<text>[^\r\n\x02\ufffe]*)(?P<hyphen>[\x02\ufffe]?)(?:\r\n|[\r\n]|$)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page.

    Attributes:
        text: without blanks at its ends, and without a hyphen that broke its last word.
        left, right: of its letters, in points from the left of the page.
        base: of its letters, in points from the bottom of the page.
        size: of its first or last letter, in points, the larger: a line may begin with code or end with a mark.
        broken: a hyphen broke its last word.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    broken: bool = False


def lines_of(page: pypdfium2.PdfPage) -> list[Line]:
    """Give the lines of a page. Raises PdfiumError."""
    letters = page.get_textpage()
    text = letters.get_text_range()
    lines = []
    unit = 0  # PDFium counts in units of UTF-16
    for found in _LINE.finditer(text):
        whole = found["text"]
        shown = whole.replace("\xad", "").strip()
        if shown:
            first = unit + _units(whole[: len(whole) - len(whole.lstrip())])
            last = unit + _units(whole.rstrip()) - 1
            left, base = _origin(letters, first)
            clean = _LOOKS_LIKE.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), " ".join(shown.split()))
            clean = _BULLET.sub("•", clean)
            size = max(_size(letters, first), _size(letters, last))
            broken = bool(found["hyphen"]) or whole.endswith("\xad")
            lines.append(Line(clean, left, _right(letters, last), base, size, broken))
        unit += _units(found[0])
    return lines


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _origin(letters: pypdfium2.PdfTextPage, at: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(letters.raw, at, x, y)
    return x.value, y.value


def _right(letters: pypdfium2.PdfTextPage, at: int) -> float:
    return float(letters.get_charbox(at, loose=True)[2])


def _size(letters: pypdfium2.PdfTextPage, at: int) -> float:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(letters.raw, at, matrix)
    scale = math.hypot(matrix.a, matrix.b) or 1.0
    return round(float(raw.FPDFText_GetFontSize(letters.raw, at)) * scale, 1)
