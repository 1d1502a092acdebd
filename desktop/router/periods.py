"""Periods as people say them, to dates: next week, 上个月, Q3, the past two weeks, 2026年3月, Friday.

A week begins on Monday. A month or day named without a year is the nearest one that fits: the coming one, or the
last one if the coming one is more than six months away.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.router.clock import without_clock
from desktop.router.numbers import ENGLISH, english_number
from desktop.text.numerals import CHINESE_NUMBER, chinese_number


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, first and last included; a mere duration (“three days”) has only `days`."""

    days: int
    start: date | None = None
    end: date | None = None

    def __str__(self) -> str:
        if self.start is None or self.end is None:
            return f"{self.days} days"
        return f"{self.start}" if self.start == self.end else f"{self.start} – {self.end}"


_MONTHS = [name.lower() for name in calendar.month_name][1:]
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_WEEKDAYS = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_SPANS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365, "hour": 0}
_CHINESE_SPANS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "季度": 91, "年": 365}
_SHIFTS = {"this": 0, "current": 0, "the current": 0, "next": 1, "the next": 1, "coming": 1, "the coming": 1}
_SHIFTS |= {"upcoming": 1, "last": -1, "the last": -1, "past": -1, "the past": -1, "previous": -1}
_SHIFTS |= {"本": 0, "这": 0, "这个": 0, "当": 0, "今": 0, "下": 1, "下个": 1, "下一": 1, "下一个": 1, "明": 1, "来": 1}
_SHIFTS |= {"上": -1, "上个": -1, "上一": -1, "上一个": -1, "去": -1, "下下": 2, "下下个": 2, "上上": -2, "上上个": -2}
_SINCE = re.compile(r"^(?:ever )?since\s+|^自从?|(?:以来|至今|起)$")
_UNITS = {"周": "week", "星期": "week", "礼拜": "week", "月": "month", "月份": "month", "季度": "quarter", "年": "year"}
_DAYS = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1, "the day after tomorrow": 2, "今天": 0, "今日": 0}
_DAYS |= {
    "明天": 1,
    "明日": 1,
    "昨天": -1,
    "昨日": -1,
    "后天": 2,
    "前天": -2,
    "今晚": 0,
    "明晚": 1,
    "大后天": 3,
    "今早": 0,
    "明早": 1,
}


def read_period(text: str, today: date) -> Period | None:
    """Read a period; None if it is not understood or no calendar has it.

    What lies “since 3 Jan” begins with the last 3 Jan and ends today.
    """
    text = text.lower()
    since = _SINCE.search(text)
    bare = re.sub(
        r"^(?:for|during|in|on|from|by|until|over|在|从)\s*|(?:的|期间|内|之内|里|份|'s|’s)$", "", _SINCE.sub("", text)
    )
    try:
        found = _read(bare.strip(), today) or _read(without_clock(bare), today)
        if since and found and found.start:
            return _since(bare.strip(), found.start, today)
    except (ValueError, OverflowError):
        return None
    return found


def _read(text: str, today: date) -> Period | None:
    """Ask each of the ways to say a period."""
    for reader in (_relative, _quarter_or_half, _absolute, _weekday, _range, _rolling):
        if (found := reader(text, today)) is not None:
            return found
    return None


def _since(text: str, start: date, today: date) -> Period | None:
    """Give what lies between a day that is over and today; a day named without its year or week is the last one."""
    if start > today and _weekday(text, today):
        start -= timedelta(7)
    elif start > today:
        start = start.replace(year=start.year - 1)
    return _between(start, today) if start <= today else None


def _between(start: date, end: date) -> Period:
    return Period((end - start).days + 1, start, end)


def _unit(unit: str, shift: int, today: date) -> Period:
    """Give the week, month, quarter or year that lies `shift` of them from today's."""
    if unit == "day":
        return _between(today + timedelta(shift), today + timedelta(shift))
    if unit == "week":
        monday = today - timedelta(today.weekday()) + timedelta(7 * shift)
        return _between(monday, monday + timedelta(6))
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    index = (today.year * 12 + today.month - 1) // months * months + shift * months
    return _months(index, months)


def _months(index: int, count: int) -> Period:
    """`count` months from the one with this index (year × 12 + month - 1)."""
    start = date(index // 12, index % 12 + 1, 1)
    end_index = index + count
    return _between(start, date(end_index // 12, end_index % 12 + 1, 1) - timedelta(1))


def _relative(text: str, today: date) -> Period | None:
    if text in _DAYS:
        return _unit("day", _DAYS[text], today)
    if match := re.fullmatch(r"([a-z ]+?) (week|month|quarter|year)", text):
        return _unit(match[2], _SHIFTS[match[1]], today) if match[1] in _SHIFTS else None
    if match := re.fullmatch(r"(.{1,3}?)(周|星期|礼拜|月|季度|年)度?", text):
        return _unit(_UNITS[match[2]], _SHIFTS[match[1]], today) if match[1] in _SHIFTS else None
    if match := re.fullmatch(r"(?:(this|next|last|the|本|这个?|下个?|上个?)\s*)?(?:weekend|周末|星期天周末)", text):
        shift = {"next": 1, "last": -1, "下": 1, "下个": 1, "上": -1, "上个": -1}.get(match[1] or "this", 0)
        monday = _unit("week", shift, today).start or today
        return _between(monday + timedelta(5), monday + timedelta(6))
    return None


def _quarter_or_half(text: str, today: date) -> Period | None:
    year_before = r"(?:(\d{4}|今|明|去|本)\s*年?\s*)?"
    if match := re.fullmatch(
        rf"{year_before}(?:the )?(?:q([1-4])|第?([一二三四1-4])季度)(?:\s*(?:of\s*)?(\d{{4}}))?", text
    ):
        quarter = int(match[2] or chinese_number(match[3]) or 1)
        return _months(_year(match[1] or match[4], today) * 12 + 3 * (quarter - 1), 3)
    halves = r"(first half|second half|h1|h2|上半年|下半年)"
    if match := re.fullmatch(rf"{year_before}(?:the )?{halves}(?: of (?:the year|this year|(\d{{4}})))?", text):
        first = match[2] in ("first half", "h1", "上半年")
        return _months(_year(match[1] or match[3], today) * 12 + (0 if first else 6), 6)
    return None


def _year(text: str | None, today: date) -> int:
    if text is None or not text.isdecimal():
        return today.year + {"明": 1, "去": -1}.get(text or "", 0)
    return int(text)


def _absolute(text: str, today: date) -> Period | None:
    if match := re.fullmatch(r"(\d{4})\s*年?度?|(?:the )?(?:fiscal |fy ?|year )(\d{4})", text):
        return _months(int(match[1] or match[2]) * 12, 12)
    if match := re.fullmatch(r"(\d{4})[-/.年]\s*(\d{1,2})(?:[-/.月]\s*(\d{1,2})?\s*[日号]?)?", text):
        return _day_or_month(int(match[2]), match[3], int(match[1]), today)
    if match := re.fullmatch(rf"(?:(今|明|去)年)?({CHINESE_NUMBER})月(?:份|({CHINESE_NUMBER})[日号]?)?", text):
        year = _year(match[1], today) if match[1] else None
        day = chinese_number(match[3]) if match[3] else None
        return _day_or_month(int(chinese_number(match[2]) or 0), str(int(day)) if day else None, year, today)
    if match := re.fullmatch(rf"({_MONTH})(?:\s*(\d{{1,2}})(?:st|nd|rd|th)?)?(?:,?\s*(?:of )?(\d{{4}}))?", text):
        return _english_month(match[1], match[2], match[3], today)
    if match := re.fullmatch(rf"(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of )?({_MONTH})(?:,?\s*(\d{{4}}))?", text):
        return _english_month(match[2], match[1], match[3], today)
    return None


def _english_month(name: str, day: str | None, year: str | None, today: date) -> Period | None:
    name = name.rstrip(".")
    month = next((n for n, full in enumerate(_MONTHS, 1) if full.startswith(name) or name == full[:4]), None)
    return _day_or_month(month, day, int(year) if year else None, today) if month else None


def _day_or_month(month: int, day: str | None, year: int | None, today: date) -> Period:
    if year is None:
        years = (today.year - 1, today.year, today.year + 1)
        distance = {y: (date(y, month, 15) - today).days for y in years}
        year = min((y for y in years if distance[y] > -150), key=lambda y: distance[y])
    if day is None:
        return _months(year * 12 + month - 1, 1)
    exact = date(year, month, int(day))
    return _between(exact, exact)


def _weekday(text: str, today: date) -> Period | None:
    if match := re.fullmatch(rf"(?:(this|next|last|coming) )?({_WEEKDAYS})s?", text):
        day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].index(match[2][:3])
        shift = {"next": 1, "last": -1}.get(match[1] or "", 0)
    elif match := re.fullmatch(r"(上|本|这|下|下下)?个?(?:周|星期|礼拜)([一二三四五六日天])", text):
        day = "一二三四五六日".index(match[2].replace("天", "日"))
        shift = _SHIFTS.get(match[1] or "本", 0)
    else:
        return None
    found = today - timedelta(today.weekday()) + timedelta(day + 7 * shift)
    if match[1] in (None, "coming") and found < today:
        found += timedelta(7)
    return _between(found, found)


def _range(text: str, today: date) -> Period | None:
    """Two ends that are periods themselves: May to July, 3月到5月, 下周一到周三, Mon-Fri."""
    parts = re.split(r"\s+(?:to|until|till|through|and)\s+|\s*[-–—~～]\s*|到|至", text)
    if len(parts) != 2 or not all(parts):
        return None
    readers = (_relative, _quarter_or_half, _absolute, _weekday)
    first = next((found for reader in readers if (found := reader(parts[0], today))), None)
    last = next(
        (found for reader in readers if (found := reader(parts[1], first.start if first and first.start else today))),
        None,
    )
    if first is None or last is None or first.start is None or last.end is None or last.end < first.start:
        return None
    return _between(first.start, last.end)


def _rolling(text: str, today: date) -> Period | None:
    """Read a number of days, weeks, months, years, before or behind today or without a place."""
    amount: float | None = None
    if match := re.fullmatch(
        rf"(?:the )?(?:(next|coming|last|past|previous)\s+)?({ENGLISH}|an?|a few|a couple of)[\s-]*"
        r"(day|week|month|quarter|year)s?",
        text,
    ):
        amount, span, where = english_number(match[2]), _SPANS[match[3]], match[1]
    elif match := re.fullmatch(
        rf"(未来|接下来|今后|之后|过去|最近|近|前|下)?的?({CHINESE_NUMBER}|半|几)个?(天|日|周|星期|礼拜|月|季度|年)",
        text,
    ):
        amount = {"半": 0.5, "几": 3.0}.get(match[2]) or chinese_number(match[2])
        span, where = _CHINESE_SPANS[match[3]], match[1]
    if amount is None or not 0 < amount * span < 40_000:
        return None
    days = max(1, round(amount * span))
    if where in ("next", "coming", "未来", "接下来", "今后", "之后", "下"):
        return _between(today + timedelta(1), today + timedelta(days))
    if where in ("last", "past", "previous", "过去", "最近", "近", "前"):
        return _between(today - timedelta(days), today - timedelta(1))
    return Period(days)
