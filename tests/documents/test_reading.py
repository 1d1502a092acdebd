"""Documents are read as text, whatever their encoding; what cannot be read gets one sentence."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents import reading
from desktop.documents.export import write_document
from desktop.documents.reading import decode, read_document
from desktop.errors import DocumentError

CHINESE = "会议改到周四下午两点，地点不变。\n请带上预算表。"
MARKDOWN = "# Minutes\n\n## Decisions\n\n- one\n- two\n\n| name | 数量 |\n|---|---|\n| tea | 3 |\n\nThe end.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_chinese_is_read_in_any_usual_encoding(encoding: str) -> None:
    assert decode(CHINESE.encode(encoding)) == CHINESE


@pytest.mark.parametrize("text", ["Café Müller à Orléans, 20 €", "naïve façade", "El niño comió piñas"])
def test_western_text_is_not_taken_for_chinese(text: str) -> None:
    assert decode(text.encode("cp1252")) == text
    assert decode(text.encode()) == text


@given(st.text())
def test_utf_8_is_always_read_as_it_is(text: str) -> None:
    if "\0" not in text and not text.startswith("\ufeff"):
        assert decode(text.encode("utf-8", "ignore")) == text.encode("utf-8", "ignore").decode()


def test_a_word_document_comes_back_as_markdown(tmp_path: Path) -> None:
    write_document(MARKDOWN, tmp_path / "minutes.docx")
    assert read_document(tmp_path / "minutes.docx") == MARKDOWN


def test_what_cannot_be_read_gets_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\0\0")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 nothing")
    with zipfile.ZipFile(tmp_path / "other.docx", "w") as other:
        other.writestr("hello.txt", "no document")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4")
    for name, words in {
        "picture.txt": "is not text",
        "broken.docx": "is damaged",
        "other.docx": "is damaged",
        "scan.pdf": "Inkstone reads .docx",
        "absent.txt": "cannot be read",
    }.items():
        with pytest.raises(DocumentError, match=words):
            read_document(tmp_path / name)
    monkeypatch.setattr(reading, "_LARGEST_UNPACKED", 4)
    write_document(MARKDOWN, tmp_path / "bomb.docx")
    with pytest.raises(DocumentError, match="unpacks"):
        read_document(tmp_path / "bomb.docx")
    monkeypatch.setattr(reading, "_LARGEST", 4)
    with pytest.raises(DocumentError, match="larger"):
        read_document(tmp_path / "bomb.docx")
