"""The keeper: everything given to it is on the disk sooner or later, in order, and nobody waits."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.chat.answer_recorder import AnswerRecorder, RecordRef, saved
from desktop.chat.history_service import HistoryService
from desktop.engine.interface import Event, Finished, TextAdded, Usage
from desktop.errors import HistoryFull, InkstoneError, ModelError, WrongKey
from desktop.history import History, Store

KEY = bytes(range(32))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "history"


@pytest.fixture
def service(folder: Path) -> Iterator[HistoryService]:
    service = HistoryService(lambda: History.open(folder))
    service.start()
    yield service
    service.end()


def titles(folder: Path) -> list[str]:
    history = History.open(folder)
    store = history.connect()
    try:
        return [one.title for one in store.conversations.page()]
    finally:
        store.close()
        history.close()


def answered(service: HistoryService, work: object) -> object:
    """Read, and wait for the answer."""
    found: list[object] = []
    done = threading.Event()

    def then(result: object) -> None:
        found.append(result)
        done.set()

    service.read(work, then)  # type: ignore[arg-type]  # a function of the store
    assert done.wait(5)
    return found[0]


def test_a_question_sees_what_was_written_before_it(service: HistoryService) -> None:
    for number in range(20):
        service.write(lambda store, n=number: store.conversations.create(f"plan {n}"))  # type: ignore[misc]
    assert answered(service, lambda store: store.conversations.count()) == 20


def test_what_is_queued_when_the_keeper_ends_is_saved(folder: Path) -> None:
    service = HistoryService(lambda: History.open(folder))
    service.start()
    service.write(lambda store: store.conversations.create("late"))
    assert service.end() == 0
    assert titles(folder) == ["late"]


def test_what_is_written_before_the_history_opens_waits_for_it(folder: Path) -> None:
    History.open(folder, KEY).close()
    told: list[InkstoneError | None] = []
    troubled = threading.Event()

    def tell(error: InkstoneError | None) -> None:
        told.append(error)
        troubled.set()

    service = HistoryService(lambda: History.open(folder, bytes(32)), tell)
    service.start()
    service.write(lambda store: store.conversations.create("typed meanwhile"))
    assert troubled.wait(5)
    assert isinstance(told[0], WrongKey)
    assert service.unsaved == 1
    service.try_again(lambda: History.open(folder, KEY))
    assert answered(service, lambda store: [one.title for one in store.conversations.page()]) == ["typed meanwhile"]
    assert told[-1] is None
    assert service.end() == 0


def test_a_history_that_never_opens_keeps_nobody_from_ending(folder: Path) -> None:
    History.open(folder, KEY).close()
    service = HistoryService(lambda: History.open(folder, bytes(32)))
    service.start()
    service.write(lambda store: store.conversations.create("lost"))
    assert service.end() == 1


def test_a_write_that_finds_no_room_is_tried_again_in_its_order(service: HistoryService) -> None:
    full = [HistoryFull(Path("history.db"))] * 2
    numbers = RecordRef()

    def add(store: Store) -> None:
        numbers.number = store.conversations.create("first").id
        if full:
            raise full.pop()

    service.write(add)
    service.write(lambda store: store.conversations.pin(numbers.get()))
    assert any(service.settle() for _ in range(10))  # each time is one try
    assert full == []
    assert answered(service, lambda store: [one.pinned for one in store.conversations.page()]) == [True]


def test_of_writes_with_one_key_the_last_counts_and_none_overtakes_another(
    service: HistoryService, folder: Path
) -> None:
    blocked = threading.Event()
    service.write(lambda store: blocked.wait(5))  # keeps the writer busy until all is queued
    for text in ("h", "he", "hel"):
        service.write(lambda store, t=text: store.composer.save(None, t), key="composer")  # type: ignore[misc]
    service.write(lambda store: store.composer.save(None, ""))
    service.write(lambda store: store.composer.save(None, "next"), key="composer")
    blocked.set()
    assert answered(service, lambda store: store.composer.text(None)) == "next"


def test_an_answer_is_saved_while_it_comes_and_with_how_it_ended(service: HistoryService) -> None:
    kept = RecordRef()

    def add(store: Store) -> None:
        chat = store.conversations.create()
        question = store.messages.add(chat.id, "user", "Count")
        kept.number = store.messages.add(chat.id, "assistant", parent=question.id, status="pending").id

    service.write(add)
    seen: list[object] = []

    def events() -> Iterator[Event]:
        yield TextAdded("one ")
        yield TextAdded("two ")
        seen.append(answered(service, lambda store: store.messages.get(kept.get()).text))
        yield TextAdded("three")
        yield Finished("length", Usage(3, 0, 3, 0.1, 20.0, guessed_tokens=2))

    assert len(list(saved(events(), AnswerRecorder(service, kept), "Model", interval=0))) == 4
    found = answered(service, lambda store: store.messages.get(kept.get()))
    assert seen == ["one two "]
    assert (found.text, found.status) == ("one two three", "length")  # type: ignore[attr-defined]
    assert (found.usage.new_tokens, found.usage.guessed_tokens) == (3, 2)  # type: ignore[attr-defined]


def test_a_failed_answer_keeps_what_came(service: HistoryService) -> None:
    kept = RecordRef()

    def add(store: Store) -> None:
        chat = store.conversations.create()
        kept.number = store.messages.add(chat.id, "assistant", status="pending").id

    service.write(add)

    def events() -> Iterator[Event]:
        yield TextAdded("half")
        raise ModelError("The model failed.")

    with pytest.raises(ModelError):
        list(saved(events(), AnswerRecorder(service, kept)))
    found = answered(service, lambda store: store.messages.get(kept.get()))
    assert (found.text, found.status) == ("half", "failed")  # type: ignore[attr-defined]
