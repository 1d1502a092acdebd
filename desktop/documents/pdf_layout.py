"""The order of the lines of a page: columns one behind the other, however the file draws them; rows of tables as rows.

Pure functions, free of PDFium. A gap that runs down between two blocks of full lines parts columns of text; one between
short pieces parts the cells of a table. A cell of several lines is put together before its row.
"""

import itertools
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.documents.pdf_lines import Line, whole_lines
from desktop.text.han import count_han, needs_no_blank

_LABEL = re.compile(
    r"[•‣▪●○–—*-]|\(?[\da-zA-Z]{1,3}[.)、]|[(（][\d一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、"
)
_FEWEST = 4  # lines of a column
_FULL, _MOSTLY = 0.8, 0.45  # of the width of a column; of its lines
_WORDY, _WORDY_HAN = 18, 9  # characters of a line of prose
_SAME_ROW = 0.35  # of the size
_WITHIN, _APART = 1.7, 3.5  # of the size: steps between lines of a cell, and rows of one table
_DEEPEST = 3  # columns within columns
_MOST_ACROSS = 2  # lines across all columns between two rows of a table


def ordered(parts: Sequence[Line]) -> list[Line]:
    """Give whole lines and rows in the order in which they are read."""
    return [line for region in _regions(list(parts), 0) for line in _with_rows(region)]


def _regions(parts: list[Line], depth: int) -> list[list[Line]]:
    """Part a page at the gap between columns: what stands above, left, right, and below."""
    best: tuple[list[Line], list[Line], float, float] | None = None
    if depth < _DEEPEST and len(parts) >= 2 * _FEWEST:
        for gutter in _gutters(parts):
            for band in _bands(parts, gutter):
                left = [part for part in band if part.right <= gutter]
                right = [part for part in band if part.left >= gutter]
                one_by_one = _is_drawn_apart(band, gutter)
                if _is_column(left) and _is_column(right) and (one_by_one or not _stand_in_rows(left, right)):
                    size = len(band)
                    if best is None or size > len(best[0]) + len(best[1]):
                        best = left, right, max(part.base for part in band), min(part.base for part in band)
    if best is None:
        return [parts]
    left, right, top, bottom = best
    inside = {id(part) for part in (*left, *right)}
    outside = [part for part in parts if id(part) not in inside]
    above = [
        part for part in outside if part.base > bottom and (part.base > top or part.base - bottom > top - part.base)
    ]
    upper = {id(part) for part in above}
    below = [part for part in outside if id(part) not in upper]
    columns = [*_regions(left, depth + 1), *_regions(right, depth + 1)]
    return [region for region in (*_regions(above, depth + 1), *columns, *_regions(below, depth + 1)) if region]


def _gutters(parts: Sequence[Line]) -> list[float]:
    """Give places where few lines stand, from left to right, each the middle of a gap."""
    begin, end = min(part.left for part in parts), max(part.right for part in parts)
    step = 2.0
    if not 40 < end - begin < 10_000:
        return []
    covered = [0] * (int((end - begin) / step) + 2)
    for part in parts:
        for bin_ in range(int((part.left - begin) / step), int((part.right - begin) / step) + 1):
            if 0 <= bin_ < len(covered):
                covered[bin_] += 1
    few = 0.25 * max(covered)
    found: list[float] = []
    for is_gap, bins in itertools.groupby(enumerate(covered), lambda each: each[1] <= few):
        if is_gap:
            least = list(bins)
            low = min(count for _, count in least)
            places = [at for at, count in least if count == low]
            place = begin + (places[0] + places[-1] + 1) / 2 * step
            if 0.12 < (place - begin) / (end - begin) < 0.88:
                found.append(place)
    return found


def _bands(parts: Sequence[Line], gutter: float) -> list[list[Line]]:
    """Give runs of lines, from above, of which none crosses a place."""
    bands: list[list[Line]] = [[]]
    for part in sorted(parts, key=lambda each: -each.base):
        if part.left < gutter < part.right:
            bands.append([])
        else:
            bands[-1].append(part)
    order = {id(part): at for at, part in enumerate(parts)}
    return [sorted(band, key=lambda each: order[id(each)]) for band in bands if len(band) >= 2 * _FEWEST]


def _is_column(parts: Sequence[Line]) -> bool:
    """Tell whether lines are those of prose: most of them are full."""
    if len(parts) < _FEWEST:
        return False
    width = max(part.right for part in parts) - min(part.left for part in parts)
    full = sum(part.right - part.left >= _FULL * width for part in parts)
    text = "".join(part.text for part in parts)
    wordy = _WORDY_HAN if count_han(text) * 2 > len(text) else _WORDY
    return full >= _MOSTLY * len(parts) and len(text) >= wordy * len(parts)


def _is_drawn_apart(band: Sequence[Line], gutter: float) -> bool:
    """Tell whether the file draws all of one side before the other, as no table of cells is drawn."""
    sides = [part.left >= gutter for part in band]
    return sum(a != b for a, b in itertools.pairwise(sides)) <= 1


def _stand_in_rows(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Tell whether gaps part the lines of both sides at the same places, as between rows of long cells."""

    def begins(side: Sequence[Line]) -> list[float]:
        lines = sorted(side, key=lambda each: -each.base)
        steps = [a.base - b.base for a, b in itertools.pairwise(lines) if a.base - b.base > 1]
        usual = statistics.median_low(steps) if steps else 0.0
        return [b.base for a, b in itertools.pairwise(lines) if a.base - b.base > 1.25 * usual]

    one, other = begins(left), begins(right)
    size = left[0].size
    shared = sum(any(abs(a - b) < _SAME_ROW * size for b in other) for a in one)
    return shared >= 2 and shared * 2 >= max(len(one), len(other))


@dataclass(slots=True)
class _Cell:
    """Lines of one cell, from above."""

    lines: list[Line]
    column: int

    @property
    def top(self) -> float:
        return self.lines[0].base + 0.55 * self.lines[0].size

    @property
    def bottom(self) -> float:
        return self.lines[-1].base - 0.1 * self.lines[-1].size

    @property
    def text(self) -> str:
        text = ""
        for before, line in itertools.pairwise([None, *self.lines]):
            if before is None or before.broken:
                text += line.text if line else ""
            elif line is not None:
                text += ("" if needs_no_blank(text, line.text) else " ") + line.text
        return text


def _with_rows(region: list[Line]) -> list[Line]:
    """Put the rows of tables together; all else are whole lines."""
    order = {id(part): at for at, part in enumerate(region)}
    replaced: dict[int, list[Line]] = {}  # first part of a table -> its rows
    taken: set[int] = set()
    for table in _tables(region):
        members = sorted((part for row in table for part in row), key=lambda each: order[id(each)])
        rows = _rows(table, members)
        replaced[id(members[0])] = rows
        taken |= {id(part) for part in members}
    written: list[Line] = []
    for part in region:
        written += replaced.get(id(part), [] if id(part) in taken else [part])
    return whole_lines(written)


def _lines_of_page(region: Sequence[Line]) -> list[list[Line]]:
    """Give what stands on one height together, from above, each from the left."""
    heights: list[list[Line]] = []
    for part in sorted(region, key=lambda each: -each.base):
        if heights and abs(heights[-1][0].base - part.base) <= _SAME_ROW * max(part.size, heights[-1][0].size):
            heights[-1].append(part)
        else:
            heights.append([part])
    return [sorted(height, key=lambda each: each.left) for height in heights]


def _is_parted(height: Sequence[Line]) -> bool:
    """Tell whether a height holds cells: the label of an item is none."""
    return len(height) > 2 or (len(height) == 2 and not _LABEL.fullmatch(height[0].text))


def _tables(region: Sequence[Line]) -> list[list[list[Line]]]:
    """Give runs of heights that are tables."""
    found: list[list[list[Line]]] = []
    run: list[list[Line]] = []
    across: list[list[Line]] = []  # lines that may be rows whose cells stand close to each other
    for height in _lines_of_page(region):
        above = across or run
        if above:
            step = above[-1][0].base - height[0].base
            if step > _APART * max(height[0].size, above[-1][0].size):
                found.append(run)
                run, across = [], []
            elif _belongs(height, run):
                if not across or _is_parted(height):
                    run += across
                    across = []
                else:
                    found.append(run)
                    run, across = [], []
            elif len(across) < _MOST_ACROSS:
                across.append(height)
                continue
            else:
                found.append(run)
                run, across = [], []
        if run or _is_parted(height):
            run.append(height)
    found.append(run)
    return [table for each in found if (table := _trimmed(each))]


def _belongs(height: Sequence[Line], run: Sequence[Sequence[Line]]) -> bool:
    """Tell whether a height goes on with a table: it has cells, or stands within one column."""
    if _is_parted(height):
        return True
    part = height[0]
    gaps = _common_gaps(run)
    return bool(gaps) and not any(_is_across(part, gap) for gap in gaps)


def _is_across(part: Line, gap: tuple[float, float]) -> bool:
    return part.left < gap[0] and part.right > gap[1]


def _common_gaps(run: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """Give the gaps between columns, from the left: from the end of the widest cell to the begin of the next column.

    A row that lacks cells has wider gaps, which may hold several of the others.
    """
    parted = [height for height in run if _is_parted(height)]
    gaps = sorted(
        ((a.right, b.left) for height in parted for a, b in itertools.pairwise(height) if a.right < b.left),
        key=lambda gap: gap[1] - gap[0],
    )
    common: list[tuple[float, float]] = []
    for begin, end in gaps:
        shared = [at for at, gap in enumerate(common) if max(begin, gap[0]) < min(end, gap[1])]
        if not shared:
            common.append((begin, end))
        elif len(shared) == 1:
            known = common[shared[0]]
            common[shared[0]] = max(begin, known[0]), min(end, known[1])
    parts = [part for height in parted for part in height]
    return sorted(gap for gap in common if sum(_is_across(part, gap) for part in parts) * 5 <= len(parted))


def _trimmed(run: list[list[Line]]) -> list[list[Line]] | None:
    """Give a run without heights of one cell at its end that are no part of it; None: it is no table."""
    parted = [height for height in run if _is_parted(height)]
    if len(parted) < 2 or not _common_gaps(run):
        return None
    table = list(run)
    while not _is_parted(table[-1]):
        before, last = table[-2][0], table[-1][0]
        inside = (
            before.base - last.base <= _WITHIN * last.size and last.left > min(p.left for h in parted for p in h) + 1
        )
        wrapped = _steps(parted) > 1.2 * (before.base - last.base) and before.base - last.base <= _WITHIN * last.size
        if inside or wrapped:
            break
        table.pop()
    texts = [part.text for height in parted for part in height]
    prose = sum(len(text) > 40 for text in texts)
    return None if prose * 2 > len(texts) and len(parted) < 3 else table


def _steps(heights: Sequence[Sequence[Line]]) -> float:
    steps = [a[0].base - b[0].base for a, b in itertools.pairwise(heights)]
    return statistics.median(steps) if steps else 0.0


def _rows(table: list[list[Line]], members: list[Line]) -> list[Line]:
    """Put cells to rows."""
    cells = _cells(table, members, _common_gaps(table))
    rows: list[list[_Cell]] = []
    for cell in sorted(cells, key=lambda each: -each.top):
        if rows and cell.top > min(each.bottom for each in rows[-1]):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [line for row in rows for line in _split(row)]


def _cells(table: list[list[Line]], members: Sequence[Line], gaps: Sequence[tuple[float, float]]) -> list[_Cell]:
    beside = {id(part): len(height) for height in table for part in height}
    jumps = sum(b.base > a.base + 1 for a, b in itertools.pairwise(members))
    step = _steps([height for height in table if _is_parted(height)])
    cells: list[_Cell] = []
    joined: set[tuple[int, int]] = set()  # heights of first lines, and of others of their cells
    last_of: dict[int, _Cell] = {}
    for at, part in enumerate(members):
        if any(_is_across(part, gap) for gap in gaps):
            last_of.clear()
            cells.append(_Cell([part], 0))
            continue
        column = sum(sum(gap) / 2 < (part.left + part.right) / 2 for gap in gaps)
        above = last_of.get(column)
        down = above.lines[-1].base - part.base if above else 0.0
        joins = False
        if above is not None and 0 < down <= _WITHIN * part.size and abs(above.lines[0].size - part.size) < 1:
            fewer = beside[id(part)] < beside[id(above.lines[0])]
            follows = at > 0 and members[at - 1] is above.lines[-1] and not part.goes_on
            prose = len(above.lines[-1].text) > (_WORDY_HAN if count_han(part.text) > 3 else _WORDY)
            back = above.lines[0] not in table[0] and _goes_back(members[at:], above.lines[0])
            back = back or (round(above.lines[0].base), round(part.base)) in joined  # as the cell beside it
            joins = (follows and (fewer or prose or back or step > 1.2 * down or jumps >= len(gaps) + 1)) or (
                beside[id(part)] == 1 and step > 1.2 * down and not part.goes_on
            )
        if joins and above is not None:
            joined.add((round(above.lines[0].base), round(part.base)))
            above.lines.append(part)
        else:
            last_of[column] = _Cell([part], column)
            cells.append(last_of[column])
    return cells


def _goes_back(members: Sequence[Line], first: Line) -> bool:
    """Tell whether the file, when it has drawn lines below a first one, draws the cell beside that: they are a cell."""
    for before, part in itertools.pairwise(members):
        if part.base > before.base + 1:
            return abs(part.base - first.base) <= _SAME_ROW * first.size and part.left > first.left
    return False


def _split(row: list[_Cell]) -> list[Line]:
    """Give the line of a row; where a cell stands beside several others of each column, a line for each of these."""
    counts = [sum(cell.column == column for cell in row) for column in {cell.column for cell in row}]
    most = max(counts)
    if most > 1 and counts.count(most) * 2 >= len(counts):
        by_column = next(column for column in {c.column for c in row} if sum(c.column == column for c in row) == most)
        anchors = sorted((cell for cell in row if cell.column == by_column), key=lambda each: -each.top)
        groups: list[list[_Cell]] = [[] for _ in anchors]
        for cell in row:
            nearest = min(range(most), key=lambda at: abs(anchors[at].top - cell.top))
            groups[nearest].append(cell)
    else:
        groups = [row]
    return [_line(group) for group in groups if group]


def _line(cells: list[_Cell]) -> Line:
    across = sorted(cells, key=lambda each: (each.column, -each.top, each.lines[0].left))
    first = across[0].lines[0]
    return replace(
        first,
        text=" ".join(cell.text for cell in across),
        right=max(line.right for cell in across for line in cell.lines),
        base=max(cell.lines[0].base for cell in across),
        broken=False,
        goes_on=False,
        row=True,
    )
