"""Who waits for the user costs nothing: no timer of the window goes on and on."""

from PySide6.QtCore import QTimer

from tests.ui.conftest import Chat


def going_on(chat: Chat) -> set[QTimer]:
    """Give the timers of the window that would never end by themselves."""
    return {timer for timer in chat.window.findChildren(QTimer) if timer.isActive() and not timer.isSingleShot()}


def test_only_the_caret_goes_on_when_all_is_said(chat: Chat) -> None:
    """One short timer that repeats is a percent of a core, all day."""
    chat.ask("a short mail")
    chat.settle()
    caret = {timer for timer in chat.window.composer.edit.findChildren(QTimer) if timer.interval() >= 400}
    assert going_on(chat) <= caret
    chat.window.composer.edit.clearFocus()
    assert going_on(chat) == set()
