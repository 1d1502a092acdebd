"""The sidebar: search, folders, pins, archive and bin, with a real history."""

import datetime as dt
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from desktop.history import Conversation, History
from desktop.ui.sidebar.conversation_library import LibraryPlace
from desktop.ui.sidebar.conversation_list import ConversationList
from tests.scripted_engine import ScriptedEngine
from tests.ui.conftest import Chat, StartChat


@pytest.fixture
def chat(start_chat: StartChat, engine: ScriptedEngine) -> Chat:
    """A window with three conversations."""
    chat = start_chat(lambda: engine)
    for question, answer in (
        ("A plan for the picnic", "Riverside Park on a **Friday**"),
        ("道歉邮件：延迟发货", "尊敬的客户，您的订单延误了"),
        ("SQL for late orders", "SELECT * FROM orders"),
    ):
        engine.script = [answer]
        chat.window.new_chat()
        with chat.qtbot.waitSignal(chat.seen.finished):
            chat.window.submit(question)
    chat.settle()
    return chat


def choose(menu: QMenu, title: str) -> None:
    next(action for action in menu.actions() if action.text() == title).trigger()


def row(chat: Chat, title: str) -> Conversation:
    found = next(row.conversation for row in chat.window.sidebar.model.rows if row.title == title and row.conversation)
    assert found is not None
    return found


def search(chat: Chat, text: str) -> list[tuple[str, list[str]]]:
    """Type into the search field; gives each hit's title and what is marked in it."""
    with chat.qtbot.waitSignal(chat.window.library.found):
        chat.window.sidebar.search.setText(text)
    return [(row.title, [row.detail[a:b] for a, b in row.marks]) for row in chat.window.sidebar.model.rows]


@pytest.mark.parametrize(
    ("query", "title", "marked"),
    [
        ("riverside friday", "A plan for the picnic", ["Riverside", "Friday"]),
        ("客户", "道歉邮件：延迟发货", ["客户"]),
        ("误", "道歉邮件：延迟发货", ["误"]),
        ("orders", "SQL for late orders", ["orders"]),
    ],
)
def test_a_search_finds_what_was_written_and_marks_it(chat: Chat, query: str, title: str, marked: list[str]) -> None:
    found = search(chat, query)
    assert (title, marked) in found
    assert {one for one, _ in found} == {title}


def test_a_search_is_used_and_left_by_keyboard(chat: Chat) -> None:
    chat.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    field = chat.window.sidebar.search
    with chat.qtbot.waitSignal(chat.window.library.found):
        QTest.keyClicks(field, "riverside")
    QTest.keyClick(field, Qt.Key.Key_Down)
    chat.settle()
    assert chat.window.conversations.shown.title == "A plan for the picnic"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert len(chat.titles()) == 3


def test_what_nobody_wrote_is_said_to_be_nowhere(chat: Chat) -> None:
    assert search(chat, "zeppelin") == []
    assert chat.window.sidebar.nothing.text() == "Nothing says “zeppelin”."


def test_a_pinned_conversation_stands_above_the_others(chat: Chat) -> None:
    choose(chat.window.sidebar.menu_for(row(chat, "A plan for the picnic")), "Pin")
    chat.settle()
    headings = [row.title for row in chat.window.sidebar.model.rows if row.is_heading]
    assert headings == ["Pinned", "Today"]
    assert chat.titles()[0] == "A plan for the picnic"


def test_a_conversation_moves_into_a_folder_and_back(chat: Chat) -> None:
    one = row(chat, "A plan for the picnic")
    chat.window.library.move(one, "Office")
    chat.settle()
    choose(chat.window.sidebar.place_menu(), "Office")
    chat.settle()
    assert chat.titles() == ["A plan for the picnic"]
    assert chat.window.sidebar.place.text() == "Office"
    chat.window.library.move(row(chat, "A plan for the picnic"), "")
    chat.settle()
    assert chat.titles() == []
    assert chat.window.sidebar.nothing.text() == "This folder is empty."


def test_a_deleted_conversation_comes_back_with_undo(chat: Chat) -> None:
    chat.pick("A plan for the picnic")
    chat.press(Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    chat.settle()
    assert "A plan for the picnic" not in chat.titles()
    assert chat.window.conversations.shown.branch == []
    assert chat.window.toast.sentence.text() == "“A plan for the picnic” is in the bin."
    QTest.mouseClick(chat.window.toast.undo, Qt.MouseButton.LeftButton)
    chat.settle()
    assert "A plan for the picnic" in chat.titles()


def test_the_bin_is_listed_restored_from_and_emptied(chat: Chat) -> None:
    for title in ("A plan for the picnic", "SQL for late orders"):
        chat.window.library.delete(row(chat, title))
        chat.settle()
    chat.window.sidebar.show_bin()
    chat.settle()
    assert chat.titles() == ["SQL for late orders", "A plan for the picnic"]
    choose(chat.window.sidebar.menu_for(row(chat, "SQL for late orders")), "Restore")
    chat.settle()
    assert chat.titles() == ["A plan for the picnic"]
    QTest.mouseClick(chat.window.sidebar.empty_bin, Qt.MouseButton.LeftButton)
    chat.settle()
    chat.settle()
    assert chat.titles() == []
    chat.window.library.look_at(LibraryPlace())
    chat.settle()
    assert sorted(chat.titles()) == ["SQL for late orders", "道歉邮件：延迟发货"]


def test_an_archived_conversation_is_listed_in_the_archive_only(chat: Chat) -> None:
    choose(chat.window.sidebar.menu_for(row(chat, "SQL for late orders")), "Archive")
    chat.settle()
    assert "SQL for late orders" not in chat.titles()
    choose(chat.window.sidebar.place_menu(), "Archive")
    chat.settle()
    assert chat.titles() == ["SQL for late orders"]


def test_a_title_is_edited_in_its_row_and_escape_leaves_it(chat: Chat) -> None:
    chat.pick("A plan for the picnic")
    chat.press(Qt.Key.Key_F2)
    editor = chat.window.sidebar.list.findChild(QLineEdit, "rename")
    assert editor is not None
    QTest.keyClicks(editor, "Never mind")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert "A plan for the picnic" in chat.titles()
    chat.press(Qt.Key.Key_F2)
    editor = chat.window.sidebar.list.findChildren(QLineEdit, "rename")[-1]
    editor.selectAll()
    QTest.keyClicks(editor, "Picnic for 80")
    with chat.qtbot.waitSignal(chat.window.sidebar.model.renamed):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    chat.settle()
    assert "Picnic for 80" in chat.titles()
    assert chat.window.windowTitle() == "Picnic for 80"


def test_an_empty_title_brings_the_automatic_one_back(chat: Chat) -> None:
    one = row(chat, "A plan for the picnic")
    chat.window.library.rename(one.id, "Mine")
    chat.window.library.rename(one.id, " ")
    chat.settle()
    assert "A plan for the picnic" in chat.titles()


def conversation(number: int, day: dt.date) -> Conversation:
    time_ms = round(dt.datetime.combine(day, dt.time(12)).timestamp() * 1000)
    return Conversation(
        id=number,
        uid=str(number),
        title=f"chat {number}",
        title_is_automatic=True,
        folder="",
        pinned=False,
        archived=False,
        created=time_ms,
        updated=time_ms,
        deleted_at=None,
    )


def test_conversations_stand_under_the_time_they_were_changed() -> None:
    today = dt.date(2026, 11, 25)
    model = ConversationList()
    ages = [0, 1, 2, 6, 7, 29, 30, 400]
    model.show([conversation(age, today - dt.timedelta(age)) for age in ages], today)
    told: dict[str, list[str]] = {}
    for row in model.rows:
        if row.is_heading:
            told[row.title] = []
        else:
            told[list(told)[-1]].append(row.title)
    assert told == {
        "Today": ["chat 0"],
        "Yesterday": ["chat 1"],
        "This week": ["chat 2", "chat 6"],
        "This month": ["chat 7", "chat 29"],
        "Earlier": ["chat 30", "chat 400"],
    }


def test_five_thousand_conversations_are_listed_and_scrolled_at_60_hz(start_chat: StartChat, tmp_path: Path) -> None:
    history = History.open(tmp_path / "history")
    store = history.connect()
    with store.database.transaction():
        for number in range(5000):
            store.conversations.create(f"Conversation {number}")
    store.close()
    history.close()
    chat = start_chat()
    chat.qtbot.waitUntil(lambda: len(chat.titles()) == 5000, timeout=10_000)
    view = chat.window.sidebar.list
    bar = view.verticalScrollBar()
    frames = []
    for place in range(0, bar.maximum(), max(1, bar.maximum() // 60)):
        began = time.thread_time()  # whatever else the machine does
        bar.setValue(place)
        view.viewport().repaint()
        frames.append(time.thread_time() - began)
    frames.sort()
    assert frames[len(frames) // 2] < 1 / 60
    began = time.thread_time()
    chat.window.sidebar.refresh()
    assert time.thread_time() - began < 0.1


@pytest.mark.parametrize(
    ("ending", "holds"),
    [
        ("md", b"Riverside Park"),
        ("html", b"<strong>Friday</strong>"),
        ("json", b"uid"),
        ("docx", b"word/document.xml"),
        ("pdf", b"%PDF-"),
    ],
)
def test_a_conversation_is_exported_as_its_file_is_named(chat: Chat, tmp_path: Path, ending: str, holds: bytes) -> None:
    target = tmp_path / f"picnic.{ending}"
    with chat.qtbot.waitSignal(chat.window.library.said) as said:
        chat.window.library.export(row(chat, "A plan for the picnic"), target)
    assert said.args == [f"Exported to {target}."]
    assert holds in target.read_bytes()


def test_everything_is_exported_and_brought_into_another_home(
    chat: Chat, start_chat: StartChat, tmp_path: Path
) -> None:
    everything = tmp_path / "all.json"
    with chat.qtbot.waitSignal(chat.window.library.said):
        chat.window.library.export_all(everything)
    other = start_chat(open_history=lambda: History.open(tmp_path / "other"))
    with other.qtbot.waitSignal(other.window.library.said) as said:
        other.window.library.bring_in(everything)
    assert said.args == ["3 conversations were imported, 0 were there already."]
    other.settle()
    assert sorted(other.titles()) == sorted(chat.titles())


def test_a_file_that_is_no_conversation_is_refused_in_a_sentence(chat: Chat, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    with chat.qtbot.waitSignal(chat.window.library.said) as said:
        chat.window.library.bring_in(broken)
    assert said.args[0].startswith("broken.json was not imported: ")
    assert len(chat.titles()) == 3


def test_conversations_are_listed_by_their_tags(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.ui.sidebar.sidebar.QInputDialog.getText", lambda *args: ("#work， spring", True))
    choose(chat.window.sidebar.menu_for(row(chat, "A plan for the picnic")), "Tags…")
    chat.settle()
    assert row(chat, "A plan for the picnic").tags == ("spring", "work")
    choose(chat.window.sidebar.place_menu(), "#work")
    chat.settle()
    assert chat.titles() == ["A plan for the picnic"]
    assert chat.window.sidebar.place.text() == "#work"


def test_a_temporary_chat_has_its_button(chat: Chat) -> None:
    QTest.mouseClick(chat.window.sidebar.temporary, Qt.MouseButton.LeftButton)
    assert chat.window.conversations.shown.temporary
    assert chat.window.header.temporary.isVisible()


def test_a_draft_that_is_found_has_its_title_and_opens(chat: Chat) -> None:
    keep = chat.window.conversations.link.write
    keep(lambda store: store.drafts.create("Report on the heron", "work_report", text="# Report\n\nIt stood still."))
    chat.settle()
    assert search(chat, "heron") == [("Draft: Report on the heron", ["heron"])]
    with chat.qtbot.assertNotEmitted(chat.window.signals.draft_wanted):  # it is no conversation to be read in passing
        QTest.keyClick(chat.window.sidebar.search, Qt.Key.Key_Down)
    with chat.qtbot.waitSignal(chat.window.signals.draft_wanted) as wanted:
        QTest.keyClick(chat.window.sidebar.list, Qt.Key.Key_Return)
    row = chat.window.sidebar.model.rows[0]
    assert row.hit is not None
    assert wanted.args == [row.hit.owner]


def test_the_templates_are_a_press_away(chat: Chat) -> None:
    with chat.qtbot.waitSignal(chat.window.signals.templates_wanted):
        QTest.mouseClick(chat.window.sidebar.templates, Qt.MouseButton.LeftButton)


def test_enter_in_the_list_goes_on_in_the_conversation(chat: Chat) -> None:
    chat.pick("A plan for the picnic")
    chat.window.activateWindow()
    chat.window.sidebar.list.setFocus()
    QTest.keyClick(chat.window.sidebar.list, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is chat.window.composer.edit
