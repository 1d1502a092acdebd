import time

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from desktop.ui.markdown.formula import Formulas
from desktop.ui.markdown.view import MarkdownView

DEEP = "\\frac{a}{" * 30 + "x" + "}" * 30
LONG = "+".join(f"\\frac{{a_{{{n}}}}}{{b_{{{n}}}}}" for n in range(25))


@pytest.fixture
def view(qtbot: QtBot) -> MarkdownView:
    view = MarkdownView("Answer")
    qtbot.addWidget(view)
    view.setFixedWidth(600)
    view.show()
    return view


def show(view: MarkdownView, qtbot: QtBot, text: str) -> None:
    """Show a text and wait until its formulas are drawn, or turned out to be none."""
    view.set_markdown(text)
    view.finish()
    qtbot.waitUntil(lambda: not view._undrawn and not view._later.isActive(), timeout=20_000)


def test_a_formula_is_drawn_in_the_colour_of_the_text(view: MarkdownView, qtbot: QtBot) -> None:
    show(view, qtbot, "$\\rule{2em}{2em}$")
    show(view, qtbot, "$x^2$")
    image = view.grab().toImage()
    ink = QColor(view.palette().text().color())
    dark = sum(image.pixelColor(x, y).lightness() < 100 for x in range(40) for y in range(view.height()))
    assert ink.lightness() < 100
    assert dark > 10


def test_there_is_room_for_a_formula_once_it_is_drawn(view: MarkdownView, qtbot: QtBot) -> None:
    show(view, qtbot, "$x$")
    low = view.height()
    show(view, qtbot, "$$\\frac{\\frac{a}{b}}{\\frac{c}{d}}$$")
    assert view.height() > 1.5 * low


@pytest.mark.parametrize("source", ["$\\notacommand{x$", f"${DEEP}$", "$" + "x+" * 400 + "x$"])
def test_what_cannot_be_drawn_is_shown_as_it_is_written(view: MarkdownView, qtbot: QtBot, source: str) -> None:
    show(view, qtbot, f"so {source} is")
    assert view.toPlainText() in (f"so {source} is", "so \ufffc is")
    if source != "$\\notacommand{x$":
        assert view.toPlainText() == f"so {source} is"


def test_a_formula_that_takes_too_long_is_given_up(
    view: MarkdownView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(view, qtbot, "$x$")  # everything is loaded
    monkeypatch.setattr("desktop.ui.markdown.formula._LONGEST_S", 0.01)
    view.set_markdown(f"${LONG}$")
    began = time.thread_time()
    view._formulas._go_on()
    assert time.thread_time() - began < 0.1
    assert view._formulas.failed((LONG, False, 14))


def test_a_formula_is_drawn_once_for_all_messages(qtbot: QtBot) -> None:
    holder = MarkdownView("Keeper")
    qtbot.addWidget(holder)
    formulas = Formulas(holder)
    first, second = MarkdownView("Answer", None, formulas), MarkdownView("Answer", None, formulas)
    qtbot.addWidget(first)
    qtbot.addWidget(second)
    show(first, qtbot, "$y^3$")
    second.set_markdown("again $y^3$")
    assert not formulas._wanted
    assert second.toPlainText() == "again \ufffc"


def test_many_formulas_never_hold_up_the_window(view: MarkdownView, qtbot: QtBot) -> None:
    show(view, qtbot, "$x$")
    view.set_markdown(" ".join(f"$x_{{{n}}}^2 + \\frac{{a}}{{{n}}}$" for n in range(40)))
    longest = 0.0
    while view._formulas._wanted:
        began = time.thread_time()
        view._formulas._go_on()
        longest = max(longest, time.thread_time() - began)
    assert longest < 0.1
