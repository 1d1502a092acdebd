"""A list has as many lines as were asked for, all different, each as long as it should be."""

import pytest

from desktop.drafting.writers.listing import ItemLength, asked_item_length, asked_items
from tests.drafting.writers.freely import written_freely

TREES = (
    "oak", "ash", "elm", "fir", "pine", "birch", "maple", "cedar", "willow", "poplar", "alder", "hazel", "larch",
    "rowan", "yew", "lime", "beech", "holly", "elder", "spruce",
)  # fmt: skip


@pytest.mark.parametrize(
    ("request_", "items"),
    [
        ("Give me 20 names for a bike shop", 20),
        ("twenty short reviews of 30–80 characters each", 20),
        ("请写20条用户评价，每条30-60字", 20),
        ("十条口号，每条不超过15字", 10),
        ("想一个名字", 0),
        ("ideas for a 40th birthday", 0),
        ("ideas for essays of 300 words", 0),
        ("5 ways to save water in 3 months", 5),
    ],
)
def test_a_request_says_how_many_lines_it_wants(request_: str, items: int) -> None:
    assert asked_items(request_) == items


@pytest.mark.parametrize(
    ("request_", "length"),
    [
        ("20 reviews of 30–80 characters each", ItemLength(30, 80, in_words=False)),
        ("每条30到60字", ItemLength(30, 60, in_words=False)),
        ("每条不超过15字", ItemLength(1, 15, in_words=False)),
        ("under 12 words each", ItemLength(1, 12, in_words=True)),
        ("20 reviews", None),
    ],
)
def test_a_request_says_how_long_each_line_is(request_: str, length: ItemLength | None) -> None:
    assert asked_item_length(request_) == length


def test_twenty_are_twenty_and_what_is_missing_is_asked_for_line_by_line() -> None:
    at_once = "Sure, here are twenty names:\n" + "\n".join(f"{at}. {tree}" for at, tree in enumerate(TREES[:17], 1))
    answers = (f"{at_once}\n18. Oak\n19. [Name]\n", " holly", " oak", " elder", " spruce")
    last, engine = written_freely("brainstorm", {"topic": "trees"}, *answers, request="Give me 20 names of trees")
    lines = last.draft.text.strip().splitlines()
    assert lines == [f"{at}. {tree}" for at, tree in enumerate(TREES, 1)]
    assert len(engine.asked) == 5
    assert engine.asked[0][-1].content == "Give me 20 names of trees"


def test_a_line_of_another_length_is_written_again() -> None:
    answers = ("1. short\n2. this one is about as long\n", " too short", " that has all the length")
    request = "2 slogans of 20-30 characters each"
    last, _ = written_freely("brainstorm", {"topic": "slogans"}, *answers, request=request)
    assert last.draft.text.strip().splitlines() == ["1. this one is about as long", "2. that has all the length"]


def test_lines_do_not_all_begin_alike() -> None:
    pairs = zip(TREES, reversed(TREES), strict=True)
    alike = "\n".join(f"{at}. Join the {one} and {other} walk" for at, (one, other) in enumerate(pairs, 1))
    last, _ = written_freely("brainstorm", {"topic": "clubs"}, alike, " Something else", request="Give me 4 ideas")
    assert last.draft.text.count("Join the") == 3


def test_a_line_that_is_too_long_keeps_the_sentences_that_fit() -> None:
    answers = ("1. 界面很干净。记一笔只要两秒。家里人都能看到。\n", "太短。", "老人学得会。账单清楚。")
    request = "写2条评价，每条9-16字"
    last, _ = written_freely("brainstorm", {"topic": "评价"}, *answers, request=request)
    assert last.draft.text.strip().splitlines() == [
        "1. 界面很干净。记一笔只要两秒。",
        "2. 老人学得会。账单清楚。",
    ]


def test_words_of_the_worked_example_are_no_ideas() -> None:
    answers = ("1. The rainy Saturday\n2. Red oars\n", " Rainy children", " Low tide")
    last, _ = written_freely("brainstorm", {"topic": "boats"}, *answers, request="Give me 2 names for a boat")
    assert last.draft.text.strip().splitlines() == ["1. Red oars", "2. Low tide"]


def test_a_model_in_circles_is_asked_line_by_line_and_more_boldly() -> None:
    circles = "\n".join(f"{at}. Blue oar" for at in range(1, 21))
    _, engine = written_freely("brainstorm", {"topic": "boats"}, circles, " Blue oar", " Low tide", request="3 names")
    at_once, first, second, *_ = [options.temperature or 0 for options in engine.options]
    assert at_once == first < second
    assert len(engine.options) > 3
