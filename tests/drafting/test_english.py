"""What the user wrote in a field, put into a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.english import (
    as_new,
    as_sentence,
    as_subject,
    begins_with_verb,
    hero,
    reader,
    role,
)


@pytest.mark.parametrize(
    ("topic", "phrase"),
    [
        ("customer support team", "the customer support team"),
        ("open a bakery in Leeds", "opening a bakery in Leeds"),
        ("run a summer camp", "running a summer camp"),
        ("remote work", "remote work"),
        ("climate change", "climate change"),
        ("school uniforms", "school uniforms"),
        ("The importance of sleep", "the importance of sleep"),
        ("a trip to Japan", "a trip to Japan"),
        ("Acme quarterly sales", "Acme quarterly sales"),
        ("why cats sleep", "why cats sleep"),
        ("Should buses be free?", "the question “Should buses be free?”"),
        ("marketing manager position", "the marketing manager position"),
        ("improving customer service", "improving customer service"),
        ("客户服务", "客户服务"),
    ],
)
def test_a_topic_becomes_a_noun_phrase(topic: str, phrase: str) -> None:
    assert as_subject(topic) == phrase


def test_articles_readers_and_roles() -> None:
    assert as_new("degree in physics") == "a degree in physics"
    assert as_new("internship at Bluefin Systems") == "an internship at Bluefin Systems"
    assert as_new("5 years in Rome") == "5 years in Rome"
    assert as_new("Excel and SAP") == "Excel and SAP"
    assert reader("the landlord") == "landlord"
    assert reader("all of the team") == "team"
    assert role("cover letter for a nurse position") == "nurse"
    assert role("application for the position of store manager") == "store manager"
    assert role("sous-chef") == "sous-chef"


@given(st.text(max_size=60))
def test_any_text_can_be_put_into_a_sentence(text: str) -> None:
    for change in (as_subject, as_new, as_sentence, reader, role, begins_with_verb):
        change(text)


def test_points_that_begin_with_a_verb_are_known() -> None:
    assert begins_with_verb("answered 340 tickets")
    assert begins_with_verb("hire a cook")
    assert begins_with_verb("order 20 batteries")
    assert not begins_with_verb("order number 88213")
    assert not begins_with_verb("test results")


@pytest.mark.parametrize(
    ("point", "sentence"),
    [
        ("精通 SQL 和 Python", "精通 SQL 和 Python。"),
        ("效率提高 12%", "效率提高 12%。"),
        ("我们去吧！", "我们去吧！"),
        ("www.example.com/x200", "www.example.com/x200"),
        ("iñaki@example.com answers questions", "iñaki@example.com answers questions."),
        ("see https://example.org", "See https://example.org."),
        ("no. 5 is open", "No. 5 is open."),
    ],
)
def test_a_sentence_ends_in_its_language_and_an_address_stays_as_it_is(point: str, sentence: str) -> None:
    assert as_sentence(point) == sentence


@pytest.mark.parametrize(
    ("points", "name"),
    [
        (["Mira keeps the lighthouse", "her radio goes silent"], "Mira"),
        (["a snow leopard cub", "Leo is nine"], "Leo"),
        (["The cub sleeps", "Nobody comes"], ""),
        (["O’Neill never sleeps"], ""),
        (["a key with the number 313"], ""),
        ([], ""),
    ],
)
def test_a_story_is_about_who_does_something_in_its_points(points: list[str], name: str) -> None:
    assert hero(points) == name


def test_an_activity_of_something_takes_an_article() -> None:
    assert as_subject("reopening of our village library") == "the reopening of our village library"
    assert as_subject("opening a bakery") == "opening a bakery"
