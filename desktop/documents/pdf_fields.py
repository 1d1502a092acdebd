"""What was added to a page of a PDF file: values of a form, which are made part of the page, and notes.

A widget's appearance is drawn into the page at its place, as a viewer shows it; a note has no place in the text and
comes behind it.
"""

import ctypes
from dataclasses import replace

import pypdfium2
from pypdfium2 import raw

from desktop.documents.pdf_lines import Line

_HIDDEN = 2 | 32  # annotation flags: hidden, no view (ISO 32000-1, 12.5.3)
_NOTES = frozenset(
    {raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_SQUIGGLY}
    | {raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_CARET, raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_SQUARE}
    | {raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_LINE, raw.FPDF_ANNOT_POLYGON, raw.FPDF_ANNOT_POLYLINE}
    | {raw.FPDF_ANNOT_FILEATTACHMENT, raw.FPDF_ANNOT_STAMP}
)
_FREE_TEXT = raw.FPDF_ANNOT_FREETEXT
_MOST = 2_000  # annotations of a page that are looked at
_LONGEST = 10_000  # units of a note


def notes_of(page: pypdfium2.PdfPage) -> list[tuple[str, bool]]:
    """Give the notes of a page in their order, each with whether it may be drawn on the page itself."""
    found: list[tuple[str, bool]] = []
    for number in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, number)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind in _NOTES | {_FREE_TEXT} and not raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
            text = " ".join(_contents(annotation).split())
            if text and (text, kind == _FREE_TEXT) not in found:
                found.append((text, kind == _FREE_TEXT))
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def draw_values(page: pypdfium2.PdfPage) -> bool:
    """Draw what viewers show over a page into it; the page must be loaded anew to be read. Tells whether there was any.

    What cannot be drawn is left as it is.
    """
    if not raw.FPDFPage_GetAnnotCount(page.raw):
        return False
    return bool(raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS)


def at_their_places(lines: list[Line], with_values: list[Line]) -> list[Line]:
    """Put what was drawn into a page beside or below what stands there: the file draws it last.

    Args:
        lines: of the page as the file has it.
        with_values: the same, and what was drawn.
    """
    known = {(line.text, round(line.left), round(line.base)) for line in lines}
    placed = list(lines)
    for value in with_values:
        if (value.text, round(value.left), round(value.base)) not in known:
            at, is_beside = _place(value, placed)
            placed.insert(at, replace(value, goes_on=is_beside))
    return placed


def _place(value: Line, lines: list[Line]) -> tuple[int, bool]:
    """Tell where in the order of lines a value belongs, and whether it goes on in the line before."""
    beside = [
        (line.right, at)
        for at, line in enumerate(lines)
        if abs(line.base - value.base) < 0.6 * max(value.size, line.size) and line.right <= value.left + value.size
    ]
    if beside:
        return max(beside)[1] + 1, True
    above = [(line.base, -at) for at, line in enumerate(lines) if line.base > value.base]
    return (-min(above)[1] + 1 if above else 0), False


def as_lines(notes: list[tuple[str, bool]], lines: list[Line]) -> list[Line]:
    """Give notes that the lines of their page do not hold as lines of their own, in brackets."""
    said = "".join(" ".join(line.text for line in lines).split())
    size = lines[-1].size if lines else 10.0
    return [Line(f"[{text}]", 0.0, 0.0, 0.0, size, row=True) for text, _ in notes if "".join(text.split()) not in said]


def _contents(annotation: raw.FPDF_ANNOTATION) -> str:
    units = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    if not 2 < units <= 2 * _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(units)
    raw.FPDFAnnot_GetStringValue(annotation, b"Contents", ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), units)
    return buffer.raw[: units - 2].decode("utf-16-le", "replace")
