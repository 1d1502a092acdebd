"""The text of a PDF file: its lines put together to paragraphs again, without what stands on every page."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from desktop.documents.markdown import joins_lines
from desktop.errors import DocumentError

_PASSWORD = 4  # FPDF_ERR_PASSWORD
# Signs that look like letters but are others: radicals for Chinese characters, ligatures. Full-width punctuation, which
# NFKC would make Latin, is how Chinese is written.
_LOOKS_LIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb4f\U0002f800-\U0002fa1f]")
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:page|第)?\s*\d+\s*(?:(?:/|of|页,?\s*共)\s*\d+)?\s*页?[-–—\s]*", re.IGNORECASE)
_ITEM = re.compile(
    r"(?:[•‣▪●○–—*-]|\(?\d{1,3}[.)、]|[a-zA-Z][.)]|[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、)\s*"
)
_ENDS = re.compile(r"[.!?:;。！？：；…][\"'”’)）」』]?$")
_FULL_LINE = 0.75  # of the longest line of the page: a shorter one ends its paragraph
_ON_PAGES = 3  # what stands first or last on so many pages is a header or a footer


def pdf_text(path: Path) -> str:
    """Read a PDF file.

    Raises:
        DocumentError: it is damaged or encrypted, or holds pictures only.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise DocumentError(path, "is protected by a password; save a copy without one") from error
        raise DocumentError(path, "is damaged, or no PDF file") from error
    try:
        pages = [_lines(document[number].get_textpage().get_text_bounded()) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise DocumentError(path, "is damaged, or no PDF file") from error
    finally:
        document.close()
    text = "\n\n".join(paragraphs(page) for page in without_margins(pages)).strip()
    if not re.search(r"\w", text):
        raise DocumentError(path, "holds no text, only pictures; scanned pages cannot be read")
    return text + "\n"


def without_margins(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Leave out page numbers, and the headers and footers that stand on every page."""
    ends = Counter(_key(line) for page in pages for line in {*page[:1], *page[-1:]})
    kept = []
    for page in pages:
        lines = list(page)
        for at in (0, -1):
            while lines and (
                _PAGE_NUMBER.fullmatch(lines[at]) or ends[_key(lines[at])] >= max(_ON_PAGES, len(pages) / 2)
            ):
                del lines[at]
        kept.append(lines)
    return kept


def paragraphs(lines: Sequence[str]) -> str:
    """Put lines together that the page was too narrow for."""
    longest = max((_width(line) for line in lines), default=0)
    text, before = "", ""
    for line in lines:
        if not text:
            text = line
        elif _goes_on(before, line, longest):
            broken = re.search(r"[^\W\d_]-$", before) and line[:1].islower()
            text = text[:-1] + line if broken else text + joins_lines(before, line) + line
        else:
            text += ("\n" if _ITEM.match(line) and _ITEM.match(before) else "\n\n") + line
        before = line
    return text


def _goes_on(before: str, line: str, longest: int) -> bool:
    if _ITEM.match(line) or _width(before) < _FULL_LINE * longest:
        return False
    return not (_ENDS.search(before) and _width(before) < 0.9 * longest)


def _lines(text: str) -> list[str]:
    clean = re.sub("[\x02\xad\ufffe]\r?\n?", "", text)  # marks of hyphens that the page broke a word with
    clean = _LOOKS_LIKE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), clean)
    return [line for each in clean.splitlines() if (line := " ".join(each.split()))]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)
