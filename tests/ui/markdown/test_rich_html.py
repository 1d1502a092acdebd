"""Rich text for the clipboard, opened by LibreOffice as it opens what is pasted, and read again by python-docx."""

import re
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.markdown.rich_html import rich_html

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice, a large package, is not installed"
)
TEXT = """\
# 标题 Title

正文 **重点：**正文 with *slant*, `code` and [link](https://e.example).
It goes on,[^1]
这是一行，
没有空格。

1. 第一
2. second
   - inner

Text between.

- [x] done
- [ ] to do

> quoted

| 名称 | amount |
|:--|--:|
| 茶 | 3 |

```python
def f():
    return "中文 <b>"

x = 1
```

So $x^2$ is.

[^1]: A note.
"""


@needs_libreoffice
def test_what_is_pasted_into_a_word_processor_is_what_was_copied(tmp_path: Path) -> None:
    (tmp_path / "pasted.html").write_text(rich_html(TEXT), encoding="utf-8")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--infilter=HTML (StarWriter)",
         "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path), str(tmp_path / "pasted.html")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    document = docx.Document(str(tmp_path / "pasted.docx"))
    paragraphs = {paragraph.text: paragraph for paragraph in document.paragraphs}
    heading = paragraphs["标题 Title"]
    assert heading.style is not None
    assert heading.style.name == "Heading 1"
    body = next(each for text, each in paragraphs.items() if text.startswith("正文"))
    assert body.text == "正文 重点：正文 with slant, code and link.\nIt goes on,1\n这是一行，\n没有空格。"
    assert body.style is not None
    assert "Heading" not in str(body.style.name)
    looks = {run.text: run for run in body.runs}
    assert looks["重点："].bold or looks["重点："].style.name == "Strong"
    assert looks["slant"].italic or looks["slant"].style.name == "Emphasis"
    assert "Consolas" in str(looks["code"].font.name)
    numbered = [text for text, each in paragraphs.items() if each._p.pPr is not None and each._p.pPr.numPr is not None]
    assert numbered == ["第一", "second", "inner", "☑ done", "☐ to do", "A note."]
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells == [["名称", "amount"], ["茶", "3"]]
    code = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert 'def f():\n    return "中文 <b>"\n\nx = 1' in code
    assert "So $x^2$ is." in paragraphs
    assert "quoted" in paragraphs


def test_nothing_of_it_is_loaded_or_opens_a_file() -> None:
    page = rich_html(
        "![a](https://x.example/y.png) [f](file:///etc/passwd) <img src=x> [g](/etc/passwd) [h](https://h)"
    )
    assert re.findall("<img[^>]*>", page) == []
    assert re.findall('(?:href|src)="([^"]*)"', page) == ["https://x.example/y.png", "https://h"]


def test_no_colour_of_the_theme_is_in_it() -> None:
    assert set(re.findall("#[0-9a-f]{6}", rich_html(TEXT))) == {"#999999", "#bbbbbb", "#f2f2f2"}


def test_a_footnote_that_nothing_refers_to_is_copied_too() -> None:
    assert "<p>[^a]: The note.</p>" in rich_html("Words\n\n[^a]: The note.")


@given(st.text(alphabet="ab中：，*_`#|-[]()^1:>$\n ~x", max_size=80))
def test_any_text_is_written(text: str) -> None:
    page = rich_html(text)
    shown = re.sub(r"<[^>]*>", "", page)
    assert (
        [char for char in text if char in "中ab"] == [char for char in shown if char in "中ab"]
        or "[" in text
        or "|" in text
    )
