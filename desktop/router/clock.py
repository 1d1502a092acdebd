"""Times of day as people write them: 下午三点半, 3 pm, 9:30. They belong to a day, and a date has none."""

import re

_NUMBER = "(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})"
_PART = "(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|(?<![今明当每])[早晚])"
_CHINESE = rf"{_PART}?\s?{_NUMBER}(?:点(?:半|整|钟|一刻|三刻|{_NUMBER}分?)?|[:：][0-9]{{2}})"
_ENGLISH = r"(?:\bat\s+)?\b[0-9]{1,2}(?:(?:[:.][0-9]{2})?\s?(?:[ap]\.?m\b\.?|o['’]clock\b)|:[0-9]{2}\b)"
CLOCK = re.compile(f"{_ENGLISH}|{_CHINESE}", re.IGNORECASE)
_PART_OF_DAY = re.compile(rf"{_PART}$|\s+(?:in the )?(?:morning|afternoon|evening|night|noon|midday)$", re.IGNORECASE)
_BEFORE = re.compile(r"(?:之?前|by|before)$")


def without_clock(text: str) -> str:
    """Leave the time of day out of a day: “Friday at 3 pm” is Friday, 明早十点 is 明早, 周五下午三点 is 周五."""
    rest = _BEFORE.sub("", CLOCK.sub("", text).strip(" ,"))
    if rest.strip() in ("今早", "明早", "今晚", "明晚"):
        return rest.strip()
    return _PART_OF_DAY.sub("", rest.strip()).strip()
