"""A file is replaced whole or not at all, is the user's alone, and is written nowhere by other means."""

import ast
import os
import stat
from pathlib import Path

import pytest

from desktop.files.atomic import replacing, write_bytes, write_text

DESKTOP = Path(__file__).resolve().parent.parent / "desktop"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_made_with_its_folder_and_nothing_beside_it(tmp_path: Path) -> None:
    write_text(tmp_path / "new" / "home" / "file", "text\n")
    assert [(file.name, file.read_bytes()) for file in (tmp_path / "new" / "home").iterdir()] == [("file", b"text\n")]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_nobody_else_reads_it_also_where_it_was_open_to_all(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch(0o644)
    with replacing(file) as partial:
        partial.unlink()
        partial.write_text("made anew by whoever writes it", encoding="utf-8")
    assert mode(file) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_document_keeps_its_rights_and_a_new_one_has_the_usual(tmp_path: Path) -> None:
    usual, kept = tmp_path / "usual", tmp_path / "kept"
    usual.touch()
    kept.touch()
    kept.chmod(0o640)
    for file in (tmp_path / "new", kept):
        with replacing(file, private=False) as partial:
            partial.write_bytes(b"document")
    assert (mode(tmp_path / "new"), mode(kept)) == (mode(usual), 0o640)


@pytest.mark.parametrize("failure", [OSError("full"), KeyboardInterrupt()], ids=["a full disk", "an interrupt"])
def test_what_fails_leaves_the_file_as_it_was_and_nothing_beside_it(tmp_path: Path, failure: BaseException) -> None:
    file = tmp_path / "file"
    file.write_text("before", encoding="utf-8")

    def write() -> None:
        with replacing(file) as partial:
            partial.write_text("half", encoding="utf-8")
            raise failure

    with pytest.raises(type(failure)):
        write()
    assert [(one.name, one.read_text(encoding="utf-8")) for one in tmp_path.iterdir()] == [("file", "before")]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere" / "file")
    write_bytes(tmp_path / "link", b"one")
    write_bytes(tmp_path / "link", b"two")
    assert (tmp_path / "link").is_symlink()
    assert [file.read_bytes() for file in (tmp_path / "elsewhere").iterdir()] == [b"two"]


def test_two_writers_do_not_meet(tmp_path: Path) -> None:
    with replacing(tmp_path / "file") as one, replacing(tmp_path / "file") as other:
        one.write_text("one", encoding="utf-8")
        other.write_text("other", encoding="utf-8")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "one"


# Whole folders and databases are moved into place, a damaged file out of it: no file is written there.
MOVES = {"atomic_file.py", "staging.py", "vault.py", "settings_file.py"}


def test_nothing_else_replaces_files_by_hand() -> None:
    found = set()
    for path in (path for path in DESKTOP.rglob("*.py") if "ui" not in path.parts):  # its `replace` is of rows
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
            moves = node.func.attr == "replace" and len(node.args) == 1 and not node.keywords and owner != "dataclasses"
            if moves or (owner == "os" and node.func.attr in ("replace", "rename", "fsync")):
                found.add(path.name)
    assert found - MOVES == set()
