"""The text of an HTML page as Markdown; nothing of it is loaded or run. See `html_reading` for how."""

import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from desktop.documents.html_reading.blocks import BlockReader
from desktop.documents.html_reading.encoding import page_text
from desktop.documents.html_reading.hidden import NotShown
from desktop.errors import DocumentError
from desktop.reasons import DocumentReason
from desktop.text.encoding import EncodingUnknown

_XHTML = re.compile(r"\s*(?:<\?xml|<!DOCTYPE[^>]*XHTML)|<html[^>]*xmlns\s*=", re.IGNORECASE)
_CLOSED_AT_ONCE = re.compile(r"<([a-zA-Z][\w:-]*)((?:\s[^<>]*?)?)\s*/>")
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "base", "col", "area", "wbr", "source", "param", "embed"}
)
_LOOKED_AT = 2_000  # characters


def html_text(data: bytes, path: Path) -> str:
    """Read an HTML page; `path` names it in errors and is not opened.

    Raises:
        DocumentError: it is not text, or holds none.
    """
    try:
        text = page_text(data)
    except UnicodeDecodeError as error:
        unknown = isinstance(error, EncodingUnknown)
        reason = DocumentReason.ENCODING_UNKNOWN() if unknown else DocumentReason.NOT_TEXT()
        raise DocumentError(path, reason) from error
    if _XHTML.search(text[:_LOOKED_AT]):  # <td/> and <script/> are whole elements there, and open ones in HTML
        text = _CLOSED_AT_ONCE.sub(_with_end_tag, text)
    page = LexborHTMLParser(text)
    for navigation in (False, True):
        blocks = BlockReader(NotShown(page, navigation=navigation)).blocks(page.root) if page.root else []
        if read := "\n\n".join(blocks).strip():
            return read + "\n"
    raise DocumentError(path, DocumentReason.NO_TEXT())


def _with_end_tag(found: re.Match[str]) -> str:
    return found[0] if found[1].lower() in _VOID else f"<{found[1]}{found[2]}></{found[1]}>"
