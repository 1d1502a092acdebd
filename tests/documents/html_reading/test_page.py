"""What a browser shows of a page is read, in its order; what it hides is not."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.html_text import html_text
from desktop.errors import DocumentError


def read(page: str | bytes) -> str:
    data = page if isinstance(page, bytes) else page.encode()
    return html_text(data, Path("page.html")).removesuffix("\n")


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>2<sup>10</sup> and 10<sup>-3</sup> and x<sup>n+1</sup>", "2¹⁰ and 10⁻³ and xⁿ⁺¹"),
        ("<p>log<sub>2</sub>8 and H<sub>2</sub>O, x<sub>max</sub>", "log₂8 and H₂O, x_(max)"),
        ("<p>the 1<sup>st</sup>, 850<sup>1</sup> euros<sup><a href=#f>[2]</a></sup>", "the 1st, 850¹ euros[2]"),
        ("<p>from <del>80</del> <ins>70</ins> euros", "from ~~80~~ 70 euros"),
        ("<p>a<b> bold </b>b <strong><b>twice</b></strong> <i></i>.", "a **bold** b **twice** ."),
        ("<p><img alt='A chart' src=x> and <img alt='' src=y>", "[A chart] and"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字", "漢(kan)字"),
        (
            "<p>Name: <input value='Ines'> <input type=checkbox checked>yes <input type=hidden value=x>",
            "Name: Ines ☑ yes",
        ),
        ("<select><option>a<option selected>b</select> <textarea>typed\nhere</textarea>", "b typed\nhere"),
        ("<math><annotation encoding='application/x-tex'>x^2</annotation></math>", "$x^2$"),
        ("<math><mfrac><mi>a</mi><mn>2</mn></mfrac></math>", "a/2"),
        ("<p>soft&shy;ly<wbr>so, 7&nbsp;km", "softlyso, 7 km"),
    ],
)
def test_within_a_line(page: str, text: str) -> None:
    assert read(page) == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<div hidden>no</div>",
        "<p style='display: none'>no</p>",
        "<p style='visibility:hidden'>no</p>",
        "<style>.away{color:red;display:none}</style><div class=away>no</div>",
        "<style>@media screen { #gone { display:none } }</style><div id=gone>no</div>",
        "<dialog>no</dialog>",
        "<nav><a href=/>no</a></nav>",
        "<div role=navigation>no</div>",
        "<script>no</script><template>no</template><noscript>no</noscript><svg><text>no</text></svg>",
        "<!-- no --><iframe>no</iframe><object>no</object>",
    ],
)
def test_what_is_not_shown_is_left_out(hidden: str) -> None:
    assert read(f"<p>before</p>{hidden}<p>after</p>") == "before\n\nafter"


@pytest.mark.parametrize(
    "shown",
    [
        "<style>.x{display:none} .x{display:block}</style><p class=x>yes</p>",
        "<style>@media print { p {display:none} } a:hover{display:none} p::after{display:none}</style><p>yes</p>",
        "<style>p { display:none</style><p>yes</p>",
        "<p class='display:none'>yes</p>",
        "<nav>yes</nav>",  # where there is nothing else
    ],
)
def test_what_is_shown_is_not_taken_for_hidden(shown: str) -> None:
    assert read(shown) == "yes"


def test_omitted_end_tags_are_where_html_says() -> None:
    assert read("<ul><li>one<li>two<ul><li>in</ul></ul><p>a<p>b<div>c") == "- one\n- two\n  - in\n\na\n\nb\n\nc"
    assert read("<table><tr><td>a<td>b<tr><td>c<td>d</table>end") == "| a | b |\n|---|---|\n| c | d |\n\nend"


def test_lists_have_their_numbers() -> None:
    assert read("<ol start=3><li>a<li value=7>b<li>c</ol>") == "3. a\n7. b\n8. c"
    assert read("<ol type=a><li>x<li>y<ol type=I><li>z</ol></ol>") == "a. x\nb. y\n   I. z"
    assert read("<ol reversed><li>x<li>y</ol>") == "2. x\n1. y"


def test_blocks_in_an_item_and_in_a_quotation_stay_there() -> None:
    assert read("<ul><li><p>a</p><p>b</p><pre>c\n d</pre></ul>") == "- a\n\n  b\n\n  ```\n  c\n   d\n  ```"
    assert read("<blockquote><p>a<blockquote>b</blockquote></blockquote>") == "> a\n>\n> > b"


def test_a_table_in_a_table_stands_at_its_place() -> None:
    page = "<table><tr><td>Header 1<tr><td><table><tr><td>a<td>b</table><tr><td>Total<td>paid</table>"
    assert read(page) == "Header 1\n\n| a | b |\n|---|---|\n\n| Total | paid |\n|---|---|"


def test_cells_are_read_once_and_stand_in_their_columns() -> None:
    page = (
        "<table><caption>Pay</caption><tfoot><tr><td>sum<td>3</tfoot>"
        "<tr><th rowspan=2>Name<th colspan=2>Months<tr><td>1|<td>2</table>"
    )
    assert read(page) == "Pay\n\n| Name | Months |  |\n|---|---|---|\n|  | 1\\| | 2 |\n| sum | 3 |  |"


def test_lists_and_code_stay_in_their_cell() -> None:
    page = "<table><tr><td><ul><li>x<li>y</ul><td><pre>code\ntwo</pre></table>"
    assert read(page) == "| • x • y | code two |\n|---|---|"


def test_elements_that_are_closed_at_once_are_whole_in_xhtml() -> None:
    page = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><script src='x.js' /></head>"
    assert read(f"{page}<body><table><tr><td/><td>b</td></tr></table><p>end<br/>line</p></body></html>") == (
        "|  | b |\n|---|---|\n\nend\nline"
    )


@pytest.mark.parametrize(
    ("label", "encoding", "words"),
    [
        ("gb2312", "gb18030", "镕基，会议"),
        ("iso-8859-1", "cp1252", "20 € “so”"),
        ("Shift_JIS", "cp932", "会議は①時"),
        ("big5", "big5", "會議改到週四"),
        ("windows-1251", "cp1251", "Встреча в четверг"),
        ("euc-kr", "cp949", "회의는 목요일"),
        ("iso-8859-1", "utf-8", "Café, the label is wrong"),
        ("no-such-label", "utf-8", "Müller"),
    ],
)
def test_the_label_of_an_encoding_means_what_it_means_to_browsers(label: str, encoding: str, words: str) -> None:
    assert read(f"<meta charset={label}><p>".encode() + words.encode(encoding)) == words


def test_one_bad_byte_costs_one_character() -> None:
    assert read(b"<meta charset=utf-8><p>" + "会议改到周四。".encode() * 20 + b"\xff end").endswith("。� end")


@given(st.text(alphabet="<>/abpultidrhsn1 &;\"'=!-{}:.\n", max_size=160))
def test_any_page_is_read_or_refused(page: str) -> None:
    with contextlib.suppress(DocumentError):
        assert read(page).strip()


PIECES = [
    "<table>",
    "<tr>",
    "<td>",
    "<ul>",
    "<li>",
    "<b>",
    "<p>",
    "</p>",
    "</table>",
    "</b>",
    "<div>",
    "</div>",
    "<pre>",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.from_regex(r"w[0-9]{1,3} ", fullmatch=True)), max_size=30))
def test_no_word_is_lost_whatever_stands_around_it(pieces: list[str]) -> None:
    said = [piece.strip() for piece in pieces if piece[0] == "w"]
    if said:
        text = read(" ".join(pieces))
        for word in said:
            assert word in text
