"""Chinese numbers as people write them: 两千五 · 三百 · 1万 · 一亿零五 · 二〇二六 · 半."""

import re

CHINESE_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?[十百千万亿]?|[〇零一二两三四五六七八九十百千万亿]+)"  # a pattern

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}  # within a section
_SECTIONS = {"万": 10_000, "亿": 100_000_000}  # that the number before them is multiplied by
_IN_DIGITS = re.compile(rf"(\d+(?:\.\d+)?)([{''.join(_POWERS | _SECTIONS)}]?)")
_IN_CHARACTERS = re.compile(rf"[{''.join(_DIGITS | _POWERS | _SECTIONS)}]+")


def chinese_number(text: str) -> float | None:
    """Read a Chinese number, or digits with a Chinese power: 一千二, 1.5万, 二〇二六, 半; None if it is none."""
    text = text.strip().replace(",", "")
    if text == "半":
        return 0.5
    if match := _IN_DIGITS.fullmatch(text):
        return float(match[1]) * {**_POWERS, **_SECTIONS, "": 1}[match[2]]
    if not _IN_CHARACTERS.fullmatch(text):
        return None
    if len(text) > 1 and set(text) <= set(_DIGITS):
        return float("".join(str(_DIGITS[digit]) for digit in text))
    total, section, digit, power = 0, 0, 0, 1
    for sign in text:
        if sign in _DIGITS:
            digit, power = _DIGITS[sign], (1 if sign in "零〇" else power)
        elif sign == "万":
            total, section, digit, power = total + (section + digit or 1) * 10_000, 0, 0, 10_000
        elif sign == "亿":
            total, section, digit, power = (total + section + digit or 1) * 100_000_000, 0, 0, 100_000_000
        else:
            section += (digit or 1) * _POWERS[sign]
            digit, power = 0, _POWERS[sign]
    # 一千二 means 1200: a last digit behind a power, with no 零 before it, counts in the next lower power.
    return float(total + section + digit * (power // 10 if power > 10 else 1))
