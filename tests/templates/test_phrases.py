"""What the user wrote in a field, put into a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.templates.phrases import as_new, as_sentence, as_subject, begins_with_verb, reader, role
from desktop.templates.saying import faithful, say


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


def said(point: str, *, subject: str = "We", asks: bool = False, past_tense: bool = False, model: str = "") -> str:
    return say(
        point,
        subject=subject,
        asks=asks,
        past_tense=past_tense,
        examples=["two trees down => Two trees are down."],
        frame="A point: {point}.",
        complete=lambda begun: model,
    )


@pytest.mark.parametrize(
    ("point", "sentence"),
    [
        ("answered 340 tickets", "We answered 340 tickets."),
        ("hire a cook by May", "We will hire a cook by May."),
        ("thank Maria Lopez", "We would like to thank Maria Lopez."),
        ("parking is limited", "Parking is limited."),
        ("free coffee", "A point: free coffee."),
    ],
)
def test_a_point_is_said_as_a_sentence(point: str, sentence: str) -> None:
    assert said(point) == sentence


def test_a_letter_asks_and_a_story_tells() -> None:
    assert said("bring two photos", asks=True, subject="I") == "Please bring two photos."
    assert said("arrived broken", asks=True, subject="I") == "It arrived broken."
    assert said("a small fox", past_tense=True) == "There was a small fox."
    assert said("two brothers", past_tense=True) == "There were two brothers."


def test_the_model_may_add_small_words_only() -> None:
    assert said("free coffee", model=" There is free coffee.") == "There is free coffee."
    assert said("free coffee", model=" There is free coffee and cake.") == "A point: free coffee."
    assert said("two photos and a passport", model=" There are two passports.").startswith("A point:")


def test_a_faithful_sentence_holds_every_word_in_order() -> None:
    assert faithful("The cost is £12,400 including tax.", "cost: £12,400 including tax")
    assert not faithful("The cost is £12,500 including tax.", "cost: £12,400 including tax")
    assert not faithful("Bring two passports and two photos.", "bring passports and two photos")
    assert not faithful("", "x")
