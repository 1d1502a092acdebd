"""The training data as it is read, and how each request is seen otherwise."""

import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.router_requests import Request, read_test_split, read_unseen

SCRIPTS = Path(__file__).resolve().parent.parent.parent / "packaging" / "train_router"


@pytest.fixture(scope="module")
def corpus() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SCRIPTS))
        import corpus

        return corpus


def test_nothing_that_measures_is_trained_on(corpus: Any) -> None:
    voices = corpus.read_voices(SCRIPTS / "data" / "voices")
    measuring = {plain(request) for request in [*read_test_split(), *read_unseen()]}
    measuring |= {plain(request) for request in corpus.read_voices(SCRIPTS / "data" / "calibration")}
    common = {plain(request) for request in voices} & measuring
    assert not {text for text in common if len(text) > 12}  # two people may well say “thanks”


@given(seed=st.integers(0, 2**32), text=st.text("ab, 写信。C\n", min_size=1, max_size=30), start=st.integers(0, 29))
def test_a_request_typed_otherwise_keeps_its_slots(corpus: Any, seed: int, text: str, start: int) -> None:
    start %= len(text)
    request = Request(text, ("email",), (("source", start, len(text)),), "plain", "en")
    other = corpus.OtherHands([request]).seen_otherwise(request, random.Random(seed))
    assert other.intents == request.intents
    ((slot, begin, end),) = other.slots
    assert (slot, end) == ("source", len(other.text))
    assert other.text[begin:end].lower() == text[start:].lower()


def test_other_people_s_words_come_into_a_slot_and_keep_its_mark(corpus: Any) -> None:
    one = request("note for [Ana], [kind]", "audience", "tone")
    two = request("tell [the landlord] off, [firm]", "audience", "tone")
    hands, random_ = corpus.OtherHands([one, two]), random.Random(1)
    seen = [hands.seen_otherwise(one, random_) for _ in range(300)]
    assert {words(other, "audience").lower() for other in seen} >= {"ana", "the landlord"}
    assert {words(other, "tone").lower() for other in seen} >= {"kind", "firm"}


def test_a_topic_comes_from_a_request_of_the_same_template_only(corpus: Any) -> None:
    poem = request("poem on [the moon]", "topic", intent="poem")
    email = request("email on [the invoice]", "topic")
    hands, random_ = corpus.OtherHands([poem, email]), random.Random(1)
    assert not [other for _ in range(100) if "invoice" in (other := hands.seen_otherwise(poem, random_)).text]


def test_a_wish_of_another_request_is_added_where_there_is_none_like_it(corpus: Any) -> None:
    short = request("report on the roof, [two pages]", "length")
    plain_one, chat = request("plan the fair"), request("what a day", intent="chat")
    hands, random_ = corpus.OtherHands([short, plain_one, chat]), random.Random(1)
    seen = [hands.seen_otherwise(plain_one, random_) for _ in range(300)]
    assert {words(other, "length") for other in seen} >= {"", "two pages"}
    assert {len(hands.seen_otherwise(short, random_).slots) for _ in range(300)} == {1}
    assert not any(hands.seen_otherwise(chat, random_).slots for _ in range(300))


def request(marked: str, *slots: str, intent: str = "email") -> Request:
    """Read `[words]` as the next of the slots."""
    text, spans = "", []
    for number, piece in enumerate(marked.replace("]", "[").split("[")):
        if number % 2:
            spans.append((slots[number // 2], len(text), len(text) + len(piece)))
        text += piece
    return Request(text, (intent,), tuple(spans), "plain", "en")


def words(request: Request, slot: str) -> str:
    return next((request.text[start:end] for name, start, end in request.slots if name == slot), "")


def plain(request: Request) -> str:
    return "".join(sign for sign in request.text.lower() if sign.isalnum())
