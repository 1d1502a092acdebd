"""Exports, opened again by another program."""

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.documents.export import kinds, to_html, to_text, write_document
from desktop.errors import DocumentError

TEXT = """\
# Weekly report

## Work done

- Answered **340** tickets.
  - half of them *late*

  Most of them by phone.
- Wrote `a = b` and ~~nothing~~.

1. first
2. second

Between.

1. again first

> Quoted & <b>loud</b>.

| name | amount |
|---|---|
| 茶 | 3 |

```python
def f():
    return 1
```

See [the page](https://example.org/a?b=1&c=2) or [a file](file:///etc/passwd).

---

重点：**你好**，世界。
"""


@pytest.fixture
def document(tmp_path: Path) -> docx.document.Document:
    write_document(TEXT, tmp_path / "report.docx", title="Weekly report", language="zh")
    return docx.Document(str(tmp_path / "report.docx"))


def styled(document: docx.document.Document) -> list[tuple[str, str]]:
    return [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs if paragraph.style]


def test_word_gets_real_styles_in_order(document: docx.document.Document) -> None:
    assert styled(document)[:10] == [
        ("Title", "Weekly report"),
        ("Heading 1", "Work done"),
        ("List Bullet", "Answered 340 tickets."),
        ("List Bullet 2", "half of them late"),
        ("List Continue", "Most of them by phone."),
        ("List Bullet", "Wrote a = b and nothing."),
        ("List Number", "first"),
        ("List Number", "second"),
        ("Normal", "Between."),
        ("List Number", "again first"),
    ]
    assert ("Quote", "Quoted & <b>loud</b>.") in styled(document)
    assert document.core_properties.title == "Weekly report"


def test_words_keep_their_look(document: docx.document.Document) -> None:
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    assert [run.text for run in runs if run.bold] == ["340", "你好"]
    assert [run.text for run in runs if run.italic] == ["late"]
    assert [run.text for run in runs if run.font.strike] == ["nothing"]
    assert "def f():\n    return 1" in [paragraph.text for paragraph in document.paragraphs]


def test_each_list_begins_at_one(document: docx.document.Document) -> None:
    numbers = [
        paragraph._p.find(f".//{qn('w:numId')}").get(qn("w:val"))
        for paragraph in document.paragraphs
        if paragraph.style and paragraph.style.name == "List Number"
    ]
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_table_is_a_table(document: docx.document.Document) -> None:
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["name", "amount"], ["茶", "3"]]


def test_only_links_to_pages_are_links(document: docx.document.Document) -> None:
    targets = [each.target_ref for each in document.part.rels.values() if each.is_external]
    assert targets == ["https://example.org/a?b=1&c=2"]
    assert "See the page or [a file](file:///etc/passwd)." in [paragraph.text for paragraph in document.paragraphs]


def test_chinese_has_a_font_of_its_own(document: docx.document.Document) -> None:
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "Microsoft YaHei"
    assert document.styles["Heading 1"].element.rPr.rFonts.get(qn("w:eastAsia")) == "Microsoft YaHei"


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_holds_the_structure_and_runs_nothing() -> None:
    hostile = f"{TEXT}\n<script>alert(1)</script>\n\n![a photo](https://example.org/x.png)\n\n[x](javascript:alert(1))"
    page = to_html(hostile, "T & <t>", "zh")
    seen = Seen()
    seen.feed(page)
    assert {"h1", "h2", "ul", "ol", "table", "pre", "blockquote", "strong"} <= set(seen.tags)
    assert not {"script", "img", "b"} & set(seen.tags)
    assert "a photo" in seen.text
    assert 'href="javascript' not in page
    assert '<html lang="zh">' in page


def test_plain_text_has_no_marks() -> None:
    plain = to_text(TEXT)
    assert "Weekly report\n\nWork done\n\n- Answered 340 tickets." in plain
    assert "重点：你好，世界。" in plain
    assert "def f():\n    return 1" in plain
    assert "the page (https://example.org/a?b=1&c=2)" in plain
    assert "**" not in plain


def test_an_unknown_kind_or_place_gets_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"\.docx"):
        write_document(TEXT, tmp_path / "report.xyz")
    for kind in kinds():
        with pytest.raises(DocumentError, match="cannot be written"):
            write_document(TEXT, tmp_path / "absent" / f"report{kind}")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.md"
    target.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(DocumentError, match="No space left"):
        write_document(TEXT, target)
    assert [path.name for path in tmp_path.iterdir()] == ["report.md"]
    assert target.read_text(encoding="utf-8") == "old"


@settings(max_examples=40)  # a Word file takes a tenth of a second
@example("\t\x08")
@example("`\x00\ufffe`\ud800")
@given(st.text(max_size=200))
def test_any_text_can_be_exported(text: str) -> None:
    import tempfile

    to_html(text)
    to_text(text)
    with tempfile.TemporaryDirectory() as folder:
        write_document(text, Path(folder) / "any.docx")
        docx.Document(str(Path(folder) / "any.docx"))


NOTES = """\
One.[^1] Two.[^a] Again.[^1]

[^1]: The *first* note,
    [linked](https://example.org).

    More.
[^a]: 第二

[^9]: unused
"""


def test_footnotes_are_those_of_word(tmp_path: Path) -> None:
    write_document(NOTES, tmp_path / "notes.docx")
    document = docx.Document(str(tmp_path / "notes.docx"))
    (part,) = [each.target_part for each in document.part.rels.values() if each.reltype.endswith("/footnotes")]
    root = parse_xml(part.blob)
    texts = {
        note.get(qn("w:id")): [paragraph.text for paragraph in note.iter(qn("w:p"))]
        for note in root
        if note.get(qn("w:type")) is None
    }
    assert texts == {
        "1": [" The first note,\nlinked.", "More."],
        "2": [" 第二"],
        "3": [" The first note,\nlinked.", "More."],
    }
    marks = [each.get(qn("w:id")) for each in document.element.iter(qn("w:footnoteReference"))]
    assert marks == ["1", "2", "3"]
    assert part.rels[root.find(f".//{qn('w:hyperlink')}").get(qn("r:id"))].target_ref == "https://example.org"
    assert document.paragraphs[-1].text == "[^9]: unused"


def test_a_note_in_a_note_is_written_inside_it(tmp_path: Path) -> None:
    write_document("One.[^1]\n\n[^1]: see[^2] and[^1]\n[^2]: other[^1]", tmp_path / "notes.docx")
    document = docx.Document(str(tmp_path / "notes.docx"))
    (part,) = [each.target_part for each in document.part.rels.values() if each.reltype.endswith("/footnotes")]
    assert [each.text for each in parse_xml(part.blob).iter(qn("w:p"))][2:] == [" see (other1) and1"]


def test_html_has_footnotes_of_its_own_in_each_part() -> None:
    page = to_html([NOTES, NOTES])
    targets = re.findall(r'id="(fn[^"]*)"', page)
    assert len(targets) == len(set(targets)) > 0
    assert set(re.findall(r'href="#(fn[^"]*)"', page)) == set(targets)
    assert page.count("[^9]: unused") == 2


@pytest.mark.parametrize(("paper", "width"), [("a4", 210), ("letter", 215.9)])
def test_word_gets_the_paper_that_was_asked(paper: str, width: float, tmp_path: Path) -> None:
    write_document("Text.", tmp_path / "text.docx", paper=paper)
    found = docx.Document(str(tmp_path / "text.docx")).sections[0].page_width
    assert found is not None
    assert found.mm == pytest.approx(width, abs=0.1)


def test_lines_of_one_chinese_paragraph_join_without_a_space(tmp_path: Path) -> None:
    long = "这一段话写得很长，写的人在每一行的末尾都换了行，因为他的窗口只有这么宽"
    write_document(f"{long}，\n{long}\nand then {long}\nrest", tmp_path / "text.docx")
    shown = docx.Document(str(tmp_path / "text.docx")).paragraphs[0].text
    assert shown == f"{long}，{long} and then {long} rest"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice, a large package, is not installed")
def test_libreoffice_reads_what_was_written(tmp_path: Path) -> None:
    write_document(TEXT + NOTES, tmp_path / "report.docx", title="Weekly report", language="zh")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "html:HTML (StarWriter)", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "report.docx")], check=True, timeout=120, capture_output=True)
    seen = Seen()
    seen.feed((tmp_path / "report.html").read_text(encoding="utf-8"))
    text = " ".join(seen.text.split())
    for words in (
        "Weekly report",
        "Answered 340 tickets.",
        "half of them late",
        "def f():",
        "重点：你好，世界。",
        "第二",
    ):
        assert words in text
    assert {"h1", "ul", "ol", "table"} <= set(seen.tags)
    assert " ".join(text.split()).count("The first note, linked.") == 2


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("这是**重点：**正文", "这是<strong>重点：</strong>正文"),
        ("前**“引用”**后", "前<strong>“引用”</strong>后"),
        ("*（斜）*体", "<em>（斜）</em>体"),
        ("2 ** 3 ** 4", "2 ** 3 ** 4"),
        ("a**(b)**c", "a**(b)**c"),
    ],
)
def test_emphasis_beside_full_width_marks_is_emphasis(text: str, body: str) -> None:
    assert f"<p>{body}</p>" in to_html(text)


FORMULAS = r"""Inline \(a^2 + b^2 = c^2\) and $x^2\,dx$.

\[ \sum_{i=1}^{n} i = \frac{n(n+1)}{2} \]

$$\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$$

| $|x|$ | b |
|---|---|
| 1 | \(y\,z\) |

- [x] done
"""


def test_formulas_stay_as_they_were_written(tmp_path: Path) -> None:
    write_document(FORMULAS, tmp_path / "formulas.docx")
    document = docx.Document(str(tmp_path / "formulas.docx"))
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text] == [
        *[line for line in FORMULAS.splitlines() if line and line[0] not in "|-"], "☑ done",
    ]  # fmt: skip
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["$|x|$", "b"]
    seen = Seen()
    seen.feed(to_html(FORMULAS))
    for line in [*FORMULAS.split("\n")[:5], r"\(y\,z\)", "$|x|$", "☑ done"]:
        assert line in seen.text


def test_plain_text_leaves_formulas_alone() -> None:
    text = "So $\\left[a\\right](b)$ and\n$$\n(x)*y*(z)\n$$\nand **bold**.\n"
    assert to_text(text) == text.replace("**", "")


def test_a_picture_is_linked_and_not_loaded() -> None:
    page = to_html("![a > photo](https://example.org/x.png) ![local](x.png)")
    assert '<p><a href="https://example.org/x.png">a &gt; photo</a> local</p>' in page


def test_levels_below_the_third_and_quotations_in_quotations_are_indented_in_word(tmp_path: Path) -> None:
    write_document("- a\n  - b\n    - c\n      - d\n        - e\n\n> q\n>\n> > r\n", tmp_path / "deep.docx")
    indents = {
        each.text: each.paragraph_format.left_indent for each in docx.Document(str(tmp_path / "deep.docx")).paragraphs
    }
    assert indents["c"] is None
    assert 0 < indents["d"] < indents["e"]
    assert indents["r"] > 0
