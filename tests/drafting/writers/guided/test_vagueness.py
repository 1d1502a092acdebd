"""How little a sentence says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.writers.guided.vagueness import vagueness


@pytest.mark.parametrize(
    ("says_much", "says_little"),
    [
        ("Walking after lunch keeps the back strong.", "It is easy to make the world a better place."),
        ("Ask the manufacturer for stronger batteries.", "The team can continue to improve and make improvements."),
        ("Wash the kettle with vinegar twice a month.", "A good life is not just about many different things."),
        ("The flyers reach families near the station.", "A short list makes it easier to make a list."),
    ],
)
def test_a_sentence_that_fits_anywhere_is_told_from_one_that_says_something(says_much: str, says_little: str) -> None:
    assert vagueness(says_much) == 0
    assert vagueness(says_little) > 0


@given(st.text(max_size=200))
def test_more_words_make_no_sentence_less_hollow(sentence: str) -> None:
    assert 0 <= vagueness(sentence) <= vagueness(f"{sentence} They make sure of it.")
