"""Slot tags to the words they mark: the likeliest legal sequence of BIO tags, then spans of the text.

A slot's tag is B at its first word and I at the others; O is none (Ramshaw & Marcus 1995). I may follow only B or I
of its own slot; the Viterbi algorithm finds the likeliest sequence that keeps to that.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.router.clock import CLOCK
from desktop.router.encoding import Encoding
from desktop.text.han import HAN, begins_with_han


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the text that fill a slot; `text[start:end]` in code points."""

    slot: str
    start: int
    end: int


_LEAD_RULES = {
    "": r"(?:an?|the)\s+(?=\S)",  # of every slot
    "topic": r"(?:about|regarding|that)\s+(?=\S)|(?:关于|有关|应聘|竞聘)(?=.)",
    "audience": r"(?:my|our|your|his|her|their)\s+(?=\S)|(?:我的|我们的|我们)(?=.)",
    "tone": r"(?:very|more|a (?:bit|little)|slightly|quite|rather|really|super|so)\s+(?=\S)"
    r"|(?:更加?|比较|稍微?)(?=.)",
    "length": r"(?:very|more|much|a (?:bit|little)|under|below|less than|(?:no|not) more than|at most|at least|max\.?"
    r"|up to|over|about|around|roughly|approximately|in|within)\s+(?=\S)"
    r"|(?:不超过|不少于|不低于|不多于|至少|最多|大概|大约|约)(?=.)",
    "period": r"(?:in|for|during|by|on|over|within|until|from|since)\s+(?=\S)|自从?(?=.)",
    "language": r"(?:in|into|to)\s+(?=\S)",
}
_TAIL_RULES = {
    "": r"(?<=[^目标])的",
    "tone": r"(?<=.)(?:一点儿?|一些|点儿?|些)",
    "length": r"(?<=.)(?:以内|以上|以下|之内|左右|上下|一点儿?|一些|点儿?|些)"
    r"|\s+(?:or (?:less|more|so)|at (?:most|least)|max|tops|long)",
    "period": r"(?<=.)(?:以内|之内|内|以来|起)",
}
_LEADS = {slot: re.compile(rule, re.IGNORECASE) for slot, rule in _LEAD_RULES.items()}
_TAILS = {slot: re.compile(f"(?:{rule})$", re.IGNORECASE) for slot, rule in _TAIL_RULES.items()}
_LEAD = re.compile(r"[:：]\s*|\n\s*")  # what people put before a text to work on
_JOINT = re.compile(rf"\s*(?:[\w'-]{{1,5}}\s+){{0,2}}|[{HAN}]?")  # too little between two bits of a topic to part them
_LEFT = re.compile(rf"([{HAN}])(?=$|[\s，。！？；：、,.!?;:》”）)])")  # one character before the clause ends
_PARTICLES = frozenset("的了吗呢吧啊呀么嘛哦哈呗啦哒看用上里中前后内时诗信词歌稿文题话急")  # that stand alone there
_ONCE = ("topic", "audience", "length", "language", "period")  # what a request has one of
_SHORT = 16  # characters: no more are added in front of a source
_EDGES = " \t\r\n.,;:!?。，；：！？、“”\"'‘’《》「」()（）[]"
_QUOTES = {"“": "”", '"': '"', "'": "'", "‘": "’", "《": "》", "(": ")", "（": "）", "[": "]", "「": "」"}


def tags_of(slots: tuple[str, ...]) -> list[str]:
    """Name the tags in the order of the model's outputs: O, then B and I of each slot."""
    return ["O", *(f"{kind}-{slot}" for slot in slots for kind in "BI")]


@dataclass(frozen=True, slots=True)
class Moves:
    """What it costs or brings to begin with a tag, to go from one to the next, and to end with one.

    Attributes:
        begin: (tags,).
        between: (tags, tags), from row to column.
        end: (tags,).
    """

    begin: NDArray[np.float32]
    between: NDArray[np.float32]
    end: NDArray[np.float32]

    def plus(self, begin: Sequence[float], between: Sequence[Sequence[float]], end: Sequence[float]) -> "Moves":
        """Add what was learned. Raises ValueError where the number of tags differs."""
        learned = [np.asarray(table, np.float32) for table in (begin, between, end)]
        own = [self.begin, self.between, self.end]
        if [table.shape for table in learned] != [table.shape for table in own]:
            raise ValueError("another number of tags")
        return Moves(*(mine + other for mine, other in zip(own, learned, strict=True)))


def legal_moves(tag_count: int) -> Moves:
    """Give the moves that BIO allows, 0, and forbids, -1e4: I follows only B and I of its slot, and never begins."""
    begin, between = np.zeros(tag_count, np.float32), np.zeros((tag_count, tag_count), np.float32)
    begin[2::2] = -1e4
    for inside in range(2, tag_count, 2):
        between[:, inside] = -1e4
        between[[inside - 1, inside], inside] = 0
    return Moves(begin, between, np.zeros(tag_count, np.float32))


def best_path(scores: NDArray[np.float32], moves: Moves) -> list[int]:
    """Find the likeliest legal tags of some words.

    Args:
        scores: (words, tags), logits.
        moves: of `legal_moves`, with what was learned.
    """
    if not len(scores):
        return []
    best = scores[0] + moves.begin
    back = np.zeros(scores.shape, np.int64)
    for word in range(1, len(scores)):
        routes = best[:, None] + moves.between
        back[word] = routes.argmax(axis=0)
        best = routes.max(axis=0) + scores[word]
    path = [int((best + moves.end).argmax())]
    for word in range(len(scores) - 1, 0, -1):
        path.append(int(back[word, path[-1]]))
    return path[::-1]


def read_spans(text: str, encoding: Encoding, path: list[int], slots: tuple[str, ...]) -> list[Span]:
    """Turn the tags of the words (one for each token that begins a word) into spans, without articles and quotes.

    A source that touches the place where text was left out goes on through it.
    """
    words = [index for index, first in enumerate(encoding.first) if first]
    found: list[tuple[str, int, int]] = []
    for position, (token, tag) in enumerate(zip(words, path, strict=True)):
        if tag == 0:
            continue
        slot, begins = slots[(tag - 1) // 2], tag % 2 == 1
        following = words[position + 1] if position + 1 < len(words) else len(encoding.ids)
        end = max(encoding.offsets[piece][1] for piece in range(token, following))
        if begins or not found:
            found.append((slot, encoding.offsets[token][0], end))
        else:
            found[-1] = (slot, found[-1][1], end)
    if encoding.cut is not None:
        found = _bridge(found, encoding, len(text.rstrip()))
    spans = (trim(text, Span(*row)) for row in whole(text, found))
    return [span for span in spans if span.end > span.start]


def whole(text: str, found: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Mend what the tags tore.

    A source is one piece, and behind a colon or a line break it is all that stands there; a topic whose bits are parted
    by a short word or two is one; a day has its time of day. Of what a request has once the longest piece is kept.
    """
    sources = [row for row in found if row[0] == "source"]
    others = [row for row in found if row[0] != "source"]
    if sources:
        sources = _behind_the_request(text, sources, others)
        start, end = sources[0][1], max(row[2] for row in sources)
        others = [row for row in others if row[2] <= start or row[1] >= end]
        before = max((row[2] for row in others if row[2] <= start), default=0)
        behind = min((row[1] for row in others if row[1] >= end), default=len(text))
        if (lead := list(_LEAD.finditer(text, before, start + 1))) and lead[-1].end() <= start:
            if start - lead[-1].end() <= _SHORT:
                start = lead[-1].end()
            if behind == len(text):
                end = len(text.rstrip())
        others.append(("source", start, end))
    others = _joined(text, others)
    others = [_with_clock(text, _with_last(text, row), others) for row in others]
    longest = {slot: max((row for row in others if row[0] == slot), key=_length, default=None) for slot in _ONCE}
    others = [row for row in others if row[0] not in _ONCE or row == longest[row[0]]]
    return sorted(others, key=lambda row: row[1])


def _length(row: tuple[str, int, int]) -> int:
    return row[2] - row[1]


def _joined(text: str, rows: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Join the bits of a topic that too little parts."""
    joined: list[tuple[str, int, int]] = []
    for row in sorted(rows, key=lambda row: row[1]):
        if joined and row[0] == joined[-1][0] == "topic" and _JOINT.fullmatch(text, joined[-1][2], row[1]):
            joined[-1] = ("topic", joined[-1][1], row[2])
        else:
            joined.append(row)
    return joined


def _with_last(text: str, row: tuple[str, int, int]) -> tuple[str, int, int]:
    """Add the one Chinese character between a topic, keyword or form and the end of the clause: its word ends there."""
    slot, start, end = row
    left = _LEFT.match(text, end) if slot in ("topic", "keywords", "format") else None
    if left and left[1] not in _PARTICLES and begins_with_han(text[end - 1]):
        return slot, start, end + 1
    return row


def _with_clock(text: str, row: tuple[str, int, int], others: list[tuple[str, int, int]]) -> tuple[str, int, int]:
    """Add to a day the time of day that stands beside it, whole: 周五下午三点半, “Friday at 3 pm”.

    What was taken for a topic and lies in a time of day is that time.
    """
    slot, start, end = row
    if (
        slot == "topic"
        and (clock := CLOCK.search(text, max(0, start - 1), end + _SHORT))
        and clock.start() <= start < end <= clock.end()
    ):
        return "period", clock.start(), clock.end()
    if slot != "period":
        return row
    for clock in CLOCK.finditer(text, max(0, start - _SHORT), end + _SHORT):
        touches = clock.start() <= end + 1 and start <= clock.end() and not text[end : clock.start()].strip()
        if touches and not any(clock.start() < other[2] and other[1] < clock.end() for other in others if other != row):
            start, end = min(start, clock.start()), max(end, clock.end())
    return slot, start, end


def _behind_the_request(
    text: str, sources: list[tuple[str, int, int]], others: list[tuple[str, int, int]]
) -> list[tuple[str, int, int]]:
    """Leave out bits of a source that are still the request: what stands before the colon that the rest follows.

    That is so where another slot lies between the bits and the colon, or where the bits are little beside the rest.
    """
    for lead in _LEAD.finditer(text):
        before = [row for row in sources if row[2] <= lead.start()]
        rest = sources[len(before) :]
        if not before or not rest or not lead.end() <= rest[0][1] <= lead.end() + 2:
            continue
        asked = any(before[-1][2] <= row[1] < lead.start() for row in others)
        if asked or 3 * sum(row[2] - row[1] for row in before) < sum(row[2] - row[1] for row in rest):
            return rest
    return sources


def _bridge(found: list[tuple[str, int, int]], encoding: Encoding, end_of_text: int) -> list[tuple[str, int, int]]:
    """Join the sources on both sides of the left-out middle, or stretch the only one there is over it."""
    assert encoding.cut is not None  # noqa: S101  # the caller asked
    left, right = encoding.offsets[encoding.cut][1], encoding.offsets[encoding.cut + 2][0]
    sources = [row for row in found if row[0] == "source"]
    before = [row for row in sources if row[1] < left]
    after = [row for row in sources if row[1] >= right]
    if not sources:
        return found
    start = min((row[1] for row in before), default=right)
    end = max((row[2] for row in after), default=left)
    if before and not after:
        end = right if any(row[1] >= right for row in found) else end_of_text
    whole = ("source", min(start, left), end)
    return sorted([row for row in found if row[0] != "source"] + [whole], key=lambda row: row[1])


def trim(text: str, span: Span) -> Span:
    """Leave out what a fixed rule decides (packaging/train_router/data/SLOTS.md): the same for marks and for answers.

    Blanks, punctuation and a trailing 的; an article, “about”, “very”, “at least”, 以内; of an audience “my”, 我的. A
    source keeps its own punctuation and loses only quotes around the whole.
    """
    if span.slot == "source":
        return _unquoted(text, span)
    start, end = span.start, span.end
    before = (-1, -1)
    while before != (start, end):
        before = (start, end)
        while end > start and text[start] in _EDGES:
            start += 1
        while end > start and text[end - 1] in _EDGES and text[start:end].lower() not in ("c#", "f#"):
            end -= 1
        for slot in (span.slot, ""):
            if slot in _LEADS and (match := _LEADS[slot].match(text, start, end)):
                start = match.end()
            if slot in _TAILS and (match := _TAILS[slot].search(text, start, end)):
                end = match.start()
    return Span(span.slot, start, end)


def _unquoted(text: str, span: Span) -> Span:
    """Leave out blanks and a pair of quotes around the whole."""
    start, end = span.start, span.end
    while end > start and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start > 2 and _QUOTES.get(text[start]) == text[end - 1] and text[start] in "“\"'‘「":
        start, end = start + 1, end - 1
    return Span(span.slot, start, end)
