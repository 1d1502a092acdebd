"""The lines of Markdown: fences, and what they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.export import to_text
from desktop.drafting.writers.translating import blocks
from desktop.history.exchange.markdown_text import _spoken as turns_of
from desktop.quick.editing.text_pieces import join, split
from desktop.text.markdown_lines import HEADS_END_LINE, ROW_LINE, RULE_LINE, CodeFences
from desktop.text.markdown_parser import markdown_parser
from desktop.ui.canvas.markdown_keys import _in_code
from desktop.ui.markdown.pieces import Splitter


def kinds(text: str) -> list[str]:
    fences = CodeFences()
    return [fences.read(line) for line in text.split("\n")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\n```py\nb\n```\nc", ["", "opens", "code", "closes", ""]),
        ("````md\n```\nb\n```\n````", ["opens", "code", "code", "code", "closes"]),
        ("~~~\n```\n~~~~\n", ["opens", "code", "closes", ""]),
        ("```\n```py\n```", ["opens", "code", "closes"]),
        ("```a``` is code\nb", ["", ""]),
        ("``\nb", ["", ""]),
        ("- ```\n  b\nc", ["opens", "code", ""]),
        ("1. > ```\n   > b\n   > ```\nc", ["opens", "code", "closes", ""]),
        ("> ```\nb\n```\nc", ["opens", "", "opens", "code"]),
        ("```", ["opens"]),
        ("  ```\nb\n   ```\nc", ["opens", "code", "closes", ""]),
        ("a\n    ```\nb", ["", "", ""]),
        ("```\n    ```\n```", ["opens", "code", "closes"]),
        ("- a\n  ```\n  b\nc", ["", "opens", "code", ""]),
        ("1. a\n\n      ```\n      b\n      ```\n\nc", ["", "", "opens", "code", "closes", "", ""]),
        ("- a\n\nb\n  ```\nc", ["", "", "", "opens", "code"]),
        ("- a\n```\nb\n```", ["", "opens", "code", "closes"]),
    ],
)
def test_fences_open_and_close_as_commonmark_says(text: str, found: list[str]) -> None:
    assert kinds(text) == found


lines = st.sampled_from(
    [
        "",
        "a",
        "# b",
        "- c",
        "```",
        "````",
        "```py",
        "~~~",
        "  ```",
        "     ```",
        "    d",
        "> e",
        "`f` g",
        "1. h",
        "| i |",
    ]
)


@given(st.lists(lines, max_size=12))
def test_top_level_fences_are_those_of_the_parser(found: list[str]) -> None:
    text = "\n".join(found)
    tokens = markdown_parser().parse(text)
    if any(token.type in ("bullet_list_open", "ordered_list_open", "blockquote_open") for token in tokens):
        return  # there an indentation means more than a line can tell
    code = [line.lstrip() for token in tokens if token.type == "fence" for line in token.content.splitlines()]
    mine = [line.lstrip() for line, kind in zip(text.split("\n"), kinds(text), strict=True) if kind == "code"]
    assert mine[: len(code)] == code
    assert not any(line.strip() for line in mine[len(code) :])


@given(st.lists(lines, max_size=12), st.integers(0, 12))
def test_code_can_be_followed_from_any_line_on(found: list[str], at: int) -> None:
    first = CodeFences()
    for line in found[:at]:
        first.read(line)
    second = CodeFences(first.fence, contained=first.contained, in_list=first.in_list)
    assert [first.read(line) for line in found[at:]] == [second.read(line) for line in found[at:]]


@given(st.lists(lines, max_size=12), st.sampled_from(["sentence", "line", "whole"]))
def test_what_is_cut_joins_to_the_same_text(found: list[str], unit: str) -> None:
    text = "\n".join(found)
    assert join(split(text, unit)) == text  # type: ignore[arg-type]
    assert "".join(map(str, blocks(text.strip("\n")))) == text.strip("\n")
    splitter = Splitter()
    pieces = [*splitter.feed(text), *splitter.tail()]
    letters = [char for char in text if char in "abcdefghi"]
    shown = [char for piece in pieces for char in piece.text if char in "abcdefghi"]
    assert shown == letters


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        (RULE_LINE, ["---", " * * *", "___"], ["--", "- -a", "--=", ""]),
        (ROW_LINE, ["| a |", "  |a|b|  "], ["a | b", "|", "| a"]),
        (HEADS_END_LINE, ["|---|", "--- | :-:", "|:--|--:|"], ["| a |", "", "|"]),
    ],
)
def test_lines_are_told_apart(pattern: object, yes: list[str], no: list[str]) -> None:
    match = pattern.match  # type: ignore[attr-defined]
    assert [line for line in yes if not match(line)] == []
    assert [line for line in no if match(line)] == []


CODE_ABOUT_CODE = "````md\n# user\n```py\nx = 1. Go on.\n```\n**not bold**\n````\n"


def test_code_that_shows_code_stays_one_piece_for_all_who_cut() -> None:
    assert [piece.text for piece in split(f"One. Two.\n{CODE_ABOUT_CODE}Three.", "sentence") if piece.text] == [
        "One.", "Two.", "Three.",
    ]  # fmt: skip
    assert [block.kind[:4] for block in blocks(f"One\n{CODE_ABOUT_CODE}Two")] == ["text", "code", "text"]
    assert "**not bold**" in to_text(CODE_ABOUT_CODE)
    assert _in_code(CODE_ABOUT_CODE, CODE_ABOUT_CODE.index("not bold"))
    assert [role for role, _, _ in turns_of(f"# user\nWhat?\n# assistant\n{CODE_ABOUT_CODE}".split("\n"))] == [
        "user", "assistant",
    ]  # fmt: skip


def test_code_within_a_line_opens_no_block() -> None:
    text = "```a``` is code\n**bold** and\n"
    assert "bold and" in to_text(text)
    assert "**" not in to_text(text)
    assert not _in_code(text, len(text))
    assert [piece.text for piece in split("```a``` is code.\nGo on.", "sentence") if piece.text][-1] == "Go on."
