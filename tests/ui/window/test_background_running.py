from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui.window.background_running import BackgroundRunning, Tray
from tests.ui.conftest import Chat


class VisibleTray(Tray):
    """A tray on a desktop that has one; offscreen there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._there = False

    def show(self, *, shown: bool) -> None:
        self._there = shown

    @property
    def shown(self) -> bool:
        return self._there

    def say(self, sentence: str) -> None:
        self.said.append(sentence)


@pytest.fixture
def tray(qapp: QApplication) -> Iterator[VisibleTray]:
    yield VisibleTray()
    qapp.setQuitOnLastWindowClosed(True)


def test_the_setting_holds_at_once(chat: Chat, tray: VisibleTray) -> None:
    BackgroundRunning(chat.window, tray)
    assert not tray.shown
    chat.window.preferences.change(stay_ready=True)
    assert tray.shown
    assert not QApplication.quitOnLastWindowClosed()
    chat.window.close()
    assert not chat.window.isVisible()
    tray.open_wanted.emit()
    assert chat.window.isVisible()
    chat.window.preferences.change(stay_ready=False)
    assert not tray.shown
    assert QApplication.quitOnLastWindowClosed()


def test_it_is_told_once_where_inkstone_has_gone(chat: Chat, tray: VisibleTray) -> None:
    BackgroundRunning(chat.window, tray, hidden=True)
    for _ in range(2):
        chat.window.close()
        tray.open_wanted.emit()
    assert tray.said == ["Inkstone stays ready for quick prompts; quit it from this icon."]


def test_what_is_typed_is_kept_when_the_window_is_put_away(chat: Chat, tray: VisibleTray) -> None:
    BackgroundRunning(chat.window, tray, hidden=True)
    chat.type("half a sentence")
    chat.window.close()
    chat.settle()
    assert not chat.window.conversations.unsent_waits


def test_quitting_from_the_tray_is_the_end(chat: Chat, tray: VisibleTray) -> None:
    BackgroundRunning(chat.window, tray, hidden=True)
    chat.window.close()
    with chat.qtbot.waitSignal(chat.window.left):
        tray.quit_wanted.emit()


def test_quitting_shows_the_window_where_something_is_not_saved(
    chat: Chat, tray: VisibleTray, monkeypatch: pytest.MonkeyPatch
) -> None:
    BackgroundRunning(chat.window, tray, hidden=True)
    chat.window.close()
    monkeypatch.setattr(chat.window.conversations, "saved", lambda: False)
    with chat.qtbot.assertNotEmitted(chat.window.left):
        tray.quit_wanted.emit()
    assert chat.window.isVisible()
    assert chat.window.history_notice.isVisible()


def test_the_menu_speaks_the_language_of_the_window(chat: Chat, tray: VisibleTray) -> None:
    BackgroundRunning(chat.window, tray)
    assert [one.text() for one in tray.menu.actions() if not one.isSeparator()] == [
        "Open Inkstone", "Quick prompt", "Pause the shortcuts", "Quit",
    ]  # fmt: skip
