"""150 files of many programs are read with 99.5 % of their characters, in their order; see make_documents."""

import difflib
import json
import re
import unicodedata
from pathlib import Path

import pytest

from desktop.documents.html_text import html_text
from desktop.documents.pdf_text import pdf_text
from desktop.documents.word_text import word_text
from desktop.text.encoding import decode

FOLDER = Path(__file__).parent.parent / "data" / "documents"
RIGHT: dict[str, str] = json.loads((FOLDER / "right.json").read_text(encoding="utf-8"))
LEAST = 0.995
PARSERS = {".docx": word_text, ".pdf": pdf_text, ".html": html_text}


def tokens(text: str) -> list[str]:
    """Cut a text into words and Chinese characters; marks of Markdown are none."""
    text = unicodedata.normalize("NFKC", text.replace("[^", "["))
    return re.findall(r"[\u3040-\u9fff\uac00-\ud7af]|[^\W_\u3040-\u9fff\uac00-\ud7af]+", text)


def recall_in_order(text: str, right: str) -> float:
    """Give the share of the right characters that stand in a text in their order."""
    wanted, found = tokens(right), tokens(text)
    blocks = difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    kept = sum(len(token) for block in blocks for token in wanted[block.a : block.a + block.size])
    return kept / sum(map(len, wanted))


def read(path: Path) -> str:
    data = path.read_bytes()
    parser = PARSERS.get(path.suffix)
    return parser(data, path) if parser else decode(data)


def test_the_measure_sees_loss_and_disorder() -> None:
    assert recall_in_order("one two three", "one two three") == 1
    assert recall_in_order("two three one", "one two three") < LEAST
    assert recall_in_order("one three", "one two three") < LEAST


def test_there_are_150_small_files_with_their_right_text() -> None:
    files = {path.name: path.stat().st_size for path in FOLDER.iterdir() if path.name != "right.json"}
    assert files.keys() == RIGHT.keys()
    assert len(files) >= 150
    assert sum(files.values()) < 3 << 20


@pytest.mark.parametrize("name", sorted(RIGHT))
def test_a_document_is_read_whole_and_in_order(name: str) -> None:
    text = read(FOLDER / name)
    assert recall_in_order(text, RIGHT[name]) >= LEAST, text
    extra = len("".join(tokens(text))) / len("".join(tokens(RIGHT[name])))
    assert extra < 1.05, text  # nothing stands twice
