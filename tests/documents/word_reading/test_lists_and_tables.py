"""Numbers of lists are those that Word shows; a table has each cell once."""

import pytest

from desktop.documents.number_formats import formatted
from tests.documents.word_files import cell, item, level, lists, paragraph, read, table

LEGAL = lists(level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)"), level(2, "decimal", "%1.%3"), starts={3: 5})


def test_items_get_their_numbers_and_stand_below_each_other() -> None:
    body = item("one", 1) + item("inside", 1, 1) + item("again", 1, 1) + item("two", 1) + item("anew", 1, 1)
    assert read(body, {"numbering": LEGAL}) == "1. one\n   (a) inside\n   (b) again\n2. two\n   (a) anew"


def test_a_list_goes_on_behind_a_paragraph_and_another_begins_anew() -> None:
    body = item("one", 1) + paragraph("between") + item("two", 1) + item("first", 2) + item("fifth", 3)
    assert read(body, {"numbering": LEGAL}) == "1. one\n\nbetween\n\n2. two\n1. first\n5. fifth"


def test_numbers_of_levels_above_stand_in_a_label() -> None:
    body = item("one", 1) + item("a", 1, 1) + item("deep", 1, 2) + item("deeper", 1, 2)
    assert read(body, {"numbering": LEGAL}).split("\n")[2:] == ["       1.1 deep", "       1.2 deeper"]


def test_articles_in_chinese_keep_their_labels() -> None:
    articles = lists(level(0, "chineseCountingThousand", "第%1条"), level(1, "decimalEnclosedCircle", "%2"))
    body = item("总则", 1) + item("目的", 1, 1) + "".join(item("条文", 1) for _ in range(11))
    assert read(body, {"numbering": articles}).split("\n")[::12] == ["第一条 总则", "第十二条 条文"]


def test_headings_are_numbered_by_their_styles() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="berschrift{n}"><w:name w:val="heading {n}"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for n in (1, 2)
    )
    numbering = lists(
        level(0, "decimal", "%1", '<w:pStyle w:val="berschrift1"/>'),
        level(1, "decimal", "%1.%2", '<w:pStyle w:val="berschrift2"/>'),
    )
    body = "".join(
        paragraph(text, f'<w:pStyle w:val="berschrift{n}"/>') for n, text in ((1, "Scope"), (2, "Aim"), (2, "Means"))
    )
    assert read(body, {"styles": styles, "numbering": numbering}) == "## 1 Scope\n\n### 1.1 Aim\n\n### 1.2 Means"


def test_bullets_and_boxes() -> None:
    boxes = lists(level(0, "bullet", "\uf0b7"), level(1, "bullet", "☐"))
    assert read(item("one", 1) + item("todo", 1, 1), {"numbering": boxes}) == "- one\n  - ☐ todo"


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (4, "upperRoman", "IV"),
        (1999, "lowerRoman", "mcmxcix"),
        (28, "lowerLetter", "bb"),
        (7, "decimalZero", "07"),
        (22, "ordinal", "22nd"),
        (112, "ordinal", "112th"),
        (21, "cardinalText", "Twenty-one"),
        (12, "ordinalText", "Twelfth"),
        (20, "ordinalText", "Twentieth"),
        (110, "chineseCounting", "一百一十"),
        (105, "chineseCounting", "一百零五"),
        (15, "chineseLegalSimplified", "壹拾伍"),
        (3, "ideographTraditional", "丙"),
        (12, "ideographZodiac", "亥"),
        (13, "ideographZodiac", "13"),
        (0, "upperRoman", "0"),
        (5, "unheardOf", "5"),
    ],
)
def test_numbers_are_written_as_their_kind_says(value: int, kind: str, text: str) -> None:
    assert formatted(value, kind) == text


def test_merged_cells_are_read_once() -> None:
    wide = cell("Quarter", '<w:gridSpan w:val="2"/>')
    begun, goes_on = cell("North", '<w:vMerge w:val="restart"/>'), cell("North", "<w:vMerge/>")
    read_text = read(table(wide + cell("Sum"), begun + cell("1") + cell("2"), goes_on + cell("3") + cell("4")))
    assert read_text == "| Quarter |  | Sum |\n|---|---|---|\n| North | 1 | 2 |\n|  | 3 | 4 |"


def test_a_table_in_a_cell_stands_at_its_place() -> None:
    inner = table(cell("Item") + cell("Qty"), cell("Lamp") + cell("2"))
    outer = table(cell("Order 4471"), cell(inner + paragraph("")), cell("Total 80 euro") + cell("paid"))
    assert read(outer) == (
        "Order 4471\n\n| Item | Qty |\n|---|---|\n| Lamp | 2 |\n\n| Total 80 euro | paid |\n|---|---|"
    )


def test_paragraphs_and_items_of_a_cell_stay_in_it() -> None:
    inside = item("one", 1) + item("two", 1)
    body = table(cell("a") + cell("b"), cell(paragraph("first") + paragraph("second")) + cell(inside))
    assert read(body, {"numbering": LEGAL}) == "| a | b |\n|---|---|\n| first second | 1. one 2. two |"


def test_rows_and_cells_within_controls_are_read_and_deleted_rows_are_not() -> None:
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    row = control.format(f"<w:tr>{control.format(cell('x'))}{cell('y')}</w:tr>")
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('gone')}{cell('gone')}</w:tr>"
    assert read(f"<w:tbl>{row}{deleted}</w:tbl>") == "| x | y |\n|---|---|"


def test_a_table_of_one_cell_is_a_frame_around_text() -> None:
    assert read(table(cell(paragraph("Notice") + paragraph("Keep dry.")))) == "Notice\n\nKeep dry."
