"""Tags to spans: legal sequences only, edges trimmed, a left-out middle bridged."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.router.encoding import Encoding
from desktop.router.spans import Span, best_path, legal_moves, read_spans, tags_of, trim

SLOTS = ("topic", "source")
NONE, B_TOPIC, I_TOPIC, B_SOURCE, I_SOURCE = range(5)


def encoding_of(text: str, *, cut: int | None = None) -> Encoding:
    """One token a word, between [CLS] and [SEP]; with a cut, a [SEP] behind that token."""
    offsets, position = [], 0
    for word in text.split():
        start = text.index(word, position)
        position = start + len(word)
        offsets.append((start, position))
    rows = [(0, 0), *offsets, (0, 0)]
    if cut is not None:
        rows = [(0, 0), *offsets[:cut], (0, 0), *offsets[cut:], (0, 0)]
    return Encoding(ids=[1] * len(rows), offsets=rows, first=[row != (0, 0) for row in rows], cut=cut)


def test_tags_are_named_in_the_order_of_the_outputs() -> None:
    assert tags_of(SLOTS) == ["O", "B-topic", "I-topic", "B-source", "I-source"]


@given(seed=st.integers(0, 10_000), words=st.integers(0, 12))
def test_a_path_is_always_legal(seed: int, words: int) -> None:
    scores = np.random.default_rng(seed).normal(scale=5, size=(words, 5)).astype(np.float32)
    path = best_path(scores, legal_moves(5))
    assert len(path) == words
    for before, tag in zip([NONE, *path], path, strict=False):
        if tag in (I_TOPIC, I_SOURCE):
            assert before in (tag, tag - 1)


def test_an_inside_tag_without_a_beginning_becomes_one() -> None:
    scores = np.full((2, 5), -3, np.float32)
    scores[0, I_TOPIC], scores[0, B_TOPIC] = 2, 1
    scores[1, I_TOPIC] = 2
    assert best_path(scores, legal_moves(5)) == [B_TOPIC, I_TOPIC]


def test_learned_moves_decide_between_tags_that_look_alike() -> None:
    scores = np.zeros((3, 5), np.float32)
    scores[0, B_TOPIC] = 3
    between = np.zeros((5, 5))
    between[B_TOPIC, I_TOPIC] = between[I_TOPIC, I_TOPIC] = 1
    moves = legal_moves(5).plus([0] * 5, between.tolist(), [0, 0, 1, 0, 0])
    assert best_path(scores, moves) == [B_TOPIC, I_TOPIC, I_TOPIC]
    with pytest.raises(ValueError, match="number of tags"):
        legal_moves(5).plus([0] * 3, between.tolist(), [0] * 5)


def test_a_source_begins_behind_the_colon_though_a_word_of_the_request_was_taken_for_it() -> None:
    text = "we have guests so put this in French: breakfast is from eight to ten on the terrace"
    words = text.split()
    path = [NONE, B_SOURCE, *[NONE] * 6, B_SOURCE, *[I_SOURCE] * (len(words) - 9)]
    (span,) = read_spans(text, encoding_of(text), path, SLOTS)
    assert text[span.start : span.end] == "breakfast is from eight to ten on the terrace"


def test_a_source_begins_behind_the_colon_where_another_slot_stands_before_it() -> None:
    text = "a note for them about breakfast: it is ready"
    path = [NONE, B_SOURCE, I_SOURCE, I_SOURCE, NONE, B_TOPIC, B_SOURCE, I_SOURCE, I_SOURCE]
    spans = read_spans(text, encoding_of(text), path, SLOTS)
    assert [(span.slot, text[span.start : span.end]) for span in spans] == [
        ("topic", "breakfast"),
        ("source", "it is ready"),
    ]


def test_a_source_that_holds_a_colon_stays_whole() -> None:
    text = "minutes of this: Ann says it slips a week then Ben: fine"
    path = [NONE, NONE, NONE, B_SOURCE, *[I_SOURCE] * 6, B_SOURCE, I_SOURCE]
    (span,) = read_spans(text, encoding_of(text), path, SLOTS)
    assert text[span.start : span.end] == "Ann says it slips a week then Ben: fine"


@pytest.mark.parametrize(
    ("text", "tagged", "found"),
    [
        ("文章 发票抬头", "发票抬", "发票抬头"),
        ("读了漂流记，写感想", "漂流", "漂流记"),
        ("写首大海诗", "大海", "大海"),
        ("听小海豹的", "小海豹", "小海豹"),
        ("写海边小镇的事", "海边", "海边"),
    ],
)
def test_the_last_character_of_a_clause_belongs_to_its_word(text: str, tagged: str, found: str) -> None:
    signs = [(place, place + 1) for place, sign in enumerate(text) if sign != " "]
    encoding = Encoding([1] * len(signs), signs, [True] * len(signs), None)
    begin = text.index(tagged)
    path = [
        B_TOPIC if start == begin else I_TOPIC if begin < start < begin + len(tagged) else NONE for start, _ in signs
    ]
    (span,) = read_spans(text, encoding, path, SLOTS)
    assert text[span.start : span.end] == found


@pytest.mark.parametrize(
    ("text", "tagged", "whole"),
    [
        ("通知 周五下午三点开会", "周五下午", "周五下午三点"),
        ("通知 下午三点半开会", "三点", "下午三点半"),
        ("通知 周三开会", "周三", "周三"),
        ("meet Friday at 3 pm there", "Friday", "Friday at 3 pm"),
        ("meet Friday 3 of us", "Friday", "Friday"),
    ],
)
def test_a_time_of_day_belongs_to_its_day_as_a_whole(text: str, tagged: str, whole: str) -> None:
    slots = ("period", "source")
    signs = [(place, place + 1) for place, sign in enumerate(text) if sign != " "]
    encoding = Encoding([1] * len(signs), signs, [True] * len(signs), None)
    begin = text.index(tagged)
    path = [1 if start == begin else 2 if begin < start < begin + len(tagged) else NONE for start, _ in signs]
    (span,) = read_spans(text, encoding, path, slots)
    assert text[span.start : span.end] == whole


def test_words_of_one_slot_make_one_span_without_the_article() -> None:
    text = "about the old harbour, please"
    spans = read_spans(text, encoding_of(text), [NONE, B_TOPIC, I_TOPIC, I_TOPIC, NONE], SLOTS)
    assert [text[span.start : span.end] for span in spans] == ["old harbour"]


def test_a_time_of_day_that_was_taken_for_a_topic_is_a_time() -> None:
    text = "下午三点开会"
    encoding = Encoding([1] * 6, [(place, place + 1) for place in range(6)], [True] * 6, None)
    (span,) = read_spans(text, encoding, [1, 2, 2, NONE, NONE, NONE], ("topic", "period"))
    assert (span.slot, text[span.start : span.end]) == ("period", "下午三点")


def test_of_two_topics_the_longer_one_is_kept() -> None:
    text = "a toast please and thank you about the old harbour pilots"
    path = [NONE, B_TOPIC, NONE, NONE, NONE, NONE, NONE, NONE, B_TOPIC, I_TOPIC, I_TOPIC]
    (span,) = read_spans(text, encoding_of(text), path, SLOTS)
    assert text[span.start : span.end] == "old harbour pilots"


def test_a_source_on_both_sides_of_the_left_out_middle_is_one() -> None:
    text = "shorten this: one two three four five six"
    encoding = encoding_of(text, cut=4)  # reads “shorten this: one two” and the rest
    path = [NONE, NONE, B_SOURCE, I_SOURCE, B_SOURCE, I_SOURCE, I_SOURCE, I_SOURCE]
    (span,) = read_spans(text, encoding, path, SLOTS)
    assert text[span.start : span.end] == "one two three four five six"


def test_a_source_that_ends_in_the_left_out_middle_reaches_the_next_words() -> None:
    text = "one two three four now shorten it"
    encoding = encoding_of(text, cut=2)
    path = [B_SOURCE, I_SOURCE, I_SOURCE, I_SOURCE, NONE, NONE, NONE]
    (span,) = read_spans(text, encoding, path, SLOTS)
    assert text[span.start : span.end].startswith("one two")


@pytest.mark.parametrize(
    ("slot", "text", "trimmed"),
    [
        ("topic", "the moon,", "moon"),
        ("topic", "“月亮”", "月亮"),
        ("audience", "my boss", "boss"),
        ("audience", "我的老板", "老板"),
        ("topic", "my dog", "my dog"),
        ("source", "“See you.”", "See you."),
        ("source", " Is it? ", "Is it?"),
        ("language", "C#", "C#"),
        ("language", "C++", "C++"),
        ("topic", "the", "the"),
        ("topic", " ,. ", ""),
        ("topic", "that the sea rises", "sea rises"),
        ("topic", "关于海的", "海"),
        ("topic", "应聘会计", "会计"),
        ("topic", "目的", "目的"),
        ("tone", "a bit more formal", "formal"),
        ("tone", "委婉一些", "委婉"),
        ("tone", "点", "点"),
        ("length", "at least 500 words", "500 words"),
        ("length", "不少于800字", "800字"),
        ("length", "七十字以内", "七十字"),
        ("length", "two pages at most", "two pages"),
        ("period", "in May", "May"),
        ("period", "since 3 Jan", "3 Jan"),
        ("period", "自三月以来", "三月"),
    ],
)
def test_edges_are_trimmed(slot: str, text: str, trimmed: str) -> None:
    span = trim(text, Span(slot, 0, len(text)))
    assert text[span.start : span.end] == trimmed
