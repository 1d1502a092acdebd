"""Sums in a solution are checked by an evaluator of its own."""

import re
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.drafting.writers.arithmetic import evaluate, mark_wrong_sums, wrong_sums


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
        "25 - 24.91 = 0.09",
        "$5.00 + $3.05 = $8.05",
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


def _written(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.2f}"


NUMBERS = st.one_of(
    st.integers(0, 99_999).map(Fraction), st.integers(1, 9_999).map(lambda hundredths: Fraction(hundredths, 100))
).map(lambda value: (_written(value), Fraction(_written(value))))
Sum = tuple[str, Fraction]


def _joined(parts: tuple[Sum, str, Sum]) -> Sum:
    (left, one), sign, (right, two) = parts
    value = {"+": one + two, "-": one - two, "*": one * two, "/": one / two if two else one}[sign]
    return f"({left} {sign if two or sign != '/' else '+'} {right})", value


SUMS = st.recursive(
    NUMBERS, lambda smaller: st.tuples(smaller, st.sampled_from("+-*/"), smaller).map(_joined), max_leaves=6
)


@given(SUMS)
def test_any_nested_sum_has_its_exact_value(each: Sum) -> None:
    text, value = each
    assume(len(text) <= 200)
    assert evaluate(text) == value
    assert evaluate(text.replace("*", "×").replace("/", "÷").replace("-", "−")) == value


@given(st.lists(NUMBERS, min_size=2, max_size=5), st.lists(st.sampled_from("+-×"), min_size=4, max_size=4))
def test_a_right_sum_is_never_marked_and_a_wrong_one_always_with_the_right_value(
    terms: list[Sum], signs: list[str]
) -> None:
    left = terms[0][0] + "".join(f" {sign} {term}" for sign, (term, _) in zip(signs, terms[1:], strict=False))
    value = evaluate(left)
    assume(value.denominator in (1, 10, 100, 2, 4, 5, 20, 25, 50))
    right = f"{value.numerator}" if value.denominator == 1 else f"{float(value):.2f}"
    assume(Fraction(right) == value)
    assert mark_wrong_sums(f"We get {left} = {right}.") == f"We get {left} = {right}."
    wrong = Fraction(right) + 1
    shown = f"{wrong.numerator}" if wrong.denominator == 1 else f"{float(wrong):.2f}"
    marked = mark_wrong_sums(f"We get {left} = {shown}.")
    assert marked.startswith(f"We get {left} = {shown} (⚠ the sum is ")
    told = marked.removeprefix(f"We get {left} = {shown} (⚠ the sum is ").removesuffix(").")
    assert float(told.replace(",", "")) == pytest.approx(float(value), rel=1e-5)


@given(st.text(max_size=80))
def test_only_arithmetic_has_a_value(text: str) -> None:
    try:
        value = evaluate(text)
    except ValueError:
        return
    assert isinstance(value, Fraction)
    assert not re.search(r"[^\W\d_]", re.sub(r"[xX×eEjJ]", "", text))
