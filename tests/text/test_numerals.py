"""Chinese numbers, read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.text.numerals import CHINESE_NUMBER, chinese_number


def written(number: int) -> str:
    """Write a number, 0 … 10^12, as Chinese schools teach it."""
    if number >= 100_000_000:
        return _with_rest(written(number // 100_000_000) + "亿", number % 100_000_000, 10_000_000)
    if number >= 10_000:
        return _with_rest(written(number // 10_000) + "万", number % 10_000, 1_000)
    for power, sign in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= power:
            return _with_rest("零一二三四五六七八九"[number // power] + sign, number % power, power // 10)
    return "零一二三四五六七八九"[number]


def _with_rest(head: str, rest: int, next_power: int) -> str:
    if not rest:
        return head
    return head + ("零" if rest < next_power else "") + written(rest)


@given(st.integers(0, 10**8) | st.integers(0, 10**4) | st.integers(10**8, 10**12))
def test_every_number_is_read_as_it_was_written(number: int) -> None:
    text = written(number)
    assert chinese_number(text) == number
    assert re.fullmatch(CHINESE_NUMBER, text)


@given(st.integers(11, 19))
def test_the_first_one_of_the_teens_may_be_left_out(number: int) -> None:
    assert chinese_number(written(number).removeprefix("一")) == number


@given(st.integers(1, 9), st.integers(1, 9))
def test_a_last_digit_counts_in_the_next_lower_power(first: int, last: int) -> None:
    for sign, power in (("百", 100), ("千", 1_000), ("万", 10_000), ("亿", 100_000_000)):
        assert chinese_number(f"{written(first)}{sign}{written(last)}") == first * power + last * power // 10


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("两千五", 2500), ("一千零五", 1005), ("三百二十", 320), ("一万二", 12_000),
        ("两百五十", 250), ("二〇二六", 2026), ("半", 0.5), ("十", 10), ("百", 100), ("万", 10_000),
        ("1,000", 1000), ("1.5万", 15_000), ("3百", 300), ("2亿", 200_000_000), ("12", 12), ("〇", 0),
        ("", None), ("字", None), ("一个", None), ("1.5个", None), ("万五千字", None),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(text: str, number: float | None) -> None:
    assert chinese_number(text) == number


@given(st.text(alphabet="〇零一二两三九十百千万亿半.,12", max_size=12))
def test_any_signs_are_a_number_or_none(text: str) -> None:
    number = chinese_number(text)
    assert number is None or number >= 0
