"""Text that an attacker, or a model gone wrong, may write: shown in pieces, never a long wait, nothing loaded."""

import time

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from desktop.ui.markdown.copying import as_rich_text, as_text
from desktop.ui.markdown.view import MarkdownView

ALLOWED_S, ATTEMPTS, LONG_ENOUGH_S = 0.2, 3, 2

HOSTILE = {
    "one line of a megabyte": "x" * 1_000_000,
    "a megabyte of words": "word " * 200_000,
    "a megabyte of Chinese": "字" * 350_000,
    "a huge table": "| a | b | c |\n|---|---|---|\n" + "| one | two | three |\n" * 5_000,
    "a table of many columns": "|" + " a |" * 400 + "\n|" + "---|" * 400 + "\n" + ("|" + " b |" * 400 + "\n") * 3,
    "deep quotations": ">" * 5_000 + " x",
    "quotations within each other": "\n".join(">" * depth + " x" for depth in range(1, 300)),
    "deep lists": "\n".join("  " * depth + "- x" for depth in range(300)),
    "lists in one line": "- " * 2_000 + "x",
    "many brackets": "[" * 20_000,
    "many links": "[a](" * 5_000,
    "many asterisks": "*a **b " * 5_000,
    "many backticks": "".join("`" * (n % 40 + 1) + "a" for n in range(5_000)),
    "many dollars": "$a " * 10_000 + "$$" * 5_000,
    "much code": "```python\n" + "def f(x): return [x, 'y', 1.5]  # z\n" * 10_000,
    "code in one line": "```json\n" + '{"a": [1, 2, 3]}, ' * 20_000,
    "many code blocks": "```c\nint x;\n```\n" * 300,
    "many formulas": "$x^2 + \\frac{a}{b}$ " * 300,
    "a formula without end": "$" + "\\frac{a}{" * 150 + "}" * 150 + "$",
    "bidirectional marks": "\u202e\u2066abc\u2069\u202c\u200b\u200d\ufeff" * 2_000,
    "combining marks": "Z" + "\u0321\u0347\u0353" * 5_000,
    "ANSI": "\x1b[31mred\x1b[0m \x1b]8;;file:///etc/passwd\x07link\x1b]8;;\x07\n" * 500,
    "zeros and noncharacters": "\x00\ufdd0\ufdd1\uffff\ufffc\ud800" * 500,
    "HTML": "<img src=file:///etc/passwd><iframe src=http://127.0.0.1></iframe><style>*{}</style>\n\n" * 300,
    "entities": "&lt;b&gt; &#x202e; &amp;amp; " * 1_000,
    "definitions": "".join(f"[{n}]: http://x/{n}\n" for n in range(3_000)) + "[1] [2]\n",
    "line ends": "\r\n\r\u2028\u2029\x0b\x0c\x85" * 5_000,
}


class Clock(MarkdownView):
    """A view that remembers the longest time that it took at once, in processor time."""

    worst_s = 0.0

    def _render(self, until: float | None) -> None:
        began = time.thread_time()
        super()._render(until)
        self.worst_s = max(self.worst_s, time.thread_time() - began)


@pytest.mark.parametrize("what", HOSTILE)
def test_no_text_holds_up_the_window(qtbot: QtBot, qapp: QApplication, what: str) -> None:
    worst: list[float] = []
    while not worst or (worst[-1] > ALLOWED_S and len(worst) < ATTEMPTS):
        worst.append(longest_stall(qtbot, qapp, HOSTILE[what]))
    assert min(worst) <= ALLOWED_S


def longest_stall(qtbot: QtBot, qapp: QApplication, text: str) -> float:
    """Show the text, and paint it; gives the longest time that was worked at once, in seconds of processor time."""
    view, page = Clock("Answer"), QScrollArea()  # in a window of its own all of it would have to be painted
    view.setFixedWidth(600)
    page.setWidget(view)
    page.resize(640, 600)
    page.show()
    done: list[bool] = []
    view.rendered.connect(lambda: done.append(True))
    began = time.thread_time()
    view.set_markdown(text)
    worst = time.thread_time() - began
    deadline = time.perf_counter() + LONG_ENOUGH_S  # what comes later is more of the same
    while not done and time.perf_counter() < deadline:
        began = time.thread_time()
        qapp.processEvents()
        worst = max(worst, time.thread_time() - began)
    began = time.thread_time()
    view.repaint(0, 0, 600, 600)
    worst = max(worst, time.thread_time() - began, view.worst_s)
    page.hide()
    page.deleteLater()
    return worst


ADDRESSES = ["file:///etc/passwd", "/etc/passwd", "http://127.0.0.1:9/x.png", "//127.0.0.1/x.png", "qrc:/x", "data:,x"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("form", ["![x]({})", "[![x]({})]({})", "![x][1]\n\n[1]: {}", '<img src="{}">', "<{}>", "{}"])
def test_nothing_is_loaded(qtbot: QtBot, address: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[QUrl | str] = []

    def note(_self: MarkdownView, _kind: int, name: QUrl | str) -> QImage:
        asked.append(name)
        return QImage()

    monkeypatch.setattr(MarkdownView, "loadResource", note)
    view = MarkdownView("Answer")
    qtbot.addWidget(view)
    view.set_markdown(form.format(address, address))
    view.finish()
    view.grab()
    assert asked == []  # what is never asked for cannot be loaded


@pytest.mark.parametrize("what", ["HTML", "ANSI", "entities", "bidirectional marks", "deep lists"])
def test_hostile_text_can_be_copied(qapp: QApplication, what: str) -> None:
    assert as_text(HOSTILE[what])
    rich = as_rich_text(HOSTILE[what])
    assert "<img" not in rich.html()
    assert "<iframe" not in rich.html()
