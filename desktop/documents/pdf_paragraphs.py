"""Lines of pages put together to paragraphs, as their places tell: pure functions, free of PDFium."""

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Sequence

from desktop.documents.pdf_lines import Line
from desktop.text.han import HAN_TEXT, needs_no_blank

_BULLET = re.compile(r"[•‣▪●○–—*-]\s*")
_NUMBER = re.compile(
    r"(?:\(?\d{1,3}[.)、]|[a-zA-Z][.)]|[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、)\s*(?=\S)"
)
_ENDS = re.compile(r"[.!?:;。！？：；…][\"'”’)）」』]?$")
_HAN_BEGINS = re.compile(f"[{HAN_TEXT}]")
_WORD = re.compile(r"\S+")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_WHOLE = re.compile(r"(?<![\w-])[^\W\d_]+(?![\w-])")
# Words before and behind which compounds have a hyphen; words of two others that have none.
# fmt: off
_TAKE_HYPHEN = frozenset({"self", "well", "vice", "twenty", "thirty", "forty", "fifty", "sixty"})
_STAND_BEHIND = frozenset({
    "up", "based", "term", "free", "friendly", "related", "specific", "driven", "oriented", "old", "known",
})
_CLOSED = frozenset({
    "something", "anything", "everything", "nothing", "someone", "anyone", "everyone", "somewhere", "anywhere",
    "everywhere", "without", "within", "however", "whatever", "whenever", "wherever", "into", "onto", "upon",
    "therefore", "another", "cannot", "today", "maybe", "myself", "himself", "herself", "itself", "themselves",
    "ourselves", "throughout", "moreover", "furthermore", "nevertheless", "understand", "understanding", "database",
    "website", "software", "hardware", "network", "background", "feedback", "overview", "outcome", "income",
    "payment", "already", "always", "also", "meanwhile", "otherwise", "whereas", "thereby", "hereby", "therein",
    "update", "download", "upload", "handbook", "notebook",
})
# fmt: on
_FAR = 1.3  # of the usual distance of lines: more is a gap between paragraphs
_FAR_AT_FIRST = 1.9  # of the size of the text, while no distance is usual
_INDENT = 0.8  # of the size of the text
_OTHER_SIZE = 0.08  # of the size
_BLANK = 0.25  # of the size
_ABOUT = 1.0  # of the size: how well the width of a word is known from that of its line
_FEW = 3  # distances tell nothing


class Shape:
    """What is usual in a text.

    Attributes:
        size: of most of its letters, in points.
        compounds: words that are written with a hyphen in the middle of a line.
        words: words that are whole, in small letters.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        """Measure lines in the order of the text."""
        sizes: Counter[float] = Counter()
        lines = [line for line in lines if not line.row] or lines
        for line in lines:
            sizes[line.size] += len(line.text)
        self.size = sizes.most_common(1)[0][0] if sizes else 0.0
        self.words = {word.lower() for line in lines for word in _WHOLE.findall(line.text.rpartition(" ")[0])}
        self.compounds = {word.lower() for line in lines for word in _COMPOUND.findall(line.text)}
        steps = [a.base - b.base for a, b in itertools.pairwise(lines) if _is_below(a, b) and _same_size(a, b)]
        self._step = statistics.quantiles(steps, n=5)[0] if len(steps) > _FEW else 0.0

    def is_gap(self, before: Line, line: Line) -> bool:
        """Tell whether there is more room between two lines, one below the other, than within a paragraph."""
        step = before.base - line.base
        if self._step and _near(before.size, self.size):
            return step > _FAR * self._step
        return step > _FAR_AT_FIRST * before.size


class PdfPage:
    """The lines of one page, and how far those beside each other reach."""

    def __init__(self, lines: Sequence[Line], size: float) -> None:
        """Take its lines; `size` is that of the text, whose lines reach as far as any."""
        self.lines, self._size = lines, size
        self._edges: dict[tuple[int, float], float] = {}

    def is_full(self, line: Line, after: Line) -> bool:
        """Tell whether the first word of the line after it had no room on a line of this page."""
        key = round(line.left), line.size
        if key not in self._edges:
            beside = [each for each in self.lines if abs(each.left - line.left) < 3 * line.size + 1]
            alike = (each.right for each in beside if _same_size(each, line) or _near(each.size, self._size))
            self._edges[key] = max(alike, default=line.right)
        return line.right + _first_word(after) > self._edges[key]


def paragraphs(pages: Sequence[tuple[Sequence[Line], Sequence[Line]]], shape: Shape) -> str:
    """Write the text of pages, each with the notes at its foot: these come behind the paragraph that they interrupt."""
    writer = _Writer(shape)
    for body, notes in pages:
        writer.add_page(body)
        if notes:
            writer.waiting.append(notes)
    return writer.end()


class _Writer:
    """Puts line to line; a paragraph may go on on the next page.

    Attributes:
        waiting: notes of pages, to be written when the paragraph has ended.
    """

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._blocks: list[tuple[str, bool]] = []  # each with whether it is a row
        self._now: list[Line] = []  # the paragraph that is being put together
        self._page = PdfPage([], shape.size)  # that of its last line
        self.waiting: list[Sequence[Line]] = []

    def add_page(self, lines: Sequence[Line]) -> None:
        page = PdfPage(lines, self._shape.size)
        for line in lines:
            if self._now and not self._goes_on(line, new_page=self._page is not page):
                self._end_paragraph()
            self._now.append(line)
            self._page = page

    def end(self) -> str:
        self._end_paragraph()
        text, before = "", False
        for block, is_row in self._blocks:
            listed = _is_item(block) and text and _is_item(text.rpartition("\n")[2])
            text += ("\n" if listed or (is_row and before) else "\n\n" if text else "") + block
            before = is_row
        return text.strip()

    def _goes_on(self, line: Line, *, new_page: bool) -> bool:
        before, shape = self._now[-1], self._shape
        if before.row or line.row:
            return False
        if before.broken:
            return True
        full = self._page.is_full(before, line)
        ended = not full or _ENDS.search(before.text)
        if not _same_size(before, line) or _BULLET.match(line.text) or (ended and _NUMBER.match(line.text)):
            return False
        if not new_page and _is_below(before, line):
            return full and not shape.is_gap(before, line) and not self._is_indented(line)
        return not ended

    def _is_indented(self, line: Line) -> bool:
        """Tell whether a line begins where first lines do, and not where the others of its paragraph do."""
        first, far = self._now[0], _INDENT * line.size
        if len(self._now) == 1:
            return line.left > first.left + far and not _is_item(first.text)
        return abs(line.left - self._now[-1].left) > far

    def _end_paragraph(self) -> None:
        if self._now:
            self._blocks.append((self._joined(self._now), self._now[0].row))
        self._now = []
        for notes in self.waiting:
            for begin, end in _note_bounds(notes):
                self._blocks.append((self._joined(notes[begin:end]), False))
        self.waiting = []

    def _joined(self, lines: Sequence[Line]) -> str:
        text = ""
        for at, line in enumerate(lines):
            if at == 0:
                text = line.text
            elif lines[at - 1].broken:
                text = self._whole_word(text.removesuffix("-"), line.text)
            elif re.search(r"[^\W\d_]-$", text) and line.text[:1].islower():
                text = self._whole_word(text[:-1], line.text)
            else:
                text += ("" if needs_no_blank(text, line.text) else " ") + line.text
        return text

    def _whole_word(self, text: str, rest: str) -> str:
        """Join what a hyphen at the end of a line parted; where it belongs to the word, the hyphen stays."""
        begin, end = re.search(r"[\w-]*$", text), re.match(r"[\w-]*", rest)
        first, last = begin[0] if begin else "", end[0] if end else ""
        return f"{text}-{rest}" if self._is_compound(first, last) else text + rest

    def _is_compound(self, first: str, last: str) -> bool:
        """Tell whether two parts of a word are written with a hyphen, as the document and the parts themselves show."""
        word, joined = f"{first}-{last}".lower(), f"{first}{last}".lower()
        if word in self._shape.compounds or "-" in word.replace("-", "", 1):
            return True
        if joined in self._shape.words or not first or not last:
            return False
        if last[0].isdigit() or first[-1].isdigit() or (last[0].isupper() and not first.isupper()):
            return True  # 2026-27, COVID-19, Jean-Luc
        if (first.lower() in _TAKE_HYPHEN and len(last) > 2) or (last.lower() in _STAND_BEHIND and len(first) > 2):
            return True
        both = {first.lower(), last.lower()} <= self._shape.words and min(len(first), len(last)) > 1
        return both and joined not in _CLOSED


def _is_item(text: str) -> bool:
    return bool(_BULLET.match(text) or _NUMBER.match(text))


def _note_bounds(notes: Sequence[Line]) -> list[tuple[int, int]]:
    """Part notes: each begins with its mark."""
    begins = [at for at, line in enumerate(notes) if at == 0 or re.match(r"[\d⁰¹²³⁴-⁹*†‡①-⑳\[]", line.text)]
    return list(zip(begins, [*begins[1:], len(notes)], strict=True))


def _is_below(before: Line, line: Line) -> bool:
    return 0 < before.base - line.base < 4 * before.size and line.left < before.right and before.left < line.right


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _OTHER_SIZE * max(one, other)


def _same_size(one: Line, other: Line) -> bool:
    return _near(one.size, other.size)


def _first_word(line: Line) -> float:
    """Give the width that the first word of a line takes with the blank before it; of Chinese, two characters."""
    if _HAN_BEGINS.match(line.text):
        return 2.2 * line.size
    word = _WORD.match(line.text)
    share = len(word[0]) / len(line.text) if word else 0.0
    return share * (line.right - line.left) + (_BLANK + _ABOUT) * line.size
