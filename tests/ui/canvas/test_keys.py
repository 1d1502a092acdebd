"""The keys of the canvas in a real editor: Markdown, lists, and the list of keys itself."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.chat.drafting import Brief, DraftingService, TemplateStore
from desktop.quick.actions.loading import load_actions
from desktop.ui.canvas.canvas import Canvas
from desktop.ui.canvas.changes_view import ChangesView
from desktop.ui.canvas.commands import draft_keys
from desktop.ui.canvas.editors import SectionEdit, characters_before, position_of
from desktop.ui.widgets.shortcut_list import ShortcutList
from tests.drafting.template.test_shipped import ASSETS

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Open = Callable[[str], Canvas]


@pytest.fixture
def open_canvas(qtbot: QtBot, tmp_path: Path) -> Open:
    drafting = DraftingService(TemplateStore(ASSETS / "templates", tmp_path / "templates"))

    def open_(text: str) -> Canvas:
        draft = drafting.begin(Brief("work_report", {"topic": "support", "period": "week 1"}))
        actions = load_actions([ASSETS / "actions"]).sound
        canvas = Canvas(drafting, draft.with_section(0, draft.sections[0].with_text(text)), actions=lambda: actions)
        qtbot.addWidget(canvas)
        with qtbot.waitActive(canvas):
            canvas.show()
            canvas.activateWindow()
        edit = canvas.page.panes[0].text
        edit.setFocus()
        edit.moveCursor(QTextCursor.MoveOperation.End)
        return canvas

    return open_


def editor(canvas: Canvas) -> SectionEdit:
    return canvas.page.panes[0].text


def test_the_keys_of_markdown_change_the_text_and_are_undone(open_canvas: Open) -> None:
    canvas = open_canvas("🙂 one word")
    edit = editor(canvas)
    QTest.keyClick(edit, Qt.Key.Key_B, CONTROL)
    assert edit.toPlainText() == "🙂 one **word**"
    QTest.keyClicks(edit, "s")
    QTest.keyClick(edit, Qt.Key.Key_2, CONTROL)
    assert edit.toPlainText() == "## 🙂 one **words**"
    QTest.keyClick(edit, Qt.Key.Key_Z, CONTROL)
    assert edit.toPlainText() == "🙂 one **words**"
    edit.flush()
    assert canvas.draft.sections[0].text == "🙂 one **words**"


def test_enter_and_tab_make_a_list(open_canvas: Open) -> None:
    edit = editor(open_canvas("- one"))
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "two")
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.toPlainText() == "- one\n  - two"
    QTest.keyClick(edit, Qt.Key.Key_Backtab, SHIFT)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "after")
    assert edit.toPlainText() == "- one\n- two\nafter"
    assert edit.hasFocus()


def test_alt_and_a_letter_without_meaning_types_nothing(open_canvas: Open) -> None:
    edit = editor(open_canvas("keep this"))
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)
    assert edit.toPlainText() == "keep this"


def test_tab_outside_a_list_goes_to_the_next_field(open_canvas: Open) -> None:
    edit = editor(open_canvas("no list"))
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert not edit.hasFocus()
    assert edit.toPlainText() == "no list"


def test_nothing_is_changed_in_a_locked_section(open_canvas: Open) -> None:
    canvas = open_canvas("- one")
    canvas.sections.switch_lock()
    edit = editor(canvas)
    QTest.keyClick(edit, Qt.Key.Key_B, CONTROL)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.toPlainText() == "- one"


def look(edit: SectionEdit, words: str) -> tuple[bool, bool, bool]:
    """Tell whether words are shown bold, italic, underlined."""
    start = edit.toPlainText().index(words)
    block = edit.document().begin()
    for each in block.layout().formats():
        if each.start <= start < each.start + each.length:
            form = each.format
            return form.fontWeight() >= QFont.Weight.DemiBold, form.fontItalic(), form.fontUnderline()
    return False, False, False


def test_markdown_looks_as_it_means(open_canvas: Open) -> None:
    edit = editor(open_canvas("plain **bold** *slanted* ***both*** [link](https://a.b) 2 * 3 * 4"))
    assert look(edit, "plain") == (False, False, False)
    assert look(edit, "bold") == (True, False, False)
    assert look(edit, "slanted") == (False, True, False)
    assert look(edit, "both") == (True, True, False)
    assert look(edit, "link") == (False, False, True)
    assert look(edit, "3 *") == (False, False, False)


@given(st.text(alphabet=st.sampled_from("ab c.\n- 字，🙂"), max_size=40), st.integers(0, 60))
def test_places_are_turned_there_and_back(text: str, place: int) -> None:
    place = min(place, len(text))
    assert characters_before(text, position_of(text, place)) == place


def test_the_list_of_keys_names_what_works_here(open_canvas: Open) -> None:
    canvas = open_canvas("text")
    QTest.keyClick(editor(canvas), Qt.Key.Key_Slash, CONTROL)
    dialog = canvas.findChild(ShortcutList)
    assert dialog is not None
    assert {("Bold", "Ctrl+B"), ("Link", "Ctrl+Shift+K"), ("Rewrite", "Alt+R"), ("Undo", "Ctrl+Z")} <= set(dialog.keys)
    dialog.close()


def test_no_key_is_given_twice() -> None:
    keys = [key.usual for key in draft_keys(load_actions([ASSETS / "actions"]).sound) if key.usual]
    assert len(keys) == len(set(keys))


def reviewed(canvas: Canvas, new: str) -> ChangesView:
    pane = canvas.page.panes[0]
    pane.review(pane.text.toPlainText(), new)
    assert pane.changes is not None
    return pane.changes


def test_changes_are_decided_with_the_keys_that_the_user_chose(open_canvas: Open) -> None:
    canvas = open_canvas("one two three")
    canvas.choose_keys({"accept-piece": "A", "reject-piece": "", "bold": "Ctrl+Shift+B"})
    changes = reviewed(canvas, "1 two 3")
    assert changes._labels["accept-piece"].text() == "A"
    assert changes._labels["reject-piece"].isHidden()
    assert changes._labels["accept-pieces"].text() == "Ctrl+↵"
    QTest.keyClick(changes, Qt.Key.Key_Return)
    QTest.keyClick(changes, Qt.Key.Key_Backspace)
    assert changes.open == 2
    QTest.keyClick(changes, Qt.Key.Key_A)
    assert changes.open == 1
    canvas.choose_keys({})  # while they are open
    assert changes._labels["accept-piece"].text() == "↵"
    QTest.keyClick(changes, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert canvas.draft.sections[0].text == "1 two 3"


def test_chosen_keys_hold_in_the_open_draft_and_its_bar_tells_them(open_canvas: Open) -> None:
    canvas = open_canvas("word")
    canvas.choose_keys({"bold": "Ctrl+Shift+B", "action-rewrite": "Alt+Shift+R"})
    QTest.keyClick(editor(canvas), Qt.Key.Key_B, CONTROL)
    assert editor(canvas).toPlainText() == "word"
    QTest.keyClick(editor(canvas), Qt.Key.Key_B, CONTROL | SHIFT)
    assert editor(canvas).toPlainText() == "**word**"
    assert canvas.bar.buttons["rewrite"].toolTip() == "Alt+Shift+R"


def test_the_list_of_keys_leads_to_the_settings(qtbot: QtBot, open_canvas: Open) -> None:
    canvas = open_canvas("text")
    canvas.show_keys()
    dialog = canvas.findChild(ShortcutList)
    assert dialog is not None
    assert ("Accept the change here", "Enter") in dialog.keys
    with qtbot.waitSignal(canvas.keys_wanted):
        dialog.change_wanted.emit()


def test_the_length_of_draft_and_selection_is_told(open_canvas: Open) -> None:
    canvas = open_canvas("Two **words**, 字 too.")
    canvas._check()
    assert canvas.outline._quality.text().startswith("4 / ")
    assert "· 17 characters" in canvas.outline._quality.text()
    assert not canvas.outline._selected.isVisible()
    edit = editor(canvas)
    edit.selectAll()
    assert canvas.outline._selected.isVisible()
    assert canvas.outline._selected.text() == "Selected: 4 words · 17 characters"
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    assert not canvas.outline._selected.isVisible()
