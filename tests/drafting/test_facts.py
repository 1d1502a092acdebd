"""The user's facts: found in texts, and held against them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.facts import covered, missing_points, numbers, stem, without_numbers


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
        ("flat 4B", "The flat is 4 B.", False),
        ("flat 4B", "The flat is 4B.", True),
        ("phone 16e", "The phone is a 16.", False),
        ("meet at 3pm", "We meet at 3 p.m. as usual.", True),
        ("meet at 3pm", "We meet at 3 a.m. as usual.", False),
        ("no overtime", "Overtime was paid.", False),
        ("no overtime", "There was no overtime.", True),
        ("never used the budget", "We used the budget.", False),
        ("we didn't repair the roof", "The roof was not repaired.", True),
        ("本周不加班，不出差", "本周加班，也出差。", False),
        ("客户没有同意降价方案", "客户同意了降价方案。", False),
        ("客户没有同意降价方案", "客户没有同意这次的降价方案。", True),
    ],
)
def test_a_point_is_covered_by_its_numbers_names_and_words(point: str, text: str, *, says: bool) -> None:
    assert covered(point, text) is says


def test_the_digits_of_a_code_are_numbers_too() -> None:
    assert numbers("flat 4B, 1,200.50 euros, room 007, 2027-03-01") == {"4", "1200.50", "7", "2027", "3", "1"}


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


CODES = st.sampled_from(
    ["4B", "16e", "v2.10.1", "4471", "3pm", "us-east-1", "2027-03-01", "A-12", "Q3", "1.5k", "24/7", "10.0.0.1", "B2B"]
)


@given(CODES, st.text(alphabet="abcXY .,;!\n改的", max_size=20), st.text(alphabet="abcXY ,;!\n改的", max_size=20))
def test_a_code_that_is_parted_or_left_out_is_not_covered(code: str, before: str, behind: str) -> None:
    point = f"the new {code} arrived"
    assert covered(point, f"{before} The new {code} arrived. {behind}")
    for other in (" ".join(code), code.swapcase() if code not in ("3pm", code.swapcase()) else "", code[:-1]):
        assert not covered(point, f"{before} The new {other} arrived. {behind}")


@given(st.text(max_size=200))
def test_no_figure_is_left_without_numbers(text: str) -> None:
    assert not any(letter in "0123456789" for letter in without_numbers(text))


def test_inflected_words_are_one() -> None:
    assert {stem(word) for word in ("train", "trains", "trained", "training")} == {"train"}
    assert stem("planned") == stem("plan")


def test_days_and_months_are_the_same_however_they_are_shortened() -> None:
    assert stem("Tues") == stem("tuesday") == "tuesday"
    assert stem("Nov") == stem("November")
    assert stem("apologised") == stem("Sorry")
