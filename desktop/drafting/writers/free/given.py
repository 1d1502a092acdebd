"""What a request gives: its figures in every way of writing them, and its words.

45万 is 450,000, 3 is three and 三, 14:00 is 2 pm: a text may write a figure as its reader expects it.
"""

import re
from dataclasses import dataclass, field

from desktop.drafting.facts import numbers, stem
from desktop.text.han import HAN
from desktop.text.numerals import chinese_number

_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty
""".split()  # noqa: SIM905
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_BIG = re.compile(r"\b(?:dozens|hundreds|thousands|millions|billions)\b", re.IGNORECASE)
_NAMED = {word: value for value, word in enumerate(_WORDS)} | _TENS
_NAMED_NUMBER = re.compile(rf"\b(?:{'|'.join(_NAMED)})\b", re.IGNORECASE)
_MEASURES = "天年月日个名人份次万元点号周家件位岁小分页篇届楼栋台套组条项米斤里场章节季轮期"
_CHINESE_AMOUNT = re.compile(rf"(?<![第{HAN}])?([〇零一二两三四五六七八九十百千万亿]+)(?=多?[{_MEASURES}])")
_WITH_POWER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([十百千万亿]|[kK](?!\w))")
_FREE = frozenset({"0", "1"})  # "on the one hand", 一个
_POWERS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000, "k": 1_000, "K": 1_000}


@dataclass(slots=True)
class GivenFacts:
    """Figures and words of a request.

    Attributes:
        text: the request.
    """

    text: str
    _figures: frozenset[str] = field(init=False)
    _lower: str = field(init=False)
    _stems: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._figures = frozenset(_all_figures(self.text))
        self._lower = alike(self.text.lower())
        self._stems = frozenset(stem(word) for word in re.findall(r"[^\W\d_]+", self._lower))

    def says(self, words: str) -> bool:
        """Tell whether the request says these words, inflected perhaps."""
        low = alike(words.lower())
        return low in self._lower or (low.isascii() and stem(low) in self._stems)

    def foreign_figures(self, sentence: str) -> list[str]:
        """Give the figures of a sentence that the request does not give."""
        sentence = re.sub(r"(?m)^\s*(?:\d{1,2}[.)、]|[（(]?[一二三四五六七八九十]{1,2}[)）、.])", "", sentence)
        found = [number for number in numbers(sentence) if not self._knows(number)]
        found += [word for word in _NAMED_NUMBER.findall(sentence) if not self._knows(str(_NAMED[word.lower()]))]
        for digits in _CHINESE_AMOUNT.findall(sentence):
            value = chinese_number(digits)
            if value is not None and not self._knows(_plain(value)) and digits not in self.text:
                found.append(digits)
        found += [word for word in _BIG.findall(sentence) if word.lower() not in self._lower]
        return found

    def holds(self, number: str) -> bool:
        """Tell whether a figure, as `facts.numbers` gives it, stands there in one way of writing it."""
        return number in self._figures

    def _knows(self, number: str) -> bool:
        return number in self._figures or number in _FREE


def alike(text: str) -> str:
    """Give a text in which Chinese days have one name: 星期六 is 周六, 21号 is 21日."""
    return re.sub(r"(?<=\d)号(?![\w楼线])", "日", re.sub(r"星期|礼拜", "周", text))


def _all_figures(text: str) -> set[str]:
    """Give the figures of a request, in all the ways in which they may be written."""
    found = numbers(text)
    found |= {part.lstrip("0") or "0" for number in found for part in re.split(r"[:.,]", number)}
    found |= {str(_NAMED[word.lower()]) for word in _NAMED_NUMBER.findall(text)}
    for digits in re.findall(r"[〇零一二两三四五六七八九十百千万亿]+", text):
        value = chinese_number(digits)
        if value is not None:
            found.add(_plain(value))
    for digits, power in _WITH_POWER.findall(text):
        found.add(_plain(float(digits.replace(",", "")) * _POWERS[power]))
    hours = {int(number) for number in found if number.isdecimal() and int(number) <= 24}
    found |= {str(hour - 12) for hour in hours if hour > 12}
    if re.search(r"\bp\.?m\b|\dpm\b|下午|晚", text):
        found |= {str(hour + 12) for hour in hours if hour < 12}
    found |= {f"{number}:00" for number in list(found) if number.isdecimal() and int(number) <= 24}
    found |= {number.removesuffix(":00") for number in list(found)}
    return found


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)
