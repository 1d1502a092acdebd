"""A section with a result that is only a suggestion: why, what can be done with it, and what it is about."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.acting_canvas import WORDY, Open, Writer, act, select, text_of


def test_a_result_that_fails_a_check_is_only_a_suggestion(qtbot: QtBot, open_canvas: Open) -> None:
    canvas = open_canvas(Writer("We met since Anna asked 4 questions."))
    select(canvas, "We met due to the fact that Anna asked 3 questions.")
    act(qtbot, canvas, "formal")
    pane = canvas.page.panes[0]
    assert pane.changes is None
    assert pane.suggestion is not None
    assert "numbers: −3, +4" in pane.suggestion._title.text()
    assert pane.suggestion.text == "We met since Anna asked 4 questions."
    assert pane.text.isVisible()
    assert text_of(canvas) == WORDY
    QTest.keyClick(pane.suggestion, Qt.Key.Key_Return)
    assert pane.suggestion is None
    assert pane.changes is not None  # now the user looks at every piece
    pane.changes.accept_all()
    assert text_of(canvas) == "We met since Anna asked 4 questions. The rest stays as it is."


def test_a_suggestion_finds_its_text_after_an_edit_and_says_so_when_it_cannot(qtbot: QtBot, open_canvas: Open) -> None:
    canvas = open_canvas(Writer("We met since Anna asked 4 questions."))
    select(canvas, "We met due to the fact that Anna asked 3 questions.")
    act(qtbot, canvas, "formal")
    pane = canvas.page.panes[0]
    pane.text.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClicks(pane.text, "Hello! ")
    assert pane.suggestion is not None
    suggestion = pane.suggestion
    suggestion.wanted.emit()
    assert pane.changes is not None
    pane.changes.accept_all()
    assert text_of(canvas) == "Hello! We met since Anna asked 4 questions. The rest stays as it is."
    select(canvas, "We met since Anna asked 4 questions.")
    canvas.selected._page.panes[0].leave_suggestion()
    act(qtbot, canvas, "formal")
    assert canvas.head.note.text() == "Nothing to change."


def test_an_edited_away_stretch_leaves_the_suggestion_to_be_copied(qtbot: QtBot, open_canvas: Open) -> None:
    canvas = open_canvas(Writer("We met since Anna asked 4 questions."))
    select(canvas, "We met due to the fact that Anna asked 3 questions.")
    act(qtbot, canvas, "formal")
    pane = canvas.page.panes[0]
    assert pane.suggestion is not None
    pane.text.selectAll()
    QTest.keyClicks(pane.text, "Something else.")
    pane.suggestion.wanted.emit()
    assert "has changed since" in canvas.head.note.text()
    pane.suggestion._copy.click()
    assert QGuiApplication.clipboard().text() == "We met since Anna asked 4 questions."
    pane.suggestion.dismissed.emit()
    assert pane.suggestion is None
