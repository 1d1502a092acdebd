"""Highlighting of code: Pygments says what a word is, the theme says which colour that has.

Colours are laid over the text (`QTextLayout.setFormats`): the document, and with it what is copied, stays plain.
"""

import importlib
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QColor, QTextBlock, QTextCharFormat, QTextDocument, QTextFormat, QTextLayout

from desktop.ui.widgets import theme

BOX = int(QTextFormat.Property.UserProperty) + 5  # number of the block of code that a line belongs to
JOINS = int(QTextFormat.Property.UserProperty) + 6  # goes on with the line before it
LANGUAGE = int(QTextFormat.Property.BlockCodeLanguage)
_SLICE_S = 0.006  # of highlighting at once
_REST = 12  # times as long as highlighting took, before code that still grows is done anew
_LONGEST = 100_000  # characters; longer code stays plain

# The kinds of Pygments, the longest prefix counts: https://pygments.org/docs/tokens/
_ROLES = {
    "Token.Comment": "comment",
    "Token.Keyword": "keyword",
    "Token.Operator.Word": "keyword",
    "Token.Literal.String": "string",
    "Token.Literal.Number": "number",
    "Token.Keyword.Constant": "number",
    "Token.Name.Function": "name",
    "Token.Name.Class": "name",
    "Token.Name.Tag": "keyword",
    "Token.Name.Attribute": "name",
    "Token.Name.Decorator": "name",
    "Token.Name.Builtin": "name",
    "Token.Generic.Deleted": "keyword",
    "Token.Generic.Inserted": "string",
    "Token.Generic.Heading": "name",
}


@dataclass(frozen=True, slots=True)
class CodeRun:
    """A stretch of one line, in characters of Python, that has a colour of its own."""

    line: int
    start: int
    length: int
    role: str


def runs(code: str, language: str) -> Iterator[CodeRun]:
    """Tell what is what in code; nothing for a language that is not known."""
    lexer = _lexer(language)
    if lexer is None or len(code) > _LONGEST:
        return
    line = column = 0
    for kind, text in lexer.get_tokens(code):
        role = _role(str(kind))
        for number, part in enumerate(text.split("\n")):
            if number:
                line, column = line + 1, 0
            if part and role:
                yield CodeRun(line, column, len(part), role)
            column += len(part)


def language_name(language: str) -> str:
    """Give a language's own name for the name in the text: `py` is Python."""
    lexer = _lexer(language)
    return str(lexer.name) if lexer is not None else language


def shown_name(language: str) -> str:
    """Give a language's own name, or that in the text until Pygments was loaded: painting must not wait for it."""
    return language_name(language) if "pygments.lexers" in sys.modules else language


def _lexer(language: str):  # type: ignore[no-untyped-def]
    lexers = importlib.import_module("pygments.lexers")
    absent = importlib.import_module("pygments.util").ClassNotFound
    try:
        return lexers.get_lexer_by_name(language.lower(), stripnl=False) if language else None
    except absent:
        return None


def _role(kind: str) -> str:
    while kind:
        if kind in _ROLES:
            return _ROLES[kind]
        kind = kind.rpartition(".")[0]
    return ""


def box_of(block: QTextBlock) -> int:
    """Give the number of the block of code that a line belongs to; 0 for text."""
    return block.blockFormat().intProperty(BOX) if block.isValid() else 0


def lines_of(first: QTextBlock) -> Iterator[QTextBlock]:
    """Give the lines of the block of code that begins with `first`."""
    box, block = box_of(first), first
    while block.isValid() and box_of(block) == box:
        yield block
        block = block.next()


def code_of(first: QTextBlock) -> str:
    """Give the code that begins with the line `first`, as it was written."""
    parts: list[str] = []
    for block in lines_of(first):
        if parts and not block.blockFormat().boolProperty(JOINS):
            parts.append("\n")
        parts.append(block.text())
    return "".join(parts)


class Highlighter(QObject):
    """Colours the code of a document, a little at a time, whenever it was told that it changed."""

    def __init__(self, document: QTextDocument, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._waiting: dict[int, int] = {}  # box -> position of its first line
        self._job: Iterator[None] | None = None
        self._began = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def changed(self, first: QTextBlock) -> None:
        """Take notice of code that is new or has grown."""
        self._waiting[box_of(first)] = first.position()
        if not self._timer.isActive():
            self._timer.start(0)

    def forget(self) -> None:
        """Leave off: the document is written anew."""
        self._waiting.clear()
        self._job = None

    @Slot()
    def _go_on(self) -> None:
        now = time.perf_counter()
        if self._job is None:
            if not self._waiting:
                return
            box = next(iter(self._waiting))
            self._job = self._colour(box, self._waiting.pop(box))
            self._spent = 0.0
        until = now + _SLICE_S
        for _ in self._job:
            if time.perf_counter() > until:
                break
        else:
            self._job = None
        self._spent += time.perf_counter() - now
        if self._job is not None:
            self._timer.start(1)
        elif self._waiting:
            self._timer.start(round(1000 * self._spent * _REST))

    def _colour(self, box: int, position: int) -> Iterator[None]:
        """Colour one block of code; stops after each line, so that others may have their turn."""
        first = self._document.findBlock(position)
        if box_of(first) != box:
            return
        language = first.blockFormat().stringProperty(LANGUAGE)
        painter = _LinePainter(self._document, box, first)
        for run in runs(code_of(first), language):
            if run.line != painter.line:
                if not painter.move_to(run.line):
                    return
                yield
            painter.add(run)
        painter.flush()


class _LinePainter:
    """Lays colours over one line after the other; a line may be several blocks, where it was too long for one."""

    def __init__(self, document: QTextDocument, box: int, first: QTextBlock) -> None:
        self.line = 0
        self._document, self._box, self._start = document, box, first.position()
        self._block = first
        self._runs: list[CodeRun] = []
        self._formats = {role: _format(colour) for role, colour in theme.code_colours().items()}

    def add(self, run: CodeRun) -> None:
        self._runs.append(run)

    def move_to(self, line: int) -> bool:
        """Go down to a line; false if the document is no longer what it was."""
        self.flush()
        while self.line < line:
            # Found by position, since the document may have been written to since the last line.
            following = self._document.findBlock(self._block.position()).next()
            if box_of(following) != self._box:
                return False
            self._block = following
            if not following.blockFormat().boolProperty(JOINS):
                self.line += 1
        return True

    def flush(self) -> None:
        """Lay the colours over the line."""
        block, offset, todo = self._block, 0, self._runs
        self._runs = []
        while todo and block.isValid() and box_of(block) == self._box:
            length = len(block.text())
            ranges = []
            for run in todo:
                start, end = max(run.start - offset, 0), min(run.start + run.length - offset, length)
                if start < end:
                    ranges.append(self._range(block.text(), start, end, run.role))
            block.layout().setFormats(ranges)
            self._document.markContentsDirty(block.position(), block.length())
            self._block = block
            offset += length
            todo = [run for run in todo if run.start + run.length > offset]
            block = block.next()
            if not block.blockFormat().boolProperty(JOINS):
                return

    def _range(self, text: str, start: int, end: int, role: str) -> QTextLayout.FormatRange:
        result = QTextLayout.FormatRange()
        # Qt counts in UTF-16.
        result.start = start if text.isascii() else _utf16(text[:start])
        result.length = end - start if text.isascii() else _utf16(text[start:end])
        result.format = self._formats[role]
        return result


def _utf16(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _format(colour: str) -> QTextCharFormat:
    result = QTextCharFormat()
    result.setForeground(QColor(colour))
    return result
