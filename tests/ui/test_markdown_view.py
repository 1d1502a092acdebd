from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from pytestqt.qtbot import QtBot

from desktop.ui.markdown_blocks import settled_length
from desktop.ui.markdown_view import MarkdownView

PAGE = """# Plan for the week

Some *intro* with `code`, a [link](https://example.org) and **bold** words.

- one
- two
  - nested, and long enough
- three

1. first
2. second
12. twelfth

```python
def f():

    return 1
- not a list
```

> a quotation
> of two lines

In numbers:

| a | b |
|---|---|
| 1 | 2 |

中文段落，**重点** 在这里。

## The end

Last words
"""

DIALECT = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


def rendered(markdown: str) -> str:
    document = QTextDocument()
    document.setMarkdown(markdown, DIALECT)
    return document.toPlainText()


@pytest.fixture
def view(qtbot: QtBot) -> MarkdownView:
    view = MarkdownView("Answer")
    qtbot.addWidget(view)
    view.setFixedWidth(600)
    view.show()
    return view


def looks(view: MarkdownView) -> list[tuple[object, ...]]:
    """What a reader sees of every block."""
    seen: list[tuple[object, ...]] = []
    block = view.document().begin()
    while block.isValid():
        look, in_list = block.blockFormat(), block.textList()
        marks = in_list.itemText(block) if in_list else ""
        runs = [
            (run.start, run.length, run.format.fontWeight(), run.format.font().pixelSize())
            for run in block.textFormats()
        ]
        seen.append((block.text(), look.headingLevel(), look.topMargin(), look.bottomMargin(), marks, runs))
        block = block.next()
    return seen


@pytest.mark.parametrize("step", [1, 3, 7, 40, 10_000])
def test_a_streamed_answer_looks_as_one_that_came_at_once(view: MarkdownView, qtbot: QtBot, step: int) -> None:
    for start in range(0, len(PAGE), step):
        view.add(PAGE[start : start + step])
    view.render_held_back()
    assert view.toPlainText() == rendered(PAGE)  # before the end, which would mend it at the cost of a stall
    view.finish()
    whole = MarkdownView("Answer")
    qtbot.addWidget(whole)
    whole.setFixedWidth(600)
    whole.add(PAGE)
    whole.finish()
    assert view.toPlainText() == whole.toPlainText() == rendered(PAGE)
    assert looks(view) == looks(whole)


@pytest.mark.parametrize("before", ["In numbers:\n\n", "> said\n\n", "- item\n\n", "```\ncode\n```\n\n", ""])
def test_a_table_is_the_same_wherever_its_text_was_cut(qtbot: QtBot, before: str) -> None:
    text = f"{before}| a | b |\n|---|---|\n| 1 | 2 |\n\nThe end\n"
    whole = MarkdownView("Answer")
    qtbot.addWidget(whole)
    whole.add(text)
    for cut in range(len(text)):
        view = MarkdownView("Answer")
        qtbot.addWidget(view)
        view.add(text[:cut])
        view.add(text[cut:])
        view.render_held_back()
        assert view.toPlainText() == whole.toPlainText(), text[:cut]


def test_what_only_the_end_explains_is_right_at_the_end(view: MarkdownView) -> None:
    markdown = "See [the page][1] for more.\n\nAnother paragraph of text.\n\n[1]: https://example.org\n"
    for character in markdown:
        view.add(character)
    view.finish()
    assert view.toPlainText() == rendered(markdown)
    assert "[1]" not in view.toPlainText()


def test_a_table_behind_a_quotation_begins_with_its_first_word(view: MarkdownView) -> None:
    view.add("> said\n\n| Day | Who |\n|---|---|\n| Mon | Lee |\n")
    view.finish()
    cursor = view.document().find("Day")
    table = cursor.currentTable()
    assert table.cellAt(0, 0).firstCursorPosition().block().text() == "Day"


def test_html_is_shown_as_text(view: MarkdownView) -> None:
    view.add("<script>alert(1)</script> and <b>bold</b>")
    view.finish()
    assert "<b>bold</b>" in view.toPlainText()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    path = tmp_path / "secret.png"
    assert image.save(str(path))
    return path


@pytest.mark.parametrize("address", ["file://{path}", "{path}", "http://127.0.0.1:9/x.png", "//127.0.0.1/x.png"])
def test_hostile_markdown_loads_nothing(view: MarkdownView, secret: Path, address: str) -> None:
    empty = MarkdownView("Answer")
    empty.setFixedWidth(600)
    empty.add("before\n\nx\n\nafter")
    view.add(f"before\n\n![x]({address.format(path=secret)})\n\nafter")
    view.finish()
    empty.finish()
    view.grab()
    empty.grab()
    assert view.height() <= empty.height()  # a picture would have made room for itself
    found = view.document().resource(QTextDocument.ResourceType.ImageResource.value, QUrl(address.format(path=secret)))
    assert isinstance(found, QImage)
    assert found.size().width() == 1


def test_links_are_not_followed(view: MarkdownView) -> None:
    view.add("[away](https://example.org)")
    assert not view.openLinks()
    assert not view.openExternalLinks()


def test_the_view_is_as_tall_as_its_text(view: MarkdownView) -> None:
    view.add("one line")
    low = view.height()
    view.add("\n\nanother\n\nand another")
    view.finish()
    assert view.height() > 2 * low


BLOCKS = st.sampled_from(
    [
        "A paragraph of words that is long enough.\n\n",
        "# A heading of some length\n\n",
        "- first item\n- second item\n- third item\n\n",
        "1. first item\n2. second item\n\n",
        "```\ncode\n\n- more code\n```\n\n",
        "> quoted words here\n\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n",
        "* * *\n\n",
        "段落里有中文。\n\n",
        "para one\ncontinued lazily here\n\n    indented code\n\n",
    ]
)


@given(st.lists(BLOCKS, min_size=1, max_size=6).map("".join), st.data())
def test_what_is_settled_does_not_depend_on_what_follows(text: str, data: st.DataObject) -> None:
    shown = data.draw(st.integers(0, len(text)))
    cut = settled_length(text[:shown])
    assert cut <= shown
    pieces = rendered(text[:cut]).split() + rendered(text[cut:]).split()
    assert pieces == rendered(text).split()


def test_a_code_block_is_never_cut() -> None:
    text = "```python\nfirst = 1\n\nsecond_line_is_long = 2\n\nthird_line_is_long = 3\n"
    assert settled_length(text) == 0
    assert settled_length(text + "```\n\nand then some text\n") == len(text) + len("```\n\n")


def test_a_long_list_settles_item_by_item() -> None:
    text = "1. the first item\n2. the second item\n3. the third"
    assert text[: settled_length(text)] == "1. the first item\n"
