"""When nothing can be saved, one sentence says so where the user looks, and the text is there afterwards."""

import threading
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.chat.history_unlocker import HistoryUnlocker
from desktop.errors import HistoryFull
from desktop.history import History, Store
from desktop.history.messages import Messages
from desktop.ui.history.protection import ChooseProtection, UnlockDialog
from desktop.ui.window.dialogs import Dialogs
from tests.ui.conftest import PATIENCE_S, Chat, StartChat

PATIENCE_MS = round(1000 * PATIENCE_S)


def kept(folder: Path, key: bytes | None = None) -> list[str]:
    history = History.open(folder, key)
    store = history.connect()
    try:
        return [turn.text for one in store.conversations.page() for turn in store.messages.branch(one.id)]
    finally:
        store.close()
        history.close()


def test_a_full_disk_is_told_and_the_text_is_saved_when_there_is_room(
    chat: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add, room = Messages.add, False

    def full(self: Messages, *args: object, **more: object) -> object:
        if not room:
            raise HistoryFull(tmp_path)
        return add(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Messages, "add", full)
    with chat.qtbot.waitSignal(chat.window.conversations.link.troubled):
        answer = chat.ask("Do not lose this")
    notice = chat.window.history_notice
    assert answer.view.markdown == "Hello world"
    assert notice.isVisible()
    assert notice.sentence.text() == (
        "The disk is full: what you write is kept in memory and saved as soon as there is room."
    )
    room = True
    with chat.qtbot.waitSignal(chat.window.conversations.link.settled):
        QTest.mouseClick(notice.action, Qt.MouseButton.LeftButton)
    assert not notice.isVisible()
    chat.settle()
    assert chat.titles() == ["Do not lose this"]
    chat.end()
    assert kept(tmp_path / "history") == ["Do not lose this", "Hello world"]


def test_a_history_of_a_newer_inkstone_can_be_read_and_is_not_changed(start_chat: StartChat, tmp_path: Path) -> None:
    first = start_chat()
    first.ask("From before")
    first.settle()
    first.end()
    connection = apsw.Connection(str(tmp_path / "history" / "history.db"))
    connection.pragma("user_version", 999)
    connection.close()
    again = start_chat()
    again.qtbot.waitUntil(lambda: again.titles() == ["From before"])
    assert again.window.history_notice.isVisible()
    assert "newer" in again.window.history_notice.sentence.text()
    assert not again.window.history_notice.action.isVisible()


def test_closing_warns_once_before_unsaved_text_is_lost(
    chat: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Messages, *args: object, **more: object) -> None:
        raise HistoryFull(tmp_path)

    monkeypatch.setattr(Messages, "add", full)
    with chat.qtbot.waitSignal(chat.window.conversations.link.troubled):
        chat.ask("Do not lose this")
    assert not chat.window.close()
    assert chat.window.isVisible()
    assert "Close the window once more" in chat.window.history_notice.sentence.text()
    assert chat.window.close()


@pytest.fixture
def opening(start_chat: StartChat, tmp_path: Path) -> Iterator[tuple[Chat, threading.Event]]:
    """A window whose history is being opened until the event: a keyring asks, or the disk is slow."""
    answered = threading.Event()

    def open_history() -> History:
        answered.wait()
        return History.open(tmp_path / "history")

    chat = start_chat(open_history=open_history)
    yield chat, answered
    answered.set()


def test_closing_warns_before_text_is_lost_that_a_history_still_being_opened_does_not_have(
    opening: tuple[Chat, threading.Event],
) -> None:
    chat, answered = opening
    chat.type("A long letter")
    assert not chat.window.close()
    assert "Close the window once more" in chat.window.history_notice.sentence.text()
    with chat.qtbot.waitSignal(chat.window.conversations.link.opened, timeout=PATIENCE_MS):
        answered.set()
    assert not chat.window.history_notice.isVisible()
    assert chat.window.close()


def test_closing_warns_again_once_all_was_saved_in_between(
    opening: tuple[Chat, threading.Event], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Messages, *args: object, **more: object) -> None:
        raise HistoryFull(tmp_path)

    chat, answered = opening
    chat.type("A long letter")
    assert not chat.window.close()
    with chat.qtbot.waitSignal(chat.window.conversations.link.opened, timeout=PATIENCE_MS):
        answered.set()
    monkeypatch.setattr(Messages, "add", full)
    with chat.qtbot.waitSignal(chat.window.conversations.link.troubled):
        chat.ask("Do not lose this")
    assert not chat.window.close()
    assert chat.window.close()


@pytest.fixture
def locked(start_chat: StartChat, tmp_path: Path) -> tuple[Chat, HistoryUnlocker, Dialogs]:
    """A window in front of a history that is protected with a passphrase and holds one question."""
    folder = tmp_path / "locked"
    unlocker = HistoryUnlocker(folder)
    unlocker.protect("passphrase", "correct horse")
    history = History.open(folder, unlocker.key)
    store = history.connect()
    chat_number = store.conversations.create().id
    store.messages.add(chat_number, "user", "From before")
    store.close()
    history.close()
    fresh = HistoryUnlocker(folder)
    chat = start_chat(open_history=fresh.open)
    dialogs = Dialogs(chat.window, fresh)
    chat.qtbot.waitUntil(lambda: chat.window.history_notice.isVisible(), timeout=PATIENCE_MS)
    return chat, fresh, dialogs


def unlock(chat: Chat, typed: str, *, recovery: bool = False) -> None:
    QTest.mouseClick(chat.window.history_notice.action, Qt.MouseButton.LeftButton)
    dialog = chat.window.findChildren(UnlockDialog)[-1]
    if recovery:
        QTest.mouseClick(dialog.other, Qt.MouseButton.LeftButton)
    QTest.keyClicks(dialog.field, typed)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)


def test_a_locked_history_opens_with_its_passphrase_and_takes_what_was_written_meanwhile(
    locked: tuple[Chat, HistoryUnlocker, Dialogs],
) -> None:
    chat, unlocker, _ = locked
    chat.ask("Written while locked")
    with chat.qtbot.waitSignal(chat.window.conversations.link.troubled, timeout=PATIENCE_MS):
        unlock(chat, "wrong horse!")
    assert chat.window.history_notice.isVisible()
    with chat.qtbot.waitSignal(chat.window.conversations.link.opened, timeout=PATIENCE_MS):
        unlock(chat, "correct horse")
    chat.settle()
    assert not chat.window.history_notice.isVisible()
    assert chat.titles() == ["Written while locked", "From before"]
    chat.end()
    assert kept(unlocker.folder, unlocker.key) == ["Written while locked", "Hello world", "From before"]


def test_a_locked_history_opens_with_its_recovery_key(locked: tuple[Chat, HistoryUnlocker, Dialogs]) -> None:
    chat, unlocker, _ = locked
    elsewhere = HistoryUnlocker(unlocker.folder)
    elsewhere.open("correct horse").close()
    with chat.qtbot.waitSignal(chat.window.conversations.link.opened, timeout=PATIENCE_MS):
        unlock(chat, elsewhere.recovery_key().lower(), recovery=True)
    chat.settle()
    assert chat.titles() == ["From before"]


def test_without_a_keyring_the_user_chooses_the_protection(start_chat: StartChat, tmp_path: Path) -> None:
    unlocker = HistoryUnlocker(tmp_path / "new")
    chat = start_chat(open_history=unlocker.open)
    dialogs = Dialogs(chat.window, unlocker)
    chat.qtbot.waitUntil(lambda: chat.window.history_notice.isVisible(), timeout=PATIENCE_MS)
    assert chat.window.history_notice.action.text() == "Choose…"
    chat.ask("Written before")
    QTest.mouseClick(chat.window.history_notice.action, Qt.MouseButton.LeftButton)
    chat.qtbot.waitUntil(lambda: bool(chat.window.findChildren(ChooseProtection)))
    dialog = chat.window.findChildren(ChooseProtection)[-1]
    assert not dialog.agree.isEnabled()
    QTest.keyClicks(dialog.choice.first, "correct horse")
    QTest.keyClicks(dialog.choice.second, "correct hors")
    assert dialog.choice.problem.text() == "The two are not the same."
    QTest.keyClicks(dialog.choice.second, "e")
    with chat.qtbot.waitSignal(chat.window.conversations.link.opened, timeout=PATIENCE_MS):
        QTest.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    chat.settle()
    assert unlocker.protection() == "passphrase"
    assert chat.titles() == ["Written before"]
    assert dialogs.settings is None
    chat.end()
    with pytest.raises(Exception, match="passphrase"):
        HistoryUnlocker(unlocker.folder).open()


def test_the_protection_is_changed_while_the_window_is_open(start_chat: StartChat, tmp_path: Path) -> None:
    unlocker = HistoryUnlocker(tmp_path / "plain")
    unlocker.protect("none")
    chat = start_chat(open_history=unlocker.open)
    dialogs = Dialogs(chat.window, unlocker)
    chat.ask("Secret")
    chat.settle()
    dialogs.open_settings("history")
    assert dialogs.settings is not None
    page = dialogs.settings.history
    with chat.qtbot.waitSignal(chat.window.conversations.link.opened, timeout=PATIENCE_MS):
        page.protect("passphrase", "correct horse")
        chat.window.conversations.submit("Typed meanwhile")
    chat.settle()
    chat.settle()
    assert page.said.text() == "The protection was changed."
    backup = tmp_path / "backup.zip"
    page.back_up(backup)
    chat.qtbot.waitUntil(lambda: str(backup) in page.said.text(), timeout=PATIENCE_MS)
    assert backup.stat().st_size > 1000
    chat.end()
    assert b"Secret" not in (unlocker.folder / "history.db").read_bytes()
    assert "Typed meanwhile" in kept(unlocker.folder, unlocker.key)


def test_the_protection_stays_while_something_is_in_memory_only_and_the_page_says_so(
    start_chat: StartChat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add, room = Messages.add, False

    def full(self: Messages, *args: object, **more: object) -> object:
        if not room:
            raise HistoryFull(tmp_path)
        return add(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Messages, "add", full)
    unlocker = HistoryUnlocker(tmp_path / "plain")
    unlocker.protect("none")
    chat = start_chat(open_history=unlocker.open)
    dialogs = Dialogs(chat.window, unlocker)
    with chat.qtbot.waitSignal(chat.window.conversations.link.troubled):
        chat.ask("Do not lose this")
    dialogs.open_settings("history")
    assert dialogs.settings is not None
    page = dialogs.settings.history
    page.protect("passphrase", "correct horse")
    chat.qtbot.waitUntil(lambda: "not saved yet" in page.said.text(), timeout=PATIENCE_MS)
    assert unlocker.protection() == "none"
    room = True
    with chat.qtbot.waitSignal(chat.window.conversations.link.settled):
        chat.window.conversations.link.service.settle(PATIENCE_S)
    chat.end()
    assert kept(unlocker.folder) == ["Do not lose this", "Hello world"]


def test_what_nobody_else_tells_is_told_in_the_window(chat: Chat) -> None:
    def broken(store: Store) -> None:
        raise HistoryFull(Path("x"))

    with chat.qtbot.waitSignal(chat.window.conversations.link.failed):
        chat.window.conversations.link.read(broken, print)
    assert "is full" in chat.window.toast.sentence.text()


def test_a_question_that_the_history_cannot_answer_ends_nothing(chat: Chat) -> None:
    def broken(store: Store) -> None:
        raise HistoryFull(Path("x"))

    heard: list[object] = []
    chat.window.conversations.link.read(broken, heard.append, heard.append)
    chat.settle()
    assert isinstance(heard[0], HistoryFull)
    chat.ask("Still here")
    chat.settle()
    assert chat.titles() == ["Still here"]
