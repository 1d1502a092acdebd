import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import ImportRefused
from desktop.history import History, Store
from desktop.history.exchange import Imported, read_file, reading, save


@pytest.fixture
def store() -> Iterator[Store]:
    history = History.temporary()
    connected = history.connect()
    yield connected
    connected.close()
    history.close()


def node(
    key: str, parent: str | None, role: str, *parts: Any, children: tuple[str, ...] = (), **more: Any
) -> dict[str, Any]:
    message = {
        "author": {"role": role},
        "create_time": 1700000000.5,
        "content": {"content_type": "text", "parts": parts},
    }
    return {"id": key, "parent": parent, "children": list(children), "message": message | more}


def export(**changed: Any) -> list[dict[str, Any]]:
    """An export with what real ones have: an empty root, a system node, a tool, a regenerated answer, an edit."""
    mapping = {
        "root": {"id": "root", "parent": None, "children": ["sys"], "message": None},
        "sys": node("sys", "root", "system", "", children=("q", "q2")),
        "q": node("q", "sys", "user", "Plan for 下周?", children=("a1", "tool")),
        "a1": node("a1", "q", "assistant", "First answer"),
        "tool": node("tool", "q", "tool", "search results", children=("a2",)),
        "a2": node("a2", "tool", "assistant", "Second answer", children=("more",)),
        "more": node("more", "a2", "user", {"content_type": "image_asset_pointer"}, "What is this?"),
        "q2": node("q2", "sys", "user", "Edited question"),
    }
    entry = {
        "title": "Plans",
        "create_time": 1700000000.0,
        "update_time": 1700000100.0,
        "mapping": mapping,
        "current_node": "more",
        "conversation_id": "c-1",
    }
    return [entry | changed]


def write(path: Path, content: Any) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_the_tree_of_an_export_is_kept(tmp_path: Path, store: Store) -> None:
    file = write(tmp_path / "conversations.json", export())
    assert save(store, read_file(file)) == Imported(conversations=1)
    (chat,) = store.conversations.page()
    assert (chat.title, chat.created, chat.updated) == ("Plans", 1700000000000, 1700000100000)
    branch = store.messages.branch(chat.id)
    assert [(m.role, m.text) for m in branch] == [
        ("user", "Plan for 下周?"),
        ("assistant", "Second answer"),
        ("user", "[image]\n\nWhat is this?"),
    ]
    assert [len(message.siblings) for message in branch] == [2, 2, 1]
    store.messages.choose(branch[1].siblings[0])
    assert [m.text for m in store.messages.branch(chat.id)] == ["Plan for 下周?", "First answer"]
    assert store.search("下周")[0].conversation == chat.id


def test_a_file_imported_again_adds_only_what_is_missing(tmp_path: Path, store: Store) -> None:
    save(store, read_file(write(tmp_path / "a.json", export())))
    both = export() + export(conversation_id="c-2", title="")
    assert save(store, read_file(write(tmp_path / "b.json", both))) == Imported(conversations=1, known=1)
    assert sorted(chat.title for chat in store.conversations.page()) == ["Plan for 下周?", "Plans"]


def test_the_zip_that_is_sent_is_read(tmp_path: Path, store: Store) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("export/conversations.json", json.dumps(export()))
        archive.writestr("export/chat.html", "x")
    assert save(store, read_file(tmp_path / "export.zip")).conversations == 1


def test_large_exports_come_in_numbered_files(tmp_path: Path, store: Store) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations-000.json", json.dumps(export()))
        archive.writestr("conversations-001.json", json.dumps(export(conversation_id="c-2")))
        archive.writestr("conversations-002.json", b"[")
        archive.writestr("user.json", "{}")
    found = read_file(tmp_path / "export.zip")
    assert save(store, found) == Imported(conversations=2, unread=("conversations-002.json",))


@pytest.mark.parametrize(
    "odd",
    [
        {"title": "Odd", "conversation_id": "deleted"},
        export(title="Odd", mapping={"a": node("a", None, "user", None, 17)})[0],
        export(title="Odd", mapping={"a": node("a", "b", "user", "x"), "b": node("b", "a", "user", "y")})[0],
    ],
)
def test_one_odd_conversation_is_named_and_the_others_are_read(odd: Any, tmp_path: Path, store: Store) -> None:
    file = write(tmp_path / "a.json", [*export(), odd, *export(conversation_id="c-2")])
    assert save(store, read_file(file)) == Imported(conversations=2, unread=("Odd",))


def test_nodes_that_do_not_say_what_they_hang_under_are_put_there(tmp_path: Path, store: Store) -> None:
    entry = export()[0]
    for each in entry["mapping"].values():
        each.pop("parent")
    save(store, read_file(write(tmp_path / "a.json", [entry])))
    branch = store.messages.branch(store.conversations.page()[0].id)
    assert [message.text for message in branch][:2] == ["Plan for 下周?", "Second answer"]


def texts(*nodes: dict[str, Any], tmp_path: Path) -> list[str]:
    mapping = {"root": {"id": "root", "parent": None, "children": ["n0"], "message": None}}
    above = "root"
    for at, each in enumerate(nodes):
        mapping[f"n{at}"] = each | {"id": f"n{at}", "parent": above, "children": [f"n{at + 1}"]}
        above = f"n{at}"
    (found,) = read_file(write(tmp_path / "a.json", export(mapping=mapping, current_node=above))).conversations
    return [message.text for message in found.messages]


def answer(*parts: Any, **more: Any) -> dict[str, Any]:
    return node("a", None, "assistant", *parts, **more)


def test_calls_of_tools_are_left_out_and_a_canvas_is_its_document(tmp_path: Path) -> None:
    letter = json.dumps({"name": "letter", "type": "document", "content": '# Thanks\n\nThe "blue" lamp.\n'})
    program = json.dumps({"name": "sum", "type": "code/python", "content": "print(2)"})
    calls = [
        answer("{}", recipient=to) for to in ("browser", "bio", "dalle.text2im", "canmore.update_textdoc", "python")
    ]
    opened = [answer(each, recipient="canmore.create_textdoc") for each in (letter, program)]
    thoughts = answer("hm", channel="analysis")
    assert texts(*calls, *opened, thoughts, answer("Done.", recipient="all"), tmp_path=tmp_path) == [
        '# Thanks\n\nThe "blue" lamp.',
        "```python\nprint(2)\n```",
        "Done.",
    ]


def test_a_turn_of_files_only_names_them(tmp_path: Path) -> None:
    files = node("q", None, "user", "", metadata={"attachments": [{"name": "report.pdf"}, {"name": "a.png"}]})
    assert texts(files, tmp_path=tmp_path) == ["[report.pdf]\n[a.png]"]


def test_marks_of_citations_are_what_their_page_showed(tmp_path: Path) -> None:
    cited = "\ue200cite\ue202turn0search1\ue201"
    link = "\ue200cite\ue202turn0search2\ue201"
    entity = '\ue200entity\ue202["city","Oslo","capital"]\ue201'
    references = [{"matched_text": link, "alt": "([NRK](https://nrk.example))"}]
    shown = texts(
        answer(f"It rains in {entity} {cited}. So says {link}.", metadata={"content_references": references}),
        answer("Old style【12†source】."),
        answer("\ue200url\ue202A page\ue202https://a.example\ue201"),
        tmp_path=tmp_path,
    )
    assert shown == [
        "It rains in Oslo. So says ([NRK](https://nrk.example)).",
        "Old style.",
        "[A page](https://a.example)",
    ]


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.json").touch()
    with pytest.raises(ImportRefused, match="it is empty"):
        read_file(tmp_path / "a.json")


def test_a_conversation_of_two_thousand_turns_is_read(tmp_path: Path, store: Store) -> None:
    mapping = {}
    for n in range(2000):
        role = "user" if n % 2 == 0 else "assistant"
        mapping[f"n{n}"] = node(f"n{n}", f"n{n - 1}" if n else None, role, f"turn {n}", children=(f"n{n + 1}",))
    file = write(tmp_path / "long.json", export(mapping=mapping, current_node="n1999"))
    save(store, read_file(file))
    assert len(store.messages.branch(store.conversations.page()[0].id)) == 2000


def circle() -> list[dict[str, Any]]:
    return export(mapping={"a": node("a", "b", "user", "x"), "b": node("b", "a", "user", "y")})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[",
        b"null",
        b"[1, 2]",
        b'{"a": 1}',
        b"\xff\xfe",
        b"[" * 100000,
        json.dumps(circle()).encode(),
        json.dumps(export(mapping=[])).encode(),
        json.dumps(export(title=7)).encode(),
        json.dumps(export(create_time="now")).encode(),
        json.dumps(export(mapping={"a": 5})).encode(),
        json.dumps(export(mapping={"a": node("a", None, "user", 5)})).encode(),
        json.dumps(export(mapping={"a": {"parent": 3}})).encode(),
        b"1" * 10000,
    ],
)
def test_what_is_no_export_is_refused_with_a_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "conversations.json").write_bytes(content)
    with pytest.raises(ImportRefused, match=r"conversations\.json was not imported: ") as refused:
        read_file(tmp_path / "conversations.json")
    assert "\n" not in str(refused.value)


def test_files_that_claim_to_be_huge_are_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "conversations.json").open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(ImportRefused, match="1024 MiB"):
        read_file(tmp_path / "conversations.json")
    monkeypatch.setattr(reading, "LARGEST", 1 << 20)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations.json", b" " * (6 << 20))
    with pytest.raises(ImportRefused, match="6 MiB"):
        read_file(tmp_path / "bomb.zip")
    whole = (tmp_path / "bomb.zip").read_bytes()
    for cut in (100, len(whole) // 2, len(whole) - 30):
        (tmp_path / "cut.zip").write_bytes(whole[:cut])
        with pytest.raises(ImportRefused):
            read_file(tmp_path / "cut.zip")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_export_with_anything_anywhere_is_read_or_refused(tmp_path: Path, store: Store, data: st.DataObject) -> None:
    content = export()
    places: list[tuple[Any, Any]] = []

    def collect(value: Any) -> None:
        entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, inner in entries:
            places.append((value, key))
            collect(inner)

    collect(content)
    for container, key in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=3)):
        container[key] = data.draw(json_values)
    path = tmp_path / "fuzz.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    before = store.conversations.count()
    try:
        found = read_file(path)
    except ImportRefused:
        assert store.conversations.count() == before
        return
    result = save(store, found)
    assert result.conversations + result.known == len(found.conversations)
    for chat in store.conversations.page():
        store.messages.branch(chat.id)
