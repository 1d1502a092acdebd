from pathlib import Path

import pytest

from desktop.errors import HistoryError
from desktop.history import History, migrations
from desktop.history.database import Database
from desktop.history.migrations import STEPS, version_of, without_accents
from tests.history.test_keys import fill, titles

KEY = bytes(range(32))
NEXT = "CREATE TABLE extra (id INTEGER PRIMARY KEY);\n-- a comment; with a semicolon\nINSERT INTO extra VALUES (1);\n"


def version(folder: Path) -> int:
    database = Database(folder / "history.db", KEY, readonly=True)
    found = version_of(database)
    database.close()
    return found


def test_a_new_version_takes_every_step_after_a_dated_copy(tmp_path: Path) -> None:
    fill(tmp_path, KEY)
    History.open(tmp_path, KEY, steps=(*STEPS, NEXT)).close()
    assert version(tmp_path) == len(STEPS) + 1
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.name.endswith(f"-before-version-{len(STEPS) + 1}.db")
    database = Database(copy, KEY, readonly=True)
    assert version_of(database) == len(STEPS)
    database.close()
    History.open(tmp_path, KEY, steps=(*STEPS, NEXT)).close()
    assert len(list((tmp_path / "backups").iterdir())) == 1


def test_a_step_that_fails_leaves_the_version_before(tmp_path: Path) -> None:
    fill(tmp_path, KEY)
    bad = "CREATE TABLE half (id INTEGER);\nINSERT INTO nowhere VALUES (1);\n"
    with pytest.raises(Exception, match="nowhere"):
        History.open(tmp_path, KEY, steps=(*STEPS, NEXT, bad))
    assert version(tmp_path) == len(STEPS) + 1
    database = Database(tmp_path / "history.db", KEY)
    assert database.rows("SELECT name FROM sqlite_schema WHERE name IN ('half', 'extra')") == [("extra",)]
    database.close()


def test_the_history_of_a_newer_version_is_read_and_not_written(tmp_path: Path) -> None:
    fill(tmp_path, KEY)
    History.open(tmp_path, KEY, steps=(*STEPS, NEXT)).close()
    before = (tmp_path / "history.db").read_bytes()
    history = History.open(tmp_path, KEY)
    assert "a newer version of Inkstone wrote it" in history.notice
    store = history.connect()
    assert [chat.title for chat in store.conversations.page()] == ["Kept"]
    with pytest.raises(HistoryError):
        store.conversations.create("no")
    store.close()
    assert history.retry() is False
    history.close()
    assert (tmp_path / "history.db").read_bytes() == before
    assert titles(tmp_path, KEY) == ["Kept"]


def test_only_three_dated_copies_of_a_kind_are_kept(tmp_path: Path) -> None:
    fill(tmp_path, KEY)
    steps = list(STEPS)
    for n in range(5):
        steps.append(f"CREATE TABLE t{n} (id INTEGER);\n")
        History.open(tmp_path, KEY, steps=tuple(steps)).close()
    names = sorted(path.name for path in (tmp_path / "backups").iterdir())
    assert [name.rsplit("-", 1)[1] for name in names] == [f"{len(steps) - n}.db" for n in (2, 1, 0)]


def as_version_3(folder: Path, texts: list[str]) -> None:
    """Make a history as versions before `without_accents` did: lower case and half width only in its index."""
    with History.open(folder, KEY, steps=STEPS[:3]) as history, history.connect() as store:
        chat = store.conversations.create("Straße in Zürich").id
        with store.database.transaction():
            for text in texts:
                store.messages.add(chat, "user", text)
            for number, text in store.database.rows(
                "SELECT d.id, coalesce(m.text, 'straße in zürich') FROM documents d "
                "LEFT JOIN messages m ON m.id = d.owner AND d.place = 'message'"
            ):
                for table in ("trigrams", "grams"):
                    store.database.rows(f"DELETE FROM {table} WHERE rowid = ?", (number,))  # noqa: S608
                    put = f"INSERT INTO {table} (rowid, text) VALUES (?, ?)"  # noqa: S608
                    store.database.rows(put, (number, text.lower()))


def test_an_index_of_before_accents_were_ignored_is_made_anew(tmp_path: Path) -> None:
    texts = ["Résumé", "plain words", "砚台 重点", "Re\u0301sume\u0301 du café", *["weiß"] * 30]
    as_version_3(tmp_path, texts)
    with History.open(tmp_path, KEY, steps=STEPS[:3]) as history, history.connect() as store:
        assert store.search("resume") == []
        before = store.database.rows("SELECT * FROM documents"), store.database.rows("SELECT * FROM messages")
    with History.open(tmp_path, KEY) as history, history.connect() as store:
        assert [len(store.search(query)) for query in ("resume", "RÉSUMÉ", "zurich", "plain", "砚台")] == [
            2,
            2,
            1,
            1,
            1,
        ]
        assert len(store.search("weiss")) == 30
        assert before == (
            store.database.rows("SELECT * FROM documents"),
            store.database.rows("SELECT * FROM messages"),
        )
        assert store.database.rows("SELECT * FROM state") == []


def test_making_the_index_anew_goes_on_where_it_was_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_version_3(tmp_path, [f"crème {n}" for n in range(20)])
    monkeypatch.setattr(migrations, "_PART", 4)
    parts = []

    def killed(database: Database) -> bool:
        parts.append(database.rows("SELECT value FROM state"))
        if len(parts) == 3:
            raise KeyboardInterrupt
        return without_accents(database)

    with pytest.raises(KeyboardInterrupt):
        History.open(tmp_path, KEY, steps=(*STEPS[:3], killed))
    assert version(tmp_path) == 3
    assert parts == [[], [("4",)], [("8",)]]
    with History.open(tmp_path, KEY, steps=(*STEPS[:3], killed)) as history, history.connect() as store:
        assert len(store.search("creme")) == 20
    assert parts[3:] == [[("8",)], [("12",)], [("16",)], [("20",)], [("21",)]]
    assert version(tmp_path) == 4
