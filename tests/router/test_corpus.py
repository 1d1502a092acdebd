"""The training data: every pattern expands to a sound request, and nothing of the test split comes up."""

import json
import random
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.bench.router_requests import Request, read_test_split
from tests.router.test_split import GENERAL

INSTALLATION = Path(__file__).resolve().parent.parent.parent
SCRIPTS = INSTALLATION / "packaging" / "train_router"
TAXONOMY = json.loads((INSTALLATION / "assets" / "taxonomy.json").read_text(encoding="utf-8"))


class SmallDictionary:
    """A dozen words for the open slots, some of them taken from the test split."""

    def __init__(self) -> None:
        self.homophones = {"他": ["它", "她"], "的": ["地", "得"], "在": ["再"], "是": ["事"]}

    def english(self, random_: random.Random) -> str:
        return random_.choice(["gravity", "tea pot", "brass band", "harbour", "lavender candle", "grief"])

    def chinese(self, random_: random.Random) -> str:
        return random_.choice(["重力", "茶壶", "铜管乐", "港口", "香薰蜡烛", "初雪"])


@pytest.fixture
def corpus(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import corpus

    return corpus


def drawn(corpus: Any, test: list[Request], count: int) -> list[Request]:
    requests: list[Request] = corpus.Corpus(SCRIPTS / "data", SmallDictionary(), test).draw(count, seed=3)
    return requests


def test_every_pattern_of_both_languages_expands_to_a_request_of_the_taxonomy(corpus: Any) -> None:
    made = corpus.Corpus(SCRIPTS / "data", SmallDictionary(), [])
    assert set(made.intents) == {template["id"] for template in TAXONOMY["templates"]}
    random_ = random.Random(1)
    for language, grammar in made._grammars.items():
        for intent, patterns in grammar.patterns.items():
            for pattern in patterns:
                request = corpus.request_of(corpus.tidy(grammar.expand(pattern, random_)), (intent,), "", language)
                assert request.text, pattern
                assert {slot for slot, _, _ in request.slots} <= set(TAXONOMY["slots"]), pattern
                outside = corpus.phrasing(request)
                assert not re.search(r"[{}⏎]", outside), pattern


def test_half_is_chinese_and_more_than_a_quarter_is_chat(corpus: Any) -> None:
    requests = drawn(corpus, [], 3000)
    assert 0.4 < sum(request.language == "zh" for request in requests) / len(requests) < 0.6
    assert sum(request.intents[0] == "chat" for request in requests) / len(requests) > 0.24


def test_the_same_seed_gives_the_same_requests(corpus: Any) -> None:
    assert drawn(corpus, [], 200) == drawn(corpus, [], 200)


def test_no_phrasing_and_no_open_value_of_the_test_split_is_trained_on(corpus: Any) -> None:
    test = read_test_split()
    values = {value for request in test for value in corpus.open_values(request)}
    phrasings = {corpus.phrasing(request) for request in test} - {""}
    requests = drawn(corpus, test, 6000)
    assert not {request.text for request in requests} & {request.text for request in test}
    for request in requests:
        assert not corpus.open_values(request) & values, request
        assert corpus.phrasing(request) not in phrasings, request


def test_a_smiley_ends_no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import grammar

    assert grammar.split("a :)|b (c|d)|e") == ["a :)", "b (c|d)", "e"]


def test_forms_say_more_than_their_template(corpus: Any) -> None:
    for grammar in corpus.Corpus(SCRIPTS / "data", SmallDictionary(), [])._grammars.values():
        for name, items in grammar.lists.items():
            if name.endswith("_kind"):
                assert not {item.lower() for item in items} & GENERAL, name
