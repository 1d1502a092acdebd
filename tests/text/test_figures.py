"""Figures and codes: what is one, and what two ways to write it have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.text.figures import code_spans, codes, figures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It cost $1,200.50 on 3 May at 10:30.", {"1200.50", "3", "10:30"}),
        ("1000 or 1,000", {"1000"}),
        ("Room 007", {"7"}),
        ("none", set()),
        ("flat 4B, phone 16e", {"4B", "16e"}),
        ("v2.10.1 shipped on 2027-03-01.", {"v2.10.1", "2027-03-01"}),
        ("PR 4471 on us-east-1", {"4471", "us-east-1"}),
        ("at 3pm or 3 p.m. or 3 PM", {"3pm"}),
        ("5kg, 5 kg and 5-10 people", {"5", "10"}),
        ("a 5-year plan on the 1st", {"5", "1"}),
        ("Q3增长10%，4B栋", {"Q3", "10", "4B"}),
        ("call 555-1234, 24/7", {"555-1234", "24/7"}),
        ("It ended in 2026.Then 3.", {"2026", "3"}),
    ],
)
def test_each_figure_is_one_fact(text: str, found: set[str]) -> None:
    assert figures(text) == found


def test_codes_are_no_plain_numbers() -> None:
    assert codes("flat 4B, 340 tickets, v2.10.1, 10:30") == {"4B", "v2.10.1"}


@given(st.text(max_size=120))
def test_codes_stand_in_the_text_that_they_are_found_in(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in code_spans(text))
    assert codes(text) <= figures(text)
