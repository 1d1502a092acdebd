"""The user's facts: found in texts, and held against them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.facts import covered, missing_points, numbers, stem, without_numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It cost $1,200.50 on 3 May at 10:30.", {"1200.50", "3", "10:30"}),
        ("1000 or 1,000", {"1000"}),
        ("Room 007", {"7"}),
        ("none", set()),
    ],
)
def test_numbers_are_found_however_they_are_written(text: str, found: set[str]) -> None:
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("point", "text", "says"),
    [
        ("answered 340 tickets", "We answered 340 tickets.", True),
        ("answered 340 tickets", "We answered 341 tickets.", False),
        ("answered 340 tickets", "The tickets, 340 of them, were answered.", True),
        ("hire Maria Lopez", "We will hire Maria Lopez soon.", True),
        ("hire Maria Lopez", "We will hire Mario Lopez soon.", False),
        ("trained the staff", "The staff were training.", True),
        ("budget 1,000 euros", "The budget is 1000 euros.", True),
        ("delay because of snow", "Nothing of this kind.", False),
        ("会议改到周四下午2点", "会议改到周四下午2点。", True),
        ("会议改到周四下午2点", "会议改到周五上午2点，大家休息。", False),
    ],
)
def test_a_point_is_covered_by_its_numbers_names_and_words(point: str, text: str, *, says: bool) -> None:
    assert covered(point, text) is says


def test_the_words_of_a_point_must_stand_near_each_other() -> None:
    filler = "completely different sentence about weather patterns across northern islands. " * 12
    text = f"repaired something. {filler} a window. {filler} kitchen."
    assert not covered("repaired broken kitchen window", text)


WORDS = st.lists(
    st.sampled_from(["harbor", "42", "opens", "Maria", "3.5", "garden", "on", "Friday"]), min_size=1, max_size=8
)


@given(WORDS, st.text(max_size=50), st.text(max_size=50))
def test_a_point_that_stands_in_a_text_is_covered(words: list[str], before: str, behind: str) -> None:
    point = " ".join(words)
    assert covered(point, f"{before}\n{point}.\n{behind}")


@given(st.text(max_size=80), st.text(max_size=200))
def test_any_point_and_text_can_be_compared(point: str, text: str) -> None:
    assert missing_points([point], text) in ([], [point])


@given(st.text(max_size=200))
def test_no_figure_is_left_without_numbers(text: str) -> None:
    assert not any(letter in "0123456789" for letter in without_numbers(text))


def test_inflected_words_are_one() -> None:
    assert {stem(word) for word in ("train", "trains", "trained", "training")} == {"train"}
    assert stem("planned") == stem("plan")
