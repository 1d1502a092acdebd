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


def test_words_of_one_slot_make_one_span_without_the_article() -> None:
    text = "about the old harbour, please"
    spans = read_spans(text, encoding_of(text), [NONE, B_TOPIC, I_TOPIC, I_TOPIC, NONE], SLOTS)
    assert [text[span.start : span.end] for span in spans] == ["old harbour"]


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
    ],
)
def test_edges_are_trimmed(slot: str, text: str, trimmed: str) -> None:
    span = trim(text, Span(slot, 0, len(text)))
    assert text[span.start : span.end] == trimmed
