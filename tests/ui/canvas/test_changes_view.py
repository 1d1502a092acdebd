"""Open changes of a section: decided piece by piece, and never out of sight."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.quick.editing.diff import word_difference
from desktop.ui.canvas.canvas import Canvas
from desktop.ui.canvas.changes_view import ChangeNote, ChangesView
from tests.ui.acting_canvas import Open, Writer

OLD = " ".join(f"Sentence {n} tells of the old way of doing things in the office." for n in range(200))
NEW = OLD.replace("the old way", "a new way")


def test_changes_are_accepted_and_rejected_piece_by_piece(qtbot: QtBot) -> None:
    view = ChangesView(
        word_difference("The old report was good and short.", "The new report was good and very short indeed.")
    )
    qtbot.addWidget(view)
    assert view.open == 3
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Backspace)
    with qtbot.waitSignal(view.decided) as decided:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert decided.args == ["The new report was good and short indeed."]


def test_accept_all_leaves_what_is_only_offered(qtbot: QtBot) -> None:
    difference = word_difference("I has an old pen in the bus.", "I have an old pen on the bus.")
    notes = [ChangeNote("agreement"), ChangeNote("preposition", sure=False)]
    view = ChangesView(difference, notes=notes)
    qtbot.addWidget(view)
    assert view.note.text() == "agreement"
    view.next()
    assert view.note.text() == "perhaps: preposition"
    with qtbot.waitSignal(view.decided) as decided:
        view.accept_all()
    assert decided.args == ["I have an old pen in the bus."]


def reviewed(qtbot: QtBot, open_canvas: Open, index: int = 0) -> tuple[Canvas, ChangesView]:
    """Open changes of a section that is much longer than the page is high."""
    canvas = open_canvas(Writer(""), OLD)
    pane = canvas.page.panes[index]
    pane.review(OLD, NEW)
    changes = pane.changes
    assert changes is not None
    changes.setFocus()
    qtbot.waitUntil(lambda: changes.height() > 2 * canvas.page.viewport().height())
    return canvas, changes


def is_seen(canvas: Canvas, part: QWidget, place: QRect) -> bool:
    view = canvas.page.viewport()
    return view.rect().contains(
        QRect(part.mapTo(canvas, place.topLeft()) - view.mapTo(canvas, QPoint(0, 0)), place.size())
    )


def test_the_buttons_are_seen_where_the_text_goes_on_below_the_page(qtbot: QtBot, open_canvas: Open) -> None:
    canvas, changes = reviewed(qtbot, open_canvas)
    qtbot.waitUntil(lambda: is_seen(canvas, changes.row, changes.row.rect()))
    assert is_seen(canvas, changes, changes.here())
    bar = canvas.page.verticalScrollBar()
    for share in (0.1, 0.5, 0.7):
        bar.setValue(round(share * bar.maximum()))
        assert is_seen(canvas, changes.row, changes.row.rect())
    canvas.resize(900, 500)
    qtbot.waitUntil(lambda: is_seen(canvas, changes.row, changes.row.rect()))


def test_the_buttons_stand_below_the_text_where_its_end_is_seen(qtbot: QtBot, open_canvas: Open) -> None:
    canvas, changes = reviewed(qtbot, open_canvas)
    bar = canvas.page.verticalScrollBar()
    qtbot.waitUntil(lambda: changes.height() > changes._view.height())  # all of it is laid out
    bar.setValue(bar.maximum())
    below = changes.row.geometry()
    assert below.top() == changes._view.geometry().bottom() + 1
    assert below.bottom() <= changes.rect().bottom()


def test_the_page_follows_the_piece_that_the_keys_decide_about(qtbot: QtBot, open_canvas: Open) -> None:
    canvas, changes = reviewed(qtbot, open_canvas)
    QTest.keyClick(changes, Qt.Key.Key_Up)  # the last one
    assert changes.current == changes.open - 1
    qtbot.waitUntil(lambda: is_seen(canvas, changes, changes.here()))
    QTest.keyClick(changes, Qt.Key.Key_Return)  # the first one again
    assert changes.current == 0
    qtbot.waitUntil(lambda: is_seen(canvas, changes, changes.here()))
