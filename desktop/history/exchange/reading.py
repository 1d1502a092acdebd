"""Finds out what a file to import is, and reads it whole, or refuses it with a sentence."""

import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

from desktop.errors import ImportRefused
from desktop.history.bounded import TooLarge, check_ratio, read_bounded
from desktop.history.exchange.chatgpt import is_chatgpt, read_chatgpt
from desktop.history.exchange.foreign import ForeignFile, Malformed
from desktop.history.exchange.markdown_text import read_markdown
from desktop.history.exchange.own_json import is_own, read_own

LARGEST = 512 << 20  # bytes; decoded JSON takes some six times as much memory
LARGEST_TEXT = 32 << 20
_INSIDE = "conversations.json"


def read_file(path: Path) -> ForeignFile:
    """Read ChatGPT's export (conversations.json, or the ZIP that holds it), our own JSON, or Markdown and plain text.

    Raises:
        ImportRefused: it is none of these, damaged or too large.
    """
    try:
        if path.suffix.lower() in (".md", ".markdown", ".txt"):
            return read_markdown(_decoded(read_bounded(path, LARGEST_TEXT)), path.stem)
        if path.is_file() and zipfile.is_zipfile(path):  # a pipe is none, and looking would empty it
            return _read_json(_from_zip(path))
        return _read_json(read_bounded(path, LARGEST))
    except (Malformed, TooLarge) as error:
        raise ImportRefused(path, str(error)) from error
    except OSError as error:
        raise ImportRefused(path, (error.strerror or str(error)).lower()) from error
    except MemoryError as error:
        raise ImportRefused(path, "it needs more memory than there is") from error


def _from_zip(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.rsplit("/", 1)[-1] == _INSIDE]
            if not names:
                raise Malformed(f"there is no {_INSIDE} in it")
            part = archive.getinfo(names[0])
            if part.file_size > LARGEST:
                raise Malformed(
                    f"{_INSIDE} in it has {part.file_size >> 20} MiB, and {LARGEST >> 20} MiB is the most that is read"
                )
            check_ratio(part)
            return archive.read(part)  # never gives more than it claims
    except (Malformed, TooLarge):
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, LookupError, RuntimeError, OverflowError) as error:
        raise Malformed("the ZIP file is damaged") from error


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("gb18030")  # Chinese text files of Windows
    except UnicodeDecodeError as error:
        raise Malformed("it is not text in UTF-8") from error


def _read_json(content: bytes) -> ForeignFile:
    found: Any
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Malformed("it is not text in UTF-8") from error
    except ValueError as error:
        raise Malformed("it is not JSON, or cut off") from error
    except RecursionError as error:
        raise Malformed("its parts are nested too deep") from error
    if is_own(found):
        return read_own(found)
    if is_chatgpt(found):
        return read_chatgpt(found)
    raise Malformed("it is JSON of another kind than an export of ChatGPT or of Inkstone")
