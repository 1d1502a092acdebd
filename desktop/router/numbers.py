"""English numbers as people write them: 1,000 · 1.5k · a dozen · twenty-five."""

import re

_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_UNITS = {
    name: number
    for number, name in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", *_TEENS)
    )
}
_TENS = {
    name: 10 * number
    for number, name in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
_SCALES = {"hundred": 100, "thousand": 1000, "k": 1000, "million": 1_000_000}
_ARTICLES = {"a": 1.0, "an": 1.0, "half": 0.5, "couple": 2.0, "few": 3.0, "several": 4.0, "dozen": 12.0}
_WORDS = "|".join([*_UNITS, *_TENS, *_SCALES, "and"])

ENGLISH = rf"(?:\d[\d,]*(?:\.\d+)?\s*k?(?![a-z])|(?:(?:{_WORDS})(?:[\s-]+(?:{_WORDS}))*)(?![a-z]))"


def english_number(text: str) -> float | None:
    """Read an English number; None if it is none. An article counts: “a” is 1, “half a” 0.5, “a couple of” 2."""
    text = text.strip().lower().replace(",", "")
    if match := re.fullmatch(r"(\d+(?:\.\d+)?)\s*(k?)", text):
        return float(match[1]) * (1000 if match[2] else 1)
    total, part, known = 0.0, 0.0, False
    for word in re.split(r"[\s-]+", text):
        if word in _UNITS or word in _TENS or word.isdecimal():
            part += _UNITS.get(word, _TENS.get(word, 0)) or float(word if word.isdecimal() else 0)
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in _SCALES:
            total, part = total + (part or 1) * _SCALES[word], 0.0
        elif word in _ARTICLES:
            part = part * _ARTICLES[word] if part else _ARTICLES[word]
        elif word not in ("and", "of"):
            return None
        known = known or word not in ("and", "of")
    return total + part if known else None
