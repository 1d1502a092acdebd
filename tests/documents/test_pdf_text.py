"""Text of PDF files comes back in paragraphs: files made by Typst with columns, headers, notes and broken words."""

import itertools
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.export import write_document
from desktop.documents.pdf_lines import Line
from desktop.documents.pdf_text import pdf_text, text_of, without_margins
from tests.documents.test_pdf import needs_chinese

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice, a large package, is not installed"
)
ENGLISH = [
    "Internationalization is an extraordinarily complicated undertaking, and organizations underestimate it; "
    "documentation, communication and administration all need translation before anything is understandable.",
    "A second paragraph follows. It is short.",
    "Nevertheless, responsibilities were redistributed: representatives of the departments negotiated intensively, "
    "and the implementation was postponed until the infrastructure was satisfactory. Everybody agreed to that.",
    "One line only.",
]
CHINESE = [
    "本周客服部共处理工单三百二十个，平均回复时间缩短至三小时，比上周减少了四分之一，客户的满意度也有明显提高，大家都很高兴。",
    "第二段很短。",
    "新的知识库已经上线，全体员工完成了培训，打印机故障的临时方案也已经修复，下周将继续观察系统的运行情况并整理剩下的问题。",
]
LAYOUTS = {
    "plain": '#set page(paper: "a5")',
    "justified": '#set page(paper: "a5")\n#set par(justify: true)',
    "indented": '#set page(paper: "a5")\n#set par(justify: true, spacing: 0.65em, '
    "first-line-indent: (amount: 2em, all: true))",
    "columns": '#set page(paper: "a4", columns: 2)\n#set par(justify: true)',
    "headed": (
        '#set page(paper: "a6", header: context [Annual report #h(1fr) #if calc.odd(here().page()) [Odd] else [Even]], '
        "footer: context align(center, counter(page).display()))"
    ),
}


def numbered(paragraphs: list[str], times: int) -> list[str]:
    """Repeat paragraphs, no two of them alike: else they would look like headers."""
    marks = ["".join(letters) for letters in itertools.product("abcdef", repeat=3)]
    return [
        f"{marks[at].capitalize()}: {text[:-1]} {marks[at]}{text[-1]}" for at, text in enumerate(paragraphs * times)
    ]


def made(tmp_path: Path, layout: str, text: list[str], language: str) -> Path:
    font = (
        '#set text(font: ("Libertinus Serif", "WenQuanYi Micro Hei", "Noto Sans CJK SC"), size: 10pt, hyphenate: true, '
    )
    source = f'{LAYOUTS[layout]}\n{font}lang: "{language}")\n' + "\n\n".join(text)
    (tmp_path / "made.pdf").write_bytes(typst.compile(source.encode()))
    return tmp_path / "made.pdf"


def text_in(path: Path) -> str:
    return pdf_text(path.read_bytes(), path)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_english_paragraphs_are_whole(layout: str, tmp_path: Path) -> None:
    text = numbered(ENGLISH, 10)
    assert text_in(made(tmp_path, layout, text, "en")).strip().split("\n\n") == text


@needs_chinese
@pytest.mark.parametrize("layout", LAYOUTS)
def test_chinese_paragraphs_are_whole(layout: str, tmp_path: Path) -> None:
    text = numbered(CHINESE, 12)
    assert text_in(made(tmp_path, layout, text, "zh")).strip().split("\n\n") == text


def test_headings_and_lists_stand_alone(tmp_path: Path) -> None:
    text = [
        "= Results",
        ENGLISH[0],
        "== Details",
        "- one item\n- another item, which is long enough to go on in the line below it\n- third",
        "The end.",
    ]
    read = text_in(made(tmp_path, "plain", text, "en"))
    assert read.strip().split("\n\n") == [
        "Results",
        ENGLISH[0],
        "Details",
        "• one item\n• another item, which is long enough to go on in the line below it\n• third",
        "The end.",
    ]


def test_a_note_does_not_interrupt_the_sentence_that_goes_on_on_the_next_page(tmp_path: Path) -> None:
    text = "\n\n".join([ENGLISH[0] + "#footnote[A note about it.]", *numbered(ENGLISH[2:3], 12)])
    source = f'#set page(paper: "a6")\n#set text(size: 10pt)\n{text}'
    (tmp_path / "noted.pdf").write_bytes(typst.compile(source.encode()))
    blocks = text_in(tmp_path / "noted.pdf").strip().split("\n\n")
    once = numbered(ENGLISH[2:3], 12)
    assert blocks.index("¹A note about it.") < len(blocks) - 1
    blocks.remove("¹A note about it.")
    assert blocks == [ENGLISH[0] + "¹", *once]


def test_compounds_keep_their_hyphen_where_the_document_shows_it() -> None:
    lines = [
        Line("This is a long line that ends with well", 50, 300, 700, 10, broken=True),
        Line("known words, and well-known ones stand elsewhere;", 50, 290, 688, 10),
        Line("this one is extra", 50, 300, 676, 10, broken=True),
        Line("ordinary, and state-of", 50, 300, 664, 10, broken=True),
        Line("the-art is kept.", 50, 120, 652, 10),
    ]
    assert text_of([lines]) == (
        "This is a long line that ends with well-known words, and well-known ones stand elsewhere; "
        "this one is extraordinary, and state-of-the-art is kept."
    )


def test_a_wide_word_that_just_had_no_room_goes_on_with_its_paragraph() -> None:
    lines = [
        Line("A line that is as wide as the page is, from the left to", 50, 300, 700, 10),
        Line("the right; and the second one illustrates it in a word:", 50, 290, 688, 10),
        Line("WWWWWW iiii iiii iiii iiii iiii iiii iiii", 50, 200, 676, 10),
        Line("ends here.", 50, 100, 664, 10),
    ]
    assert text_of([lines[:2]]) == f"{lines[0].text} {lines[1].text}"
    assert text_of([lines]).endswith("\n\nends here.")


def test_lines_of_code_stay_lines(tmp_path: Path) -> None:
    text = [ENGLISH[0], "```\nmake run  # opens the window\nmake test # runs the tests\n```", ENGLISH[2]]
    read = text_in(made(tmp_path, "plain", text, "en"))
    assert re.sub(" +", " ", read).strip().split("\n\n") == [
        ENGLISH[0], "make run # opens the window", "make test # runs the tests", ENGLISH[2]
    ]  # fmt: skip


@needs_libreoffice
def test_a_document_of_another_program_comes_back_in_paragraphs(tmp_path: Path) -> None:
    items = "\n".join(f"- {text}" for text in ENGLISH[:3])
    write_document(f"{ENGLISH[0]}\n\n{items}\n\n{ENGLISH[2]}", tmp_path / "made.docx", language="en", paper="a4")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "made.docx"),
        ],
        check=True,
        timeout=120,
        capture_output=True,
    )
    read = text_in(tmp_path / "made.pdf")
    assert read.strip().split("\n\n") == [ENGLISH[0], "\n".join(f"• {text}" for text in ENGLISH[:3]), ENGLISH[2]]


def page(*texts: str, top: float = 800.0) -> list[Line]:
    return [Line(text, 50, 50 + 5 * len(text), top - 40 * at, 10) for at, text in enumerate(texts)]


def test_what_stands_on_every_page_is_left_out() -> None:
    pages = [page("Annual report", f"Text {'x' * number} here", f"Page {number} of 4") for number in range(1, 5)]
    assert [[line.text for line in kept] for kept in without_margins(pages)] == [
        [f"Text {'x' * number} here"] for number in range(1, 5)
    ]
    chinese = [page("第 1 页 共 2 页", "正文"), page("正文二", "- 2 -")]
    assert [[line.text for line in kept] for kept in without_margins(chinese)] == [["正文"], ["正文二"]]


def test_a_lone_number_is_no_page_number() -> None:
    assert [line.text for line in without_margins([page("2026"), []])[0]] == ["2026"]
    close = [Line("The sum of all was", 50, 200, 700, 10), Line("42", 50, 60, 688, 10)]
    assert len(without_margins([close])[0]) == 2


LINES = st.builds(
    Line,
    text=st.text(alphabet="ab 中，-1.•", min_size=1, max_size=30).map(str.strip).filter(bool),
    left=st.integers(0, 300).map(float),
    right=st.integers(301, 600).map(float),
    base=st.integers(0, 800).map(float),
    size=st.sampled_from([8.0, 10.0, 14.0]),
    broken=st.booleans(),
)


@given(st.lists(st.lists(LINES, max_size=6), max_size=3))
def test_no_word_of_a_page_is_lost_but_in_its_margins(pages: list[list[Line]]) -> None:
    kept = re.sub(r"[\s-]", "", text_of(pages))
    lines = [re.sub(r"[\s-]", "", line.text) for each in without_margins(pages) for line in each]
    assert sorted(kept) == sorted("".join(lines))
