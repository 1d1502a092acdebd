"""Requests written one by one in many voices: sound, of every template, and apart from what measures."""

import json
from collections import Counter
from pathlib import Path

import pytest

from desktop.router.spans import Span, trim
from tests.bench.router_requests import TEST_SPLIT, Request, read_requests

INSTALLATION = Path(__file__).resolve().parent.parent.parent
DATA = INSTALLATION / "packaging" / "train_router" / "data"
TAXONOMY = json.loads((INSTALLATION / "assets" / "taxonomy.json").read_text(encoding="utf-8"))
INTENTS = {template["id"] for template in TAXONOMY["templates"]}
VOICES = [request for path in sorted((DATA / "voices").glob("*.txt")) for request in read_requests(path)]
MEASURING = [*read_requests(TEST_SPLIT / "held_out.txt"), *read_requests(DATA / "calibration" / "others.txt")]


@pytest.mark.parametrize("requests", [VOICES, MEASURING], ids=["voices", "measuring"])
def test_every_request_is_labelled_and_marked_within_the_taxonomy(requests: list[Request]) -> None:
    for request in requests:
        assert set(request.intents) <= INTENTS, request
        assert {slot for slot, _, _ in request.slots} <= set(TAXONOMY["slots"]), request
        assert request.intents[0] != "chat" or not request.slots, request
        for slot, start, end in request.slots:
            span = trim(request.text, Span(slot, start, end))
            assert span.end > span.start, request


def test_every_template_is_asked_for_in_both_languages_and_a_third_is_plain_chat() -> None:
    assert len(VOICES) >= 6_000
    counted = Counter((request.intents[0], request.language == "zh") for request in VOICES)
    assert {intent for intent, _ in counted} == INTENTS
    assert min(counted.values()) >= 50, counted
    assert 0.3 < sum(request.intents[0] == "chat" for request in VOICES) / len(VOICES) < 0.5
    assert 0.35 < sum(request.language == "zh" for request in VOICES) / len(VOICES) < 0.65


def test_nothing_that_measures_is_among_them() -> None:
    common = {plain(request) for request in VOICES} & {plain(request) for request in MEASURING}
    assert not {text for text in common if len(text) > 12}  # two people may well say “thanks”


def plain(request: Request) -> str:
    return "".join(sign for sign in request.text.lower() if sign.isalnum())
