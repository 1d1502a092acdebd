"""How long a text is, as people count, and how long it was asked to be.

English is counted in words, Chinese in characters: each Chinese character is one, and so is each foreign word or
number between them (as Chinese word processors count).
"""

import re
from dataclasses import dataclass
from typing import Literal

from desktop.text.han import count_han, without_han
from desktop.text.numerals import CHINESE_NUMBER, chinese_number

Unit = Literal["words", "characters"]

WORDS_PER_PAGE, CHARACTERS_PER_PAGE = 450, 700  # A4, 11 points, with headings
_SPOKEN_WORDS, _SPOKEN_CHARACTERS = 130, 220  # a minute
_PARAGRAPH_WORDS, _SENTENCE_WORDS = 90, 18

_WORD = re.compile(r"[^\W_]+(?:[.,:’'&/-][^\W_]+)*%?")
_MARKUP = re.compile(r"^\s*(?:#{1,6}\s+|[-*+]\s+|\d{1,3}[.)]\s+|>\s?|```.*$)|[*`|]", re.MULTILINE)

_ENGLISH_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "half a": 0.5, "hundred": 100,
}  # fmt: skip

_ENGLISH_LENGTH = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?\s*k?|half a|" + "|".join(k for k in _ENGLISH_NUMBERS if k != "half a") + r")"
    r"(?:\s*(?:-|–|to)\s*(?P<to>\d[\d,]*))?"
    r"[\s-]*(?P<unit>words?|characters?|chars?|pages?|paragraphs?|sentences?|lines?|minutes?|mins?)\b"
)
_CHINESE_LENGTH = re.compile(
    rf"(?P<number>{CHINESE_NUMBER}|半)(?:\s*[-–~到至]\s*(?P<to>\d+))?\s*个?"
    r"(?P<unit>字|词|页|段|句|分钟|个字)"
)
_AT_MOST = re.compile(
    r"\b(?:at most|under|below|less than|max(?:imum)?|up to|no more than|within)\b|不超过|以内|以下|最多"
)
_SHORT = re.compile(r"\b(?:very short|brief(?:ly)?|short|concise|quick)\b|简短|短|简洁|精简")
_LONG = re.compile(r"\b(?:long|detailed|in[- ]depth|thorough|extensive)\b|详细|长|深入")


@dataclass(frozen=True, slots=True)
class Length:
    """How long a text is to be.

    Attributes:
        amount: words or characters; 0: no length is expected.
        unit: what is counted.
        asked: whether the user said so.
    """

    amount: int
    unit: Unit
    asked: bool = False


def count(text: str) -> int:
    """Count words, and each Chinese character as one; Markdown's marks count for nothing."""
    plain = _MARKUP.sub(" ", text)
    characters = count_han(plain)
    words = len(_WORD.findall(without_han(plain)))
    return characters + words


def letters(text: str) -> int:
    """Count characters with the blanks between words, as word processors do; marks and line breaks are none."""
    return sum(len(" ".join(line.split())) for line in _MARKUP.sub("", text).splitlines())


def reading_minutes(text: str) -> int:
    """How many minutes a text takes to read, at least 1: 230 words or 400 Chinese characters a minute."""
    characters = count_han(text)
    words = count(text) - characters
    return max(1, round(words / 230 + characters / 400))


def unit_of(language: str) -> Unit:
    """Tell what is counted in a language."""
    return "characters" if language in ("zh", "ja") else "words"


def asked_length(said: str, language: str, *, words: int, characters: int) -> Length:
    """Understand how long a text is to be: “500 words”, “800字”, “one page”, “short”, “5 minutes”.

    Args:
        said: as the user said it; "" where nothing was said.
        language: of the text.
        words: what is usual, in English.
        characters: what is usual, in Chinese.
    """
    unit = unit_of(language)
    usual = characters if unit == "characters" else words
    text = said.lower().strip()
    amount = _understood(text, unit)
    if amount:
        return Length(max(20, round(amount * (0.92 if _AT_MOST.search(text) else 1))), unit, asked=True)
    if usual and _SHORT.search(text):
        return Length(round(usual * 0.6), unit, asked=True)
    if usual and _LONG.search(text):
        return Length(round(usual * 1.6), unit, asked=True)
    if text.isdecimal():
        return Length(max(20, int(text)), unit, asked=True)
    return Length(usual, unit)


def _understood(text: str, unit: Unit) -> float:
    if found := _ENGLISH_LENGTH.search(text):
        amount = _english_number(found["number"])
    elif found := _CHINESE_LENGTH.search(text):
        amount = chinese_number(found["number"]) or 0
    else:
        return 0
    if found["to"]:
        amount = (amount + float(found["to"].replace(",", ""))) / 2
    return amount * _size(found["unit"], unit)


def says_length(text: str) -> bool:
    """Tell whether a text says how long something is to be: “500 words”, “两页”."""
    return bool(_ENGLISH_LENGTH.search(text.lower()) or _CHINESE_LENGTH.search(text))


def _size(name: str, unit: Unit) -> float:
    """How many words or characters one page, paragraph … holds."""
    in_words = unit == "words"
    # 1,000 Chinese characters say about what 650 English words say.
    if name.startswith(("word", "词")):
        return 1 if in_words else 1.5
    if name.startswith(("char", "字", "个字")):
        return 1 / 6 if in_words and name.startswith("char") else 0.65 if in_words else 1
    sizes = {
        "page": (WORDS_PER_PAGE, CHARACTERS_PER_PAGE), "页": (WORDS_PER_PAGE, CHARACTERS_PER_PAGE),
        "minute": (_SPOKEN_WORDS, _SPOKEN_CHARACTERS), "min": (_SPOKEN_WORDS, _SPOKEN_CHARACTERS),
        "分钟": (_SPOKEN_WORDS, _SPOKEN_CHARACTERS),
        "paragraph": (_PARAGRAPH_WORDS, 150), "段": (_PARAGRAPH_WORDS, 150),
        "sentence": (_SENTENCE_WORDS, 30), "句": (_SENTENCE_WORDS, 30), "line": (10, 16),
    }  # fmt: skip
    return sizes.get(name.rstrip("s"), (0, 0))[0 if in_words else 1]


def _english_number(text: str) -> float:
    text = text.strip()
    if text in _ENGLISH_NUMBERS:
        return _ENGLISH_NUMBERS[text]
    thousand = text.endswith("k")
    return float(text.rstrip("k ").replace(",", "")) * (1000 if thousand else 1)
