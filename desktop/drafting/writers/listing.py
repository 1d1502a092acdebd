"""Lists: as many lines as were asked for, all different, each as long as it should be.

A model that can write gives the list in one go, and what is missing then is asked for line by line; a very small one
is asked line by line from the beginning, because it ends too soon, or says the same again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.drafting.length import count, letters
from desktop.drafting.sentences import CHATTER, features, placeholders, similarity, split_sentences, strip_list_mark
from desktop.drafting.writers.section_writer import DraftContext
from desktop.engine.interface import Message, Sampling, TextAdded
from desktop.text.han import holds_han
from desktop.text.numerals import CHINESE_NUMBER, chinese_number

MOST_ITEMS, _TRIES_AN_ITEM, _ALIKE = 50, 3, 0.6
_TOKENS_AN_ITEM, _TOKENS_A_CHARACTER = 40, 1.5
_LENIENT = 0.1  # beyond the length that was asked for
_MOST_REFUSED, _HOTTER, _HOTTEST = 4, 0.1, 0.6
_SHORT, _ALIKE_IF_SHORT = 4, 0.8  # words
_LENT = 0.2  # of a line's words, from a worked example
_SAME_BEGINNING = 3  # lines that may begin alike: "Free …" ten times is no list of ten ideas
_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
}  # fmt: skip
_COUNTED = re.compile(
    rf"(?<![\w.–-])(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?:[a-z-]+\s+){{0,4}}?(?!(?:words|characters|chars|letters|minutes|"
    r"hours|days|weeks|months|years|pages|sentences|paragraphs|lines|people|percent|euros|dollars|times)\b)[a-z-]{2,}s\b",
    re.IGNORECASE,
)
_COUNTED_ZH = re.compile(
    rf"(?<![\d.-])(?P<number>{CHINESE_NUMBER})\s*(?:条|个|句|款|种|则|点|首|道|项|段)(?!月|小时|人|字)"
)
_EACH = re.compile(
    r"(?P<least>\d{1,4})\s*(?:-|–|~|～|to|到|至)\s*(?P<most>\d{1,4})\s*个?(?P<unit>characters?|chars?|letters|words?|字)"
)
_AT_MOST = re.compile(
    r"(?:at most|under|max(?:imum)?|up to|no more than|within|不超过|最多)\s*(?P<most>\d{1,4})\s*个?"
    r"(?P<unit>characters?|chars?|words?|字)|(?P<most_zh>\d{1,4})\s*(?P<unit_zh>字)(?:以内|之内|以下)"
)


@dataclass(frozen=True, slots=True)
class ItemLength:
    """How long each line of a list is to be.

    Attributes:
        least: at least so many.
        most: at most so many.
        in_words: words are counted, not characters.
    """

    least: int
    most: int
    in_words: bool

    def fits(self, item: str) -> bool:
        """Tell whether a line has it."""
        length = count(item) if self.in_words or holds_han(item) else letters(item)
        return self.least * (1 - _LENIENT) <= length <= self.most * (1 + _LENIENT)


def asked_items(request: str) -> int:
    """Tell how many lines a request asks for: "20 reviews", "ten names", "十条口号"; 0: it does not say."""
    if found := _COUNTED.search(request):
        number = found["number"].lower()
        return _NUMBERS.get(number) or min(MOST_ITEMS, int(number))
    for found in _COUNTED_ZH.finditer(request):
        number_zh = chinese_number(found["number"]) or 0
        if number_zh >= 2:  # 一个 is an article
            return min(MOST_ITEMS, int(number_zh))
    return 0


def asked_item_length(request: str) -> ItemLength | None:
    """Tell how long a request wants each line: "of 30–80 characters each", "每条不超过15字"; None: it does not say."""
    if found := _EACH.search(request):
        return ItemLength(int(found["least"]), int(found["most"]), found["unit"].startswith("word"))
    if found := _AT_MOST.search(request):
        unit = found["unit"] or found["unit_zh"]
        return ItemLength(1, int(found["most"] or found["most_zh"]), unit.startswith("word"))
    return None


def write_list(
    context: DraftContext,
    asked: Sequence[Message],
    sampling: Sampling,
    *,
    wanted: int,
    length: ItemLength | None,
    at_once: bool,
) -> Iterator[str]:
    """Write a numbered list; gives what is there so far.

    Args:
        context: of the draft.
        asked: the prompt.
        sampling: how tokens are picked.
        wanted: how many lines.
        length: of each; None: any.
        at_once: the model can write the list by itself.
    """
    items: list[str] = []
    lent = _lent(asked)
    if at_once:
        refused = 0  # in a row: a model that goes in circles does not come out of them
        for line in _lines(context, asked, replace(sampling, max_tokens=wanted * _tokens(length), seed=context.seed)):
            item = _fitted(line, length)
            if item and _is_new(item, items, lent):
                items.append(item)
                yield numbered(items)
            refused = 0 if item in items else refused + 1
            if len(items) >= wanted or refused == _MOST_REFUSED:
                break
    failed = 0
    for tried in range(_TRIES_AN_ITEM * wanted):
        if len(items) >= wanted or context.stop.is_set():
            break
        begun = f"{numbered(items)}\n{len(items) + 1}." if items else "1."
        heat = (sampling.temperature or 0.0) + (min(_HOTTEST, _HOTTER * failed) if at_once else 0.0)
        options = replace(
            sampling,
            lookup="",
            max_tokens=_tokens(length),
            stop=("\n",),
            seed=context.seed + tried,
            temperature=heat if at_once else sampling.temperature,
        )
        item = _fitted(_bare(_text(context, [*asked, Message("assistant", begun)], options)), length)
        failed += 1
        if item and _is_new(item, items, lent):
            items.append(item)
            failed = 0
            yield numbered(items)


def _lent(asked: Sequence[Message]) -> frozenset[str]:
    """Give the words of the worked examples that the request does not have: a small model lends them."""
    *examples, request = asked
    said = " ".join(message.content for message in examples if message.role != "system")
    return features(said) - features(request.content)


def _fitted(line: str, length: ItemLength | None) -> str:
    """Give as many sentences of a line as fit; "" where none do."""
    if length is None or length.fits(line):
        return line
    sentences = split_sentences(line)
    joint = "" if holds_han(line) else " "
    shorter = (joint.join(sentences[:most]) for most in range(len(sentences) - 1, 0, -1))
    return next((text for text in shorter if length.fits(text)), "")


def numbered(items: Sequence[str]) -> str:
    """Put the numbers before the lines of a list."""
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))


def _tokens(length: ItemLength | None) -> int:
    if length is None:
        return _TOKENS_AN_ITEM
    return max(_TOKENS_AN_ITEM, round(length.most * (2 if length.in_words else _TOKENS_A_CHARACTER)))


def _is_new(line: str, items: Sequence[str], lent: frozenset[str]) -> bool:
    if not line or placeholders(line) or CHATTER.search(line) or line.endswith((":", "：")):
        return False

    words = features(line)
    if len(words & lent) > _LENT * len(words):
        return False

    def begun(text: str) -> str:
        return text[:2] if holds_han(text) else " ".join(text.lower().split()[:2])

    if sum(begun(line) == begun(other) for other in items) >= _SAME_BEGINNING:
        return False
    alike = _ALIKE if len(words) > _SHORT else _ALIKE_IF_SHORT  # names of a trade share its words
    return all(line.lower() != other.lower() and similarity(line, other) < alike for other in items)


def _lines(context: DraftContext, asked: Sequence[Message], options: Sampling) -> Iterator[str]:
    """Give the items of a list as they come; what stands before the first and behind the last is none."""
    pending = ""
    for event in context.engine.stream(asked, options, context.stop):
        if isinstance(event, TextAdded):
            pending += event.text
            while "\n" in pending:
                line, _, pending = pending.partition("\n")
                yield _bare(line)
    yield _bare(pending)


def _bare(line: str) -> str:
    bare = strip_list_mark(line).strip().strip("*_ ")
    return bare[1:-1] if re.fullmatch(r"[\"“][^\"“”]+[\"”]", bare) else bare


def _text(context: DraftContext, asked: Sequence[Message], options: Sampling) -> str:
    return "".join(
        event.text for event in context.engine.stream(asked, options, context.stop) if isinstance(event, TextAdded)
    )
