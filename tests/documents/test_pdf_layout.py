"""Rows of tables are rows, columns come one behind the other however they are drawn, figures keep their value."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.pdf_layout import ordered
from desktop.documents.pdf_lines import Line
from desktop.documents.pdf_text import pdf_text, text_of
from tests.documents.pdf_files import pdf_file

LEFT = [f"This is line {at} on the left side of the page" for at in "abcdefgh"]
RIGHT = [f"And line {at} stands on the right side of it" for at in "abcdefgh"]


def cell(text: str, left: float, base: float, *, goes_on: bool = False) -> Line:
    return Line(text, left, left + 5.0 * len(text), base, 10, goes_on=goes_on)


def texts(lines: Sequence[Line]) -> list[str]:
    return [line.text for line in ordered(lines)]


def test_a_cell_of_several_lines_belongs_to_its_row() -> None:
    by_cells = [
        *(cell("Item", 50, 700), cell("Sum", 250, 700, goes_on=True)),
        *(cell("Lamp", 50, 676), cell("80.00", 250, 676, goes_on=True)),
        *(cell("Delivery and", 50, 652), cell("assembly", 50, 640), cell("35.00", 250, 652)),
        *(cell("Discount", 50, 616), cell("-9.05", 250, 616, goes_on=True)),
    ]
    assert texts(by_cells) == ["Item Sum", "Lamp 80.00", "Delivery and assembly 35.00", "Discount -9.05"]


def test_cells_in_the_middle_of_their_row_belong_to_it() -> None:
    lines = [
        *(cell("Place", 50, 700), cell("Sum", 250, 700, goes_on=True)),
        *(cell("The shop in", 50, 676), cell("the old", 50, 664), cell("harbour", 50, 652), cell("12", 250, 664)),
        *(cell("Online", 50, 628), cell("7", 250, 628, goes_on=True)),
    ]
    assert texts(lines) == ["Place Sum", "The shop in the old harbour 12", "Online 7"]


def test_cells_that_are_all_of_several_lines_are_one_row() -> None:
    lines = [
        *(cell("a", 50, 700), cell("b", 250, 700, goes_on=True)),
        *(cell("one", 50, 683), cell("two", 50, 669), cell("three", 250, 683), cell("four", 250, 669)),
    ]
    assert texts(lines) == ["a b", "one two three four"]


def test_rows_drawn_column_by_column_are_rows() -> None:
    names = [cell(name, 50, 700 - 12 * at) for at, name in enumerate(("Name", "Ann", "Bo", "Cy"))]
    sums = [cell(sum_, 200, 700 - 12 * at) for at, sum_ in enumerate(("Sum", "1", "2", "3"))]
    assert texts([*names, *sums]) == ["Name Sum", "Ann 1", "Bo 2", "Cy 3"]


@pytest.mark.parametrize("drawn", ["by columns", "by lines", "from the right"])
def test_columns_come_one_behind_the_other_however_they_are_drawn(drawn: str) -> None:
    left = [cell(text, 50, 600 - 12 * at) for at, text in enumerate(LEFT)]
    right = [cell(text, 320, 600 - 12 * at) for at, text in enumerate(RIGHT)]
    title = cell("A title that stands above both of the columns and is as wide as the page is", 50, 640)
    if drawn == "by lines":
        body = [part for pair in zip(left, right, strict=True) for part in pair]
    else:
        body = [*left, *right] if drawn == "by columns" else [*right, *left]
    assert texts([title, *body]) == [title.text, *LEFT, *RIGHT]


def test_two_prices_in_prose_are_no_table() -> None:
    lines = [
        cell("It costs 5 euros", 50, 700),
        cell("or 6 with tax.", 160, 700, goes_on=True),
        cell("So it is.", 50, 688),
    ]
    assert texts(lines) == ["It costs 5 euros or 6 with tax.", "So it is."]


def test_rows_stand_apart_from_the_paragraphs_around_them() -> None:
    page = [
        Line("A paragraph that is as wide as the whole page, which goes on below", 50, 380, 720, 10),
        Line("and ends here.", 50, 120, 708, 10),
        *(cell("a", 50, 690), cell("1", 200, 690, goes_on=True), cell("b", 50, 678), cell("2", 200, 678, goes_on=True)),
        Line("Another paragraph.", 50, 140, 660, 10),
    ]
    assert text_of([ordered(page)]) == (
        "A paragraph that is as wide as the whole page, which goes on below and ends here."
        "\n\na 1\nb 2\n\nAnother paragraph."
    )


coordinates = st.floats(-2000, 2000, allow_nan=False)


@given(
    st.lists(
        st.builds(
            lambda text, left, width, base, size: Line(text, left, left + width, base, size),
            st.from_regex("[a-z]{1,9}( [a-z]{1,9})?", fullmatch=True),
            *(coordinates, st.floats(0, 500), coordinates, st.floats(0, 40)),
        ),
        max_size=40,
    )
)
def test_no_word_is_lost_wherever_it_stands(lines: list[Line]) -> None:
    said = sorted(word for line in lines for word in line.text.split())
    assert sorted(word for line in ordered(lines) for word in line.text.split()) == said


def text_of_typst(source: str, tmp_path: Path) -> str:
    (tmp_path / "made.pdf").write_bytes(typst.compile(source.encode()))
    return pdf_text((tmp_path / "made.pdf").read_bytes(), tmp_path / "made.pdf").strip()


def test_exponents_are_raised_by_font_or_by_size(tmp_path: Path) -> None:
    words = "6.02 times 10#super[23], 10#super[-3] m and H#sub[2]O"
    assert text_of_typst(words, tmp_path) == "6.02 times 10²³, 10−³ m and H₂O"
    by_size = text_of_typst(f"#set super(typographic: false)\n#set sub(typographic: false)\n{words}", tmp_path)
    assert by_size == "6.02 times 10²³, 10⁻³ m and H₂O"


def test_a_power_drawn_by_hand_is_one(tmp_path: Path) -> None:
    drawn = b"BT /F1 12 Tf 72 700 Td (The area is 25 m) Tj /F1 7 Tf 5 Ts (2) Tj /F1 12 Tf 0 Ts ( in all.) Tj ET"
    (tmp_path / "a.pdf").write_bytes(pdf_file(drawn))
    assert pdf_text((tmp_path / "a.pdf").read_bytes(), tmp_path / "a.pdf").strip() == "The area is 25 m² in all."


@pytest.mark.parametrize(
    ("first", "last", "word"),
    [
        ("the in", "formation is", "information"),
        ("a follow", "up is", "follow-up"),
        ("in 2026", "27 it", "2026-27"),
        ("with Jean", "Luc we", "Jean-Luc"),
        ("some", "thing is", "something"),
        ("an ice", "cream of", "ice-cream"),  # both are words of this document
    ],
)
def test_a_hyphen_that_belongs_to_its_word_stays(first: str, last: str, word: str) -> None:
    lines = [
        Line("All of this ice is sold here as cream or as some other thing that one can eat", 50, 400, 724, 10),
        Line(f"this is a long line which ends with {first}", 50, 400, 712, 10, broken=True),
        Line(f"{last} the end of it.", 50, 200, 700, 10),
    ]
    assert f" {word} " in text_of([lines])
