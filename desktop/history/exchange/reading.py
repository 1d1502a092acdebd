"""Finds out what a file to import is, and reads it whole, or refuses it with a sentence."""

import contextlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.codes import system_reason
from desktop.errors import ImportRefused
from desktop.history.bounded import TooLarge, check_ratio, read_bounded
from desktop.history.exchange.chatgpt import is_chatgpt, read_chatgpt
from desktop.history.exchange.foreign import ForeignFile, Malformed
from desktop.history.exchange.markdown_text import read_markdown
from desktop.history.exchange.own_json import is_own, read_own
from desktop.reasons import ImportReason
from desktop.text.encoding import EncodingUnknown, decode

LARGEST = 512 << 20  # bytes; decoded JSON takes some six times as much memory
LARGEST_TEXT = 32 << 20
_OURS = b"<!-- inkstone "  # begins each message of Markdown that we wrote, in UTF-8
_INSIDE = "conversations.json"
_NUMBERED = re.compile(r"conversations(?:[-_]\d{1,6})?\.json")  # large exports come in several files


def read_file(path: Path) -> ForeignFile:
    """Read ChatGPT's export (conversations.json, or the ZIP that holds it), our own JSON, or Markdown and plain text.

    Raises:
        ImportRefused: it is none of these, damaged or too large.
    """
    try:
        if path.suffix.lower() in (".md", ".markdown", ".txt"):
            return read_markdown(_decoded(read_bounded(path, LARGEST_TEXT)), path.stem)
        if path.is_file() and zipfile.is_zipfile(path):  # a pipe is none, and looking would empty it
            return _from_zip(path)
        return _read_json(read_bounded(path, LARGEST))
    except (Malformed, TooLarge) as error:
        raise ImportRefused(path, error.reason) from error
    except OSError as error:
        raise ImportRefused(path, ImportReason.REFUSED(why=system_reason(error))) from error
    except MemoryError as error:
        raise ImportRefused(path, ImportReason.TOO_MUCH_MEMORY()) from error


def _from_zip(path: Path) -> ForeignFile:
    """Read all conversations of an archive. Raises Malformed, TooLarge."""
    files: list[ForeignFile] = []
    first: Malformed | None = None
    for name, content in _inside(path):
        try:
            files.append(_read_json(content))
        except Malformed as error:
            first = first or error
            files.append(ForeignFile(unread=[name]))
    if first is not None and not any(file.conversations or file.drafts for file in files):
        raise first
    return ForeignFile(
        [each for file in files for each in file.conversations],
        [each for file in files for each in file.drafts],
        [each for file in files for each in file.unread],
    )


def _inside(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [part for part in archive.infolist() if _NUMBERED.fullmatch(part.filename.rsplit("/", 1)[-1])]
            if not parts:
                raise Malformed(ImportReason.NOT_INSIDE(name=_INSIDE))
            parts.sort(key=lambda part: part.filename)
            if (size := sum(part.file_size for part in parts)) > LARGEST:
                raise Malformed(ImportReason.TOO_LARGE_INSIDE(name=_INSIDE, mib=size >> 20, limit=LARGEST >> 20))
            for part in parts:
                check_ratio(part)
                yield part.filename, archive.read(part)  # never gives more than it claims
    except (Malformed, TooLarge):
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, LookupError, RuntimeError, OverflowError) as error:
        raise Malformed(ImportReason.DAMAGED_ZIP()) from error


def _decoded(content: bytes) -> str:
    if _OURS in content:  # whatever its messages hold
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode("utf-8-sig")
    try:
        return decode(content)
    except EncodingUnknown as error:
        raise Malformed(ImportReason.ENCODING_UNKNOWN()) from error
    except UnicodeDecodeError as error:
        raise Malformed(ImportReason.NOT_TEXT()) from error


def _read_json(content: bytes) -> ForeignFile:
    found: Any
    if not content.strip():
        raise Malformed(ImportReason.EMPTY())
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Malformed(ImportReason.NOT_UTF8()) from error
    except ValueError as error:
        raise Malformed(ImportReason.NOT_JSON()) from error
    except RecursionError as error:
        raise Malformed(ImportReason.TOO_DEEP()) from error
    if is_own(found):
        return read_own(found)
    if is_chatgpt(found):
        return read_chatgpt(found)
    raise Malformed(ImportReason.OTHER_JSON())
