"""The parser of all exports: what it adds to CommonMark."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.text.markdown_parser import markdown_parser, with_line_ends

LONG = "这一段话写得很长，写的人在每一行的末尾都换了行，因为他的窗口只有这么宽"


def shown(html: str) -> str:
    """What a reader sees of a page, without its tags."""
    text = re.sub(r"<[^>]*>", "", html)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**重点：**正文", "<strong>重点：</strong>正文"),
        ("含**「重点」**内容", "含<strong>「重点」</strong>内容"),
        ("**“如何更好”**的做法", "<strong>“如何更好”</strong>的做法"),
        ("*（斜体）*后面", "<em>（斜体）</em>后面"),
        ("~~旧的。~~新的", "<s>旧的。</s>新的"),
        ("**历经10年，**年", "<strong>历经10年，</strong>年"),
        ("**Note:**中文", "<strong>Note:</strong>中文"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_emphasis_beside_full_width_punctuation(markdown: str, html: str) -> None:
    assert markdown_parser().render(markdown) == f"<p>{html}</p>\n"


@pytest.mark.parametrize(
    "source",
    [
        r"\(a^2 + b^2 = c^2\)",
        r"\[ \sum_{i=1}^{n} i = \frac{n(n+1)}{2} \]",
        r"$$\int_0^1 x^2\,dx = \frac{1}{3}$$",
        r"so $$\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$$",
        "$$\n\\begin{aligned}\na &= b \\\\\n- c &= d_1*e_2*f\n\\end{aligned}\n$$",
        "\\[\na\n= b\n\\]",
        r"$a*b*c$ and $x_1 < y_1$",
        r"中文\(x^2\)中文",
        r"> \[ a_1 \\ b_1 \]",
        r"- item \(a\_b\)",
        r"**bold \(x\)**",
        "    code \\(x\\,y\\)",
        "`code $x$ \\(y\\)`",
        "```\n\\(x\\)\n```",
        r"| $|x|$ | b |" + "\n|---|---|\n| 1 | \\(y\\,z\\) |",
        r"# Title \(x\)",
        r"[link \(x\)](https://example.org)",
        r"![picture \(x\)](https://example.org/x.png)",
    ],
)
def test_the_source_of_a_formula_is_untouched(source: str) -> None:
    page = shown(markdown_parser().render(source))
    for formula in re.findall(r"\\\(.*?\\\)|\\\[.*?\\\]|\$\$.*?\$\$|\$[^$]+\$", source, re.DOTALL):
        assert " ".join(formula.split()) in " ".join(page.split())


def test_money_and_paths_are_no_formulas() -> None:
    text = r"From $5 to *$10*, 50\% and C:\new\table."
    assert markdown_parser().render(text) == "<p>From $5 to <em>$10</em>, 50% and C:\\new\\table.</p>\n"


def test_a_formula_of_several_lines_is_lines_for_those_who_read_tokens() -> None:
    _, inline, _ = markdown_parser().parse("$$\na\n+ b\n$$")
    assert [token.content or token.type for token in inline.children or ()] == [
        "$$", "softbreak", "a", "softbreak", "+ b", "softbreak", "$$",
    ]  # fmt: skip


def test_tasks_are_boxes() -> None:
    page = shown(markdown_parser().render("- [x] done\n- [ ] *to do*\n- [X]\n- [y] no\n\n[x] no"))
    assert page.split("\n")[1:5] == ["☑ done", "☐ to do", "[X]", "[y] no"]
    assert page.endswith("[x] no\n")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("![A chart](chart.png)", "A chart"),
        ("![](chart.png)", "chart.png"),
        ("![A *c* <i>](https://x.example/y.png)", '<a href="https://x.example/y.png">A c &lt;i&gt;</a>'),
        ("[![badge](https://x.example/b.svg)](https://x.example)", '<a href="https://x.example">badge</a>'),
    ],
)
def test_a_picture_is_its_description(markdown: str, html: str) -> None:
    assert markdown_parser().render(markdown) == f"<p>{html}</p>\n"


def test_footnotes_are_footnotes() -> None:
    page = markdown_parser().render("Words[^1] and more[^1].\n\n[^1]: The **note**.\n\n    And more.", {"docId": "7"})
    assert '<a href="#fn-7-1" id="fnref-7-1">' in page
    assert "<strong>note</strong>" in page
    assert "[^1]" not in page


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Words\n\n[^a]: The note.\n\nMore", "Words\n[^a]: The note.\nMore\n"),
        ("Words[^9]\n\n[^1]:\n    - a list", "Words[^9]\n[^1]: \n\na list\n\n"),
        ("> [^b]: quoted", "\n[^b]: quoted\n\n"),
        ("Words\n\n[^c]:", "Words\n[^c]: \n"),
    ],
)
def test_a_footnote_that_nothing_refers_to_stays(markdown: str, text: str) -> None:
    assert shown(markdown_parser().render(markdown)) == text


def test_of_two_footnotes_with_one_label_none_is_lost() -> None:
    page = shown(markdown_parser().render("Words[^1]\n\n[^1]: first\n\n[^1]: second"))
    assert "first" in page
    assert "second" in page


def test_no_blank_is_between_lines_of_chinese() -> None:
    line = "这一段话写得很长，写的人在每一行的末尾都换了行，因为他的窗口只有这么宽"
    assert markdown_parser().render(f"{line}\n{line}\nand more") == f"<p>{line}{line}\nand more</p>\n"


def test_ends_of_line_that_are_meant_are_hard_breaks() -> None:
    page = markdown_parser().render("- Ines *Moreau*\n  75005 Paris\n\n> Kind regards,\n> Ines\n\n# no\nheading")
    assert "<li>Ines <em>Moreau</em><br />\n75005 Paris</li>" in page
    assert "<p>Kind regards,<br />\nInes</p>" in page


@pytest.mark.parametrize(
    ("markdown", "prepared"),
    [
        ("> Kind regards,\n> Ines", "> Kind regards,  \n> Ines"),
        ("- Ines\n  Paris\n- x\n- y", "- Ines  \n  Paris\n- x\n- y"),
        (f"> {LONG}\n> {LONG}\n> {LONG}", f"> {LONG}{LONG}{LONG}"),
        (f"1. {LONG}\n   {LONG}\n2. x", f"1. {LONG}{LONG}\n2. x"),
        ("```\na\nb\n```\n\n| a |\n|---|\n| b |\n\n    c\n    d", None),
        ("Title\n=====\n\na\n- b", None),
    ],
)
def test_another_parser_gets_the_same_ends_of_line(markdown: str, prepared: str | None) -> None:
    assert with_line_ends(markdown) == (markdown if prepared is None else prepared)


@given(st.text(alphabet="ab中，*`#|-> 1.\n\t[]^:", max_size=60))
def test_preparing_ends_of_line_loses_nothing(markdown: str) -> None:
    def letters(text: str) -> list[str]:
        return [char for char in text if char in "ab中，*`#|1.^:"]

    assert letters(with_line_ends(markdown)) == letters(markdown)


@given(st.text(alphabet="ab中：，*_`#|-[]()^1:>$\\\n ~x!", max_size=80))
def test_no_letter_is_lost(text: str) -> None:
    page = shown(markdown_parser().render(text))
    assert "\ue0f1" not in page
    if not any(sign in text for sign in "[|`~"):  # addresses, rows that are too long, the names of languages
        assert [char for char in text if char in "中ab"] == [char for char in page if char in "中ab"]


def test_a_break_is_an_end_of_line_and_other_html_stays_text() -> None:
    html = markdown_parser().render("| a |\n|---|\n| one<br>two<BR/>three `<br>` <b>x</b> |\n")
    assert "<td>one<br />\ntwo<br />\nthree <code>&lt;br&gt;</code> &lt;b&gt;x&lt;/b&gt;</td>" in html
