import contextlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import NotFound, WrongKey
from desktop.history import History, SearchFilter, Store, StoredUsage
from desktop.text.folding import fold

KEY = bytes(range(32))


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    opened = History.open(tmp_path, KEY)
    yield opened
    opened.close()


@pytest.fixture
def store(history: History) -> Iterator[Store]:
    connected = history.connect()
    yield connected
    connected.close()


def test_a_conversation_is_there_after_opening_again(tmp_path: Path) -> None:
    history = History.open(tmp_path, KEY)
    store = history.connect()
    chat = store.conversations.create()
    question = store.messages.add(chat.id, "user", "A plan for **next week**, formal")
    answer = store.messages.add(chat.id, "assistant", parent=question.id, status="pending")
    store.messages.append(answer.id, "Mon")
    store.messages.append(answer.id, "day")
    store.messages.finish(answer.id, "done", StoredUsage(new_tokens=2, model="tiny"))
    store.close()
    history.close()
    history = History.open(tmp_path, KEY)
    store = history.connect()
    first, second = store.messages.branch(chat.id)
    assert (first.text, second.text, second.status) == ("A plan for **next week**, formal", "Monday", "done")
    assert second.usage == StoredUsage(new_tokens=2, model="tiny")
    assert store.conversations.get(chat.id).title == "A plan for **next week**, formal"
    store.close()
    history.close()


def test_nothing_readable_lies_on_the_disk(tmp_path: Path, history: History, store: Store) -> None:
    chat = store.conversations.create()
    store.messages.add(chat.id, "user", "the secret is tangerine")
    everything = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"tangerine" not in everything
    assert b"SQLite format" not in everything
    if os.name == "posix":
        assert (tmp_path / "history.db").stat().st_mode & 0o077 == 0


def test_a_wrong_key_is_told_and_changes_nothing(tmp_path: Path) -> None:
    History.open(tmp_path, KEY).close()
    before = (tmp_path / "history.db").read_bytes()
    for wrong in (bytes(32), None):
        with pytest.raises(WrongKey, match="does not open the history"):
            History.open(tmp_path, wrong)
    assert (tmp_path / "history.db").read_bytes() == before
    History.open(tmp_path, KEY).close()


def test_an_answer_left_open_by_a_crash_is_interrupted_with_its_text(tmp_path: Path) -> None:
    history = History.open(tmp_path, KEY)
    store = history.connect()
    chat = store.conversations.create()
    answer = store.messages.add(chat.id, "assistant", status="pending")
    store.messages.append(answer.id, "half an ans")
    assert store.messages.get(answer.id).text == "half an ans"
    second = History.open(tmp_path, KEY)  # another process, while the first one writes
    assert store.messages.get(answer.id).status == "streaming"
    assert (second.writable, "another Inkstone is using it" in second.notice) == (False, True)
    second.close()
    store.close()
    history.close()
    history = History.open(tmp_path, KEY)
    store = history.connect()
    found = store.messages.branch(chat.id)[0]
    assert (found.status, found.text) == ("interrupted", "half an ans")
    assert [hit.owner for hit in store.search("half")] == [answer.id]
    store.close()
    history.close()


def test_regenerating_makes_siblings_and_arrows_walk_them(store: Store) -> None:
    chat = store.conversations.create().id
    question = store.messages.add(chat, "user", "Q")
    one = store.messages.add(chat, "assistant", "one", parent=question.id)
    two = store.messages.add(chat, "assistant", "two", parent=question.id)
    assert [m.text for m in store.messages.branch(chat)] == ["Q", "two"]
    assert store.messages.get(one.id).siblings == (one.id, two.id)
    store.messages.choose(one.id)
    assert [m.text for m in store.messages.branch(chat)] == ["Q", "one"]
    store.messages.add(chat, "user", "Q, edited")
    assert [m.text for m in store.messages.branch(chat)] == ["Q, edited"]
    store.messages.choose(question.id)
    assert [m.text for m in store.messages.branch(chat)] == ["Q", "one"]


def test_a_deleted_message_comes_back_with_what_hangs_under_it(store: Store) -> None:
    chat = store.conversations.create().id
    question = store.messages.add(chat, "user", "apples")
    store.messages.add(chat, "assistant", "pears", parent=question.id)
    store.messages.delete(question.id)
    assert store.messages.branch(chat) == []
    assert store.search("pears") == []
    store.messages.restore(question.id)
    assert [m.text for m in store.messages.branch(chat)] == ["apples", "pears"]
    assert len(store.search("pears")) == 1


def test_what_comes_under_a_deleted_message_is_found_when_that_is_restored(store: Store) -> None:
    chat = store.conversations.create().id
    question = store.messages.add(chat, "user", "apples")
    store.messages.delete(question.id)
    store.messages.add(chat, "assistant", "pears", parent=question.id)
    assert store.search("pears") == []
    store.messages.restore(question.id)
    assert len(store.search("pears")) == 1


def test_a_fork_is_a_conversation_of_its_own(store: Store) -> None:
    chat = store.conversations.create("Plans").id
    question = store.messages.add(chat, "user", "Q")
    answer = store.messages.add(chat, "assistant", "A", parent=question.id)
    store.messages.add(chat, "user", "more", parent=answer.id)
    fork = store.messages.fork(answer.id)
    assert [m.text for m in store.messages.branch(fork)] == ["Q", "A"]
    assert len(store.messages.branch(chat)) == 3
    assert store.conversations.get(fork).title == "Plans"


def test_the_sidebar_lists_pinned_first_and_hides_archive_and_bin(store: Store) -> None:
    a, b, c, d = (store.conversations.create(title).id for title in "abcd")
    store.conversations.pin(a)
    store.conversations.archive(b)
    store.conversations.delete(c)
    assert [chat.id for chat in store.conversations.page()] == [a, d]
    assert [chat.id for chat in store.conversations.page(archived=True)] == [b]
    assert [chat.id for chat in store.conversations.bin()] == [c]
    store.conversations.restore(c)
    store.conversations.move(c, "Work")
    store.conversations.set_tags(c, ["q3", "plan", "q3"])
    assert [chat.id for chat in store.conversations.page(folder="Work")] == [c]
    assert [chat.id for chat in store.conversations.page(tag="plan")] == [c]
    assert store.conversations.get(c).tags == ("plan", "q3")
    assert (store.conversations.folders(), store.conversations.all_tags()) == (["Work"], ["plan", "q3"])


def test_the_bin_is_emptied_after_thirty_days(store: Store) -> None:
    chat = store.conversations.create("old").id
    store.messages.add(chat, "user", "findme")
    store.conversations.delete(chat)
    assert store.empty_bin(older_than_days=30) == 0
    assert store.empty_bin() == 1
    with pytest.raises(NotFound, match="no conversation"):
        store.conversations.get(chat)
    assert store.database.rows("SELECT * FROM messages") == []
    assert store.search("findme") == []


def test_a_name_of_the_user_is_not_replaced_by_an_automatic_one(store: Store) -> None:
    chat = store.conversations.create().id
    store.messages.add(chat, "user", "# 下周的计划\nmore")
    assert store.conversations.get(chat).title == "下周的计划"
    store.conversations.rename(chat, "Mine")
    store.conversations.suggest_title(chat, "Automatic")
    assert store.conversations.get(chat).title == "Mine"


def test_versions_of_a_draft_can_be_gone_back_to(store: Store) -> None:
    draft = store.drafts.create("Report", "report", text="one")
    store.drafts.keep_version(draft.id, "first")
    store.drafts.save(draft.id, text="two")
    assert store.drafts.go_back(draft.id, 1).text == "one"
    assert [(v.number, v.label, v.text) for v in store.drafts.versions(draft.id)] == [
        (1, "first", "one"),
        (2, "", "two"),
    ]


def test_composer_text_and_state_are_kept(store: Store) -> None:
    store.composer.save(None, "half a sen")
    assert store.composer.text(None) == "half a sen"
    assert store.search("half")[0].place == "composer"
    store.composer.save(None, "")
    assert (store.composer.text(None), store.search("half")) == ("", [])
    store.state.set("window", "800x600")
    assert (store.state.get("window"), store.state.get("none", "x")) == ("800x600", "x")


@pytest.mark.parametrize("query", ["砚", "重点", "是重点", "这是重点", "ｐＬan", "重点 plan", "pl", "a", "lan"])
def test_search_finds_any_length_in_any_language(store: Store, query: str) -> None:
    chat = store.conversations.create("t").id
    message = store.messages.add(chat, "user", "砚台：这是重点，a Plan")
    (hit,) = store.search(query)
    assert (hit.owner, hit.place) == (message.id, "message") or hit.place == "title"
    assert hit.highlights


@pytest.mark.parametrize(
    "query", ["", " ", '"', "'", "AND", "NEAR(a b)", "*", "a*", "(", "c#", "-", "\0", "\ud800", "^x:y"]
)
def test_no_query_raises(store: Store, query: str) -> None:
    store.messages.add(store.conversations.create().id, "user", "some (text) in c# AND more")
    assert isinstance(store.search(query), list)


def test_search_is_limited_to_folder_tag_and_date(store: Store) -> None:
    here, there = store.conversations.create(folder="Work").id, store.conversations.create().id
    wanted = store.messages.add(here, "user", "budget")
    store.messages.add(there, "user", "budget too")
    store.conversations.set_tags(here, ["q3"])
    for limited in (SearchFilter(folder="Work"), SearchFilter(tags=("q3",))):
        assert {hit.conversation for hit in store.search("budget", limited)} == {here}
    assert store.search("budget", SearchFilter(until=wanted.created)) == []


def open_files() -> set[str]:
    """Give the regular files that this process has open; empty where the system does not tell."""
    found = set()
    for entry in Path("/proc/self/fd").glob("*") if Path("/proc/self/fd").is_dir() else ():
        with contextlib.suppress(OSError):
            if stat.S_ISREG(entry.stat().st_mode):
                found.add(f"{entry.readlink()} {entry.stat().st_ino}")
    return found


def test_a_temporary_chat_is_never_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    before = open_files()
    history = History.temporary()
    store, other = history.connect(), history.connect()
    chat = store.conversations.create().id
    for n in range(200):
        store.messages.add(chat, "user", f"nobody reads this {n} " * 500)
    assert len(other.search("nobody", limit=500)) == 201  # the title, too
    assert other.messages.branch(chat)[0].siblings[5:6]
    assert open_files() <= before
    store.close()
    other.close()
    history.close()
    assert list(tmp_path.iterdir()) == []


LETTERS = "abz9 #-éeß\u0301砚重点。"


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(LETTERS + "\n", max_size=12) | st.text(max_size=6), query=st.text(LETTERS, min_size=1, max_size=4))
def test_a_text_is_found_exactly_where_it_holds_every_word(store: Store, text: str, query: str) -> None:
    chat = store.conversations.create("x").id
    store.messages.add(chat, "assistant", text)
    folded, terms = fold(text), fold(query).split()

    def holds(term: str) -> bool:
        if len(term) <= 2 and re.fullmatch("[a-z0-9]+", term):  # one or two letters: beginnings of words
            return bool(re.search(f"(?<![a-z0-9]){term}", folded))
        return term in folded

    hits = [hit for hit in store.search(query, SearchFilter(conversation=chat)) if hit.place == "message"]
    assert bool(hits) == (bool(terms) and all(map(holds, terms)))


def test_a_snippet_shows_the_first_match_with_its_marks(store: Store) -> None:
    chat = store.conversations.create("t").id
    store.messages.add(chat, "user", "x " * 9000 + "Ｂudget\nof 砚台, budget! " + "y " * 50)
    (hit,) = store.search("budget 砚")
    assert hit.snippet.startswith("…")
    assert [hit.snippet[start:end] for start, end in hit.highlights] == ["Ｂudget", "砚", "budget"]
    long = "z" * 500
    store.messages.add(chat, "user", f"before {long}")
    (hit,) = store.search(long[:190])
    assert hit.snippet[hit.highlights[0][0] :].startswith("zzz")


@pytest.mark.parametrize("query", ["resume cafe", "RÉSUMÉ", "zurich", "Zürich", "strasse", "caf", "a", "咖啡"])
def test_search_ignores_accents_and_marks_what_was_found(store: Store, query: str) -> None:
    chat = store.conversations.create("t").id
    texts = [
        "Résumé du café à Zürich, Straße: 咖啡",
        "Re\u0301sume\u0301 du cafe\u0301 a\u0300 Zu\u0308rich, Straße 咖啡",
    ]
    for text in texts:
        store.messages.add(chat, "user", text)
    store.composer.save(None, texts[0])  # what is not in the index
    hits = [hit for hit in store.search(query) if hit.place != "title"]
    assert len(hits) == 3
    for hit in hits:
        marked = [hit.snippet[start:end] for start, end in hit.highlights]
        assert {fold(word) for word in marked} == set(fold(query).split())
        for start, end in hit.highlights:
            assert hit.snippet[start] not in "\u0300\u0301\u0308"
            assert hit.snippet[end : end + 1] not in ("\u0300", "\u0301", "\u0308")


def test_accents_are_ignored_far_within_a_long_text(store: Store) -> None:
    chat = store.conversations.create("t").id
    store.messages.add(chat, "user", "é e\u0301 " * 5000 + "Cre\u0300me" + " y" * 9000 + " z" + "\u0301" * 9000 + "on")
    for query, found in (("creme", "Cre\u0300me"), ("zon", "z" + "\u0301" * 89)):
        (hit,) = store.search(query)
        (mark,) = hit.highlights
        assert hit.snippet[slice(*mark)].startswith(found)
