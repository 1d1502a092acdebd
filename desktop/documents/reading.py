"""Reads a document as plain text or Markdown, to be summarized, rewritten, translated, or made minutes of."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.errors import DocumentError

_LARGEST = 20 * 2**20  # bytes of a file
_LARGEST_UNPACKED = 200 * 2**20  # bytes of a Word file's parts: some are made to burst
_HAN = re.compile("[\u4e00-\u9fff]")
_HEADING = re.compile(r"Heading (\d)")
_OTHERS = (".pdf", ".doc", ".odt", ".rtf", ".pptx", ".ppt", ".xlsx", ".xls", ".epub", ".pages")


def read_document(path: Path) -> str:
    """Give the text of a document; of a Word document as Markdown, in its order.

    Raises:
        DocumentError: it cannot be read, is too large, damaged, or of a kind that Inkstone does not read.
    """
    if path.suffix.lower() in _OTHERS:
        raise DocumentError(path, "cannot be read: Inkstone reads .docx and any kind of plain text")
    try:
        if path.stat().st_size > _LARGEST:
            raise DocumentError(path, f"is larger than {_LARGEST // 2**20} MiB; give a part of it")
        if path.suffix.lower() == ".docx":
            return _read_word(path)
        return decode(path.read_bytes())
    except OSError as error:
        raise DocumentError(path, f"cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise DocumentError(path, "is not text") from error


def decode(data: bytes) -> str:
    """Turn bytes into text: UTF-8 and UTF-16, else GB18030 where that gives Chinese, else Windows' western letters.

    Raises:
        UnicodeDecodeError: it is not text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    if b"\0" in data:
        raise UnicodeDecodeError("text", data, data.index(b"\0"), data.index(b"\0") + 1, "a zero byte")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        western = data.decode("cp1252", errors="replace")
    try:
        chinese = data.decode("gb18030")
    except UnicodeDecodeError:
        return western
    # Letters with accents come one by one between plain ones; the pairs of bytes of Chinese stand in rows.
    rows = re.findall(rb"[\x80-\xff]{4,}", data)
    return chinese if rows and len(_HAN.findall(chinese)) >= 2 * len(rows) else western


def _read_word(path: Path) -> str:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST_UNPACKED:
                raise DocumentError(path, "unpacks to more than any letter holds; it was not opened")
        document = docx.Document(str(path))
        return "\n\n".join(_blocks(document)).strip() + "\n"
    except (zipfile.BadZipFile, PackageNotFoundError, LxmlError, KeyError, ValueError) as error:
        raise DocumentError(path, "is damaged, protected by a password, or no Word document") from error


def _blocks(document: Any) -> Iterator[str]:
    """Give paragraphs, lists and tables in their order; items of one list stay together."""
    items: list[str] = []
    for block in document.iter_inner_content():
        style = getattr(getattr(block, "style", None), "name", "") or ""
        if hasattr(block, "rows"):
            text = _table(block)
        elif style.startswith("List"):
            items.append(f"- {block.text.strip()}")
            continue
        elif heading := _HEADING.fullmatch(style):
            text = f"{'#' * (int(heading[1]) + 1)} {block.text.strip()}"
        else:
            text = f"# {block.text.strip()}" if style == "Title" else block.text.strip()
        if items:
            yield "\n".join(items)
            items = []
        if text.strip("# "):
            yield text
    if items:
        yield "\n".join(items)


def _table(table: Any) -> str:
    rows = [[" ".join(cell.text.split()).replace("|", "\\|") for cell in row.cells] for row in table.rows]
    if not rows:
        return ""
    head, *rest = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|---" * len(rows[0]) + "|", *rest])
