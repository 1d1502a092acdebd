"""How Markdown looks while it is written."""

import pytest
from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.canvas.editors import MarkdownHighlighter, SectionEdit


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("**a**\n```\n**b**\n```\n**c**", ["a", "c"]),
        ("````\n```\n**b**\n```\n````\n**c**", ["c"]),
        ("~~~\n```\n~~~\n**c**", ["c"]),
        ("```a``` is code\n**b**", ["b"]),
        ("- ```\n  **b**\n**c**", ["c"]),
        ("- a\n\n  ```\n  **b**\n**c**", ["c"]),
        ("  ```\n**b**\n  ```\n**c**", ["c"]),
    ],
)
def test_nothing_is_marked_in_code(qapp: QApplication, text: str, bold: list[str]) -> None:
    document = QTextDocument(text)
    MarkdownHighlighter(document).rehighlight()
    found = []
    block = document.begin()
    while block.isValid():
        spans = [span for span in block.layout().formats() if span.format.fontWeight() == QFont.Weight.DemiBold]
        found += [block.text()[span.start : span.start + span.length] for span in spans]
        block = block.next()
    assert found == bold


def test_marked_sentences_have_a_line_below_and_the_text_stays(qtbot: QtBot) -> None:
    edit = SectionEdit("Text")
    qtbot.addWidget(edit)
    edit.show_text("😀 Dear Ana.\n\nIt is warm here. Come soon.")
    edit.underline(["It is warm here.", "not there"])
    marks = edit.extraSelections()
    assert [getattr(mark, "cursor").selectedText() for mark in marks] == ["It is warm here."]  # noqa: B009
    assert edit.toPlainText() == "😀 Dear Ana.\n\nIt is warm here. Come soon."
    edit.underline([])
    assert edit.extraSelections() == []
