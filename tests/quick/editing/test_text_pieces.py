import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.quick.actions.action import RewriteUnit
from desktop.quick.editing.text_pieces import join, split

BITS = st.sampled_from(
    [
        "- ",
        "1. ",
        "  ",
        "\n",
        "\r\n",
        "Hello there. ",
        "Mr. Li came. ",
        "好的。",
        "为什么？",
        "```\n",
        "> ",
        "# ",
        "\t",
        "a",
        ".",
    ]
)
TEXTS = st.one_of(st.text(max_size=50), st.lists(BITS, max_size=20).map("".join))
UNITS = st.sampled_from(["sentence", "line", "whole"])


def texts(text: str, unit: RewriteUnit) -> list[str]:
    return [piece.text for piece in split(text, unit) if piece.text]


@given(TEXTS, UNITS)
def test_pieces_joined_are_the_text(text: str, unit: RewriteUnit) -> None:
    assert join(split(text, unit)) == text


@given(TEXTS, UNITS)
def test_the_model_never_sees_a_blank_at_the_edge(text: str, unit: RewriteUnit) -> None:
    assert all(piece == piece.strip() for piece in texts(text, unit))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It rains. We stay! Do you?", ["It rains.", "We stay!", "Do you?"]),
        (
            "Mr. Li met Dr. Ada at 5 p.m. on Monday, e.g. there.",
            ["Mr. Li met Dr. Ada at 5 p.m. on Monday, e.g. there."],
        ),
        ("He said “Stop.” Then he left.", ["He said “Stop.”", "Then he left."]),
        ("version 3.5 is out", ["version 3.5 is out"]),
        ("下雨了。我们不去！“好吗？”好。", ["下雨了。", "我们不去！", "“好吗？”", "好。"]),
    ],
)
def test_sentences_end_where_people_end_them(text: str, sentences: list[str]) -> None:
    assert texts(text, "sentence") == sentences


def test_markers_indents_and_blanks_stay_outside() -> None:
    text = "\n  - one\n  2) two  \n\n> # three\n一、四\n（3）五\n"
    assert texts(text, "line") == ["one", "two", "three", "一、四", "五"]


def test_fenced_code_is_left_alone() -> None:
    assert texts("Look:\n```py\nx = 1\n```\nGood.", "line") == ["Look:", "Good."]


def test_the_whole_is_one_piece_without_its_edges() -> None:
    assert texts("\n\n one\n\ntwo \n", "whole") == ["one\n\ntwo"]
