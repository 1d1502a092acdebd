"""Whatever fails, nothing that was written is dropped, and whoever asked gets an answer."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.chat.history_service import HistoryService
from desktop.chat.history_unlocker import HistoryUnlocker
from desktop.errors import (
    HistoryError,
    HistoryFull,
    HistoryReadOnly,
    HistoryUnsaved,
    InkstoneError,
    InternalError,
    NotFound,
)
from desktop.history import History, Store, vault
from desktop.reasons import HistoryReason
from tests.history.test_keys import CHEAP

PATIENCE_S = 20.0


class Asked:
    """Collects what became of a question."""

    def __init__(self) -> None:
        self.result: object = None
        self.error: InkstoneError | None = None
        self._done = threading.Event()

    def then(self, result: object) -> None:
        self.result = result
        self._done.set()

    def failed(self, error: InkstoneError) -> None:
        self.error = error
        self._done.set()

    def wait(self) -> "Asked":
        assert self._done.wait(PATIENCE_S), "nobody answered"
        return self


def unwritable(folder: Path) -> HistoryReadOnly:
    return HistoryReadOnly(folder, HistoryReason.WRITE_PROTECTED())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "history"


@pytest.fixture
def service(folder: Path) -> Iterator[HistoryService]:
    service = HistoryService(lambda: History.open(folder), retry_s=0.01)
    service.start()
    yield service
    service.end()


@pytest.fixture
def bugs(monkeypatch: pytest.MonkeyPatch) -> list[type[BaseException]]:
    """What the crash hooks were given, in the place of doing it."""
    found: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, *_: found.append(kind))
    monkeypatch.setattr("threading.excepthook", lambda told: found.append(told.exc_type))
    return found


def read(service: HistoryService, work: Callable[[Store], object]) -> Asked:
    asked = Asked()
    service.read(work, asked.then, asked.failed)
    return asked.wait()


def titles(store: Store) -> list[str]:
    return sorted(one.title for one in store.conversations.page())


def test_nothing_is_dropped_where_the_protection_is_to_be_changed_on_a_full_disk(
    service: HistoryService, folder: Path
) -> None:
    full = threading.Event()
    full.set()

    def add(store: Store) -> None:
        store.conversations.create("typed on a full disk")
        if full.is_set():
            raise HistoryFull(folder / "history.db")

    changed, asked = list[str](), Asked()
    service.write(add)
    service.while_closed(lambda: changed.append("protection"), asked.then, asked.failed)
    assert isinstance(asked.wait().error, HistoryUnsaved)
    assert "not saved yet" in str(asked.error)
    assert changed == []
    service.write(lambda store: store.conversations.create("typed after it"))
    full.clear()
    assert any(service.settle() for _ in range(10))
    assert read(service, titles).result == ["typed after it", "typed on a full disk"]


def test_what_is_written_while_the_history_is_closed_is_saved_when_it_opens(service: HistoryService) -> None:
    asked = Asked()
    service.write(lambda store: store.conversations.create("before"), key="one")
    service.while_closed(
        lambda: service.write(lambda store: store.conversations.create("meanwhile"), key="one"),
        asked.then,
        asked.failed,
    )
    assert asked.wait().error is None
    assert read(service, titles).result == ["before", "meanwhile"]


def test_a_connection_that_fails_is_told_and_the_next_question_is_answered(
    service: HistoryService, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service.settle()
    service._stale = True  # as after a time in which nothing could be written
    monkeypatch.setattr(History, "connect", lambda _self: _raise(unwritable(folder)))
    assert isinstance(read(service, titles).error, HistoryReadOnly)
    aside = Asked()
    service.aside(titles, aside.then, aside.failed)
    assert isinstance(aside.wait().error, HistoryReadOnly)
    monkeypatch.undo()
    assert read(service, titles).result == []


def test_a_history_that_cannot_be_connected_at_once_is_connected_later(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect, times = History.connect, iter(range(9))

    def failing(history: History) -> Store:
        return connect(history) if next(times) else _raise(unwritable(folder))

    monkeypatch.setattr(History, "connect", failing)
    service = HistoryService(lambda: History.open(folder), retry_s=0.01)
    service.start()
    assert isinstance(read(service, titles).error, HistoryReadOnly)
    assert read(service, titles).result == []
    assert service.end() == 0


def test_an_import_that_breaks_is_told(service: HistoryService, bugs: list[type[BaseException]]) -> None:
    asked = Asked()
    service.aside(lambda _store: broken(), asked.then, asked.failed)
    assert isinstance(asked.wait().error, InternalError)
    assert bugs == [IndexError]


def test_a_question_that_breaks_is_told(service: HistoryService, bugs: list[type[BaseException]]) -> None:
    assert isinstance(read(service, lambda _store: broken()).error, InternalError)
    assert read(service, titles).result == []
    assert bugs == [IndexError]


def test_who_breaks_on_an_answer_keeps_nobody_from_theirs(
    service: HistoryService, bugs: list[type[BaseException]]
) -> None:
    service.read(titles, lambda _titles: broken())
    service.read(lambda _store: _raise(NotFound("draft", 1)), print, lambda _error: broken())
    assert read(service, titles).result == []
    assert bugs == [IndexError, IndexError]


def test_a_change_that_breaks_is_told_and_the_others_are_saved(
    service: HistoryService, bugs: list[type[BaseException]]
) -> None:
    asked = Asked()
    service.write(lambda _store: broken(), asked.then, asked.failed)
    service.write(lambda store: store.conversations.create("after it"))
    assert isinstance(asked.wait().error, InternalError)
    assert read(service, titles).result == ["after it"]
    assert bugs == [IndexError]


def test_a_change_whose_subject_is_gone_is_told(service: HistoryService) -> None:
    asked = Asked()
    service.write(lambda store: store.conversations.rename(99, "x"), asked.then, asked.failed, key="title")
    assert isinstance(asked.wait().error, NotFound)


def test_what_nobody_else_is_told_the_keeper_tells(folder: Path, bugs: list[type[BaseException]]) -> None:
    asked = Asked()
    service = HistoryService(lambda: History.open(folder), failed=asked.failed)
    service.start()
    service.read(lambda store: store.conversations.get(99), print)  # its subject is gone: no failure to be told
    service.read(lambda _store: broken(), print)
    assert isinstance(asked.wait().error, InternalError)
    service.end()
    assert bugs == [IndexError]


def test_questions_that_wait_for_a_locked_history_are_refused_at_the_end(folder: Path) -> None:
    service = HistoryService(lambda: _raise(HistoryError("It is locked.")))
    waiting, late, never = Asked(), Asked(), Asked()
    service.start()
    service.read(titles, waiting.then, waiting.failed)
    service.write(lambda store: store.conversations.create("typed while it was locked"))
    assert service.end() == 1
    assert "closed" in str(waiting.wait().error)
    service.read(titles, late.then, late.failed)
    assert "closed" in str(late.wait().error)
    service.write(lambda store: store.conversations.create("later still"))
    assert service.unsaved == 2
    unstarted = HistoryService(lambda: History.open(folder))
    unstarted.read(titles, never.then, never.failed)
    unstarted.end()
    assert "closed" in str(never.wait().error)


def test_a_mistake_in_opening_is_reported_once_and_not_made_again_until_the_user_wants(
    folder: Path, bugs: list[type[BaseException]]
) -> None:
    told: list[InkstoneError | None] = []
    troubled, tries = threading.Event(), iter(range(9))

    def tell(error: InkstoneError | None) -> None:
        told.append(error)
        troubled.set()

    service = HistoryService(lambda: History.open(folder) if next(tries) else broken(), tell, retry_s=0)
    service.start()
    assert troubled.wait(PATIENCE_S)
    service.try_again()
    assert read(service, titles).result == []
    assert service.end() == 0
    assert bugs == [IndexError]
    assert [type(one) for one in told] == [InternalError, type(None)]


def test_what_cannot_be_saved_when_it_ends_is_counted(folder: Path) -> None:
    service = HistoryService(lambda: History.open(folder))
    service.start()
    service.write(lambda _store: _raise(HistoryFull(folder)))
    assert read(service, titles).result == []
    assert service.end() == 1


def test_a_passphrase_that_was_typed_does_not_stand_in_the_way_of_a_new_one(folder: Path) -> None:
    vault.protect(folder, "passphrase", passphrase="first of them", cost=CHEAP)
    told: list[InkstoneError | None] = []
    troubled = threading.Event()

    def tell(error: InkstoneError | None) -> None:
        told.append(error)
        troubled.set()

    door = HistoryUnlocker(folder)
    service = HistoryService(door.open, tell)
    service.start()
    assert troubled.wait(PATIENCE_S)
    service.try_again(door.knowing(passphrase="first of them"))
    assert read(service, titles).result == []
    asked = Asked()
    service.while_closed(lambda: door.protect("passphrase", "second of them"), asked.then, asked.failed)
    assert asked.wait().error is None
    assert read(service, titles).result == []
    service.while_closed(lambda: door.protect("none"), Asked().then)
    assert read(service, titles).result == []
    service.end()
    assert vault.protection_kind(folder) == "none"
    assert told[1:] == [None]


def test_the_first_choice_of_a_protection_is_not_made_again_by_a_later_one(folder: Path) -> None:
    door = HistoryUnlocker(folder)
    service = HistoryService(door.open)
    service.try_again(door.choosing("passphrase", "first of them"))
    service.start()
    assert read(service, titles).result == []
    asked = Asked()
    service.while_closed(lambda: door.protect("none"), asked.then, asked.failed)
    asked.wait()
    assert read(service, titles).result == []
    assert service.end() == 0
    assert vault.protection_kind(folder) == "none"


def test_a_failed_change_after_a_recovery_key_opens_the_history_again(folder: Path) -> None:
    from desktop.history.keys import recovery_key

    key = vault.protect(folder, "passphrase", passphrase="forgotten", cost=CHEAP)
    assert key is not None
    History.open(folder, key).close()
    door = HistoryUnlocker(folder)
    service = HistoryService(door.open)
    service.try_again(door.knowing(recovery=recovery_key(key)))
    service.start()
    asked = Asked()
    service.while_closed(lambda: _raise(HistoryFull(folder)), asked.then, asked.failed)
    assert isinstance(asked.wait().error, HistoryFull)
    assert read(service, titles).result == []
    service.end()


def _raise(error: Exception) -> Any:
    raise error


def broken() -> Any:
    return list[object]()[1]
