"""The context is as long as memory allows, and no longer."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import desktop.engine.local
from desktop.engine.decoder import Decoder
from desktop.engine.local import LocalEngine
from desktop.engine.memory import bytes_a_token, context_that_fits, free_memory
from desktop.engine.ort_session import choose_device, open_session
from tests.tiny_folder import convert_tiny, optimum_files
from tests.tiny_gguf import TinyModel

GIB = 2**30


@pytest.mark.parametrize(
    ("wanted", "token_bytes", "free", "expected"),
    [
        (32_768, 28 * 2 * 2 * 128, 8 * GIB, 32_768),  # the standard model on a usual laptop
        (131_072, 36 * 2 * 8 * 128, 8 * GIB, 38_656),  # an 8B with a long context there
        (131_072, 36 * 2 * 8 * 128, 100 * 2**20, 2048),
        (1024, 36 * 2 * 8 * 128, 0, 1024),
    ],
)
def test_a_context_is_shortened_only_where_its_cache_would_not_fit(
    wanted: int, token_bytes: int, free: int, expected: int
) -> None:
    assert context_that_fits(wanted, token_bytes, free) == expected


@given(wanted=st.integers(1, 200_000), token_bytes=st.integers(64, 10**6), free=st.integers(0, 2**38))
def test_the_cache_never_takes_more_than_half_of_the_free_memory_unless_it_is_short(
    wanted: int, token_bytes: int, free: int
) -> None:
    context = context_that_fits(wanted, token_bytes, free)
    assert 1 <= context <= wanted
    assert context <= 2048 or context * token_bytes * 1.5 <= free / 2


@pytest.mark.parametrize("kind", ["int8", "fp32", "grown"])
def test_the_bytes_of_a_token_are_those_of_its_cache(tmp_path: Path, kind: str) -> None:
    files = optimum_files() if kind == "grown" else convert_tiny(tmp_path, TinyModel(), kind)  # type: ignore[arg-type]
    session = open_session(files, choose_device("cpu", 1, files, []))[0]
    decoder = Decoder(session, files)
    decoder.read(list(range(3, 200)))
    held = 197 if kind == "grown" else min(files.context_length, 256)
    assert bytes_a_token(session) * held == decoder.nbytes


def test_the_limit_of_a_container_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import psutil

    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=8 * GIB))
    limit = tmp_path / "memory.max"
    assert free_memory(limit) == 8 * GIB
    limit.write_text("max\n", encoding="ascii")
    assert free_memory(limit) == 8 * GIB
    limit.write_text(str(4 * GIB), encoding="ascii")
    assert free_memory(limit) < 4 * GIB
    limit.write_text("1", encoding="ascii")
    assert free_memory(limit) == 0


def test_an_engine_on_a_full_machine_takes_a_shorter_context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = convert_tiny(tmp_path, TinyModel(context_length=4096))
    assert LocalEngine(files, "cpu", 1).info.context_length == 4096
    monkeypatch.setattr(desktop.engine.local, "free_memory", lambda: 0)
    engine = LocalEngine(files, "cpu", 1)
    assert engine.info.context_length == 2048
    assert engine.new_decoder().context_length == 2048
