"""How long a text is, and was asked to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.length import Length, asked_length, count, letters, reading_minutes


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("", 0),
        ("one two three", 3),
        ("It’s 3.5 % of the mother-in-law's $1,200.", 6),
        ("# A title\n\n- one\n- two\n\n1. three", 5),
        ("**bold** and `code`", 3),
        ("我们今天讨论 PDF 文件。", 9),
        ("2026年3月1日", 6),
        ("二〇〇八年", 5),
    ],
)
def test_words_and_characters_are_counted_as_people_count(text: str, amount: int) -> None:
    assert count(text) == amount


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("500 words", 500),
        ("about 1,200 words", 1200),
        ("1.5k words", 1500),
        ("200-300 words", 250),
        ("one page", 450),
        ("half a page", 225),
        ("two pages", 900),
        ("a 5-minute speech", 650),
        ("3 paragraphs", 270),
        ("under 100 words", 92),
        ("short", 180),
        ("a detailed text", 480),
        ("250", 250),
        ("whatever fits", 300),
        ("", 300),
        ("800字", 520),
    ],
)
def test_an_english_length_is_understood(said: str, amount: int) -> None:
    length = asked_length(said, "en", words=300, characters=500)
    assert (length.amount, length.unit) == (amount, "words")
    assert length.asked == (said not in ("", "whatever fits"))


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("800字", 800),
        ("一千字", 1000),
        ("两千五百字", 2500),
        ("1万字", 10000),
        ("两千五字左右", 2500),
        ("一百零五字", 105),
        ("半页", 350),
        ("一页", 700),
        ("500字以内", 460),
        ("简短", 300),
    ],
)
def test_a_chinese_length_is_understood(said: str, amount: int) -> None:
    assert asked_length(said, "zh", words=300, characters=500) == Length(amount, "characters", asked=True)


@given(st.text(max_size=40), st.sampled_from(["en", "zh", "other"]))
def test_any_wish_gives_a_length(said: str, language: str) -> None:
    length = asked_length(said, language, words=300, characters=500)
    assert length.amount >= 20


@given(st.lists(st.sampled_from(["harbor", "42", "it’s", "3.5"]), max_size=30))
def test_words_are_counted_one_by_one(words: list[str]) -> None:
    assert count(" ".join(words)) == len(words)


@given(st.text())
def test_any_text_can_be_counted(text: str) -> None:
    assert 0 <= count(text) <= len(text)
    assert reading_minutes(text) >= 1


@pytest.mark.parametrize(
    ("text", "amount"),
    [("Two words.", 10), ("- **Two**\n- words", 8), ("你好，世界", 5), ("# 标题\n\n 一  二 ", 5), ("", 0)],
)
def test_letters_are_counted_without_marks_and_line_breaks(text: str, amount: int) -> None:
    assert letters(text) == amount
