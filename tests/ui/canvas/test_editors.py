"""How Markdown looks while it is written."""

import pytest
from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtWidgets import QApplication

from desktop.ui.canvas.editors import MarkdownHighlighter


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
