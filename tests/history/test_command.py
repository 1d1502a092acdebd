"""`inkstone history` in the terminal."""

import contextlib
import dataclasses
import io
import json
import os
import sys
from pathlib import Path
from unittest import mock

import keyring
import pytest
from keyring.backends.fail import Keyring

from desktop.cli import main
from desktop.documents.reading import read_document
from desktop.history import History, vault
from tests.history.exchange.test_chatgpt import export


@dataclasses.dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(home: Path, *arguments: str | Path, stdin: str = "", **environment: str) -> Done:
    """Run a command in this process, without a terminal and without a keyring."""
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.object(sys, "argv", ["inkstone", "history", *map(str, arguments), "--home", str(home)]),
        mock.patch.object(sys, "stdin", io.StringIO(stdin)),
        mock.patch.dict(os.environ, environment),
        mock.patch.object(keyring, "get_keyring", Keyring),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return Done(int(ended.value.code or 0), out.getvalue(), err.getvalue())


def told(home: Path, *arguments: str | Path, stdin: str = "", **environment: str) -> str:
    done = run(home, *arguments, stdin=stdin, **environment)
    assert (done.returncode, done.stderr.replace("\r", "").split("\n")[-1]) == (0, ""), done.stderr
    return done.stdout


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that is not encrypted, with ChatGPT's export in it."""
    home = tmp_path / "home"
    vault.protect(home / "history", "none")
    (tmp_path / "conversations.json").write_text(json.dumps(export()))
    assert told(home, "import", tmp_path / "conversations.json") == (
        "1 conversations and 0 drafts added; 0 were there already.\n"
    )
    return home


def test_what_was_imported_is_listed_found_shown_and_changed(home: Path, tmp_path: Path) -> None:
    (chat,) = map(json.loads, told(home, "list", "--json").splitlines())
    assert (chat["title"], chat["pinned"], chat["tags"]) == ("Plans", False, [])
    number = str(chat["id"])
    (hit,) = map(json.loads, told(home, "search", "下", "--json").splitlines())
    assert (hit["snippet"], hit["highlights"], hit["conversation"]) == ("Plan for 下周?", [[9, 10]], chat["id"])
    assert "Second answer" in told(home, "show", number)
    assert "First answer" not in told(home, "show", number)
    assert len(told(home, "show", number, "--all", "--json").splitlines()) == 5
    for change in (["rename", number, "Mine"], ["pin", number], ["move", number, "Work"], ["tag", number, "a", "b"]):
        assert told(home, *change) == ""
    assert told(home, "list", "--folder", "Work", "--tag", "a").rstrip().endswith("* [Work] Mine #a #b")
    told(home, "archive", number)
    assert told(home, "list") == ""
    told(home, "archive", number, "--off")
    told(home, "delete", number)
    assert (told(home, "list"), "Mine" in told(home, "bin"), "Mine" in told(home, "list", "--bin")) == ("", True, True)
    told(home, "undelete", number)
    told(home, "delete", number)
    assert told(home, "bin", "--empty").startswith("1 ")
    done = run(home, "show", number)
    assert (done.returncode, done.stderr) == (2, f"There is no conversation {number} in the history.\n")


def test_drafts_are_listed_and_printed_with_their_versions(home: Path, tmp_path: Path) -> None:
    opened = History.open(home / "history")
    store = opened.connect()
    draft = store.drafts.create("Report", "report", text="one").id
    store.drafts.keep_version(draft, "first")
    store.drafts.save(draft, text="two")
    store.close()
    opened.close()
    assert told(home, "drafts").rstrip().endswith("Report (1 version)")
    assert told(home, "drafts", str(draft)) == "two\n"
    assert told(home, "drafts", str(draft), "--version", "1") == "one\n"
    assert json.loads(told(home, "drafts", "--json"))["versions"][0]["label"] == "first"
    assert run(home, "drafts", str(draft), "--version", "2").returncode == 2
    assert json.loads(told(home, "search", "two", "--json"))["place"] == "draft"


def test_exports_are_written_once_and_read_back(home: Path, tmp_path: Path) -> None:
    for name in ("one.md", "one.html"):
        told(home, "export", tmp_path / name, "1")
        assert "Second answer" in (tmp_path / name).read_text(encoding="utf-8")
    assert told(home, "export", tmp_path / "all.json").startswith("1 file written")
    told(home, "export", tmp_path / "folder", "--format", "html")
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["00001 Plans.html"]
    done = run(home, "export", tmp_path / "all.json")
    assert (done.returncode, "is there already" in done.stderr) == (2, True)
    other = tmp_path / "other"
    vault.protect(other / "history", "none")
    assert told(other, "import", tmp_path / "all.json").startswith("1 conversations")
    assert told(other, "import", tmp_path / "all.json").startswith("0 conversations and 0 drafts added; 1 were")
    assert told(other, "show", "1") == told(home, "show", "1")


def test_conversations_are_exported_as_documents(home: Path, tmp_path: Path) -> None:
    told(home, "export", tmp_path / "one.docx", "1", "--paper", "letter")
    text = read_document(tmp_path / "one.docx")
    assert text.startswith("# Plans\n\nYou · ")
    assert "Second answer" in text
    told(home, "export", tmp_path / "papers", "--format", "pdf")
    assert [path.name for path in (tmp_path / "papers").iterdir()] == ["00001 Plans.pdf"]
    assert (tmp_path / "papers" / "00001 Plans.pdf").read_bytes().startswith(b"%PDF-")
    before = (tmp_path / "one.docx").read_bytes()
    assert "is there already" in run(home, "export", tmp_path / "one.docx", "1").stderr
    assert "no paper “b5”" in run(home, "export", tmp_path / "two.pdf", "1", "--paper", "b5").stderr
    assert (tmp_path / "one.docx").read_bytes() == before


def test_a_backup_is_restored_by_passphrase_and_by_recovery_key(home: Path, tmp_path: Path) -> None:
    assert told(home, "protect") == "The history is not encrypted.\n"
    shown = told(home, "protect", "passphrase", "--recovery-key", stdin="secret\n").splitlines()
    assert shown[0] == "The history is encrypted; a passphrase opens it."
    assert told(home, "list", INKSTONE_PASSPHRASE="secret") == told(home, "list", stdin="secret\n")
    done = run(home, "list", stdin="wrong\n")
    assert (done.returncode, "This passphrase does not open the history" in done.stderr) == (2, True)
    assert "Plans" in told(home, "list", "--recovery", stdin=shown[1] + "\n")
    told(home, "backup", tmp_path / "all.inkstone", INKSTONE_PASSPHRASE="secret")
    other = tmp_path / "other"
    vault.protect(other / "history", "none")
    assert told(other, "restore", tmp_path / "all.inkstone", "--recovery", stdin=shown[1] + "\n") == "Restored.\n"
    assert "Plans" in told(other, "list")
    assert "before is in" in told(other, "restore", tmp_path / "all.inkstone", stdin="secret\n")
    told(home, "protect", "passphrase", stdin="other\n", INKSTONE_PASSPHRASE="secret")
    assert run(home, "list", INKSTONE_PASSPHRASE="secret").returncode == 2
    assert "Plans" in told(home, "list", INKSTONE_PASSPHRASE="other")


def test_a_history_whose_beginning_is_damaged_is_restored(home: Path, tmp_path: Path) -> None:
    told(home, "protect", "passphrase", stdin="secret\n")
    told(home, "backup", tmp_path / "all.inkstone", INKSTONE_PASSPHRASE="secret")
    file = home / "history" / "history.db"
    file.write_bytes(b"\xaa" * 2000 + file.read_bytes()[2000:])
    done = run(home, "list", INKSTONE_PASSPHRASE="secret")
    assert (done.returncode, "is damaged" in done.stderr) == (2, True)
    assert "damaged.db" in told(home, "restore", tmp_path / "all.inkstone", INKSTONE_PASSPHRASE="secret")
    assert "Plans" in told(home, "list", INKSTONE_PASSPHRASE="secret")


def test_a_home_without_history_is_empty_and_stays_so_until_something_is_written(tmp_path: Path) -> None:
    home = tmp_path / "new"
    assert told(home, "list") == told(home, "search", "x") == ""
    assert not (home / "history").exists()
    (tmp_path / "note.md").write_text("hello")
    done = run(home, "import", tmp_path / "note.md")
    assert done.returncode == 2
    assert "inkstone history protect" in done.stderr
    assert told(home, "protect").startswith("There is no history yet")


def test_while_inkstone_runs_it_is_read_and_backed_up_but_not_changed(home: Path, tmp_path: Path) -> None:
    window = History.open(home / "history")
    assert "Plans" in told(home, "list")
    told(home, "backup", tmp_path / "all.inkstone")
    for change in (["rename", "1", "x"], ["restore", tmp_path / "all.inkstone"], ["protect", "none"]):
        done = run(home, *change)
        assert (done.returncode, "another Inkstone is using it" in done.stderr) == (2, True), done.stderr
    window.close()
