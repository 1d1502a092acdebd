import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.engine.interface import Finished, TextAdded, Usage
from desktop.ui.conversation.message_model import MessageViewModel
from desktop.ui.conversation.message_widget import MessageWidget
from desktop.ui.conversation.view import ConversationView
from desktop.ui.widgets import theme
from tests.bench.reading import conversation


@pytest.fixture
def view(qtbot: QtBot) -> ConversationView:
    view = ConversationView()
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    view.activateWindow()
    return view


def find(view: ConversationView, qtbot: QtBot, text: str) -> None:
    view.open_find()
    view.find_bar.field.setText(text)
    qtbot.waitUntil(lambda: not view.find_bar._todo)


def marked(view: ConversationView) -> list[str]:
    """What is marked as the place that is shown."""
    found = []
    for row in view.message_rows():
        if isinstance(row.widget, MessageWidget):
            marks = row.widget.view.extraSelections()
            current = theme.colour(theme.ACCENT)
            found += [mark.cursor.selectedText() for mark in marks if mark.format.background().color() == current]
    return found


def test_all_places_are_counted_and_walked(view: ConversationView, qtbot: QtBot) -> None:
    view.show_messages(
        [
            MessageViewModel(1, "user", "A rose, a Rose"),
            MessageViewModel(2, "assistant", "is a **ro**se and `rose`, [rose](http://rose.org)"),
            MessageViewModel(3, "user", "nothing here"),
            MessageViewModel(4, "assistant", "| rose |\n|---|\n| 玫瑰 rose |"),
        ]
    )
    find(view, qtbot, "rose")
    assert view.find_bar.count.text() == "1 of 7"
    seen = [marked(view)]
    for _ in range(7):
        view.find_next()
        seen.append(marked(view))
    assert seen == [["rose"], ["Rose"], ["rose"], ["rose"], ["rose"], ["rose"], ["rose"], ["rose"]]
    assert view.find_bar.count.text() == "1 of 7"
    view.find_previous()
    assert view.find_bar.count.text() == "7 of 7"


def test_a_place_far_away_is_brought_into_view(view: ConversationView, qtbot: QtBot) -> None:
    messages = conversation(400)
    long = "A paragraph that goes on and on.\n\n" * 80 + "the needle\n\n" + "And on it goes.\n\n" * 40
    messages[21] = MessageViewModel(21, "assistant", long)
    view.show_messages(messages)
    find(view, qtbot, "needle")
    assert view.find_bar.count.text() == "1 of 1"
    row = view.message_rows()[21]
    assert isinstance(row.widget, MessageWidget)
    top = row.widget.view.mapTo(view.viewport(), QPoint(0, row.widget.view.found_top(0))).y()
    assert 0 < top < view.viewport().height()
    assert marked(view) == ["needle"]


@pytest.mark.parametrize("text", ["活着", "(", "a.b", "[x]", "\\"])
def test_any_text_can_be_looked_for(view: ConversationView, qtbot: QtBot, text: str) -> None:
    view.show_messages(
        [MessageViewModel(1, "user", f"before {text} behind"), MessageViewModel(2, "assistant", "nothing")]
    )
    find(view, qtbot, text)
    assert view.find_bar.count.text() == "1 of 1"


def test_what_is_written_but_not_read_is_not_found(view: ConversationView, qtbot: QtBot) -> None:
    view.show_messages([MessageViewModel(1, "assistant", "[here](https://example.org) **bold**")])
    find(view, qtbot, "example")
    assert view.find_bar.count.text() == "Nothing found"
    assert not view.find_bar.after.isEnabled()
    find(view, qtbot, "here bold")
    assert view.find_bar.count.text() == "1 of 1"


def test_what_was_folded_is_unfolded_where_it_is_found(view: ConversationView, qtbot: QtBot) -> None:
    text = "\n".join(f"line {number}" for number in range(400)) + "\nneedle"
    view.show_messages([MessageViewModel(1, "user", text)])
    find(view, qtbot, "needle")
    assert view.find_bar.count.text() == "1 of 1"
    assert marked(view) == ["needle"]


def test_enter_walks_and_escape_ends_the_search(view: ConversationView, qtbot: QtBot) -> None:
    view.show_messages([MessageViewModel(1, "user", "one one one")])
    find(view, qtbot, "one")
    field = view.find_bar.field
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert view.find_bar.count.text() == "2 of 3"
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert view.find_bar.count.text() == "1 of 3"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not view.find_bar.isVisible()
    widget = view.message_rows()[0].widget
    assert isinstance(widget, MessageWidget)
    assert widget.view.extraSelections() == []


def test_a_new_answer_is_searched_as_well(view: ConversationView, qtbot: QtBot) -> None:
    view.show_messages([MessageViewModel(1, "user", "one")])
    find(view, qtbot, "one")
    view.append([MessageViewModel(2, "assistant", status="pending")])
    view.take(2, TextAdded("one and one"))
    view.take(2, Finished("done", Usage(1, 0, 3, 0.1, 9.0)))
    qtbot.waitUntil(lambda: view.find_bar.count.text().endswith("3"))


def test_the_bar_covers_nothing_of_the_first_message(view: ConversationView, qtbot: QtBot) -> None:
    view.show_messages([MessageViewModel(1, "user", "A rose"), MessageViewModel(2, "assistant", "yes")])
    first = view.message_rows()[0]
    assert first.widget is not None
    before = first.widget.geometry().top()
    find(view, qtbot, "rose")
    assert first.widget.geometry().top() > view.find_bar.geometry().bottom()
    view.find_bar.close_search()
    assert first.widget.geometry().top() == before


def test_accents_are_ignored(view: ConversationView, qtbot: QtBot) -> None:
    view.show_messages(
        [
            MessageViewModel(1, "user", "My Re\u0301sume\u0301"),
            MessageViewModel(2, "assistant", "a **rés**umé, a resume"),
        ]
    )
    find(view, qtbot, "resume")
    assert view.find_bar.count.text() == "1 of 3"
    assert marked(view) == ["Re\u0301sume\u0301"]
    view.find_next()
    assert marked(view) == ["résumé"]
