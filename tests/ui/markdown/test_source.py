import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from desktop.ui.markdown.document import read
from desktop.ui.markdown.source import cleaned


def bold_parts(markdown: str) -> list[str]:
    """The words that a reader sees in bold."""
    document, _ = read(markdown)
    found: list[str] = []
    block = document.begin()
    while block.isValid():
        place = block.begin()
        while not place.atEnd():
            if place.fragment().charFormat().fontWeight() >= QFont.Weight.Bold:
                found.append(place.fragment().text())
            place += 1
        block = block.next()
    return found


@pytest.mark.parametrize(
    ("markdown", "bold", "text"),
    [
        ("**重点：**正文", ["重点："], "重点：正文"),
        ("**真，**她", ["真，"], "真，她"),
        ("**重要提示（Notice）：**请注意。", ["重要提示（Notice）："], "重要提示（Notice）：请注意。"),
        ("**“引用”**文字", ["“引用”"], "“引用”文字"),
        ("他说**“好”**就走", ["“好”"], "他说“好”就走"),
        ("**重点**：**正文**", ["重点", "正文"], "重点：正文"),
        ("**甲：**乙，**丙。**丁", ["甲：", "丙。"], "甲：乙，丙。丁"),
        ("**Note:**中文", ["Note:"], "Note:中文"),
        ("1. **地点：**公园", ["地点："], "地点：公园"),
        ("| a |\n|---|\n| **甲：**乙 |", ["a", "甲："], None),
        ("**《活着》**是小说", ["《活着》"], "《活着》是小说"),
        ("日本語**「強調」**です", ["「強調」"], "日本語「強調」です"),
        ("**bold** and 2 * 3 * 4", ["bold"], "bold and 2 * 3 * 4"),
        ("`**重点：**正文`", [], "**重点：**正文"),
        ("\\*\\*重点：\\*\\*正文", [], "**重点：**正文"),
        ("```\n**重点：**正文\n```", [], "**重点：**正文"),
        ("> ```\n> **重点：**正文\n> ```", [], "**重点：**正文"),
        ("`` ` **重点：**正文 ``", [], "` **重点：**正文"),
    ],
)
def test_bold_beside_full_width_punctuation(
    qapp: QApplication, markdown: str, bold: list[str], text: str | None
) -> None:
    shown = [part for part in bold_parts(markdown) if part != "a" or "a" in bold]
    assert shown == [part for part in bold if part != "a"] or shown == bold
    assert text is None or read(markdown)[0].toPlainText() == text


def test_a_formula_in_a_table_may_hold_a_bar(qapp: QApplication) -> None:
    document, formulas = read("| a | b |\n|---|---|\n| $|x|$ | 2 |")
    assert [formula.latex for formula in formulas] == ["|x|"]
    assert document.toPlainText().split()[-1] == "2"


def test_pictures_become_links(qapp: QApplication) -> None:
    document, _ = read("![a picture](file:///etc/passwd) and ![](http://x.y/z.png)")
    assert document.toPlainText() == "a picture and http://x.y/z.png"


def test_footnotes_are_not_lost(qapp: QApplication) -> None:
    assert read("Words[^1]\n\n[^1]: https://example.org")[0].toPlainText() == "Words[^1]\n[^1]: https://example.org"


def test_characters_that_only_steer_become_visible() -> None:
    assert cleaned("\x1b[31mred\x1b[0m\x00\ufdd0\u2029") == "␛[31mred␛[0m␀\ufffd\n"
