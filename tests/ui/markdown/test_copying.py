import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.markdown.copying import as_read, as_rich_text, as_text, selection_as_text
from desktop.ui.markdown.view import MarkdownView


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# Title\n\nSome **bold** words", "Title\n\nSome bold words"),
        ("- one\n- two\n  - inner", "• one\n• two\n  • inner"),
        ("3. three\n4. four", "3. three\n4. four"),
        ("- [x] done\n- [ ] to do", "☑ done\n☐ to do"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a\tb\n1\t2"),
        ("```py\nx = 1\n\ny = 2\n```", "x = 1\n\ny = 2"),
        ("so $x^2$ and **重点：**正文", "so $x^2$ and 重点：正文"),
        ("[link](https://example.org)", "link"),
    ],
)
def test_text_is_as_one_would_type_it(qapp: QApplication, markdown: str, text: str) -> None:
    assert as_text(markdown) == text


def test_rich_text_goes_to_the_clipboard_with_its_text() -> None:
    copied = as_rich_text("# Title\n\nSome **bold** words")
    assert "<h1>Title</h1><p>Some <strong>bold</strong> words</p>" in copied.html()
    assert copied.text() == "Title\n\nSome bold words"


def test_a_selection_is_copied_with_its_formulas(qtbot: QtBot) -> None:
    view = MarkdownView("Answer")
    qtbot.addWidget(view)
    view.set_markdown("so $x^2$ is\n\n```\ncode\n```")
    view.finish()
    assert "\ufffc" in view.toPlainText()
    cursor = QTextCursor(view.document())
    cursor.select(QTextCursor.SelectionType.Document)
    assert selection_as_text(cursor).text() == "so $x^2$ is\ncode"


@pytest.mark.parametrize(
    "markdown", ["# T\n\n**a** b\n\n- c\n- d\n\n| e | f |\n|---|---|\n| g | h |", "x\n\n```\ny\n```"]
)
def test_what_is_searched_is_what_is_read(qtbot: QtBot, markdown: str) -> None:
    view = MarkdownView("Answer")
    qtbot.addWidget(view)
    view.set_markdown(markdown)
    view.finish()
    assert as_read(markdown).split() == view.toPlainText().split()
