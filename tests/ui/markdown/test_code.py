import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.ui.markdown.block_decorations import CopyCode
from desktop.ui.markdown.code import code_of, language_name, runs
from desktop.ui.markdown.view import MarkdownView
from desktop.ui.widgets import theme

CODE = "def f(x):\n    return 'y'  # 中文\n\n\tprint(1.5)"


@pytest.fixture
def view(qtbot: QtBot) -> MarkdownView:
    view = MarkdownView("Answer")
    qtbot.addWidget(view)
    view.setFixedWidth(600)
    view.show()
    return view


def coloured(view: MarkdownView) -> dict[str, str]:
    """Each coloured word with its colour."""
    found: dict[str, str] = {}
    block = view.document().begin()
    while block.isValid():
        for run in block.layout().formats():
            text = block.text().encode("utf-16-le")[2 * run.start : 2 * (run.start + run.length)].decode("utf-16-le")
            found[text] = run.format.foreground().color().name().upper()
        block = block.next()
    return found


def test_words_of_code_have_the_colours_of_the_theme(view: MarkdownView, qtbot: QtBot) -> None:
    for start in range(0, 80, 5):
        view.add(f"```python\n{CODE}\n```\n"[start : start + 5])
    view.finish()
    colours = theme.code_colours()
    qtbot.waitUntil(lambda: coloured(view).get("1.5") == colours["number"], timeout=10_000)
    found = coloured(view)
    assert found["def"] == found["return"] == colours["keyword"]
    assert found["# 中文"] == colours["comment"]


@pytest.mark.parametrize("language", ["", "no such language", "📦"])
def test_code_of_an_unknown_language_stays_plain(language: str) -> None:
    assert list(runs(CODE, language)) == []
    assert language_name(language) == language


def test_a_language_is_called_by_its_name() -> None:
    assert language_name("py") == "Python"
    assert language_name("JSON") == "JSON"


def test_the_button_copies_exactly_the_code(view: MarkdownView) -> None:
    view.set_markdown(f"First\n\n```python\n{CODE}\n```\n\n- item\n  ```sh\n  ls -l\n  ```\n")
    view.finish()
    buttons = view.findChildren(CopyCode)
    copied = []
    for button in buttons:
        assert button.accessibleName() == "Copy code"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        copied.append(QGuiApplication.clipboard().text())
        assert button.accessibleName() == "Copied"
    assert copied == [CODE, "ls -l"]


def test_a_line_that_was_too_long_for_one_block_is_one_line_of_code(view: MarkdownView) -> None:
    line = "x" * 5_000
    view.set_markdown(f"```\n{line}\nsecond\n```\n")
    view.finish()
    assert code_of(view.document().begin()) == f"{line}\nsecond"
