import html.parser
import io
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import ImportRefused
from desktop.history import Conversation, History, Store, StoredUsage
from desktop.history.exchange import Imported, as_html, as_markdown, read_file, save, write_json
from desktop.history.thoughts import from_extra


@pytest.fixture
def stores() -> Iterator[tuple[Store, Store]]:
    histories = [History.temporary(), History.temporary()]
    first, second = (history.connect() for history in histories)
    yield first, second
    first.close()
    second.close()
    for history in histories:
        history.close()


def filled(store: Store) -> Conversation:
    chat = store.conversations.create("Plans", folder="Work")
    store.conversations.set_tags(chat.id, ["a", "b"])
    store.conversations.pin(chat.id)
    question = store.messages.add(chat.id, "user", "Q", extra='{"chip": 1}')
    one = store.messages.add(chat.id, "assistant", "one", parent=question.id, status="pending")
    store.messages.finish(one.id, "length", StoredUsage(new_tokens=3, model="m"))
    two = store.messages.add(chat.id, "assistant", "two", parent=question.id)
    store.messages.add(chat.id, "user", "more", parent=two.id)
    store.messages.choose(one.id)
    draft = store.drafts.create("Report", "weekly_plan", brief='{"a": 1}', text="body", conversation=chat.id)
    store.drafts.keep_version(draft.id, "first")
    return store.conversations.get(chat.id)


def shape(store: Store) -> list[Any]:
    """All that must survive, without the numbers of rows."""
    chats = []
    for chat in store.conversations.page():
        number = {message.id: at for at, message in enumerate(store.messages.tree(chat.id))}
        tree = [
            (number.get(m.parent or 0), m.role, m.text, m.status, m.usage, m.extra, m.created, len(m.siblings))
            for m in store.messages.tree(chat.id)
        ]
        branch = [number[message.id] for message in store.messages.branch(chat.id)]
        facts = (chat.uid, chat.title, chat.folder, chat.tags, chat.pinned, chat.archived, chat.created, chat.updated)
        chats.append((facts, tree, branch))
    drafts = [
        (d.title, d.template, d.brief, d.text, [(v.number, v.label, v.text) for v in store.drafts.versions(d.id)])
        for d in store.drafts.page()
    ]
    return [chats, drafts]


def test_our_json_brings_everything_back(stores: tuple[Store, Store], tmp_path: Path) -> None:
    first, second = stores
    filled(first)
    with (tmp_path / "all.json").open("w", encoding="utf-8") as out:
        write_json(first, first.conversations.page(), first.drafts.page(), out)
    assert save(second, read_file(tmp_path / "all.json")) == Imported(conversations=1, drafts=1)
    assert shape(second) == shape(first)
    assert save(second, read_file(tmp_path / "all.json")) == Imported(known=2)
    assert save(first, read_file(tmp_path / "all.json")) == Imported(known=2)
    assert second.search("body")[0].place == "draft"
    assert second.drafts.page()[0].conversation == second.conversations.page()[0].id


@pytest.mark.parametrize(
    "content",
    [
        {"inkstone": 2},
        {"inkstone": "1"},
        {"inkstone": 1, "conversations": 5},
        {"inkstone": 1, "conversations": [{}]},
        {"inkstone": 1, "conversations": [{"uid": "x", "created": -1}]},
        {"inkstone": 1, "conversations": [{"uid": "x", "created": True}]},
        {"inkstone": 1, "conversations": [{"uid": "x", "tags": [1]}]},
        {"inkstone": 1, "conversations": [{"uid": "x", "messages": [{"uid": "a", "role": "tool"}]}]},
        {"inkstone": 1, "conversations": [{"uid": "x", "messages": [{"uid": "a", "role": "user", "parent": "b"}]}]},
        {
            "inkstone": 1,
            "conversations": [{"uid": "x", "messages": [{"uid": "a", "role": "user", "usage": {"a": []}}]}],
        },
        {"inkstone": 1, "conversations": [{"uid": "x", "messages": [{"uid": "a", "role": "user"}] * 2}]},
        {"inkstone": 1, "drafts": [{"uid": "x", "versions": [5]}]},
    ],
)
def test_json_that_is_not_ours_is_refused(content: Any, tmp_path: Path) -> None:
    (tmp_path / "all.json").write_text(json.dumps(content))
    with pytest.raises(ImportRefused):
        read_file(tmp_path / "all.json")


texts = st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    ["## You", "<!-- inkstone user x -->\n\n", "\n<!-- \\inkstone assistant 1 -->", "\n\n## Inkstone\n", "# 标题\n"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(texts, min_size=1, max_size=5))
def test_our_markdown_is_read_back_exactly(stores: tuple[Store, Store], tmp_path: Path, said: list[str]) -> None:
    first = stores[0]
    chat = first.conversations.create("A title").id
    parent = None
    for at, text in enumerate(said):
        parent = first.messages.add(chat, "user" if at % 2 == 0 else "assistant", text, parent=parent).id
    branch = first.messages.branch(chat)
    path = tmp_path / "chat.md"
    path.write_text(as_markdown(first.conversations.get(chat), branch), encoding="utf-8", newline="\n")
    found = read_file(path)
    assert [(m.role, m.text, m.created) for m in found.conversations[0].messages] == [
        (m.role, m.text, m.created) for m in branch
    ]
    assert found.conversations[0].title == "A title"


def test_markdown_of_others_is_split_where_someone_speaks(stores: tuple[Store, Store], tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    path.write_text(
        "# Talk\n\n**You:**\nHello\n\n**ChatGPT:**\n\n```md\n## User\n```\nHi\n\n## 用户：\n再见\n\n## 助手\n好\n"
    )
    (chat,) = read_file(path).conversations
    assert (chat.title, [(m.role, m.text) for m in chat.messages]) == (
        "Talk",
        [("user", "Hello"), ("assistant", "```md\n## User\n```\nHi"), ("user", "再见"), ("assistant", "好")],
    )


def test_markdown_without_speakers_is_a_draft(stores: tuple[Store, Store], tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# 会议纪要\n\n内容\n", encoding="gb18030")
    assert save(stores[0], read_file(tmp_path / "notes.md")) == Imported(drafts=1)
    assert [(d.title, d.text) for d in stores[0].drafts.page()] == [("会议纪要", "# 会议纪要\n\n内容\n")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "big5", "gb18030"])
def test_markdown_is_read_in_the_encoding_that_it_has(encoding: str, tmp_path: Path) -> None:
    text = "# 會議紀要\n\n會議改到週四下午兩點，地點不變。請帶上預算表。\n"
    if encoding == "gb18030":
        text = "# 会议纪要\n\n会议改到周四下午两点，地点不变。请带上预算表。\n"
    (tmp_path / "notes.md").write_bytes(text.encode(encoding))
    assert read_file(tmp_path / "notes.md").drafts[0].text == text


def test_markdown_with_a_damaged_byte_loses_one_character(tmp_path: Path) -> None:
    text = "会议改到周四下午两点，地点不变。请带上预算表。" * 20
    (tmp_path / "notes.md").write_bytes(text.encode().replace("地".encode(), b"\xff", 1))
    assert read_file(tmp_path / "notes.md").drafts[0].text.startswith(text.replace("地", "\ufffd", 1)[:20])


@pytest.mark.parametrize(
    ("data", "reason"),
    [(bytes(range(256)) * 8, "it is not text"), (b"\xe9\xf8\xa1 \xd0x " * 9, "cannot tell; save it as")],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_bytes(data)
    with pytest.raises(ImportRefused, match=reason):
        read_file(tmp_path / "notes.md")


@pytest.mark.parametrize(
    "line", ["# user" + " " * 200_000 + "x", "**" * 200_000, "<!-- " + "\\" * 200_000, "`" * 200_000]
)
def test_hostile_markdown_is_read_at_once(line: str, tmp_path: Path) -> None:
    (tmp_path / "hostile.md").write_text(f"{line}\n{line}\n")
    begin = time.thread_time()
    assert read_file(tmp_path / "hostile.md").drafts[0].text == f"{line}\n{line}\n"
    assert time.thread_time() - begin < 1


class _Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_html_page_renders_markdown_and_loads_nothing(stores: tuple[Store, Store]) -> None:
    store = stores[0]
    chat = store.conversations.create("<b>&").id
    hostile = (
        "<script>x</script> <img src=http://x/y.png> ![a](http://x/z.png) [l](javascript:alert(1)) **bold**\n\n"
        "<iframe src=file:///etc/passwd>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<style>@import url(http://x)</style>\n"
    )
    store.messages.add(chat, "user", hostile)
    page = as_html(store.conversations.get(chat), store.messages.branch(chat))
    tags = _tags_of(page)
    names = {name for name, _ in tags}
    assert not names & {"script", "img", "iframe", "link", "object", "embed"}
    assert {"strong", "table", "article"} <= names
    assert [name for name, _ in tags].count("style") == 1
    assert not any("javascript" in (facts.get("href") or "") for _, facts in tags)
    assert "<title>&lt;b&gt;&amp;</title>" in page


def test_the_html_page_shows_what_the_window_shows(stores: tuple[Store, Store]) -> None:
    store = stores[0]
    chat = store.conversations.create("chat").id
    text = (
        "**注意：**正文。含**「重点」**内容\n\n"
        r"So \(a^2\), \[ x_1 \\ y_1 \] and $x^2\,dx$."
        "\n\n![A chart](chart.png)\n\n- [ ] to do\n\nNote[^1]\n\n[^1]: The **note**.\n\n[^2]: unused"
    )
    question = store.messages.add(chat, "user", text)
    store.messages.add(chat, "assistant", text, parent=question.id)
    page = as_html(store.conversations.get(chat), store.messages.branch(chat))
    for piece in (
        "<strong>注意：</strong>正文。含<strong>「重点」</strong>内容",
        r"<p>So \(a^2\), \[ x_1 \\ y_1 \] and $x^2\,dx$.</p>",
        "<p>A chart</p>",
        "☐ to do",
        "<p>[^2]: unused</p>",
        "<p>The <strong>note</strong>.",
    ):
        assert page.count(piece) == 2
    targets = [facts["id"] for name, facts in _tags_of(page) if "id" in facts]
    assert len(targets) == len(set(targets)) == 4


def _tags_of(page: str) -> list[tuple[str, dict[str, str | None]]]:
    tags = _Tags()
    tags.feed(page)
    return tags.found


def test_a_page_of_json_is_written_without_holding_it_all(stores: tuple[Store, Store]) -> None:
    out = io.StringIO()
    write_json(stores[0], [], [], out)
    assert json.loads(out.getvalue()) == {"inkstone": 1, "conversations": [], "drafts": []}


@pytest.mark.parametrize("before", ["", "**注意：**正文。\n\n"])
def test_what_another_program_wrote_of_a_thought_is_kept_beside_its_answer(
    stores: tuple[Store, Store], tmp_path: Path, before: str
) -> None:
    path = tmp_path / "other.md"
    path.write_text(
        f"## User\n\nhm\n\n## Assistant\n\n{before}<think>\nprivate 42\n</think>\n\nAnswer here.\n", encoding="utf-8"
    )
    save(stores[0], read_file(path))
    (chat,) = stores[0].conversations.page()
    answer = stores[0].messages.branch(chat.id)[-1]
    assert answer.text == f"{before}Answer here."
    assert from_extra(answer.extra).text == "private 42"
    assert "private" not in as_markdown(chat, stores[0].messages.branch(chat.id))


def test_an_answer_about_thoughts_keeps_its_code(stores: tuple[Store, Store], tmp_path: Path) -> None:
    path = tmp_path / "other.md"
    said = "So:\n\n```\n<think>\nhm\n</think>\n```"
    path.write_text(f"## User\n\nhow?\n\n## Assistant\n\n{said}\n", encoding="utf-8")
    save(stores[0], read_file(path))
    (chat,) = stores[0].conversations.page()
    assert stores[0].messages.branch(chat.id)[-1].text == said


def test_a_thought_is_kept_beside_its_answer_and_in_no_export(stores: tuple[Store, Store]) -> None:
    store, _ = stores
    chat = store.conversations.create("Plans")
    question = store.messages.add(chat.id, "user", "Q")
    answer = store.messages.add(chat.id, "assistant", "A", parent=question.id)
    store.messages.set_extra(answer.id, '{"thought": {"text": "Ponder.", "seconds": 2.0}}')
    assert "Ponder" in store.messages.get(answer.id).extra
    written = io.StringIO()
    write_json(store, [chat], [], written)
    assert "Ponder" not in written.getvalue()
    assert "Ponder" not in as_markdown(chat, store.messages.branch(chat.id))
    assert "Ponder" not in as_html(chat, store.messages.branch(chat.id))
