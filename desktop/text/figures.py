"""The figures of a text as facts: each stands exactly as it was given, or it is another one.

    "flat 4B from 2027-03-01, 1,200.50 euros, 3 pm" -> 4B · 2027-03-01 · 1200.50 · 3pm

A letter behind a figure is no unit: 4B, 16e, v2.10.1, us-east-1 and A-12 are one figure each, and "4 B" is another one.
Units that people write with or without a blank (5 kg, 5kg) are left out, thousands separators are no part of a number,
and 3 pm, 3pm and 3 p.m. are one time.
"""

import re

_TIME = re.compile(r"(?<![\w.])(\d{1,2}(?:[:.]\d\d)?)[ \u00a0\u202f]?([ap])\.?m\b\.?(?!\w)", re.IGNORECASE)
# Letters and digits with what joins them; a comma or colon joins digits only, a full stop no end of a sentence.
_TOKEN = re.compile(
    r"(?a:(?<![A-Za-z0-9])(?=[A-Za-z.+_-]*\d)[A-Za-z0-9]+(?:(?:(?<=\d)[,:/](?=\d)|[.](?=[A-Za-z]?\d)|[-_+](?=[A-Za-z0-9]))[A-Za-z0-9]+)*)"
)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_UNIT = re.compile(
    r"(?a:(\d+(?:[.,:]\d+)*)(?:kg|g|mg|km|m|cm|mm|ml|l|h|hr|hrs|s|ms|min|mins|V|W|kW|kWh|Hz|MHz|GHz|KB|MB|GB|TB|kB|px|dpi|"
    r"st|nd|rd|th|USD|EUR|GBP|RMB|CNY|x))"
)
_RANGE = re.compile(r"(?a:\d{1,3}(?:\.\d+)?-\d{1,3}(?:\.\d+)?)")  # 5-10 people; 555-1234 is no range
_DIGITS_AND_WORD = re.compile(r"(?a:(\d+(?:\.\d+)?)-[a-z]{3,}(?:-[a-z]+)*)")  # a 5-year plan


def figures(text: str) -> frozenset[str]:
    """Give the figures of a text."""
    return frozenset(figure for found in _TOKEN.findall(_with_times(text)) for figure in _figures_of(found))


def codes(text: str) -> frozenset[str]:
    """Give the figures of a text that are no plain numbers, such as 4B, v2.10.1 and 2027-03-01."""
    return frozenset(figure for figure in figures(text) if not _NUMBER.fullmatch(figure))


def code_spans(text: str) -> list[tuple[int, int]]:
    """Give where codes stand in a text: no word may be parted there, nor its letters changed."""
    spans = [found.span() for found in _TOKEN.finditer(text)]
    return [span for span in spans if codes(text[slice(*span)])]


def _with_times(text: str) -> str:
    return _TIME.sub(lambda found: f"{found[1]}{found[2].lower()}m", text)


def _figures_of(token: str) -> list[str]:
    if _NUMBER.fullmatch(token):
        return [plain_number(token)]
    if found := _UNIT.fullmatch(token) or _DIGITS_AND_WORD.fullmatch(token):
        return [plain_number(found[1])]
    if _RANGE.fullmatch(token):
        return [plain_number(each) for each in token.split("-")]
    return [token]


def plain_number(number: str) -> str:
    """Give a number without separators of thousands and zeros before it."""
    number = re.sub(r",(?=\d{3}(?:\D|$))", "", number).rstrip(".,:")
    return number.lstrip("0") or "0"
