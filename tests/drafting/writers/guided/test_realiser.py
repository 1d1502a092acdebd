"""Points, said in sentences of their own."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.writers.guided.realiser import RealisationStyle, faithful, is_sentence, kind_of, realise
from desktop.drafting.writers.guided.section import least_begun
from tests.drafting.template.test_shipped import SHIPPED

COMMON = SHIPPED.sound["email"].common_phrases


def said(point: str, *, subject: str = "We", requests: bool = False, past_tense: bool = False, model: str = "") -> str:
    style = RealisationStyle(
        subject,
        requests,
        past_tense,
        ["two trees down => Two trees are down."],
        ["There is {a_point}."],
        COMMON.plain_frames.en,
        COMMON.advice_frames.en,
    )
    return realise(point, style, complete=lambda begun: model)


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


CODES = st.sampled_from(
    ["4B", "16e", "v2.10.1", "PR 4471", "3pm", "us-east-1", "2027-03-01", "A-12", "Q3", "1.5k", "24/7", "10.0.0.1"]
)
MODELS = st.sampled_from(["The {} is {}.", "There is {} at {}.", "{} {}.", "I like {} and {}."])


@given(st.sampled_from(["flat", "phone", "please call", "shipped", "no", "Anna joins"]), CODES, MODELS, st.booleans())
def test_a_code_stands_as_it_was_given_whatever_the_model_makes_of_it(
    words: str, code: str, model: str, first: bool
) -> None:
    point = f"{code} {words}" if first else f"{words} {code}"
    parted = " ".join(code)
    assert code in said(point, model=" " + model.format(words, parted))
    assert code in said(point, model=" " + model.format(parted.lower(), words), requests=True, subject="I")


def test_a_letter_asks_and_a_story_tells() -> None:
    assert said("bring two photos", requests=True, subject="I") == "Please bring two photos."
    assert said("arrived broken", requests=True, subject="I") == "It arrived broken."
    assert said("a small fox", past_tense=True) == "There was a small fox."
    assert said("two brothers", past_tense=True) == "There were two brothers."


def test_whoever_is_written_to_is_you() -> None:
    style = RealisationStyle("I", verbs_are_requests=True, reader="Elena")
    assert realise("thank Elena for the workshop", style) == "I would like to thank you for the workshop."
    assert realise("invite her for spring", style) == "I would like to invite you for spring."


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


def test_what_a_thing_does_by_itself_is_a_sentence() -> None:
    assert is_sentence("plankton declined after 1990")
    assert is_sentence("sales increased by 5 %")
    assert not is_sentence("soup served in bowls")


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
        "grandfather forever gone somewhere",
        RealisationStyle(past_tense=True),
        likelihoods=lambda pairs: [0.0] * len(pairs),
    )
    assert doubtful == "Grandfather forever gone somewhere."


def test_a_frame_that_stands_in_the_draft_is_not_used_while_there_is_another() -> None:
    style = RealisationStyle(frames=["Then there is {point}.", "Nor should anybody forget {point}."])
    before = ["Then there is the cost."]
    assert realise("cheap bread", style, turn=0) == "Then there is cheap bread."
    assert realise("cheap bread", replace(style, before=before), turn=0) == "Nor should anybody forget cheap bread."
    before.append("Nor should anybody forget the noise.")
    assert realise("cheap bread", replace(style, before=before), turn=0) == "Then there is cheap bread."


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


def test_of_prefixes_the_one_goes_first_that_the_draft_began_with_least() -> None:
    leads = ["For example,", "Because of this,"]
    assert least_begun(leads, []) == "For example,"
    assert least_begun(leads, ["For example, it rains."]) == "Because of this,"
    assert least_begun(leads, ["For example, it rains.", "Because of this, it is wet."]) == "For example,"


def likely(**gains: float) -> list[float]:
    names = ("sentence", "request", "a thing", "things", "the matter")
    return [gains.get(name.replace(" ", "_"), -40.0) for name in names]


@pytest.mark.parametrize(
    ("point", "found", "kind"),
    [
        ("wolves roam these hills", likely(sentence=-20.0), "sentence"),
        ("rinse the pan first", likely(request=-20.0), "request"),
        ("irregular shifts", likely(the_matter=-20.0), "thing"),
        ("12 years of experience with engines", likely(sentence=-20.0), "thing"),
        ("the ferry runs again", likely(sentence=-40.0, things=-35.5), "unclear"),
    ],
)
def test_the_kind_of_a_point_is_what_the_model_finds_likeliest(point: str, found: list[float], kind: str) -> None:
    assert kind_of(point, lambda _: found) == kind
    assert kind_of(point, lambda _: None) == "thing"


def test_of_several_frames_the_likeliest_holds_the_thing() -> None:
    style = RealisationStyle(frames=["Let us not forget {a_point}.", "I am {a_point}."])

    def likelihoods(sentences: Sequence[tuple[str, str]]) -> list[float]:
        return [0.0 if begun.startswith("Note: I am") or "matter" in begun else -30.0 for begun, _ in sentences]

    assert realise("welder with a license", style, likelihoods=likelihoods) == "I am a welder with a license."
    assert realise("welder with a license", style) == "Let us not forget a welder with a license."


def test_an_article_that_the_model_left_out_is_put_in_where_it_finds_that_likelier() -> None:
    style = RealisationStyle(examples=["fluent in Greek => I am fluent in Greek."])

    def likelihoods(sentences: Sequence[tuple[str, str]]) -> list[float]:
        return [0.0 if "the matter" in begun or ending.startswith("a ") else -9.0 for begun, ending in sentences]

    said = realise("teacher of Greek", style, complete=lambda _: "I am teacher of Greek.", likelihoods=likelihoods)
    assert said == "I am a teacher of Greek."
