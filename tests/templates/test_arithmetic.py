"""Sums in a solution are checked by an evaluator of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.templates.arithmetic import evaluate, mark_wrong_sums, wrong_sums


@pytest.mark.parametrize(
    "text",
    [
        "3 + 4 = 7",
        "12 × 12 = 144 and 7 ÷ 2 = 3.5",
        "2^10 = 1024",
        "(3 + 5) * 2 = 16",
        "10 / 3 = 3.33",
        "20% * 50 = 10",
        "1,250 + 750 = 2,000",
        "x + 3 = 7",
        "On 3-4 May = holiday",
        "$12 + 3 = $15",
        "2 + 3 = 5 = 10 / 2",
        "−3 + 5 = 2",
        "3 − 5 = −2",
        "$12.50 + $3.20 = $15.70",
        "50 + 25% = 62.5",
        "共 3×12＝36 元",
    ],
)
def test_a_right_sum_is_left_alone(text: str) -> None:
    assert wrong_sums(text) == []
    assert mark_wrong_sums(text) == text


def test_a_wrong_sum_is_marked_with_the_right_one() -> None:
    text = "First 17 + 26 = 42. Then 6 * 7 = 42."
    assert mark_wrong_sums(text) == "First 17 + 26 = 42 (⚠ the sum is 43). Then 6 * 7 = 42."


@pytest.mark.parametrize(
    ("text", "correct"),
    [("−3 + 5 = 3", "2"), ("共 3×12＝37 元", "36"), ("$12.50 + $3.20 = $15.80", "15.7"), ("3 − 5 = −3", "-2")],
)
def test_sums_are_checked_as_people_write_them(text: str, correct: str) -> None:
    assert [each.correct for each in wrong_sums(text)] == [correct]


@pytest.mark.parametrize("text", ["__import__('os')", "9**999999", "1/0", "len", "1 if 1 else 2", "[1]", "", "(" * 300])
def test_nothing_else_is_evaluated(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the reason is Python's own
        evaluate(text)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.sampled_from("+-*"))
def test_whole_numbers_are_exact(left: int, right: int, sign: str) -> None:
    correct = {"+": left + right, "-": left - right, "*": left * right}[sign]
    assert wrong_sums(f"{left} {sign} {right} = {correct}") == []
    assert len(wrong_sums(f"{left} {sign} {right} = {correct + 1}")) == 1


@given(st.text(alphabet="0123456789+-*/=().%^ ,x", max_size=60))
def test_any_text_can_be_checked(text: str) -> None:
    mark_wrong_sums(text)
