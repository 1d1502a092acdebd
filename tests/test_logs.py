"""The log says what happened, and nothing that anybody wrote; it hinders nothing."""

import ast
import logging
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import typer

from desktop.cli import cli
from desktop.crashes import write_crash_report
from desktop.drafting.draft import SectionStatus
from desktop.engine.interface import FinishReason
from desktop.errors import HistoryFull, TemplateError
from desktop.logs import FILE, VARIABLE, end_log, last_lines, start_log
from desktop.quick.actions.action import Method, RewriteUnit, TextLanguage
from desktop.quick.shortcuts.interface import BackEnd, Trouble
from desktop.reasons import Place
from desktop.settings import Device
from tests.test_cli import MODEL, home, run

__all__ = ["home"]

ROOT = Path(__file__).parents[1]
WRITTEN = "my mother's diagnosis"
LOG = logging.getLogger("desktop.somewhere")
Logged = Callable[[], str]


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    yield
    end_log()


@pytest.fixture
def logged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Logged:
    """Start the log of a home; gives what reads it."""
    monkeypatch.delenv(VARIABLE, raising=False)
    start_log(tmp_path / "logs", tmp_path, "info")
    return lambda: (tmp_path / "logs" / FILE).read_text(encoding="utf-8")


def test_a_line_says_when_what_where_and_by_which_thread(logged: Logged) -> None:
    LOG.info("loaded in %.2f s on %s, %d threads", 0.5, "CPUExecutionProvider", 2)
    when, said = logged().split(" INFO ")
    assert len(when) == len("2026-01-01 00:00:00.000")
    assert said == "somewhere [MainThread] loaded in 0.50 s on CPUExecutionProvider, 2 threads\n"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (WRITTEN, "(21 characters)"),
        ("我妈妈的病", "(5 characters)"),
        ("two\nlines", "(9 characters)"),
        ("/home/anna/letter.txt", "(21 characters)"),
        ("sk-proj-a1b2c3", "(14 characters)"),
        ("hf_abcdefghijk", "(14 characters)"),
        ("a1b2c3d4e5f6a7b8c9d0e1f2", "(24 characters)"),
        (Path("/home/anna/letter.txt"), "(elsewhere)"),
        ({WRITTEN: WRITTEN}, "(dict)"),
        (["/home/anna"], "(list)"),
        (HistoryFull(Path("/home/anna")), "HistoryFull"),
        (OSError(28, "No space left", "/home/anna"), "OSError (ENOSPC)"),
        ("hunter2", "(7 characters)"),
        ("Divorce", "(7 characters)"),
        ("离婚", "(2 characters)"),
        ("离婚-2026", "(7 characters)"),
        ("4111111111111111", "(16 characters)"),
        ("", "(0 characters)"),
        ("a-b\n", "(4 characters)"),
        (Place.FILE, "FILE"),
        (HistoryFull, "HistoryFull"),
        ("CPUExecutionProvider", "CPUExecutionProvider"),
        ("smollm2-135m-instruct", "smollm2-135m-instruct"),
        ("skipped", "skipped"),
    ],
)
def test_an_argument_is_reduced_to_what_tells_nothing(logged: Logged, value: object, written: str) -> None:
    LOG.warning("it is %s", value)
    assert logged().endswith(f" it is {written}\n")


def words_of_ours() -> set[str]:
    """What is logged of a choice of ours, and may be any of its words."""
    chosen = (FinishReason, SectionStatus, BackEnd, Trouble, RewriteUnit, Method, TextLanguage, Device)
    names = {word.replace(" ", "-") for kind in chosen for word in get_args(kind) if word}
    names |= {"place", "focus", "paste"}  # what came of a paste
    waiting: list[Any] = [typer.main.get_command(cli)]
    while waiting:
        below = getattr(waiting.pop(), "commands", {})
        names |= below.keys()
        waiting += below.values()
    return names


def test_each_word_of_a_choice_of_ours_is_written_as_it_is(logged: Logged) -> None:
    words = sorted(words_of_ours() - {"planned"})  # a section is logged once something is written
    assert {"chat", "no-portal", "stopped", "import"} <= set(words)
    for word in words:
        LOG.info("%s", word)
    assert [line.rpartition(" ")[2] for line in logged().splitlines()] == words


def test_a_path_below_the_home_is_told_by_its_kind(logged: Logged, tmp_path: Path) -> None:
    LOG.info("%s %s %s", tmp_path / "settings.toml", tmp_path / "briefs" / f"{WRITTEN}.toml", tmp_path / ".." / "x")
    assert logged().endswith(" home/settings.toml home/briefs/… (elsewhere)\n")


def test_an_error_is_its_lines_of_code_without_its_values(logged: Logged, tmp_path: Path) -> None:
    secret = "my mother's " + "diagnosis"  # in one piece it would stand in a line of code

    def read() -> None:
        try:
            (tmp_path / secret).read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise TemplateError(Path("/home/anna") / secret, 1, secret) from error

    try:
        read()
    except TemplateError:
        LOG.exception("not read")
    LOG.error(ValueError(secret))
    text = logged()
    assert text.index("FileNotFoundError (ENOENT)") < text.index("which led to") < text.index("TemplateError")
    assert "in read: raise TemplateError(" in text
    assert text.endswith(" ValueError\n")
    assert secret not in text
    assert "/home/anna/" not in text
    assert str(tmp_path) not in text
    assert str(ROOT) not in text


def test_the_files_are_the_users_alone_and_do_not_grow_without_end(logged: Logged, tmp_path: Path) -> None:
    for number in range(30_000):
        LOG.info("a line of about a hundred letters, so that two files are filled soon enough, number %d", number)
    files = list((tmp_path / "logs").iterdir())
    assert {file.name for file in files} == {FILE, f"{FILE}.1", f"{FILE}.2"}
    assert sum(file.stat().st_size for file in files) <= 3 * 512 * 1024
    if os.name != "nt":
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


@pytest.mark.parametrize(
    ("setting", "variable", "written"), [("error", "", 1), ("off", "", 0), ("off", "debug", 3), ("debug", "off", 0)]
)
def test_the_level_is_that_of_the_setting_and_the_variable_goes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, variable: str, written: int
) -> None:
    monkeypatch.setenv(VARIABLE, variable)
    start_log(tmp_path, tmp_path, setting)
    LOG.debug("one")
    LOG.info("two")
    LOG.error("three")
    assert len(last_lines(tmp_path)) == written


def in_the_way(folder: Path) -> None:
    folder.write_text("a file", encoding="utf-8")


def in_place_of_the_file(folder: Path) -> None:
    (folder / FILE).mkdir(parents=True)


@pytest.mark.parametrize("block", [in_the_way, in_place_of_the_file])
def test_a_folder_that_cannot_be_written_hinders_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path, block: Callable[[Path], None]
) -> None:
    block(home / "logs")
    code, out, err = run(capsys, monkeypatch, "chat", "hi", *MODEL, "--max-tokens", "2", "--home", home)
    assert (code, bool(out), err) == (0, True, "(Cut: the answer reached its length limit.)\n")
    assert last_lines(home / "logs") == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_hinders_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / FILE).symlink_to("/dev/full")
    start_log(tmp_path, tmp_path, "info")
    LOG.info("lost")
    end_log()
    assert capsys.readouterr() == ("", "")


def test_nothing_that_was_asked_or_answered_is_in_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    words = "canary sk-a1B2c3D4e5F6g7H8i9J0 /home/anna/diary.txt"
    options = (*MODEL, "--max-tokens", "8", "--home", home)
    answer = run(capsys, monkeypatch, "chat", words, *options)[1]
    run(capsys, monkeypatch, "quick", "formal", "--text", words, *MODEL, "--home", home)
    run(capsys, monkeypatch, "draft", "work_report", "--topic", words, *MODEL, "--home", home)
    run(capsys, monkeypatch, "chat", words, "--model", "canary", "--home", home)
    run(capsys, monkeypatch, "models", "import", Path("/home/anna/diary.gguf"), "--home", home)
    text = (home / "logs" / FILE).read_text(encoding="utf-8")
    steps = (
        "begins “chat”",
        "begins “import”",
        "loaded in",
        "request 0: 1 messages",
        "action: ",
        "ends with UnknownModel",
    )
    said = [step in text for step in steps]
    assert said == [True] * 6
    for piece in (*words.split(), "anna", "diary", "a1B2c3", answer.strip(), str(home)):
        assert piece not in text, piece


def test_nobody_logs_what_is_not_on_this_list() -> None:
    """Whoever adds to it looks at whether a user's words can be in it, and leaves them out."""
    allowed = {
        *("seconds", "provider", "self.threads", "context", "number", "event.reason", "event.dropped_messages", "read"),
        *("reused", "written", "first", "speed", "whole", "index", "status", "time.monotonic() - begun", "language"),
        *("action.method", "action.unit", "left", "failed", "version", "version + 1", "error", "failure", "secret"),
        *("bool(self._action)", "bool(request)", "why", "self.back_end", "hidden", "offline", "quick"),
        *("model_id", "settings.device", "metadata.version('inkstone')", "platform.python_version()"),
        *("*system", "context.info_name", "error.path", "error.line", "not sentence", "self.key is not None"),
        *("kind", "code", "count", "self._server.serverError().name"),
        "'+'.join(refused).replace(' ', '-') or 'none'",
    }
    found, calls = set(), 0
    for path in (ROOT / "desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_LOG.")):
                continue
            calls += 1
            assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}"
            found |= {ast.unparse(one) for one in node.args[1:] if not ast.unparse(one).startswith("len(")}
    assert calls > 20
    assert found <= allowed


def test_a_crash_report_quotes_the_end_of_the_log(logged: Logged, tmp_path: Path) -> None:
    for number in range(100):
        LOG.info("line %d", number)
    write_crash_report(tmp_path / "logs", ValueError(WRITTEN), 1)
    (report,) = (tmp_path / "logs").glob("crash-*.txt")
    text = report.read_text(encoding="utf-8")
    assert "line 99\n" in text
    assert "line 9\n" not in text
    assert WRITTEN not in text
    assert "ERROR crashes [MainThread] a bug\nValueError\n" in logged()


def test_what_runs_without_a_log_says_nothing_on_stderr() -> None:
    code = "from desktop.logs import end_log; import logging; end_log(); logging.getLogger('desktop.x').error('lost')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stderr == b""
