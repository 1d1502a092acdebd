"""Couplets and haiku have their form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.writers.verse import lower_miss, syllables, upper_miss
from tests.drafting.writers.freely import written_freely


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Snow on the mailbox,", 5),
        ("no letter came this morning", 7),
        ("but white, quiet news.", 5),
        ("The old piano breathes", 6),
        ("waited whispered walked", 5),
        ("houses, roses, waves", 5),
        ("little table, apple", 6),
        ("the poem's idea", 6),
        ("people create science", 6),
    ],
)
def test_the_syllables_of_a_line_are_counted(line: str, count: int) -> None:
    assert syllables(line) == count


@given(st.text(alphabet="aeioubcdlstgh' ", max_size=40))
def test_any_word_has_a_syllable(line: str) -> None:
    assert syllables(line) >= len([word for word in line.split() if word.strip("'")]) * (not line.count("'"))


@pytest.mark.parametrize(
    ("upper", "lower", "right"),
    [
        ("一窗明月书为伴", "半壁清风墨作邻", True),
        ("一窗明月书为伴", "半壁清风墨作", False),
        ("一窗明月书为伴", "半壁清风书作邻", False),
        ("茶香，客来", "月白，风清", True),
        ("茶香，客来", "月白风，清", False),
    ],
)
def test_a_couplet_has_two_lines_of_one_length_without_a_common_character(upper: str, lower: str, right: bool) -> None:
    assert (lower_miss(lower, upper) == 0) is right


def test_an_upper_line_is_chinese_of_some_length_and_repeats_nothing() -> None:
    assert upper_miss("一窗明月书为伴") == 0
    assert upper_miss("好") > 0
    assert upper_miss("tea house 茶香四溢") > 0
    assert upper_miss("茶茶茶茶茶") > 0


def test_a_couplet_is_asked_for_line_by_line_until_it_has_its_form() -> None:
    answers = ("上联：一窗明月书为伴\n下联：…", "半壁清风书", "半壁清风墨作邻", "乐在其中")
    last, engine = written_freely("poem", {"topic": "读书", "format": "对联"}, *answers, request="写一副关于读书的对联")
    assert last.draft.text.strip().splitlines() == ["上联：一窗明月书为伴", "下联：半壁清风墨作邻", "横批：乐在其中"]
    assert engine.asked[1][-1].content == "上联：一窗明月书为伴\n下联："


def test_a_haiku_has_five_seven_and_five_syllables_or_the_nearest_to_it() -> None:
    answers = (
        "Snow on the mailbox,\nno",
        "no letter",
        "no letter came this morning",
        "but",
        "but white",
        "but white quiet",
    )
    last, _ = written_freely("poem", {"topic": "snow", "format": "haiku"}, *answers, request="a haiku about snow")
    assert last.draft.text.strip().splitlines() == [
        "Snow on the mailbox",
        "no letter came this morning",
        "but white quiet",
    ]
