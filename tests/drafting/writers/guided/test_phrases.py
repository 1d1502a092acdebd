"""What the user wrote in a field, put into a sentence."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.writers.guided.phrases import (
    as_new,
    as_sentence,
    as_subject,
    begins_with_verb,
    hero,
    reader,
    role,
)
from desktop.drafting.writers.guided.realiser import RealisationStyle, faithful, is_sentence, realise
from desktop.drafting.writers.guided.section_writer import least_begun


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


def said(point: str, *, subject: str = "We", asks: bool = False, past_tense: bool = False, model: str = "") -> str:
    manner = RealisationStyle(
        subject, asks, past_tense, ["two trees down => Two trees are down."], ["There is {a_point}."]
    )
    return realise(point, manner, complete=lambda begun: model)


@pytest.mark.parametrize(
    ("point", "sentence"),
    [
        ("answered 340 tickets", "We answered 340 tickets."),
        ("hire a cook by May", "We will hire a cook by May."),
        ("thank Maria Lopez", "We would like to thank Maria Lopez."),
        ("parking is limited", "Parking is limited."),
        ("green roofs in Berlin", "There is green roofs in Berlin."),
        ("survey of 212 students", "There is a survey of 212 students."),
        ("weak in chemistry", "One more point: weak in chemistry."),
        ("new time: Thursday 14:00", "The new time is Thursday 14:00."),
        ("first day: a tour", "One more point: first day: a tour."),
        ("budget 3,000 euros", "The budget is 3,000 euros."),
        ("initial cost £2,000", "The initial cost is £2,000."),
        ("needs a room", "It needs a room."),
        ("the clock stops at midnight", "The clock stops at midnight."),
        ("waiting time fell by 22 minutes", "Waiting time fell by 22 minutes."),
        ("Priya takes my calls", "Priya takes my calls."),
        ("lunch included", "Lunch is included."),
        ("customers come first", "Customers come first."),
        ("Atticus Finch defends Tom Robinson", "Atticus Finch defends Tom Robinson."),
        ("my grandmother taught me to bake", "My grandmother taught me to bake."),
        ("never reuse passwords", "Never reuse passwords."),
        ("people spend hours on short videos", "People spend hours on short videos."),
        ("apprentices trust me", "Apprentices trust me."),
        ("tickets cost 6 dollars", "Tickets cost 6 dollars."),
        ("initial cost 6 dollars", "The initial cost is 6 dollars."),
        ("bicycles travel free", "Bicycles travel free."),
        ("a drop every second wastes 10,000 liters a year", "A drop every second wastes 10,000 liters a year."),
        ("empty the attic", "We will empty the attic."),
        ("meals eaten at the wheel", "There is meals eaten at the wheel."),
        ("doctor's note attached", "Doctor's note is attached."),
    ],
)
def test_a_point_is_said_as_a_sentence(point: str, sentence: str) -> None:
    assert said(point) == sentence


def test_advice_needs_no_subject() -> None:
    assert said("walk 30 minutes a day", subject="") == "It is a good idea to walk 30 minutes a day."
    assert said("drink water before meals", subject="") == "It is a good idea to drink water before meals."
    assert said("start with tomatoes", subject="") == "It is a good idea to start with tomatoes."
    assert said("invented in Italy in 1884", subject="") == "It was invented in Italy in 1884."
    assert said("certified welder", subject="I") == "I am a certified welder."
    assert said("available immediately", subject="I") == "I am available immediately."
    assert said("fluent in Spanish", subject="I") == "I am fluent in Spanish."
    assert said("sick since Monday", subject="I") == "I have been sick since Monday."
    assert said("back on Friday", subject="I") == "I will be back on Friday."


@given(st.text(max_size=60))
def test_any_point_becomes_a_sentence_that_holds_it(point: str) -> None:
    assert said(point) or not any(letter.isalnum() for letter in point)
    is_sentence(point or "x")


def test_a_letter_asks_and_a_story_tells() -> None:
    assert said("bring two photos", asks=True, subject="I") == "Please bring two photos."
    assert said("arrived broken", asks=True, subject="I") == "It arrived broken."
    assert said("a small fox", past_tense=True) == "There was a small fox."
    assert said("two brothers", past_tense=True) == "There were two brothers."


def test_whoever_is_written_to_is_you() -> None:
    manner = RealisationStyle("I", asks=True, reader="Elena")
    assert realise("thank Elena for the workshop", manner) == "I would like to thank you for the workshop."
    assert realise("invite her for spring", manner) == "I would like to invite you for spring."


def test_the_model_may_add_small_words_only() -> None:
    assert said("hot coffee", model=" The coffee is hot.") == "There is hot coffee."
    assert said("coffee for all", model=" There will be coffee for all.") == "There will be coffee for all."
    assert said("coffee for all", model=" There is coffee and cake for all.") == "There is coffee for all."
    assert said("two photos and a passport", model=" There are two passports.") == "There is two photos and a passport."


def test_a_fragment_of_the_models_is_no_sentence() -> None:
    assert said("two offices in Rome", model=" Two offices in Rome.") == "There is two offices in Rome."


def test_a_faithful_sentence_holds_every_word_in_order() -> None:
    assert faithful("The cost is £12,400 including tax.", "cost: £12,400 including tax")
    assert not faithful("The cost is £12,500 including tax.", "cost: £12,400 including tax")
    assert not faithful("Bring two passports and two photos.", "bring passports and two photos")
    assert not faithful("", "x")


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


def test_what_a_thing_does_by_itself_is_a_sentence() -> None:
    assert is_sentence("plankton declined after 1990")
    assert is_sentence("sales increased by 5 %")
    assert not is_sentence("soup served in bowls")


def test_an_activity_of_something_takes_an_article() -> None:
    assert as_subject("reopening of our village library") == "the reopening of our village library"
    assert as_subject("opening a bakery") == "opening a bakery"


@pytest.mark.parametrize(
    ("point", "sentence"),
    [
        ("Tomas drives the last tram", True),
        ("an old woman boards without a ticket", True),
        ("a fox hides in the cellar", True),
        ("an old woman with glasses", False),
        ("a box of tools for the garden", False),
        ("a red tennis racket", False),
        ("a bus full of children", False),
        ("a glass of water on the table", False),
        ("Tomas and his dogs", False),
    ],
)
def test_one_who_does_something_is_a_sentence(point: str, sentence: bool) -> None:
    assert is_sentence(point) is sentence


def test_a_story_does_not_call_its_points_points() -> None:
    doubtful = realise(
        "grandfather forever gone somewhere", RealisationStyle(past_tense=True), fits=lambda pairs: [0.0] * len(pairs)
    )
    assert doubtful == "Grandfather forever gone somewhere."


def test_a_frame_that_stands_in_the_draft_is_not_used_while_there_is_another() -> None:
    manner = RealisationStyle(frames=["Then there is {point}.", "Nor should anybody forget {point}."])
    told = ["Then there is the cost."]
    assert realise("cheap bread", manner, turn=0) == "Then there is cheap bread."
    assert realise("cheap bread", replace(manner, told=told), turn=0) == "Nor should anybody forget cheap bread."
    told.append("Nor should anybody forget the noise.")
    assert realise("cheap bread", replace(manner, told=told), turn=0) == "Then there is cheap bread."


def test_of_beginnings_the_one_goes_first_that_the_draft_began_with_least() -> None:
    leads = ["For example,", "Because of this,"]
    assert least_begun(leads, []) == "For example,"
    assert least_begun(leads, ["For example, it rains."]) == "Because of this,"
    assert least_begun(leads, ["For example, it rains.", "Because of this, it is wet."]) == "For example,"


@pytest.mark.parametrize(
    ("point", "whole"),
    [
        ("Dr. Ødegård never sleeps", True),
        ("Łucja often walks home alone", True),
        ("Mr. Holm repairs old clocks", True),
        ("Tomas drives the last tram", True),
        ("cards leave old people behind", True),
        ("bees make honey", True),
        ("two weeks of leave", False),
        ("sales team", False),
        ("sports car", False),
        ("Two trains", False),
        ("Spring sales", False),
        ("Winter sales in Kent", False),
    ],
)
def test_what_somebody_does_is_a_sentence_with_a_title_an_accent_or_an_adverb(point: str, whole: bool) -> None:
    assert is_sentence(point) == whole
