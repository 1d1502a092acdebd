"""Documents are read as text, whatever their encoding; what cannot be read gets one sentence."""

import contextlib
import multiprocessing
import os
import re
import threading
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.confinement import ParserLimits
from desktop.documents.export import write_document
from desktop.documents.html_text import html_text
from desktop.documents.reading import read_document, read_with_rest
from desktop.errors import DocumentError
from desktop.text.encoding import decode
from tests.documents.pdf_files import pdf_file
from tests.documents.word_files import word_file

CHINESE = "会议改到周四下午两点，地点不变。\n请带上预算表。"
MARKDOWN = "# Minutes\n\n## Decisions\n\n- one\n- two\n\n| name | 数量 |\n|---|---|\n| tea | 3 |\n\nThe end.\n"

PAGE = """\
# Minutes

Text with **bold** and *slanted* words.

- one
- two
  - inside

1. first
2. second

| name | 数量 |
|---|---|
| tea | 3 |

```
def f():
    return 1
```

The end.
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_chinese_is_read_in_any_usual_encoding(encoding: str) -> None:
    assert decode(CHINESE.encode(encoding)) == CHINESE


@pytest.mark.parametrize("text", ["Café Müller à Orléans, 20 €", "naïve façade", "El niño comió piñas"])
def test_western_text_is_not_taken_for_chinese(text: str) -> None:
    assert decode(text.encode("cp1252")) == text
    assert decode(text.encode()) == text


@given(st.text())
def test_utf_8_is_always_read_as_it_is(text: str) -> None:
    data = (text + CHINESE).encode("utf-8", "ignore")  # a few letters alone may be words of another encoding
    if b"\0" not in data and not text.startswith("\ufeff"):
        assert decode(data) == data.decode()


def test_a_word_document_comes_back_as_markdown(tmp_path: Path) -> None:
    write_document(MARKDOWN, tmp_path / "minutes.docx")
    assert read_document(tmp_path / "minutes.docx") == MARKDOWN


def test_what_cannot_be_read_gets_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\0\0")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 nothing")
    with zipfile.ZipFile(tmp_path / "other.docx", "w") as other:
        other.writestr("hello.txt", "no document")
    # Word keeps an encrypted document in a container of another kind.
    (tmp_path / "encrypted.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "drawing.pdf").write_bytes(pdf_file(b"0 0 m 100 100 l S"))
    locked = b"/ID [(aa)(aa)] /Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >> " % (
        b"x" * 32,
        b"y" * 32,
    )
    (tmp_path / "locked.pdf").write_bytes(pdf_file(b"S", extra=locked))
    (tmp_path / "empty.html").write_text("<script>alert(1)</script>", encoding="utf-8")
    (tmp_path / "old.doc").write_bytes(b"old")
    for name, words in {
        "picture.txt": "is not text",
        "broken.docx": "is damaged",
        "other.docx": "is damaged",
        "encrypted.docx": "protected by a password",
        "broken.pdf": "is damaged",
        "drawing.pdf": "holds no text, only pictures",
        "locked.pdf": "is protected by a password",
        "empty.html": "holds no text",
        "old.doc": "Inkstone reads .docx, .pdf, .html",
        "absent.txt": "cannot be read",
        "absent.pdf": r"cannot be read \(No such file",
    }.items():
        with pytest.raises(DocumentError, match=words) as caught:
            read_document(tmp_path / name)
        assert str(caught.value).count(". ") == 0


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(51 * 2**20)
    with pytest.raises(DocumentError, match="is larger than 50 MiB"):
        read_document(tmp_path / "large.txt")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files in folders")
@pytest.mark.parametrize("ending", ["txt", "html", "docx", "pdf"])
def test_what_is_no_file_is_not_waited_for_whatever_its_name(tmp_path: Path, ending: str) -> None:
    os.mkfifo(tmp_path / f"pipe.{ending}")
    (tmp_path / f"endless.{ending}").symlink_to("/dev/zero")
    for name in ("pipe", "endless"):
        with pytest.raises(DocumentError, match="is a device or a pipe, and no file"):
            read_document(tmp_path / f"{name}.{ending}")


def test_a_word_file_that_is_made_to_burst_is_not_unpacked(tmp_path: Path) -> None:
    write_document(MARKDOWN, tmp_path / "bomb.docx")
    with zipfile.ZipFile(tmp_path / "bomb.docx", "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/bomb.xml", bytes(210 * 2**20))
    with pytest.raises(DocumentError, match="unpacks to more"):
        read_document(tmp_path / "bomb.docx")


@pytest.fixture
def bomb(tmp_path: Path) -> Path:
    """A PDF of 100 kB that says 15 million words."""
    (tmp_path / "bomb.pdf").write_bytes(pdf_file(b"BT /F1 12 Tf 10 700 Td " + b"(aaa bbb ccc) Tj " * 5_000_000 + b"ET"))
    return tmp_path / "bomb.pdf"


def test_an_endless_file_is_given_up_in_time(bomb: Path) -> None:
    began = time.monotonic()
    with pytest.raises(DocumentError, match=r"takes too long|needs too much memory"):
        read_document(bomb, limits=ParserLimits(seconds=0.2))
    assert time.monotonic() - began < 20  # a busy machine; reading all of it would take longer
    assert multiprocessing.active_children() == []


def test_a_file_that_eats_memory_is_given_up(bomb: Path) -> None:
    with pytest.raises(DocumentError, match="needs too much memory"):
        read_document(bomb, limits=ParserLimits(memory=50 << 20))


def test_more_text_than_any_reader_takes_is_refused(tmp_path: Path) -> None:
    write_document("word " * 500, tmp_path / "long.docx")
    with pytest.raises(DocumentError, match="more than 1,000 characters"):
        read_document(tmp_path / "long.docx", limits=ParserLimits(characters=1000))


def test_reading_is_stopped_from_another_thread(bomb: Path) -> None:
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    with pytest.raises(DocumentError, match="was stopped"):
        read_document(bomb, stop=stop)


RICH = """\
# Heading

Text with **bold**, a [link](https://example.org), a note[^1] and Greek λ.

## Another

- one
- two

1. first
2. second

| name | 数量 |
|---|---|
| tea | 3 |

> quoted

[^1]: The note.
"""


@pytest.mark.parametrize("kind", ["docx", "pdf", "html"])
def test_what_documents_hold_is_read_where_no_file_can_be_opened(kind: str, tmp_path: Path) -> None:
    write_document(RICH * 20, tmp_path / f"rich.{kind}", paper="a4")
    text = read_document(tmp_path / f"rich.{kind}")
    for words in ("Heading", "bold", "link", "Greek λ", "two", "second", "数量", "quoted"):
        assert text.count(words) > 10  # what stands at the top of each page is taken for a header


def test_a_word_file_without_styles_is_read(tmp_path: Path) -> None:
    write_document("Text.", tmp_path / "styled.docx")
    with zipfile.ZipFile(tmp_path / "styled.docx") as styled, zipfile.ZipFile(tmp_path / "a.docx", "w") as plain:
        for name in styled.namelist():
            content = styled.read(name)
            if name == "word/_rels/document.xml.rels":
                content = re.sub(rb"<Relationship [^>]*relationships/styles\"[^>]*/>", b"", content)
            plain.writestr(name, content)
    assert read_document(tmp_path / "a.docx") == "Text.\n"


@pytest.mark.parametrize("charset", ["shift_jis", "koi8-r", "iso-2022-kr", "macintosh", "no-such-charset"])
def test_a_page_in_a_rare_encoding_is_read_where_no_file_can_be_opened(charset: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(f'<meta charset="{charset}"><p>plain</p>'.encode())
    assert read_document(tmp_path / "page.html") == "plain\n"


def test_a_page_of_html_comes_as_markdown_and_nothing_of_it_runs(tmp_path: Path) -> None:
    write_document(PAGE, tmp_path / "page.html", title="Not the text")
    assert read_document(tmp_path / "page.html") == PAGE
    hostile = "<script>x</script><style>y</style><p>a<br>b <img src=http://x.example/y.png> &lt;b&gt;</p><!-- c -->"
    (tmp_path / "page.htm").write_text(hostile, encoding="utf-8")
    assert read_document(tmp_path / "page.htm") == "a\nb <b>\n"


def test_a_page_says_its_own_encoding(tmp_path: Path) -> None:
    page = f'<html><head><meta charset="gb2312"></head><p>{CHINESE}</p>'
    (tmp_path / "page.html").write_bytes(page.encode("gb2312"))
    assert read_document(tmp_path / "page.html") == CHINESE.replace("\n", " ") + "\n"


@given(st.text(alphabet="<>/abpulitdrh1 &;\"'=!-\n", max_size=120))
def test_any_page_is_read(text: str) -> None:
    with contextlib.suppress(DocumentError):
        assert html_text(text.encode(), Path("page.html")).strip()


REPORT = """\
Weekly report

The support team answered 340 tickets this week and cut the time of the first answer to three hours, which is a quarter
less than the week before; nobody had expected that.

客服部本周处理了三百四十个工单，平均回复时间缩短到三小时，比上周减少了四分之一，大家都没有想到搬进新楼之后这么快就能做到这一点，客户也很满意。

• one
• two

The end.
"""


def test_a_pdf_comes_back_in_paragraphs(tmp_path: Path) -> None:
    write_document(REPORT.replace("•", "-"), tmp_path / "report.pdf", paper="a4")
    assert read_document(tmp_path / "report.pdf") == re.sub(r"(?<=[a-z])\n(?=[a-z])", " ", REPORT)


@pytest.mark.parametrize("ending", ["txt", "md", "html", "docx", "pdf"])
def test_an_empty_file_holds_no_text(ending: str, tmp_path: Path) -> None:
    (tmp_path / f"zero.{ending}").touch()
    with pytest.raises(DocumentError, match=f"zero.{ending} holds no text"):
        read_document(tmp_path / f"zero.{ending}")


def test_an_encoding_that_cannot_be_told_is_named(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes("naïve façade".encode("cp850"))
    with pytest.raises(DocumentError, match="save it as UTF-8"):
        read_document(tmp_path / "old.txt")


DELETED = '<w:p>{}<w:r><w:t>Rent </w:t></w:r><w:del w:id="1"><w:r><w:delText>800</w:delText></w:r></w:del>{}</w:p>'


def test_comments_and_deletions_of_a_word_file_are_counted(tmp_path: Path) -> None:
    comment = '<w:comment w:id="{}"><w:p><w:r><w:t>Is this right?</w:t></w:r></w:p></w:comment>'
    goes_on = '<w:del w:id="2"><w:r><w:delText> euros</w:delText></w:r></w:del><w:r><w:t>850</w:t></w:r>'
    mark = '<w:pPr><w:rPr><w:ins w:id="5"/><w:del w:id="6"/></w:rPr></w:pPr>'
    one, path = DELETED.format("", goes_on), tmp_path / "a.docx"
    for comments, body, said in (
        (0, "<w:p><w:r><w:t>Plain</w:t></w:r></w:p>", []),
        (1, one, ["1 comment was left out.", "1 tracked deletion was left out."]),
        (2, one + DELETED.format(mark, ""), ["2 comments were left out.", "2 tracked deletions were left out."]),
    ):
        parts = {"comments": "".join(map(comment.format, range(comments)))} if comments else {}
        path.write_bytes(word_file(body, parts))
        read = read_with_rest(path)
        assert "right?" not in read.text
        assert "800" not in read.text
        assert list(map(str, read.left_out)) == said


def test_other_documents_leave_nothing_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    assert read_with_rest(tmp_path / "a.txt") == ("text", ())
