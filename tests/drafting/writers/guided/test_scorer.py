"""How much a sentence is worth: how likely the model finds it, and how little it says."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.writers.guided.scorer import PmiScorer, vagueness
from tests.drafting.writers.guided.test_rejection_sampler import TOPICAL, WITH_TOPIC, WITHOUT_TOPIC, Knower
from tests.scripted_engine import ScriptedEngine


def test_the_score_is_the_mutual_information_of_sentence_and_topic_and_the_fluency() -> None:
    # Eight tokens; -1 nat each with the topic, -5 without: ((-8) - (-40)) / (8 + 6) + 0.3 * (-8) / 8.
    assert len(TOPICAL.split()) == 8
    found = PmiScorer(Knower(nats=4), threading.Event()).score(WITH_TOPIC, WITHOUT_TOPIC, TOPICAL)
    assert found == pytest.approx(32 / 14 - 0.3)


def test_an_engine_that_cannot_judge_gives_no_score() -> None:
    scorer = PmiScorer(ScriptedEngine(), threading.Event())
    assert scorer.score(WITH_TOPIC, WITHOUT_TOPIC, TOPICAL) is None
    assert scorer.ending_likelihoods(WITH_TOPIC, [("Note:", "Bees.")]) is None


def test_a_stop_ends_the_scoring() -> None:
    stop = threading.Event()
    stop.set()
    assert PmiScorer(Knower(TOPICAL), stop).score(WITH_TOPIC, WITHOUT_TOPIC, TOPICAL) is None


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
def test_more_words_make_no_sentence_less_vague(sentence: str) -> None:
    assert 0 <= vagueness(sentence) <= vagueness(f"{sentence} They make sure of it.")
