"""Reads a document as plain text or Markdown, to be summarized, rewritten, translated, or made minutes of.

Files of other people are not trusted: those that need a parser are opened in a process of its own, which may neither
take long nor much memory, can reach nothing, and cannot take the application down with it.
"""

import os
import threading
from pathlib import Path

from desktop.codes import system_reason
from desktop.documents.confinement import ParserLimits
from desktop.documents.parser_client import DocumentText, read_apart
from desktop.errors import DocumentError
from desktop.files.plain import NoPlainFile, open_plain
from desktop.reasons import DocumentReason
from desktop.text.encoding import EncodingUnknown, decode

_APART = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), "docx"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    ".pdf": "pdf",
}
_OTHERS = (".doc", ".odt", ".rtf", ".pptx", ".ppt", ".xlsx", ".xls", ".epub", ".pages")


def read_document(path: Path, *, limits: ParserLimits | None = None, stop: threading.Event | None = None) -> str:
    """Give the text of a document as `read_with_rest` does."""
    return read_with_rest(path, limits=limits, stop=stop).text


def read_with_rest(
    path: Path, *, limits: ParserLimits | None = None, stop: threading.Event | None = None
) -> DocumentText:
    """Give the text of a document, of Word and HTML as Markdown, in its order; and what was left out of it.

    Args:
        path: the file.
        limits: on the size of the file, and on the time and memory of the process that parses it.
        stop: set it from another thread, and the file is let go.

    Raises:
        DocumentError: it cannot be read, is too large, damaged, encrypted, or of a kind that Inkstone does not read.
    """
    kind, limits = path.suffix.lower(), limits or ParserLimits()
    if kind in _OTHERS:
        raise DocumentError(path, DocumentReason.KIND_NOT_READ())
    try:
        with open_plain(path) as file:  # whether it may be read is told here, in the words of the system
            if os.fstat(file.fileno()).st_size > limits.size:
                raise DocumentError(path, DocumentReason.TOO_LARGE(mib=limits.size >> 20))
            if os.fstat(file.fileno()).st_size == 0:
                raise DocumentError(path, DocumentReason.NO_TEXT())
            data = b"" if kind in _APART else file.read(limits.size + 1)
        if len(data) > limits.size:
            raise DocumentError(path, DocumentReason.TOO_LARGE(mib=limits.size >> 20))
        if kind in _APART:
            return read_apart(path, _APART[kind], limits, stop or threading.Event())
        text = decode(data)
    except NoPlainFile as error:
        raise DocumentError(path, DocumentReason.NO_FILE()) from error
    except OSError as error:
        raise DocumentError(path, DocumentReason.NOT_READ(why=system_reason(error))) from error
    except UnicodeDecodeError as error:
        unknown = isinstance(error, EncodingUnknown)
        reason = DocumentReason.ENCODING_UNKNOWN() if unknown else DocumentReason.NOT_TEXT()
        raise DocumentError(path, reason) from error
    if not text.strip():
        raise DocumentError(path, DocumentReason.NO_TEXT())
    return DocumentText(text)
