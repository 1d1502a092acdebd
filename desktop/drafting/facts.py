"""The user's facts: which figures and names a text holds, and whether a draft still holds them.

Figures and codes must be there exactly (`text.figures`), and what is denied must be denied; words may be inflected.
"""

import re
from collections.abc import Iterable

from desktop.text.figures import code_spans, figures, plain_number
from desktop.text.han import HAN

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[^\W\d_][^\W\d_]*(?:['’-][^\W\d_]+)*")
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w’'-]*[a-z][\w’'-]*|\b[A-Z]{2,}\b")
_CHINESE = re.compile(f"[{HAN}]")
_STOP_WORDS = frozenset(
    """
    a an and are as at be been but by can could did do does for from had has have he her his how i if in into is it
    its may me more most must my no not of on or our she should so some such than that the their them then there
    these they this those to us was we were what when where which who why will with would you your about after all
    also any because before between both each few just like made make many much new only other out over per same up
    very via while
    """.split()  # noqa: SIM905  # a list of 120 quoted words reads worse
)
_DENIED = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|nowhere|neither|nor|without|cannot)\b|\w+n['’]t\b|"
    r"(?<!特)(?<!区)(?<!级)(?<!性)别(?![人的处墅致])|不(?![仅但断过锈同得久])|没(?!收)|未(?!来)|(?<!南)无(?![锡线人论所])|勿|非(?![常洲])",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"(?<=[!?;\n。！？；])|(?<=\.)(?=\s)")
_SAME = {  # by stems: how people shorten days and months in a request, and the ways of being sorry
    "mon": "monday",
    "tu": "tuesday",
    "wed": "wednesday",
    "thu": "thursday",
    "thur": "thursday",
    "fri": "friday",
    **{month[:3]: month for month in ("january", "february", "april", "july", "august", "october", "november")},
    "sep": "september",
    "sept": "september",
    "dec": "december",
    **dict.fromkeys(("apologis", "apologiz", "apology", "regret"), "sorry"),
}
_COVERED = 0.7  # of a point's words


def numbers(text: str) -> set[str]:
    """Give the digits of a text as numbers, those within codes and dates too: 4B holds 4; facts are `text.figures`."""
    return {plain_number(found) for found in _NUMBER.findall(text)}


def names(text: str) -> set[str]:
    """Give the words of a text that are written with capitals inside a sentence."""
    return set(_NAME.findall(text))


def content_words(text: str) -> list[str]:
    """Give the words that carry the meaning, in small letters, roughly without inflection."""
    return [stem(word) for word in _WORD.findall(text.lower()) if word not in _STOP_WORDS and not _CHINESE.match(word)]


def stem(word: str) -> str:
    """Cut an English word's usual endings: trained, trains, training are one; so are Tues and Tuesday."""
    word = word.lower().removesuffix("’s").removesuffix("'s")
    for ending, rest in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("ly", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + rest
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    word = word.removesuffix("e")
    return _SAME.get(word, word)


def covered(point: str, text: str) -> bool:
    """Tell whether a text says a point: all its figures, and most of its other words, in one place.

    What a point denies must be denied: "no overtime" is not said by "overtime was paid".
    """
    if not figures(point) <= figures(text):
        return False
    if all(name.lower() in text.lower() for name in names(point)) is False:
        return False
    folded = " ".join(text.lower().split())
    if " ".join(point.lower().split()).rstrip(".!。！") in folded:
        return True
    if denies(point):
        text = "\n".join(clause for clause in _CLAUSE_END.split(text) if denies(clause))
    if len(_CHINESE.findall(point)) >= len(_WORD.findall(point)):
        return _chinese_covered(point, text)
    wanted = set(content_words(_DENIED.sub(" ", _without_codes(point))))  # how it is denied is free
    if not wanted:
        return figures(point) != set()
    there = content_words(text)
    # The words must stand near each other: a long text holds any word somewhere.
    window = max(30, 4 * len(wanted))
    best = 0
    for start in range(0, max(1, len(there) - window + 1), max(1, window // 3)):
        best = max(best, len(wanted & set(there[start : start + window])))
    best = max(best, len(wanted & set(there[-window:])))
    return best >= _COVERED * len(wanted)


def denies(text: str) -> bool:
    """Tell whether a text says that something is not so."""
    return _DENIED.search(text) is not None


def missing_points(points: Iterable[str], text: str) -> list[str]:
    """Give the points that a text does not say."""
    return [point for point in points if not covered(point, text)]


def without_numbers(text: str) -> str:
    """Take the figures out of a sentence, so that a small model does not begin to count."""
    text = _without_codes(text)
    text = re.sub(r"[$€£¥]\s?\d[\d.,:]*\s?(?:[kKmM]\b|million|billion)?|\d[\d.,:]*\s?(?:%|percent|[kKmM]\b)?", "", text)
    text = re.sub(r"\((?:[^\w()]|\b(?:about|by|from|to|of|at|and|or)\b)*\)", "", text)
    text = re.sub(r"\b(?:by|from|to|of|at|for|in|on|than|and|over|about|around)\s*(?=[,.;:!?)]|$)", "", text)
    text = re.sub(r"\s+([,.;:!?])", r"\1", re.sub(r"\s+", " ", text))
    return text.strip(" ,;:-–")


def _without_codes(text: str) -> str:
    for start, end in reversed(code_spans(text)):
        text = f"{text[:start]}{text[end:]}"
    return text


def _chinese_covered(point: str, text: str) -> bool:
    """Compare pairs of characters: Chinese has no spaces to find words by."""
    wanted = "".join(_CHINESE.findall(point))
    pairs = {wanted[at : at + 2] for at in range(len(wanted) - 1)} or {wanted}
    return sum(pair in text for pair in pairs) >= _COVERED * len(pairs)
