"""What a user writes becomes a repository and a file; what a repository holds becomes the parts to fetch."""

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import BadInput, Cancelled, DownloadRefused
from desktop.models.hub_files import RepositoryFile, Wanted, choose, list_files, quantization_of, wanted_of
from tests.models.hub_server import REPOSITORY, Fault, HubServer, hub_server

WRITTEN = {
    "Qwen/Qwen3-4B-GGUF": Wanted("Qwen/Qwen3-4B-GGUF"),
    " hf.co/Qwen/Qwen3-4B-GGUF ": Wanted("Qwen/Qwen3-4B-GGUF"),
    "hf://Qwen/Qwen3-4B-GGUF": Wanted("Qwen/Qwen3-4B-GGUF"),
    "Qwen/Qwen3-4B-GGUF:q5_k_m": Wanted("Qwen/Qwen3-4B-GGUF", quantization="q5_k_m"),
    "a/b/c.gguf": Wanted("a/b", "c.gguf"),
    "a/b/Q4/c-00001-of-00002.gguf": Wanted("a/b", "Q4/c-00001-of-00002.gguf"),
    "https://huggingface.co/a/b": Wanted("a/b"),
    "https://huggingface.co/a/b/blob/main/c.gguf": Wanted("a/b", "c.gguf"),
    "https://hf.co/a/b/resolve/v1/d/c.gguf?download=true": Wanted("a/b", "d/c.gguf", revision="v1"),
    "https://huggingface.co/a/b/tree/main": Wanted("a/b"),
    "https://mirror.example/a/b/resolve/main/c%20d.gguf": Wanted("a/b", "c d.gguf", endpoint="https://mirror.example"),
    "http://127.0.0.1:8000/a/b": Wanted("a/b", endpoint="http://127.0.0.1:8000"),
}


@pytest.mark.parametrize(("text", "wanted"), WRITTEN.items(), ids=WRITTEN)
def test_what_a_user_writes_is_understood(text: str, wanted: Wanted) -> None:
    assert wanted_of(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a/",
        "/b",
        "a/b/c.bin",
        "a/../c.gguf",
        "a/b/../c.gguf",
        "http://x.example/a/b",
        "https://x.example",
        "a b/c",
    ],
)
def test_what_names_no_repository_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="cannot name a repository"):
        wanted_of(text)


@given(st.one_of(st.text(max_size=40), st.text("ab/.:-_ https", max_size=30)))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        wanted = wanted_of(text)
    except BadInput:
        return
    assert wanted.repository.count("/") == 1
    assert ".." not in wanted.repository
    assert wanted.file is None or ".." not in wanted.file.split("/")


@pytest.mark.parametrize(
    ("name", "quantization"),
    [
        ("qwen2.5-1.5b-instruct-q4_k_m.gguf", "Q4_K_M"),
        ("Model.Q8_0.gguf", "Q8_0"),
        ("Q4_K_M/model-IQ4_XS-00001-of-00002.gguf", "IQ4_XS"),
        ("model-BF16.gguf", "BF16"),
        ("gemma-3-4b-it-qat.gguf", ""),
    ],
)
def test_a_name_tells_the_quantization(name: str, quantization: str) -> None:
    assert quantization_of(name) == quantization


def files(*names: str) -> list[RepositoryFile]:
    return [RepositoryFile(name, 1) for name in names]


def taken(names: list[RepositoryFile], **wanted: str) -> list[str]:
    return [file.name for file in choose(names, Wanted("a/b", **wanted))]


def test_the_usual_quantization_is_taken_where_none_is_named() -> None:
    all_of_it = files("README.md", "m-Q8_0.gguf", "m-Q4_K_M.gguf", "mmproj-Q4_K_M.gguf", "m-Q2_K.gguf")
    assert taken(all_of_it) == ["m-Q4_K_M.gguf"]
    assert taken(all_of_it, quantization="q8_0") == ["m-Q8_0.gguf"]
    assert taken(all_of_it, file="m-Q2_K.gguf") == ["m-Q2_K.gguf"]
    assert taken(files("m-F16.gguf", "m-Q5_K_M.gguf")) == ["m-Q5_K_M.gguf"]
    assert taken(files("m.gguf")) == ["m.gguf"]


def test_all_parts_of_a_split_file_are_taken_in_order() -> None:
    parts = [f"q4/m-Q4_K_M-0000{number}-of-00003.gguf" for number in (1, 2, 3)]
    assert taken(files(*parts[::-1], "m-Q8_0.gguf")) == parts
    assert taken(files(*parts), file=parts[1]) == parts
    with pytest.raises(DownloadRefused, match="has 3 parts, and a/b does not have all"):
        taken(files(*parts[:2]))


@pytest.mark.parametrize(
    ("names", "wanted"), [(("a.bin",), {}), (("mmproj-F16.gguf",), {}), (("m-Q8_0.gguf",), {"quantization": "Q4_0"})]
)
def test_a_repository_without_a_model_is_told(names: tuple[str, ...], wanted: dict[str, str]) -> None:
    with pytest.raises(DownloadRefused, match="there is no GGUF file in a/b"):
        taken(files(*names), **wanted)
    with pytest.raises(DownloadRefused, match="holds no file of this name"):
        taken(files(*names), file="x.gguf")


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with hub_server() as server:
        for number in range(7):
            server.put(f"folder/{number}.gguf", bytes(number))
        yield server


def listed(hub: HubServer) -> list[RepositoryFile]:
    return list_files(Wanted(REPOSITORY), threading.Event(), hub.endpoint)


@pytest.mark.parametrize("page", [1000, 3])
def test_a_repository_is_listed_page_by_page(hub: HubServer, page: int) -> None:
    hub.page = page
    found = listed(hub)
    assert [(file.name, file.size) for file in found] == [(f"folder/{n}.gguf", n) for n in range(7)]
    assert all(file.sha256 and len(file.sha256) == 64 for file in found)
    assert len(hub.asked) == -(-7 // page)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"<html>",
        b"{}",
        b"[1]",
        b'[{"type": "file"}]',
        b"[" * 100_000,
        b'[{"type":"file","path":"x","size":[]}]',
    ],
)
def test_a_list_that_is_none_is_told(hub: HubServer, body: bytes) -> None:
    hub.hub_faults.append(Fault(body=body))
    if body == b"{}":
        assert listed(hub) == []
    else:
        with pytest.raises(DownloadRefused, match="something else than a list of files"):
            listed(hub)


def test_a_list_that_never_ends_is_left(hub: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.models.hub_files._LONGEST_LIST", 100)
    with pytest.raises(DownloadRefused, match="something else than a list"):
        listed(hub)


def test_a_name_in_a_list_that_leads_elsewhere_is_left_out(hub: HubServer) -> None:
    body = b'[{"type":"file","path":"../x.gguf","size":1},{"type":"file","path":"y.gguf","size":2,"lfs":{"oid":"?"}}]'
    hub.hub_faults.append(Fault(body=body))
    assert listed(hub) == [RepositoryFile("y.gguf", 2)]


def test_a_repository_that_is_not_there_is_told(hub: HubServer) -> None:
    with pytest.raises(DownloadRefused, match="no such file in a/b"):
        list_files(Wanted("a/b"), threading.Event(), hub.endpoint)


def test_a_stop_ends_the_listing(hub: HubServer) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        list_files(Wanted(REPOSITORY), stop, hub.endpoint)
