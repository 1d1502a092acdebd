"""Word-level difference of two texts: what a person would say was changed.

    words of both texts -> longest common subsequence (exact, bit-parallel) -> changes -> changes merged where that
    reads better

Words are compared, the space between them belongs to the gaps: two texts never "agree" on blanks alone. Chinese
characters are words of their own, and changes that leave a single character between them become one.
"""

import bisect
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desktop.text.han import HAN, KANA, RADICALS

# Han and kana stand for themselves; Latin words keep their apostrophes, numbers their separators.
_SINGLE = f"{HAN}{RADICALS}{KANA}"
_PROSE = re.compile(rf"[{_SINGLE}]|\d+(?:[.,:]\d+)*|[^\W\d_{_SINGLE}]+(?:['’][^\W\d_{_SINGLE}]+)*|\s+|[^\w\s]|\w")
_CODE = re.compile(
    r"[^\W\d]\w*|\d[\w.]*|\n[ \t]*|[ \t\f\v\r]+"
    r"|\*\*=|//=|>>=|<<=|===|!==|\.\.\.|->|=>|:=|==|!=|<=|>=|\+=|-=|\*=|/=|&&|\|\||::|\*\*|//|<<|>>|.|\s",
    re.DOTALL,
)
_ONE_SINGLE = re.compile(rf"[{_SINGLE}]")
# Bits that one comparison may keep: 12,000 words against as many take 18 MB. Longer texts are matched by runs first.
_MOST_BITS = 150_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of both texts: the same in both, or `removed` in the old one where the new one has `added`."""

    removed: str
    added: str

    @property
    def changed(self) -> bool:
        """Whether the texts differ here."""
        return self.removed != self.added


@dataclass(frozen=True, slots=True)
class Difference:
    """Two texts side by side.

    Attributes:
        parts: kept and changed stretches, in order.
        pending: the rest of the old text, which a new text that is still being written has not reached.
    """

    parts: tuple[Part, ...]
    pending: str = ""

    @property
    def changes(self) -> tuple[Part, ...]:
        """The parts that differ; the number of a change is its place in here."""
        return tuple(part for part in self.parts if part.changed)

    @property
    def old(self) -> str:
        """The text before."""
        return "".join(part.removed for part in self.parts) + self.pending

    @property
    def new(self) -> str:
        """The text after."""
        return "".join(part.added for part in self.parts)

    def with_changes(self, accepted: Collection[int]) -> str:
        """Give the text with only these changes made; a number is a place in `changes`."""
        texts, number = [], 0
        for part in self.parts:
            texts.append(part.added if not part.changed or number in accepted else part.removed)
            number += part.changed
        return "".join(texts) + self.pending


def word_difference(old: str, new: str, *, code: bool = False) -> Difference:
    """Compare two texts word by word.

    Args:
        old: the text before.
        new: the text after.
        code: compare as source code: identifiers with underscores, operators, indentation.

    Returns:
        A difference whose parts give back both texts exactly. The same two texts always give the same difference.
    """
    pattern = _CODE if code else _PROSE
    return Difference(tuple(_merged(_parts(pattern.findall(old), pattern.findall(new)))))


def smallest_parts(old: str, new: str) -> list[Part]:
    """Compare two texts of prose word by word, with the changes as small as they are, however that reads."""
    return list(
        _runs(_parts(_PROSE.findall(old), _PROSE.findall(new)), lambda one, other: one.changed == other.changed)
    )


def difference_so_far(old: str, begun: str, *, code: bool = False) -> Difference:
    """Compare with a new text that is still being written: what it has not reached is pending, not removed."""
    whole = word_difference(old, begun, code=code)
    if not whole.parts or not whole.parts[-1].changed:
        return whole
    *before, last = whole.parts
    return Difference((*before, Part("", last.added)) if last.added else tuple(before), pending=last.removed)


class Words(NamedTuple):
    """The tokens of a text that are not blank, and where they are among all its tokens."""

    texts: list[str]
    places: list[int]


def _words(tokens: Sequence[str]) -> Words:
    places = [place for place, token in enumerate(tokens) if not token.isspace()]
    return Words([tokens[place] for place in places], places)


def _parts(old: Sequence[str], new: Sequence[str]) -> Iterator[Part]:
    """Give kept and changed stretches in turn, some of them empty."""
    before, after = _words(old), _words(new)
    done_old = done_new = 0
    for one, other in [*common_words(before.texts, after.texts), (-1, -1)]:
        end_old = before.places[one] if one >= 0 else len(old)
        end_new = after.places[other] if other >= 0 else len(new)
        for removed, added in _pairs(old[done_old:end_old], new[done_new:end_new]):
            yield from _gap(removed, added)
        if one >= 0:
            yield Part(old[end_old], old[end_old])
        done_old, done_new = end_old + 1, end_new + 1


def _pairs(removed: Sequence[str], added: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Split a gap where every word was respelled in its place: two misspellings side by side are two changes."""
    pairs = list(zip(removed, added, strict=False))
    if len(removed) == len(added) and all(one == other or _respelled(Part(one, other)) for one, other in pairs):
        yield from pairs
    else:
        yield "".join(removed), "".join(added)


def _gap(removed: str, added: str) -> Iterator[Part]:
    """Keep the blanks at the edges of a gap that both texts have."""
    if removed == added:
        yield Part(removed, added)
        return
    most = min(len(removed), len(added))
    start = 0
    while start < most and removed[start] == added[start] and removed[start].isspace():
        start += 1
    end = 0
    while end < most - start and removed[-1 - end] == added[-1 - end] and removed[-1 - end].isspace():
        end += 1
    yield Part(removed[:start], added[:start])
    yield Part(removed[start : len(removed) - end], added[start : len(added) - end])
    yield Part(removed[len(removed) - end :], added[len(added) - end :])


def common_words(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Find a longest common subsequence: pairs of places (in `old`, in `new`), ascending in both.

    Exact up to some 12,000 words on each side that are not the same at the beginning or the end; above that, runs of
    words that each text holds once are matched first, and then the words of what is left between them.
    """
    start, most = 0, min(len(old), len(new))
    while start < most and old[start] == new[start]:
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    head = [(place, place) for place in range(start)]
    tail = [(len(old) - end + place, len(new) - end + place) for place in range(end)]
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    match = _exact if len(middle_old) * len(middle_new) <= _MOST_BITS else _by_blocks
    return [*head, *((one + start, other + start) for one, other in match(middle_old, middle_new)), *tail]


def _exact(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Match in O(len(old) * len(new) / 64) steps of the machine: one row of bits per word of `new`.

    Bit i of a row is 0 where the longest common subsequence of old[:i + 1] and the words of `new` so far is longer
    than that of old[:i] (Crochemore and others 2001, in the form of Hyyrö 2004).
    """
    where: dict[str, int] = {}
    for place, word in enumerate(old):
        where[word] = where.get(word, 0) | 1 << place
    row = all_ones = (1 << len(old)) - 1
    rows = []
    for word in new:
        rows.append(row)
        if found := row & where.get(word, 0):
            row = ((row + found) | (row - found)) & all_ones
    pairs = []
    ends = ~row & all_ones  # where the common subsequence grows, in the last row
    other = len(new) - 1
    while ends:
        one = ends.bit_length() - 1
        # Up to the row in which this step appeared: there, the word of `new` made it.
        while other >= 0 and not rows[other] >> one & 1:
            other -= 1
        pairs.append((one, other))
        ends = ~rows[other] & ((1 << one) - 1)
        other -= 1
    pairs.reverse()
    return pairs


def _by_blocks(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Match runs of eight words that each text holds once, then the words between them, if these are few enough."""
    size = 8
    seen = _once([tuple(new[place : place + size]) for place in range(len(new) - size + 1)])
    mine = _once([tuple(old[place : place + size]) for place in range(len(old) - size + 1)])
    anchors = _ascending([(mine[run], seen[run]) for run in mine if run in seen])
    pairs: list[tuple[int, int]] = []
    one = other = 0
    for next_one, next_other in [*anchors, (len(old), len(new))]:
        if next_one < one or next_other < other:
            continue
        between_old, between_new = old[one:next_one], new[other:next_other]
        if len(between_old) * len(between_new) <= _MOST_BITS:
            pairs += [(a + one, b + other) for a, b in _exact(between_old, between_new)]
        one, other = next_one, next_other
    return pairs


def _once(runs: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    often = set()
    for place, run in enumerate(runs):
        if run in places:
            often.add(run)
        places[run] = place
    return {run: place for run, place in places.items() if run not in often}


def _ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep a longest subsequence that ascends in the second number; the first one ascends already."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, value) in enumerate(pairs):
        length = bisect.bisect_left(ends, value)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(value)
            last.append(number)
        else:
            ends[length], last[length] = value, number
    result = []
    number = last[-1] if last else -1
    while number >= 0:
        result.append(pairs[number])
        number = before[number]
    return result[::-1]


def _merged(parts: Iterator[Part]) -> Iterator[Part]:
    """Join neighbours of one kind, and changes between which next to nothing is kept."""
    joined = list(_runs(parts, lambda one, other: one.changed == other.changed))
    place = 0
    while place < len(joined):
        part = joined[place]
        while part.changed and place + 2 < len(joined) and _read_as_one(part, joined[place + 1], joined[place + 2]):
            gap, other = joined[place + 1], joined[place + 2]
            part = Part(part.removed + gap.removed + other.removed, part.added + gap.added + other.added)
            place += 2
        yield part
        place += 1


def _runs(parts: Iterator[Part], alike: Callable[[Part, Part], bool]) -> Iterator[Part]:
    removed: list[str] = []
    added: list[str] = []
    last: Part | None = None
    for part in parts:
        if not part.removed and not part.added:
            continue
        if last is not None and not alike(last, part):
            yield Part("".join(removed), "".join(added))
            removed, added = [], []
        removed.append(part.removed)
        added.append(part.added)
        last = part
    if removed:
        yield Part("".join(removed), "".join(added))


def _read_as_one(one: Part, gap: Part, other: Part) -> bool:
    """Tell whether two changes read better as one: "have went" to "had gone", but not two misspellings side by side."""
    if gap.changed or "\n" in gap.removed:
        return False
    if _ONE_SINGLE.fullmatch(gap.removed):
        return _touches_han(one, last=True) and _touches_han(other, last=False)
    return gap.removed.isspace() and not (_respelled(one) and _respelled(other))


def _touches_han(part: Part, *, last: bool) -> bool:
    edge = -1 if last else 0
    return all(not text or _ONE_SINGLE.match(text[edge]) is not None for text in (part.removed, part.added))


def _respelled(part: Part) -> bool:
    """Whether one word became a similar one: at least half of the longer one's letters stand, from its two ends."""
    old, new = part.removed.lower(), part.added.lower()
    if not old or not new or any(letter.isspace() for letter in old + new):
        return False
    most = min(len(old), len(new))
    start = next((place for place in range(most) if old[place] != new[place]), most)
    rest = most - start
    end = next((place for place in range(rest) if old[-1 - place] != new[-1 - place]), rest)
    return 2 * (start + end) >= max(len(old), len(new))
