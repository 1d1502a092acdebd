import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.errors import HistoryFull, NotFound
from desktop.history import History, HistoryWriter, Store


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    opened = History.open(tmp_path)
    yield opened
    opened.close()


def begun(writer: HistoryWriter) -> int:
    """Begin a conversation with an answer that is being written; gives the answer's number."""

    def begin(store: Store) -> int:
        chat = store.conversations.create().id
        question = store.messages.add(chat, "user", "Q")
        return store.messages.add(chat, "assistant", parent=question.id, status="pending").id

    return writer.change(begin).result()


def read(history: History, message: int) -> str:
    store = history.connect()
    text = store.messages.get(message).text
    store.close()
    return text


def test_tokens_and_keys_are_saved_in_order_without_being_waited_for(history: History) -> None:
    writer = HistoryWriter(history, interval_s=0.01)
    answer = begun(writer)
    words = [f"word{n} " for n in range(500)]
    for n, word in enumerate(words):
        writer.append(answer, word)
        writer.save_composer(None, "x" * n)
    writer.finish(answer, "done")
    assert writer.close()
    store = history.connect()
    assert (store.messages.get(answer).text, store.messages.get(answer).status) == ("".join(words), "done")
    assert store.composer.text(None) == "x" * 499
    store.close()


def test_an_answer_finished_and_continued_at_once_stays_in_order(history: History) -> None:
    writer = HistoryWriter(history, interval_s=5)
    answer = begun(writer)
    writer.append(answer, "one ")
    writer.finish(answer, "length")
    writer.append(answer, "two")
    writer.finish(answer, "done")
    assert writer.close()
    store = history.connect()
    assert (store.messages.get(answer).text, store.messages.get(answer).status) == ("one two", "done")
    store.close()


def test_a_change_comes_after_what_was_called_before_it(history: History) -> None:
    writer = HistoryWriter(history, interval_s=60)
    answer = begun(writer)
    writer.append(answer, "before")
    assert writer.change(lambda store: store.messages.get(answer).text).result(10) == "before"
    assert writer.close()


def test_a_change_that_fails_is_told_to_who_asked_and_leaves_nothing(history: History) -> None:
    writer = HistoryWriter(history)

    def half(store: Store) -> None:
        store.conversations.create("half")
        store.conversations.rename(99, "x")

    with pytest.raises(NotFound):
        writer.change(half).result(10)
    assert writer.change(lambda store: store.conversations.count()).result(10) == 0
    assert writer.close()


def test_what_belongs_to_a_message_that_is_gone_does_not_stop_the_rest(history: History) -> None:
    writer = HistoryWriter(history, interval_s=0.01)
    answer = begun(writer)
    writer.append(answer + 100, "nowhere")
    writer.append(answer, "here")
    assert writer.close()
    assert read(history, answer) == "here"


def test_what_is_kept_for_a_subject_that_is_gone_leaves_nothing_and_the_rest_is_saved(history: History) -> None:
    writer, told = HistoryWriter(history, interval_s=0.01), list[str]()

    def half(store: Store) -> str:
        store.conversations.create("half")
        store.conversations.rename(99, "x")
        return "half"

    with _nothing_between(writer):
        writer.keep(lambda store: store.conversations.create("before").title, told.append)
        writer.keep(half, told.append)
        writer.keep(lambda store: store.conversations.create("after").title, told.append)
    assert writer.close()
    assert told == ["before", "after"]
    store = history.connect()
    assert sorted(chat.title for chat in store.conversations.page()) == ["after", "before"]
    store.close()


def test_a_mistake_in_one_change_does_not_lose_the_others(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    reported: list[str] = []
    monkeypatch.setattr("sys.excepthook", lambda _kind, bug, _trace: reported.append(str(bug)))
    writer, told = HistoryWriter(history, interval_s=0.01), list[int]()
    answer = begun(writer)
    with _nothing_between(writer):
        writer.append(answer, "one ")
        writer.keep(lambda store: 1 // 0, told.append)
        writer.keep(lambda store: 7, told.append)
        writer.append(answer, "two")
    assert writer.close()
    assert (read(history, answer), told) == ("one two", [7])
    assert set(reported) == {"integer division or modulo by zero"}


@contextlib.contextmanager
def _nothing_between(writer: HistoryWriter) -> Iterator[None]:
    """Have everything inside saved in one batch."""
    with writer._wake:
        yield


def test_a_full_disk_is_told_and_what_was_written_is_saved_when_there_is_room(history: History) -> None:
    heard: list[str] = []
    told = threading.Event()

    def noticed(sentence: str) -> None:
        heard.append(sentence)
        told.set()

    writer = HistoryWriter(history, noticed, interval_s=0.01, retry_s=0.05)
    answer = begun(writer)
    pages = writer.change(lambda store: _limit(store, 0)).result()
    for n in range(40):
        writer.append(answer, f"{n:04}" * 1000)
    assert told.wait(10)
    assert "is full" in heard[0]
    assert not writer.flush(1)
    assert writer.unsaved
    writer.append(answer, "the end")
    with pytest.raises(HistoryFull):
        writer.change(lambda store: store.conversations.create("no room")).result(10)
    told.clear()
    assert writer._store is not None
    writer._store.database.rows(f"PRAGMA max_page_count = {pages + 100000}")
    assert told.wait(10)
    assert heard[-1] == ""
    assert writer.close()
    assert read(history, answer) == "".join(f"{n:04}" * 1000 for n in range(40)) + "the end"


def test_a_change_that_is_wanted_no_more_ends_nothing(history: History) -> None:
    writer, busy = HistoryWriter(history), threading.Event()
    writer.keep(lambda _store: busy.wait(10))
    given_up = writer.change(lambda store: store.conversations.create("given up"))
    assert given_up.cancel()
    busy.set()
    assert writer.change(lambda store: store.conversations.count()).result(10) == 0
    assert writer.close()


def test_what_is_given_while_the_writer_closes_is_refused_or_saved_and_never_lost(history: History) -> None:
    writer, busy, closing = HistoryWriter(history), threading.Event(), threading.Event()

    def first(store: Store) -> None:
        closing.set()
        busy.wait(10)
        store.conversations.create("first")

    writer.keep(first)
    assert closing.wait(10)
    closer = threading.Thread(target=writer.close)
    closer.start()
    accepted = 1
    with contextlib.suppress(RuntimeError):
        while True:
            writer.keep(lambda store: store.conversations.create("more"))
            accepted += 1
    busy.set()
    closer.join()
    with history.connect() as store:
        assert store.conversations.count() == accepted


def test_a_closed_writer_gives_what_it_could_not_save(history: History) -> None:
    told = threading.Event()
    writer = HistoryWriter(history, lambda _: told.set())
    writer.keep(lambda _store: _raise(HistoryFull(history.path)))
    assert told.wait(10)
    writer.save_composer(None, "half a sen")
    assert not writer.close()
    assert [len(one) for one in writer.leftover()] == [3, 3]
    with history.connect() as store:
        writer.leftover()[1][0](store)
        assert store.composer.text(None) == "half a sen"


def _raise(error: Exception) -> None:
    raise error


def _limit(store: Store, more: int) -> int:
    (pages,) = store.database.one("PRAGMA page_count") or (0,)
    store.database.rows(f"PRAGMA max_page_count = {pages + more}")
    return int(pages)
