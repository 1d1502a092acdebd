"""The text of an HTML page as Markdown; nothing of it is loaded or run."""

import re
from html.parser import HTMLParser
from pathlib import Path

from desktop.documents.text_encoding import decode
from desktop.errors import DocumentError

_SKIPPED = frozenset({"script", "style", "template", "noscript", "svg", "iframe", "object", "select", "title"})
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "figure", "figcaption", "form"}
    | {"address", "dl", "dt", "dd", "details", "summary", "fieldset", "body", "html", "caption", "hr"}
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}


def html_text(data: bytes, path: Path) -> str:
    """Read an HTML page; `path` names it in errors and is not opened.

    Raises:
        DocumentError: it is not text, or holds none.
    """
    named = _CHARSET.search(data[:4096])
    try:
        text = data.decode(named[1].decode("ascii")) if named else decode(data)
    except (LookupError, UnicodeDecodeError):
        try:
            text = decode(data)
        except UnicodeDecodeError as error:
            raise DocumentError(path, "is not text") from error
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if not (read := reader.text()):
        raise DocumentError(path, "holds no text")
    return read + "\n"


class _Reader(HTMLParser):
    """Collects blocks of Markdown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[str] = []
        self._line = ""
        self._begins = ""  # of the block that is being read: "## ", "- "
        self._skipped = 0
        self._lists: list[int] = []  # the number of the last item; -1 in a list without numbers
        self._rows: list[list[str]] | None = None
        self._pre = False

    def text(self) -> str:
        """Give what was read."""
        self._end_block()
        return re.sub(r"\n{3,}", "\n\n", "".join(self._blocks)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _SKIPPED:
            self._skipped += 1
        elif re.fullmatch("h[1-6]", tag):
            self._end_block()
            self._begins = "#" * int(tag[1]) + " "
        elif tag in ("ul", "ol"):
            self._end_block()
            self._lists.append(0 if tag == "ol" else -1)
        elif tag == "li":
            self._begin_item()
        elif tag == "pre":
            self._end_block()
            self._pre = True
        elif tag in ("table", "tr", "td", "th"):
            self._table(tag)
        elif tag == "br":
            self._line += "\n" if self._rows is None else " "
        elif tag in _MARKS and not self._pre:
            self._line += _MARKS[tag]
        elif tag in _BLOCKS and self._rows is None:
            self._end_block()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        elif tag in ("ul", "ol") and self._lists:
            self._end_block()
            self._lists.pop()
            if not self._lists:
                self._blocks.append("\n")
        elif tag == "pre":
            self._blocks.append(f"\n\n```\n{self._line.strip(chr(10))}\n```\n\n")
            self._line, self._pre = "", False
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append(" ".join(self._line.split()).replace("|", "\\|"))
            self._line = ""
        elif tag == "table":
            self._end_table()
        elif tag in _MARKS and not self._pre:
            self._line += _MARKS[tag]
        elif (tag in _BLOCKS or re.fullmatch("h[1-6]|li|blockquote", tag)) and self._rows is None:
            self._end_block()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._line += data if self._pre else re.sub(r"\s+", " ", data)

    def _begin_item(self) -> None:
        self._end_block()
        depth = "  " * (len(self._lists) - 1)
        if self._lists and self._lists[-1] >= 0:
            self._lists[-1] += 1
            self._begins = f"{depth}{self._lists[-1]}. "
        else:
            self._begins = f"{depth}- "

    def _table(self, tag: str) -> None:
        if tag == "table":
            self._end_block()
            self._rows = []
        elif self._rows is not None and tag == "tr":
            self._rows.append([])
        self._line = "" if tag in ("td", "th") else self._line

    def _end_table(self) -> None:
        rows = [row for row in self._rows or [] if row]
        self._rows = None
        self._line = ""
        if rows:
            width = max(len(row) for row in rows)
            head, *rest = (f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows)
            self._blocks.append("\n\n" + "\n".join([head, "|---" * width + "|", *rest]) + "\n\n")

    def _end_block(self) -> None:
        line = re.sub(r"[^\S\n]*\n[^\S\n]*", "\n", re.sub(r"[^\S\n]+", " ", self._line)).strip()
        line = re.sub(r"\*\*\s*\*\*", "", line)
        if line:
            item = bool(self._lists)
            self._blocks.append(f"{self._begins}{line}" + ("\n" if item else "\n\n"))
            self._begins = ""
        self._line = ""
