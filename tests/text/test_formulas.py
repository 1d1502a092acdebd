"""Formulas in Markdown, told from money, code and addresses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.text.formulas import Formula, with_formulas, without_formulas


@pytest.mark.parametrize(
    ("markdown", "formulas"),
    [
        ("The area is $A = \\pi r^2$.", ["A = \\pi r^2"]),
        ("$a$ and $b$", ["a", "b"]),
        ("$$\\int x$$", ["\\int x"]),
        ("$$\na\n+ b\n$$", ["a\n+ b"]),
        ("\\(x_1\\) and \\[y_2\\]", ["x_1", "y_2"]),
        ("中文$x^2$中文", ["x^2"]),
        ("it costs $5 and $10", []),
        ("US$5, or $ 6 $", []),
        ("价格$5到$人民币", []),
        ("`$x$` and \\$y\\$", []),
        ("```\n$x$\n```", []),
        ("not finished $x^2", []),
        ("not finished $$x^2", []),
        ("https://example.org/?a=$b$c", []),
        ("$x$\n\n$$y", ["x"]),
    ],
)
def test_mathematics_is_told_from_money_and_code(markdown: str, formulas: list[str]) -> None:
    assert [formula.latex for formula in without_formulas(markdown)[1]] == formulas


def test_a_formula_keeps_its_source() -> None:
    assert without_formulas("so \\[ a_1 * b_2 * c \\]!")[1] == [
        Formula("a_1 * b_2 * c", "\\[ a_1 * b_2 * c \\]", display=True)
    ]


@given(st.text(alphabet="ab中$\\\\()[]`*> \n|-5", max_size=60))
def test_placeholders_resolved_give_the_text(text: str) -> None:
    assert with_formulas(*without_formulas(text, paragraphs=False)) == text
    back = with_formulas(*without_formulas(text))
    assert re.sub(r"[\s>]", "", back) == re.sub(r"[\s>]", "", text)  # a paragraph of its own begins with new marks
