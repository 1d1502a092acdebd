"""Whatever fails while changes are saved, each is on the disk at last or still waits."""

import threading
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from desktop.errors import HistoryDamaged, HistoryError, HistoryReadOnly, NotFound
from desktop.history import History, HistoryWriter, Store
from desktop.history.database import Database
from desktop.reasons import HistoryReason
from tests.history.test_writer import _nothing_between, _raise, begun, read

PASSING = [apsw.NoMemError("x"), apsw.ProtocolError("x"), apsw.SQLError("x"), MemoryError(), RuntimeError("no thread")]


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    opened = History.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def bugs(monkeypatch: pytest.MonkeyPatch) -> list[type[BaseException]]:
    """What the crash hook was given, in the place of doing it."""
    found: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, *_: found.append(kind))
    return found


class Told:
    """What a writer said, and a way to wait for it."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.heard = threading.Event()

    def __call__(self, sentence: str) -> None:
        self.sentences.append(sentence)
        self.heard.set()


def composer(history: History, conversation: int | None = None) -> str:
    with history.connect() as store:
        return store.composer.text(conversation)


@pytest.mark.parametrize("failure", PASSING, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("place", ["connect", "BEGIN IMMEDIATE", "COMMIT"])
def test_a_failure_that_passes_loses_nothing(
    history: History,
    monkeypatch: pytest.MonkeyPatch,
    bugs: list[type[BaseException]],
    failure: Exception,
    place: str,
) -> None:
    told, lost = Told(), list[HistoryError]()
    writer = HistoryWriter(history, told, retry_s=0.01)
    with monkeypatch.context() as failing:
        if place == "connect":
            failing.setattr(history, "connect", lambda: _raise(failure))
        else:
            rows = Database.rows

            def some(database: Database, sql: str, values: tuple[str, ...] = ()) -> object:
                if sql == place:
                    raise failure
                return rows(database, sql, values)

            failing.setattr(Database, "rows", some)
        with _nothing_between(writer):
            for number in range(3):
                text = f"text {number}"
                writer.keep(lambda store, text=text: store.composer.save(None, text), None, lost.append)  # type: ignore[misc]
        assert told.heard.wait(10)
        assert not writer.flush(10)
        assert (writer.unsaved, lost) == (3, [])
    assert any(writer.flush() for _ in range(10))
    assert composer(history) == "text 2"
    assert writer.close()
    assert (told.sentences[-1], lost) == ("", [])
    assert len(bugs) <= 1  # however often it was tried


@pytest.mark.parametrize(
    "failure",
    [HistoryDamaged(Path("x"), HistoryReason.PAGES()), apsw.ConstraintError("x"), apsw.SQLError("x")],
    ids=lambda error: type(error).__name__,
)
def test_a_change_that_always_fails_keeps_no_other_from_the_disk(
    history: History, bugs: list[type[BaseException]], failure: Exception
) -> None:
    told, lost = Told(), list[HistoryError]()
    writer = HistoryWriter(history, told)
    with _nothing_between(writer):
        writer.keep(lambda _store: _raise(failure), None, lost.append)
        writer.keep(lambda store: store.composer.save(None, "a letter elsewhere"), None, lost.append)
    assert told.heard.wait(10)
    assert not writer.flush()
    assert composer(history) == "a letter elsewhere"
    assert (writer.unsaved, lost) == (1, [])
    assert writer.problem is not None
    assert writer.change(lambda store: store.conversations.create("more").title).result(10) == "more"
    assert not writer.close()
    assert len(writer.leftover()) == 1
    assert len(bugs) <= 1


def test_what_depends_on_a_change_that_waits_is_kept_with_it(history: History) -> None:
    told, lost, number = Told(), list[HistoryError](), list[int]()
    damaged = threading.Event()
    damaged.set()
    writer = HistoryWriter(history, told, retry_s=0.01)

    def create(store: Store) -> None:
        if damaged.is_set():
            raise HistoryDamaged(history.path, HistoryReason.PAGES())
        number.append(store.conversations.create("begun").id)

    def pin(store: Store) -> None:
        if not number:
            raise NotFound("conversation", 0)
        store.conversations.pin(number[0])

    with _nothing_between(writer):
        writer.keep(create, None, lost.append)
        writer.keep(pin, None, lost.append)
    assert told.heard.wait(10)
    assert not writer.flush()
    damaged.clear()
    assert any(writer.flush() for _ in range(10))
    assert writer.close()
    assert lost == []
    with history.connect() as store:
        assert [chat.pinned for chat in store.conversations.page()] == [True]


def test_the_text_of_an_answer_stays_in_order_where_a_part_of_it_cannot_be_saved(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told()
    writer = HistoryWriter(history, told, retry_s=0.01)
    answer, other = begun(writer), begun(writer)
    from desktop.history.messages import Messages

    append, failing = Messages.append, [True]

    def some(messages: Messages, number: int, text: str) -> None:
        if failing and number == answer and text == "one ":
            raise HistoryDamaged(history.path, HistoryReason.PAGES())
        append(messages, number, text)

    monkeypatch.setattr(Messages, "append", some)
    with _nothing_between(writer):
        writer.append(answer, "one ")
        writer.finish(answer, "length")
        writer.append(answer, "two")
        writer.append(other, "elsewhere")
    assert told.heard.wait(10)
    assert not writer.flush()
    assert (read(history, answer), read(history, other)) == ("", "elsewhere")
    failing.clear()
    assert any(writer.flush() for _ in range(10))
    assert writer.close()
    assert read(history, answer) == "one two"


def test_what_is_being_saved_when_the_writer_closes_is_given_back_too(history: History) -> None:
    writer, begins, goes_on = HistoryWriter(history), threading.Event(), threading.Event()

    def slow(store: Store) -> None:
        begins.set()
        assert goes_on.wait(10)
        store.conversations.create("slow")

    writer.keep(slow)
    assert begins.wait(10)
    writer.keep(lambda store: store.composer.save(None, "behind it"))
    assert writer.unsaved == 2
    assert not writer.close(0)
    left = writer.leftover()
    assert len(left) == 2
    goes_on.set()
    writer._thread.join(10)
    assert composer(history) == ""
    with history.connect() as store:
        assert store.conversations.count() == 0  # it is not there twice when it was given back
        for work, _then, _failed in left:
            work(store)
        assert (store.conversations.count(), store.composer.text(None)) == (1, "behind it")


@pytest.mark.parametrize("way", ["removed", "moved", "replaced"])
def test_a_history_that_is_taken_away_while_it_is_open_keeps_what_is_written_in_memory(
    history: History, tmp_path: Path, way: str
) -> None:
    told = Told()
    writer = HistoryWriter(history, told, retry_s=0.01)
    writer.save_composer(None, "one")
    assert writer.flush()
    aside = tmp_path / "aside.db"
    if way == "removed":
        history.path.unlink()
    else:
        history.path.rename(aside)
    if way == "replaced":
        history.path.write_bytes(b"another")
    writer.save_composer(None, "two")
    assert not writer.flush()
    assert writer.unsaved == 1
    assert isinstance(writer.problem, HistoryReadOnly)
    assert "while it was open" in told.sentences[-1]
    if way != "removed":
        aside.replace(history.path)
        assert any(writer.flush() for _ in range(10))
        assert composer(history) == "two"
    writer.close()
