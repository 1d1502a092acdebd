import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QImage, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.markdown.code import BOX, JOINS, LANGUAGE
from desktop.ui.markdown.document import BULLET, OWN_RULE, QUOTE, TASK
from desktop.ui.markdown.view import MarkdownView

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

> a quotation that goes on for as long as a line can be
> and on another one

In numbers:

| a | b |
|---|---|
| 1 | 2 |

中文段落，**重点** 在这里。

## The end

Last words
"""

ALIGNMENT = int(QTextFormat.Property.BlockAlignment)
BLOCKS = [
    "A paragraph of words that is long enough.\n\n",
    "# A heading of some length\n",
    "- first item\n- second item\n- third item\n\n",
    "1. first item\n1. second item\n\n   goes on\n",
    "- [x] done\n- [ ] to do\n",
    "```\ncode\n\n- more code\n```\n\n",
    "```python\ndef f():\n    pass\n```\n",
    "- item\n  ```sh\n  ls\n\n  # all\n  ```\n- next\n\n",
    "> quoted words here\n> > deeper\n\n",
    "> - in a list\n> ```\n> code\n> ```\n",
    "| a | b |\n|---|--:|\n| 1 | 2 |\n\n",
    "* * *\n\n",
    "段落里有**重点：**中文。\n\n",
    "para one\ncontinued lazily here\n\n    indented code\n\n    more\n\n",
    "With $x^2$ and `code $y$`, $5 and $10.\n\n",
    "$$\na = b\n$$\n\n",
    "See [the page][1].\n\n",
    "[1]: https://example.org\n\n",
    "~~~\nnever closed\n",
]

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
    kept = (BOX, JOINS, LANGUAGE, QUOTE, OWN_RULE, TASK, BULLET, ALIGNMENT)
    seen: list[tuple[object, ...]] = []
    block = view.document().begin()
    while block.isValid():
        look, in_list = block.blockFormat(), block.textList()
        marks = in_list.itemText(block) if in_list else ""
        runs = [
            (run.start, run.length, run.format.fontWeight(), run.format.font().pixelSize())
            for run in block.textFormats()
        ]
        margins = (look.topMargin(), look.bottomMargin(), look.leftMargin(), look.indent(), look.lineHeight())
        in_table = QTextCursor(block).currentTable() is not None
        properties = tuple(look.property(one) for one in kept)
        seen.append((block.text(), look.headingLevel(), margins, properties, marks, runs, in_table))
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
    whole.render_held_back()
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


def fed(text: str, cuts: list[int]) -> MarkdownView:
    view = MarkdownView("Answer")
    view.setFixedWidth(600)
    for start, end in itertools.pairwise([0, *sorted(cuts), len(text)]):
        view.add(text[start:end])
    view.finish()
    return view


@settings(max_examples=60)
@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=6).map("".join), st.data())
def test_streaming_shows_the_same_as_the_whole_at_any_split(qapp: QApplication, text: str, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=12))
    streamed, whole = fed(text, cuts), fed(text, [])
    assert looks(streamed) == looks(whole)
    assert streamed.toPlainText() == whole.toPlainText()
    streamed.deleteLater()
    whole.deleteLater()


@settings(max_examples=40)
@given(
    st.text(st.sampled_from(list("ab *_`~>#-|$\\[]()!<:1.\n\r\t，：“”中\u202e\u200b\x1b\ufffc\ufdd0😀")), max_size=300),
    st.data(),
)
def test_streaming_any_characters_shows_the_same_as_the_whole(
    qapp: QApplication, text: str, data: st.DataObject
) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=8))
    streamed, whole = fed(text, cuts), fed(text, [])
    assert looks(streamed) == looks(whole)
    streamed.deleteLater()
    whole.deleteLater()
