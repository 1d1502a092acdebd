"""The text of a PDF file: its lines put together to paragraphs again, over the ends of columns and pages.

pages of lines -> without what stands on every page -> notes at the foot set aside -> paragraphs
"""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from desktop.documents.pdf_fields import as_lines, at_their_places, draw_values, notes_of
from desktop.documents.pdf_layout import ordered
from desktop.documents.pdf_lines import Line, lines_of
from desktop.documents.pdf_paragraphs import Shape, paragraphs
from desktop.errors import DocumentError
from desktop.reasons import DocumentReason

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:page|第)?\s*(?:\d{1,4}|[ivxl]{1,6})\s*(?:(?:/|of|页,?\s*共|页，?\s*共)\s*\d+)?\s*页?[-–—|\s]*",
    re.IGNORECASE,
)
# A number alone at the edge of a single page is as often a total.
_ONLY_PAGE = re.compile(
    r"[-–—|]\s*1\s*[-–—|]|(?:page|第)\s*1\s*(?:(?:/|of|页,?\s*共|页，?\s*共)\s*1)?\s*页?|1\s*/\s*1", re.IGNORECASE
)
_DEEPEST = 3  # lines of a header or footer
_ON_PAGES, _SHARE = (
    2,
    0.35,
)  # what stands in one place on so many of the pages is a header or footer; odd and even differ
_FIGURE = re.compile(r"\d{4}|\d[\d .,/-]{4,}\d")  # longer than the number of a page
_SAME_PLACE = 4.0  # points
_GAP = 1.5  # sizes of letters between a header and the text, at least
_SMALL = 0.93  # of the size of the text: a note


def pdf_text(data: bytes, path: Path) -> str:
    """Read a PDF file; `path` names it in errors and is not opened.

    Raises:
        DocumentError: it is damaged or encrypted, or holds pictures only.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise DocumentError(path, DocumentReason.PASSWORD()) from error
        raise DocumentError(path, DocumentReason.DAMAGED_PDF()) from error
    try:
        pages = _pages(document)
    except pypdfium2.PdfiumError as error:
        raise DocumentError(path, DocumentReason.DAMAGED_PDF()) from error
    finally:
        document.close()
    text = text_of(pages)
    if not re.search(r"\w", text):
        raise DocumentError(path, DocumentReason.ONLY_PICTURES())
    return text + "\n"


def _pages(document: pypdfium2.PdfDocument) -> list[list[Line]]:
    """Give the lines of all pages, in the order of the text; their notes behind them. Raises PdfiumError."""
    if document.get_formtype() == raw.FORMTYPE_ACRO_FORM:
        document.init_forms()  # makes the appearance of values that have none
    pages = []
    for number in range(len(document)):
        page = document[number]
        notes = notes_of(page)
        parts = lines_of(page)
        if draw_values(page):
            page.close()
            page = document[number]
            parts = at_their_places(parts, lines_of(page))
        lines = ordered(parts)
        pages.append([*lines, *as_lines(notes, lines)])
        page.close()
    return pages


def text_of(pages: Sequence[Sequence[Line]]) -> str:
    """Put the lines of pages together."""
    bodies = without_margins(pages)
    figures = _figures_of_margins(pages, bodies)
    shape = Shape([line for page in bodies for line in page])
    parted = [_parted(page, shape.size) for page in bodies]
    return paragraphs([*parted, (figures, [])], shape)


def without_margins(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out page numbers, and the headers and footers that stand in the same place of many pages."""
    least = max(_ON_PAGES, _SHARE * len(pages))
    margins = [[_margin(page, top=top) for top in (True, False)] for page in pages]
    seen = Counter(
        key for both in margins for key in {key for block in both for line in block for key in _places(line)}
    )

    number = _PAGE_NUMBER if len(pages) > 1 else _ONLY_PAGE

    def goes(line: Line) -> bool:
        return bool(number.fullmatch(line.text)) or max(seen[key] for key in _places(line)) >= least

    kept = []
    for page, both in zip(pages, margins, strict=True):
        left_out = [line for block in both if all(map(goes, block)) for line in block]
        kept.append([line for line in page if line not in left_out])
    return kept


def _figures_of_margins(pages: Sequence[Sequence[Line]], bodies: Sequence[Sequence[Line]]) -> list[Line]:
    """Give what was left out and holds a figure, the number of an account or of an invoice: once, behind the text."""
    found: dict[str, Line] = {}
    for page, body in zip(pages, bodies, strict=True):
        for line in page:
            if _FIGURE.search(line.text) and line not in body:
                found.setdefault(re.sub(r"\b\d{1,3}\b", "#", line.text), replace(line, row=True))
    return list(found.values())


def _margin(page: Sequence[Line], *, top: bool) -> list[Line]:
    """Give the first or last lines of a page, up to the gap between them and the text; none where there is no gap."""
    lines = sorted(page, key=lambda line: line.base, reverse=top)
    for count, (line, after) in enumerate(itertools.pairwise(lines[: _DEEPEST + 1]), 1):
        if abs(line.base - after.base) > _GAP * max(line.size, after.size):
            return lines[:count]
    return []


def _places(line: Line) -> set[tuple[str, int]]:
    """Name a line by its words and its place; one that is hardly lower on the next page has a name in common."""
    words = re.sub(r"\d+", "#", line.text)
    return {(words, round(line.base / _SAME_PLACE)), (words, round(line.base / _SAME_PLACE + 0.5) + 1_000_000)}


def _parted(page: Sequence[Line], size: float) -> tuple[list[Line], list[Line]]:
    """Part a page into its text and the notes at its foot."""
    lines = list(page)
    notes: list[Line] = []
    while lines and lines[-1].size < _SMALL * size:
        notes.insert(0, lines.pop())
    return (lines, notes) if lines else (notes, [])
