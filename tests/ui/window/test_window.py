import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QScrollArea,
    QTextBrowser,
    QWidget,
)

from desktop.errors import PromptTooLong
from desktop.ui.widgets import theme
from desktop.ui.widgets.column import Column
from tests.scripted_engine import ScriptedEngine
from tests.ui.conftest import Chat, StartChat, Wear


def controls(window: QWidget) -> list[QWidget]:
    """Everything that the keyboard reaches or the mouse presses."""
    widgets = window.findChildren(QWidget)
    return [
        widget
        for widget in widgets
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and (isinstance(widget, QAbstractButton | QAbstractScrollArea) or widget.isVisible())
        and not widget.objectName().startswith("qt_")  # parts that Qt's own widgets are made of
    ]


def spoken_name(control: QWidget) -> str:
    """What a screen reader says."""
    return QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)


def test_every_control_has_an_accessible_name(chat: Chat, engine: ScriptedEngine) -> None:
    chat.ask("Hi")
    engine.script = [PromptTooLong(9, 4)]
    chat.type("More")
    with chat.qtbot.waitSignal(chat.seen.failed):
        chat.press(Qt.Key.Key_Return)
    chat.window.new_chat()
    found = controls(chat.window)
    assert len(found) >= 12
    for control in found:
        assert spoken_name(control), f"{control} says nothing to a screen reader"
        assert QAccessible.queryAccessibleInterface(control).role() is not QAccessible.Role.NoRole


def test_tab_reaches_every_control(chat: Chat) -> None:
    chat.ask("Hi")
    chat.type("next")  # or Send cannot be pressed
    chat.window.activateWindow()
    chat.window.composer.setFocus()
    reached: list[QWidget] = []
    for _ in range(30):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    for control in controls(chat.window):
        reachable = control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.isEnabled() and control.isVisible()
        assert not reachable or control in reached, f"Tab never reaches {control.accessibleName()}"


def test_a_new_chat_keeps_both_conversations_and_what_was_being_written(chat: Chat) -> None:
    chat.ask("The first question")
    chat.type("half a sent")
    chat.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert chat.window.composer.text() == ""
    assert chat.window.shown.view.answers == []
    chat.ask("The second question")
    chat.settle()
    assert chat.titles() == ["The second question", "The first question"]
    chat.pick("The first question")
    assert chat.window.composer.text() == "half a sent"
    assert [message.text for message in chat.window.shown.view.messages] == ["The first question", "Hello world"]
    assert chat.window.windowTitle() == "The first question"


def test_a_second_new_chat_takes_the_empty_one(chat: Chat) -> None:
    first = chat.window.shown
    chat.window.new_chat()
    assert chat.window.shown is first


def test_a_sample_brief_fills_the_composer(chat: Chat) -> None:
    empty = chat.window.shown.view.empty
    assert empty is not None
    QTest.mouseClick(empty.samples[0], Qt.MouseButton.LeftButton)
    assert chat.window.composer.text() == empty.samples[0].brief
    assert chat.window.composer.button.isEnabled()


def test_the_whole_window_fits_in_a_small_screen(chat: Chat) -> None:
    chat.window.resize(900, 600)
    chat.ask("A question that is rather long, so that its title has no room " * 3)
    assert chat.window.size().toTuple() == (900, 600)
    for part in (chat.window.composer, chat.window.status, chat.window.sidebar):
        corner = part.mapTo(chat.window, part.rect().bottomRight())
        assert chat.window.rect().contains(corner)


def test_the_focus_is_seen_on_every_control(chat: Chat) -> None:
    chat.ask("Hi")
    chat.type("next")
    chat.window.header.details.setChecked(True)
    chat.settle()
    chat.window.activateWindow()
    for control in controls(chat.window):
        if not (control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.isEnabled() and control.isVisible()):
            continue
        if isinstance(control, QTextBrowser | QScrollArea | Column):
            continue  # text that is read: the caret or the scroll bar moves
        chat.window.status.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chat.window.status.setFocus()
        without = control.grab().toImage()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        assert control.grab().toImage() != without, f"the focus on {spoken_name(control)} is not seen"


def test_a_finished_answer_is_announced(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            told.append(event.message())

    monkeypatch.setattr("desktop.ui.window.main_window.QAccessible.updateAccessibility", hear)
    chat.ask("Hi")
    assert told == ["Answer finished: Hello world"]


@pytest.mark.qt_log_ignore("does not support raise", "propagateSizeHints")
def test_a_second_start_brings_the_window_forward(chat: Chat) -> None:
    chat.window.showMinimized()
    chat.window.come_forward({"command": "show"})
    assert not chat.window.isMinimized()
    assert chat.window.isVisible()


def test_enter_presses_what_has_the_focus(chat: Chat) -> None:
    empty = chat.window.shown.view.empty
    assert empty is not None
    empty.samples[2].setFocus()
    QTest.keyClick(empty.samples[2], Qt.Key.Key_Return)
    assert chat.window.composer.text() == empty.samples[2].brief
    chat.window.header.details.setFocus()
    QTest.keyClick(chat.window.header.details, Qt.Key.Key_Enter)
    assert chat.window.header.details.isChecked()


def test_of_sidebar_and_details_the_one_asked_for_last_is_seen(chat: Chat) -> None:
    window = chat.window
    window.resize(theme.px(640), theme.px(600))
    window.header.details.click()
    assert (window.details.isVisible(), window.sidebar.isVisible()) == (True, False)
    window.resize(theme.px(630), theme.px(600))
    assert window.details.isVisible()
    window.toggle_sidebar()
    assert (window.details.isVisible(), window.sidebar.isVisible()) == (False, True)
    window.resize(theme.px(1200), theme.px(600))
    assert window.details.isVisible()
    assert window.sidebar.isVisible()


def test_a_window_in_large_text_is_no_larger_than_the_screen(wear: Wear, start_chat: StartChat) -> None:
    wear("light", 2)
    window = start_chat().window
    room = window.screen().availableSize()
    assert window.width() <= room.width()
    assert window.minimumWidth() <= room.width()
    assert window.height() <= room.height()
