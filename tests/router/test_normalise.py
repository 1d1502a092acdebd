"""Slot words to closed values."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.router.normalise import Choice, LengthRange, normalise
from desktop.router.numbers import english_number
from desktop.router.periods import Period

WEDNESDAY = date(2026, 11, 25)
SLOTS = ("topic", "audience", "tone", "length", "language", "format", "period", "keywords", "source")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,000", 1000),
        ("1.5k", 1500),
        ("twenty-five", 25),
        ("two hundred and fifty", 250),
        ("three thousand", 3000),
        ("a couple of", 2),
        ("half a", 0.5),
        ("hello", None),
        ("", None),
        ("and", None),
    ],
)
def test_english_numbers(text: str, number: float | None) -> None:
    assert english_number(text) == number


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("500 words", LengthRange(500, "words")),
        ("1k words", LengthRange(1000, "words")),
        ("1.5k words", LengthRange(1500, "words")),
        ("a 300-word", LengthRange(300, "words")),
        ("300-400 words", LengthRange(350, "words")),
        ("about two hundred words", LengthRange(200, "words")),
        ("under 100 words", LengthRange(100, "words", "at most")),
        ("at least 5 sentences", LengthRange(5, "sentences", "at least")),
        ("one page", LengthRange(1, "pages")),
        ("half a page", LengthRange(0.5, "pages")),
        ("a couple of paragraphs", LengthRange(2, "paragraphs")),
        ("3 paragraphs", LengthRange(3, "paragraphs")),
        ("a 5-minute", LengthRange(5, "minutes")),
        ("ten lines", LengthRange(10, "lines")),
        ("一千字", LengthRange(1000, "characters")),
        ("800字左右", LengthRange(800, "characters")),
        ("不少于八百字", LengthRange(800, "characters", "at least")),
        ("500字以内", LengthRange(500, "characters", "at most")),
        ("两千五百字", LengthRange(2500, "characters")),
        ("三到五页", LengthRange(4, "pages")),
        ("半页", LengthRange(0.5, "pages")),
        ("一页纸", LengthRange(1, "pages")),
        ("三分钟", LengthRange(3, "minutes")),
        ("三句话", LengthRange(3, "sentences")),
        ("1万字", LengthRange(10000, "characters")),
        ("short", Choice("short")),
        ("简短", Choice("short")),
        ("very detailed", Choice("long")),
        ("详细一点", Choice("long")),
        ("30 seconds", LengthRange(30, "seconds")),
        ("15秒", LengthRange(15, "seconds")),
        ("450 wrds", LengthRange(450, "words")),
        ("page", LengthRange(1, "pages")),
        ("two sides of A4", LengthRange(2, "pages")),
        ("like my uncle's", None),
        ("340个", None),
        ("line manager", None),
    ],
)
def test_lengths_become_a_number_with_a_unit(text: str, length: LengthRange | Choice | None) -> None:
    assert normalise("length", text, WEDNESDAY) == length


@pytest.mark.parametrize(
    ("slot", "text", "choice"),
    [
        ("tone", "Formal", "formal"),
        ("tone", "正式一点", "formal"),
        ("tone", "a bit funny", "humorous"),
        ("tone", "语气温柔", "warm"),
        ("tone", "not like a robot", None),
        ("language", "英文", "en"),
        ("language", "into Simplified Chinese", "zh"),
        ("language", "法语", "fr"),
        ("language", "Traditional Chinese", "zh-Hant"),
        ("language", "Python", "python"),
        ("language", "Python 3", "python"),
        ("language", "C++", "c++"),
        ("language", "C#", "c#"),
        ("language", "c", "c"),
        ("language", "js", "javascript"),
        ("language", "Klingon", None),
    ],
)
def test_tones_and_languages_are_of_a_known_list(slot: str, text: str, choice: str | None) -> None:
    assert normalise(slot, text, WEDNESDAY) == (Choice(choice) if choice else None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("next week", "2026-11-30", "2026-12-06"),
        ("下周", "2026-11-30", "2026-12-06"),
        ("this week", "2026-11-23", "2026-11-29"),
        ("上个月", "2026-10-01", "2026-10-31"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("next month", "2026-12-01", "2026-12-31"),
        ("下个季度", "2027-01-01", "2027-03-31"),
        ("本季度", "2026-10-01", "2026-12-31"),
        ("Q3", "2026-07-01", "2026-09-30"),
        ("第二季度", "2026-04-01", "2026-06-30"),
        ("Q1 2025", "2025-01-01", "2025-03-31"),
        ("上半年", "2026-01-01", "2026-06-30"),
        ("明年", "2027-01-01", "2027-12-31"),
        ("2025年", "2025-01-01", "2025-12-31"),
        ("2026年3月", "2026-03-01", "2026-03-31"),
        ("三月", "2027-03-01", "2027-03-31"),
        ("August", "2026-08-01", "2026-08-31"),
        ("5 March 2026", "2026-03-05", "2026-03-05"),
        ("March 5th", "2027-03-05", "2027-03-05"),
        ("12月3日", "2026-12-03", "2026-12-03"),
        ("2026-12-03", "2026-12-03", "2026-12-03"),
        ("tomorrow", "2026-11-26", "2026-11-26"),
        ("Friday", "2026-11-27", "2026-11-27"),
        ("Monday", "2026-11-30", "2026-11-30"),
        ("next Monday", "2026-11-30", "2026-11-30"),
        ("下周三", "2026-12-02", "2026-12-02"),
        ("this weekend", "2026-11-28", "2026-11-29"),
        ("the past two weeks", "2026-11-11", "2026-11-24"),
        ("未来三天", "2026-11-26", "2026-11-28"),
        ("last 30 days", "2026-10-26", "2026-11-24"),
        ("3月到5月", "2027-03-01", "2027-05-31"),
        ("Monday to Wednesday", "2026-11-30", "2026-12-02"),
        ("since 3 Jan", "2026-01-03", "2026-11-25"),
        ("since Friday", "2026-11-20", "2026-11-25"),
        ("since December", "2025-12-01", "2026-11-25"),
        ("since last month", "2026-10-01", "2026-11-25"),
        ("自三月以来", "2026-03-01", "2026-11-25"),
        ("周五以来", "2026-11-20", "2026-11-25"),
        ("周五下午三点", "2026-11-27", "2026-11-27"),
        ("明早十点半", "2026-11-26", "2026-11-26"),
        ("11月27日晚上8点", "2026-11-27", "2026-11-27"),
        ("Friday at 3 pm", "2026-11-27", "2026-11-27"),
        ("9:30 am tomorrow", "2026-11-26", "2026-11-26"),
        ("Friday afternoon", "2026-11-27", "2026-11-27"),
    ],
)
def test_periods_become_dates(text: str, first: str, last: str) -> None:
    found = normalise("period", text, WEDNESDAY)
    assert isinstance(found, Period)
    assert (str(found.start), str(found.end)) == (first, last)


@pytest.mark.parametrize(
    ("text", "days"), [("three days", 3), ("a 5-day", None), ("两周", 14), ("30天", 30), ("半年", 182)]
)
def test_a_mere_duration_has_days_and_no_dates(text: str, days: int | None) -> None:
    assert normalise("period", text, WEDNESDAY) == (Period(days) if days else None)


@given(slot=st.sampled_from(SLOTS), text=st.text(max_size=40))
def test_no_text_breaks_it(slot: str, text: str) -> None:
    normalise(slot, text, WEDNESDAY)


@given(text=st.text(alphabet="0123456789年月日周到下上一二三万千百-/ knextlasofwk", max_size=16))
def test_no_number_or_date_breaks_it(text: str) -> None:
    for slot in ("length", "period"):
        normalise(slot, text, WEDNESDAY)
