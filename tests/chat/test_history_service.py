"""The keeper: everything given to it is on the disk sooner or later, in order, and nobody waits."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.chat.history_service import AnswerKeeper, Keeper, Kept, saved
from desktop.engine.interface import Event, Finished, TextAdded, Usage
from desktop.errors import HistoryError, HistoryFull, ModelError, WrongKey
from desktop.history import History, Store

KEY = bytes(range(32))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "history"


@pytest.fixture
def keeper(folder: Path) -> Iterator[Keeper]:
    keeper = Keeper(lambda: History.open(folder))
    keeper.start()
    yield keeper
    keeper.end()


def titles(folder: Path) -> list[str]:
    history = History.open(folder)
    store = history.connect()
    try:
        return [one.title for one in store.conversations.page()]
    finally:
        store.close()
        history.close()


def answered(keeper: Keeper, work: object) -> object:
    """Read, and wait for the answer."""
    found: list[object] = []
    done = threading.Event()

    def then(result: object) -> None:
        found.append(result)
        done.set()

    keeper.read(work, then)  # type: ignore[arg-type]  # a function of the store
    assert done.wait(5)
    return found[0]


def test_a_question_sees_what_was_written_before_it(keeper: Keeper) -> None:
    for number in range(20):
        keeper.write(lambda store, n=number: store.conversations.create(f"plan {n}"))  # type: ignore[misc]
    assert answered(keeper, lambda store: store.conversations.count()) == 20


def test_what_is_queued_when_the_keeper_ends_is_saved(folder: Path) -> None:
    keeper = Keeper(lambda: History.open(folder))
    keeper.start()
    keeper.write(lambda store: store.conversations.create("late"))
    assert keeper.end() == 0
    assert titles(folder) == ["late"]


def test_what_is_written_before_the_history_opens_waits_for_it(folder: Path) -> None:
    History.open(folder, KEY).close()
    told: list[HistoryError | None] = []
    troubled = threading.Event()

    def tell(error: HistoryError | None) -> None:
        told.append(error)
        troubled.set()

    keeper = Keeper(lambda: History.open(folder, bytes(32)), tell)
    keeper.start()
    keeper.write(lambda store: store.conversations.create("typed meanwhile"))
    assert troubled.wait(5)
    assert isinstance(told[0], WrongKey)
    assert keeper.unsaved == 1
    keeper.try_again(lambda: History.open(folder, KEY))
    assert answered(keeper, lambda store: [one.title for one in store.conversations.page()]) == ["typed meanwhile"]
    assert told[-1] is None
    assert keeper.end() == 0


def test_a_history_that_never_opens_keeps_nobody_from_ending(folder: Path) -> None:
    History.open(folder, KEY).close()
    keeper = Keeper(lambda: History.open(folder, bytes(32)))
    keeper.start()
    keeper.write(lambda store: store.conversations.create("lost"))
    assert keeper.end() == 1


def test_a_write_that_finds_no_room_is_tried_again_in_its_order(keeper: Keeper) -> None:
    full = [HistoryFull(Path("history.db"))] * 2
    numbers = Kept()

    def add(store: Store) -> None:
        numbers.number = store.conversations.create("first").id
        if full:
            raise full.pop()

    keeper.write(add)
    keeper.write(lambda store: store.conversations.pin(numbers.get()))
    assert any(keeper.settle() for _ in range(10))  # each time is one try
    assert full == []
    assert answered(keeper, lambda store: [one.pinned for one in store.conversations.page()]) == [True]


def test_of_writes_with_one_key_the_last_counts_and_none_overtakes_another(keeper: Keeper, folder: Path) -> None:
    blocked = threading.Event()
    keeper.write(lambda store: blocked.wait(5))  # keeps the writer busy until all is queued
    for text in ("h", "he", "hel"):
        keeper.write(lambda store, t=text: store.composer.save(None, t), key="composer")  # type: ignore[misc]
    keeper.write(lambda store: store.composer.save(None, ""))
    keeper.write(lambda store: store.composer.save(None, "next"), key="composer")
    blocked.set()
    assert answered(keeper, lambda store: store.composer.text(None)) == "next"


def test_an_answer_is_saved_while_it_comes_and_with_how_it_ended(keeper: Keeper) -> None:
    kept = Kept()

    def add(store: Store) -> None:
        chat = store.conversations.create()
        question = store.messages.add(chat.id, "user", "Count")
        kept.number = store.messages.add(chat.id, "assistant", parent=question.id, status="pending").id

    keeper.write(add)
    seen: list[object] = []

    def events() -> Iterator[Event]:
        yield TextAdded("one ")
        yield TextAdded("two ")
        seen.append(answered(keeper, lambda store: store.messages.get(kept.get()).text))
        yield TextAdded("three")
        yield Finished("length", Usage(3, 0, 3, 0.1, 20.0, guessed_tokens=2))

    assert len(list(saved(events(), AnswerKeeper(keeper, kept), "Model", interval=0))) == 4
    found = answered(keeper, lambda store: store.messages.get(kept.get()))
    assert seen == ["one two "]
    assert (found.text, found.status) == ("one two three", "length")  # type: ignore[attr-defined]
    assert (found.usage.new_tokens, found.usage.guessed_tokens) == (3, 2)  # type: ignore[attr-defined]


def test_a_failed_answer_keeps_what_came(keeper: Keeper) -> None:
    kept = Kept()

    def add(store: Store) -> None:
        chat = store.conversations.create()
        kept.number = store.messages.add(chat.id, "assistant", status="pending").id

    keeper.write(add)

    def events() -> Iterator[Event]:
        yield TextAdded("half")
        raise ModelError("The model failed.")

    with pytest.raises(ModelError):
        list(saved(events(), AnswerKeeper(keeper, kept)))
    found = answered(keeper, lambda store: store.messages.get(kept.get()))
    assert (found.text, found.status) == ("half", "failed")  # type: ignore[attr-defined]
