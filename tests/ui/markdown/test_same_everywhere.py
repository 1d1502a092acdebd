"""What a reader sees of a text is the same in the window, on an HTML page, in Word and in a PDF file."""

import re
import shutil
import subprocess
import textwrap
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from desktop.documents.export import write_document
from desktop.history.exchange.html_page import as_html
from desktop.history.records import Conversation, StoredMessage
from desktop.ui.markdown.copying import as_text

PROSE = (
    "The committee met on Monday to look at the figures of the last quarter, and it found that most of them had been "
    "taken from an older report. Mr Okafor will check them again before the next meeting, which is on 4 May."
)
WRAPPED = "\n".join(textwrap.wrap(PROSE, 64))
CHINESE = "委员会星期一开会讨论上个季度的数字，发现其中大部分来自旧的报告。李经理会在下次会议之前再检查一遍所有的数字。"
# What is written, and its lines as they are read.
TEXTS: dict[str, tuple[str, list[str]]] = {
    "a letter": (
        f"Ines Moreau\n12 Rue de l'Église\n75005 Paris\n\nDear Mr Zheng,\n{WRAPPED}\n\nKind regards,\n**Ines**",
        ["Ines Moreau", "12 Rue de l'Église", "75005 Paris", "Dear Mr Zheng,", PROSE, "Kind regards,", "Ines"],
    ),
    "a Chinese letter": (
        f"尊敬的李经理：\n\n{CHINESE[:30]}\n{CHINESE[30:]}\n\n此致\n敬礼\n\n王芳\n2027年3月1日",
        ["尊敬的李经理：", CHINESE, "此致", "敬礼", "王芳", "2027年3月1日"],
    ),
    "poems": (
        "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。\n\n> it rains\n> and the *lamp*\n> keeps a small moon",
        [
            "床前明月光，",
            "疑是地上霜。",
            "举头望明月，",
            "低头思故乡。",
            "it rains",
            "and the lamp",
            "keeps a small moon",
        ],
    ),
    "hard breaks": ("one  \ntwo\\\nthree", ["one", "two", "three"]),
    "deep lists": (
        "- one\n  - two\n    - three\n      - four\n        - five\n          1. six\n\n             lines of\n"
        "             the item\n\nbehind",
        ["one", "two", "three", "four", "five", "six", "lines of", "the item", "behind"],
    ),
    "numbered lists": ("3. three\n4. four\n   - in it\n\n   more\n5. five", ["three", "four", "in it", "more", "five"]),
    "quotations": (
        "> one\n>\n> > two\n> >\n> > > three\n> > > lines\n>\n> - an item\n>   of two lines\n\nbehind",
        ["one", "two", "three", "lines", "an item", "of two lines", "behind"],
    ),
    "formulas": (
        "Inline $x^2\\,dx$ and \\(a_1 * b_1\\) flow.\n\n$$\\frac{a}{b}$$\n\n\\[ a_1 \\\\ b_1 \\]\n\n- item \\(y\\)",
        ["Inline $x^2\\,dx$ and \\(a_1 * b_1\\) flow.", "$$\\frac{a}{b}$$", "\\[ a_1 \\\\ b_1 \\]", "item \\(y\\)"],
    ),
    "formulas of several lines": (
        "Before\n$$\n\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}\n$$\nafter",
        ["Before", "$$ \\begin{aligned} a &= b \\\\ c &= d \\end{aligned} $$", "after"],
    ),
    "Chinese bold": (
        "**重点：**正文。含**「重点」**内容，*（斜体）*后面\n\n- **Note:**中文",
        ["重点：正文。含「重点」内容，（斜体）后面", "Note:中文"],
    ),
    "tasks and cells": (
        "- [x] done\n- [ ] to do\n\n| a | b |\n|---|---|\n| **c** | d |",
        ["☑ done", "☐ to do", "a b", "c d"],
    ),
    "code": ("Use `a  b`:\n\n```\nx = 1\n\ny = 2\n```", ["Use a b:", "x = 1", "y = 2"]),
    "money": ("From $5 to $10\nand no more\\.", ["From $5 to $10", "and no more."]),
}
NOTES = "Words[^1] and more.[^b]\n\n[^1]: The *first* note.\n[^b]: 第二个。"


def lines_of(text: str) -> list[str]:
    """The lines that a reader sees, without bullets and numbers of items; formulas of several lines are one."""
    text = re.sub(r"\$\$.*?\$\$|\\\[.*?\\\]", lambda found: " ".join(found[0].split()), text, flags=re.DOTALL)
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return [re.sub(r"^(?:[•–◦▪‣-]|\d{1,2}\.) ", "", line) for line in lines if line]


class _Page(HTMLParser):
    """A page as a browser shows it: blocks and breaks end lines, other ends of line are blanks."""

    def __init__(self) -> None:
        super().__init__()
        self.shown, self._in_code, self._hidden = "", 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_code += tag == "pre"
        self._hidden += tag in ("title", "style", "header", "h1")
        self.shown += {"br": "\n", "td": " ", "th": " "}.get(tag, "\n" if tag in _BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self._in_code -= tag == "pre"
        self._hidden -= tag in ("title", "style", "header", "h1")
        self.shown += "\n" if tag in _BLOCKS else ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.shown += data if self._in_code else re.sub(r"\s+", " ", data)


_BLOCKS = ("p", "li", "ul", "ol", "tr", "table", "blockquote", "pre", "section", "article", "hr")


def in_window(text: str, _folder: Path) -> str:
    return as_text(text).replace("\t", " ")


def on_page(text: str, folder: Path) -> str:
    write_document(text, folder / "text.html")
    page = _Page()
    page.feed((folder / "text.html").read_text(encoding="utf-8"))
    return page.shown


def in_history(text: str, _folder: Path) -> str:
    page = _Page()
    conversation = Conversation(
        1,
        "u",
        "t",
        title_is_automatic=False,
        folder="",
        pinned=False,
        archived=False,
        created=0,
        updated=0,
        deleted_at=None,
    )
    page.feed(as_html(conversation, [StoredMessage(1, "m", 1, None, "assistant", text, "done", None, "", 0)]))
    return page.shown


def in_word(text: str, folder: Path) -> str:
    write_document(text, folder / "text.docx")
    document = docx.Document(str(folder / "text.docx"))
    lines = []
    for block in document.element.body:
        rows = list(block.iter(qn("w:tr"))) or [block]
        lines += [" ".join(_word_text(cell) for cell in row.iter(qn("w:p"))) for row in rows]
    notes = [part.target_part for part in document.part.rels.values() if part.reltype.endswith("/footnotes")]
    lines += [_word_text(note) for part in notes for note in parse_xml(part.blob).iter(qn("w:p"))]
    return "\n".join(lines)


def _word_text(element: object) -> str:
    parts = element.iter(qn("w:t"), qn("w:br"), qn("w:tab"))  # type: ignore[attr-defined]
    return "".join({qn("w:br"): "\n", qn("w:tab"): "\t"}.get(part.tag, part.text or "") for part in parts)


def in_pdf(text: str, folder: Path) -> str:
    write_document(text, folder / "text.pdf", paper="a4")
    program = ["pdftotext", "-layout", "-nopgbrk", str(folder / "text.pdf"), "-"]
    shown = subprocess.run(program, capture_output=True, check=True)
    lines = shown.stdout.decode().split("\n")
    return "\n".join(line for line in lines if not re.fullmatch(r"\s*\d+ ?/ ?\d+\s*", line))


WAYS: dict[str, Callable[[str, Path], str]] = {
    "window": in_window,
    "page": on_page,
    "history's page": in_history,
    "Word": in_word,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("what", TEXTS)
def test_a_text_reads_the_same(what: str, way: str, tmp_path: Path, qapp: object) -> None:
    text, lines = TEXTS[what]
    assert lines_of(WAYS[way](text, tmp_path)) == lines


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("what", TEXTS)
def test_a_text_reads_the_same_in_a_pdf(what: str, tmp_path: Path) -> None:
    text, lines = TEXTS[what]
    boxes = str.maketrans("□■", "☐☑")  # where no font has the boxes of tasks
    shown = lines_of(in_pdf(text, tmp_path).translate(boxes))
    assert "".join("".join(shown).split()) == "".join("".join(lines).split())  # the page wraps prose at its own width
    tight = [line.replace(" ", "") for line in shown]  # Typst sets a little room between Chinese and figures
    for line in lines:
        assert len(line) > 40 or line.replace(" ", "") in tight


@pytest.mark.parametrize("way", WAYS)
def test_footnotes_stand_behind_the_text(way: str, tmp_path: Path, qapp: object) -> None:
    shown = re.sub(r"\[\^?\w+\]:?|↩︎|(?<=\w)[12]|(?<=\.)[12]", "", WAYS[way](NOTES, tmp_path))
    assert lines_of(shown) == ["Words and more.", "The first note.", "第二个。"]
