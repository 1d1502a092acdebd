"""The text of a Word document as Markdown, in its order."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import LxmlError

from desktop.errors import DocumentError

_LARGEST_UNPACKED = 200 * 2**20  # bytes of a Word file's parts: some are made to burst
_HEADING = re.compile(r"Heading (\d)")


def word_text(data: bytes, path: Path) -> str:
    """Read a Word document; `path` names it in errors and is not opened.

    Raises:
        DocumentError: it is damaged, encrypted, or made to burst.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST_UNPACKED:
                raise DocumentError(path, "unpacks to more than any letter holds; it was not opened")
        document = docx.Document(io.BytesIO(data))
        return "\n\n".join(_blocks(document)).strip() + "\n"
    except (zipfile.BadZipFile, PackageNotFoundError, LxmlError, KeyError, ValueError) as error:
        raise DocumentError(path, "is damaged, protected by a password, or no Word document") from error


def _blocks(document: Any) -> Iterator[str]:
    """Give paragraphs, lists and tables in their order; items of one list stay together."""
    items: list[str] = []
    # For a document without styles docx would open those of a file of its own, which is denied here.
    styled = any(each.reltype == RELATIONSHIP_TYPE.STYLES for each in document.part.rels.values())
    for block in document.iter_inner_content():
        style = (getattr(getattr(block, "style", None), "name", "") if styled else "") or ""
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
