"""PDF files, opened again by another program: pdftotext and pdftoppm of Poppler."""

import os
import re
import shutil
import subprocess
import tempfile
import unicodedata
from pathlib import Path

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.documents.export import write_document, write_parts
from desktop.documents.paper import paper_of
from desktop.errors import BadInput, DocumentError
from tests.documents.test_export import TEXT

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None and "CI" not in os.environ, reason="poppler-utils is not installed"
)
needs_chinese = pytest.mark.skipif(
    not any("WenQuanYi" in family or "CJK" in family for family in typst.Fonts().families()) and "CI" not in os.environ,
    reason="no Chinese font is installed, e.g. the package fonts-wqy-microhei",
)
CHINESE = """\
# 客服部周报

## 一、本周概述

本周客服部共处理工单 320 个，平均回复时间缩短至 3 小时。[^数据] 人一大小二工力山，**重点**：完成全员培训。

| 项目 | 负责人 |
|---|---|
| 知识库上线 | 王伟 |

[^数据]: 数据来自*系统*报表。
"""


def text_of(path: Path, *options: str) -> str:
    done = subprocess.run(["pdftotext", *options, str(path), "-"], capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def info_of(path: Path) -> dict[str, str]:
    done = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True, timeout=60)
    pairs = (line.partition(":") for line in done.stdout.decode().splitlines())
    return {name: value.strip() for name, _, value in pairs}


@needs_poppler
@needs_chinese
def test_all_of_a_text_stands_in_the_file(tmp_path: Path) -> None:
    write_document(TEXT, tmp_path / "report.pdf", title="Weekly report", language="en", paper="a4")
    text = text_of(tmp_path / "report.pdf", "-layout")
    for line in (
        "Weekly report", "Work done", "Answered 340 tickets.", "half of them late", "Most of them by phone.",
        "1. first", "2. second", "1. again first", "Quoted & <b>loud</b>.", "def f():", "    return 1",
        "See the page or [a file](file:///etc/passwd).", "重点：你好，世界。",
    ):  # fmt: skip
        assert line in text
    assert "name amount 茶 3" in " ".join(text.split())
    assert info_of(tmp_path / "report.pdf")["Title"] == "Weekly report"


@needs_poppler
@needs_chinese
def test_chinese_can_be_selected_as_it_was_written(tmp_path: Path) -> None:
    write_document(CHINESE, tmp_path / "周报.pdf", title="客服部周报", language="zh", paper="a4")
    text = squeezed(text_of(tmp_path / "周报.pdf"))
    # Not the radicals of Kangxi that look the same: ⼈ for 人.
    assert "人一大小二工力山，重点：完成全员培训。" in text
    assert "客服部周报一、本周概述" in text
    assert "知识库上线王伟" in text
    fonts = subprocess.run(["pdffonts", str(tmp_path / "周报.pdf")], capture_output=True, check=True, timeout=60).stdout
    assert len(re.findall(rb" yes (?:yes|no)  *yes ", fonts)) == len(fonts.splitlines()) - 2  # embedded, with Unicode


@needs_poppler
@needs_chinese
def test_a_footnote_stands_at_the_foot_of_its_page(tmp_path: Path) -> None:
    long = f"{CHINESE}\n\n" + "\n\n".join(f"Paragraph {number} of many." for number in range(80))
    write_document(long, tmp_path / "long.pdf", language="zh", paper="a4")
    first, second, *_ = text_of(tmp_path / "long.pdf", "-layout").split("\f")
    assert squeezed(first).endswith("1数据来自系统报表。1/3")
    assert "数据来自" not in second
    assert squeezed(second).endswith("2/3")


@needs_poppler
@pytest.mark.parametrize(("paper", "size"), [("a4", "(A4)"), ("letter", "(letter)")])
def test_the_paper_is_as_asked(paper: str, size: str, tmp_path: Path) -> None:
    write_document("Text.", tmp_path / "text.pdf", paper=paper)
    assert size in info_of(tmp_path / "text.pdf")["Page size"]


@needs_poppler
def test_nothing_runs_over_the_edge_of_the_page(tmp_path: Path) -> None:
    wide = "| a | b |\n|---|---|\n" + f"| {'many words ' * 60} | {'other words ' * 60} |\n\n" + "word " * 900
    write_document(f"# Title\n\n{wide}\n\n```\n{'code ' * 80}\n```", tmp_path / "wide.pdf", paper="a4")
    subprocess.run(
        ["pdftoppm", "-r", "40", "-gray", str(tmp_path / "wide.pdf"), str(tmp_path / "page")], check=True, timeout=60
    )
    pages = sorted(tmp_path.glob("page*.pgm"))
    assert len(pages) > 1
    for page in pages:
        _, size, _, pixels = page.read_bytes().split(b"\n", 3)
        width, height = (int(each) for each in size.split())
        rows = [pixels[row * width : (row + 1) * width] for row in range(height)]
        edge = width // 12
        assert min(pixels) < 128  # something is printed
        assert min(min(row[:edge]) for row in rows) == min(min(row[-edge:]) for row in rows) == 255


@needs_poppler
def test_parts_do_not_reach_into_each_other(tmp_path: Path) -> None:
    parts = ["One.[^1]\n\n[^1]: first note\n\n```\nopen fence", "**Two.**[^1]\n\n[^1]: second note"]
    write_parts(parts, tmp_path / "chat.pdf", paper="a4")
    text = squeezed(text_of(tmp_path / "chat.pdf", "-layout"))
    assert text == "One.¹openfenceTwo.²1firstnote2secondnote1/1".replace("¹", "1").replace("²", "2")


@needs_poppler
def test_a_picture_that_no_font_has_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(typst, "Fonts", lambda: bare)
    write_document("Done \U0001f389 and more\u200d.", tmp_path / "done.pdf", paper="a4")
    assert "Done [party popper] and more" in text_of(tmp_path / "done.pdf")


@pytest.mark.parametrize("char", ["中", "\U00010570"])
def test_letters_that_no_font_has_are_told_and_nothing_is_written(
    char: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(typst, "Fonts", lambda: bare)
    (tmp_path / "report.pdf").write_bytes(b"old")
    with pytest.raises(DocumentError, match=f"report.pdf cannot be written: no font.*{char}") as caught:
        write_document(f"The word {char}.", tmp_path / "report.pdf")
    assert ("fonts-noto-cjk" in str(caught.value)) == (char == "中")
    assert (tmp_path / "report.pdf").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_the_usual_paper_is_that_of_the_country(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_PAPER", raising=False)
    for name, paper in {"en_US.UTF-8": "letter", "zh_CN.UTF-8": "a4", "de_DE@euro": "a4", "C": "a4"}.items():
        monkeypatch.setenv("LANG", name)
        assert paper_of("") == paper
    with pytest.raises(BadInput, match="no paper “b5”"):
        paper_of("b5")


HOSTILE = """#import "@preview/x:1.0.0": *

#read("/etc/passwd") \\#{panic()} $x$ <label> @ref `#"` "quotes" \\ ] [ */ // {}
"""


@needs_poppler
@settings(max_examples=40)  # each starts pdftotext
@example(HOSTILE)
@example('`"\\"`')
@example("[^1] [^1]\n\n[^1]: note[^1] [^2]\n[^2]: other[^1]")
@example("- [^1]\n\n  > | a[^1] |\n  > |---|\n\n[^1]:\n    ```\n    code\n    ```")
@example("![**a** `b`](c)[![d](e)](https://f.example)")
@given(st.text(alphabet=st.characters(codec="latin-1"), max_size=120))
def test_any_text_is_set_and_read_as_text_only(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.pdf"
        write_document(text, path, paper="a4")
        found = unicodedata.normalize("NFKC", text_of(path))
        words = re.findall("[A-Za-z]{4,}", text)
        assert [word for word in words if word in found or word in ("https", "example", "note")] == words
