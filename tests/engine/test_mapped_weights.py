"""What a session does not need of its weights file leaves the memory, and no number changes."""

import mmap
import sys
from pathlib import Path

import numpy as np
import pytest

from desktop.engine.decoder import Decoder
from desktop.engine.interface import WEIGHTS_FILE
from desktop.engine.mapped_weights import mapped_parts, pages_given_back
from desktop.engine.ort_session import choose_device, open_session
from tests.tiny_folder import convert_tiny
from tests.tiny_gguf import TinyModel

PAGES = 64 * mmap.PAGESIZE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what is mapped")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "weights of mine.data"
    path.write_bytes(b"x" * PAGES)
    return path


def mapped(file: Path) -> mmap.mmap:
    """Map a file as ONNX Runtime does, and read all of it."""
    with file.open("rb") as opened:
        pages = mmap.mmap(opened.fileno(), 0, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_WRITE)
    assert pages[:] == b"x" * PAGES
    return pages


def resident(file: Path) -> int:
    return sum(part.resident for part in mapped_parts(file))


def test_pages_that_were_mapped_meanwhile_are_given_back_and_read_anew(file: Path) -> None:
    with pages_given_back(file):
        pages = mapped(file)
        assert resident(file) == PAGES
    assert resident(file) == 0
    assert pages[:] == b"x" * PAGES


def test_pages_of_another_session_are_left_alone(file: Path) -> None:
    pages = mapped(file)
    with pages_given_back(file):
        pass
    assert resident(file) == PAGES
    pages.close()


def test_what_was_changed_in_memory_stays(file: Path) -> None:
    with pages_given_back(file):
        pages = mapped(file)
        pages[7:8] = b"y"
    assert pages[:9] == b"xxxxxxxyx"


def test_a_session_keeps_its_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = convert_tiny(tmp_path, TinyModel("qwen2", tied=True))

    def logits() -> np.ndarray:
        decoder = Decoder(open_session(files, choose_device("cpu", 1, files, []))[0], files)
        if not kept:
            assert resident(tmp_path / WEIGHTS_FILE) == 0
        found = decoder.read([5, 6, 7])
        decoder.close()
        return found

    kept = False
    given_back = logits()
    kept = True
    monkeypatch.setattr("desktop.engine.mapped_weights._DONT_NEED", 0)  # MADV_NORMAL
    np.testing.assert_array_equal(logits(), given_back)
