"""The fields of keys: one word for Enter, and a cross that grows, is reached by keyboard, and saves."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.settings import Settings
from desktop.ui.conversation.empty_state import EmptyState
from desktop.ui.settings.shortcut_page import ShortcutPage
from desktop.ui.widgets import theme
from desktop.ui.widgets.commands import CommandKey, shown_keys
from desktop.ui.widgets.key_field import ClearButton, KeyField
from desktop.ui.widgets.preferences import Preferences
from desktop.ui.widgets.shortcut_list import ShortcutList
from tests.ui.conftest import Wear

GO_ON = CommandKey("go-on", "Answers", "Continue", "Ctrl+Return")


def test_enter_has_one_name_wherever_a_key_is_read(qtbot: QtBot) -> None:
    field = KeyField(QKeySequence("Ctrl+Return"), "Continue")
    qtbot.addWidget(field)
    assert field.shown == "Ctrl+Enter"
    field.setKeySequence(QKeySequence("Return"))
    assert field.shown == "Enter"
    assert field.keySequence() == QKeySequence("Return")
    assert shown_keys(QKeySequence("Ctrl+Return")) == "Ctrl+Enter"
    empty = EmptyState({})
    qtbot.addWidget(empty)
    assert [hint.key.text() for hint in empty._hints[:2]] == ["Enter", "Shift+Enter"]
    listed = ShortcutList(empty, [GO_ON], {})
    assert listed.keys == [("Continue", "Ctrl+Enter")]


def test_a_pressed_enter_is_written_so_too(qtbot: QtBot) -> None:
    field = KeyField(QKeySequence(), "Continue")
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    field.setFocus()
    with qtbot.waitSignal(field.editingFinished):
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert field.shown == "Ctrl+Enter"
    assert field.keySequence() == QKeySequence("Ctrl+Return")


@pytest.mark.parametrize("scale", [1, 2])
def test_the_cross_is_as_large_as_the_text_asks(qtbot: QtBot, wear: Wear, scale: int) -> None:
    wear("light", scale)
    field = KeyField(QKeySequence("Ctrl+N"), "New chat")
    qtbot.addWidget(field)
    field.resize(theme.px(150), field.sizeHint().height())
    field.show()
    cross, line = field.cross, field._line
    assert cross.iconSize().height() == scale * theme.ICON
    assert line.rect().contains(cross.geometry())
    assert abs(cross.geometry().center().y() - line.rect().center().y()) <= 1
    assert line.textMargins().right() >= cross.iconSize().width()  # no text below it
    field.clear()
    assert not cross.isVisible()


def test_the_cross_saves_without_a_visit_to_the_field(qtbot: QtBot) -> None:
    preferences = Preferences(Settings(), lambda _: None)
    page = ShortcutPage(preferences, [[GO_ON]])
    qtbot.addWidget(page)
    page.show()
    QTest.mouseClick(page.fields["go-on"].cross, Qt.MouseButton.LeftButton)
    assert preferences.settings.shortcuts == {"go-on": ""}
    preferences.end()


def test_the_cross_is_reached_and_pressed_by_keyboard(qtbot: QtBot) -> None:
    preferences = Preferences(Settings(), lambda _: None)
    page = ShortcutPage(preferences, [[GO_ON, CommandKey("new", "Write", "New", "Ctrl+N")]])
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.fields["go-on"].setFocus()
    QTest.keyClick(page.fields["go-on"], Qt.Key.Key_Tab)
    cross = page.fields["go-on"].cross
    assert QApplication.focusWidget() is cross
    QTest.keyClick(cross, Qt.Key.Key_Return)
    assert preferences.settings.shortcuts == {"go-on": ""}
    assert QApplication.focusWidget() is page.fields["new"]
    preferences.end()


def test_a_cross_stands_in_any_line(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    cross = ClearButton(line, "Empty")
    line.show()
    assert not cross.isVisible()
    line.setText("word")
    assert cross.isVisible()
