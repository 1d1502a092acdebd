import io
import logging
import os
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop import crashes
from desktop.crashes import failure_of, install_crash_hook
from desktop.errors import EmptyPrompt, InternalError


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the hooks that stood before are told; both are put back afterwards."""
    told: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: told.append(error))
    monkeypatch.setattr(threading, "excepthook", lambda args: told.append(args.exc_value))
    return told


def broken(text: str) -> None:
    try:
        dict[str, str]()[text]
    except KeyError as error:
        raise ValueError(f"cannot use {text}") from error


def reports(logs: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(logs.glob("crash-*.txt"))]


def test_a_bug_is_reported_with_its_places_and_without_the_users_text(tmp_path: Path, seen: list[object]) -> None:
    install_crash_hook(tmp_path / "logs")
    text = "my private" + " letter"  # in one piece it would stand in a line of code, which the report shows
    with pytest.raises(ValueError, match=text) as caught:
        broken(text)
    sys.excepthook(caught.type, caught.value, caught.tb)
    assert seen == [caught.value]
    (report,) = reports(tmp_path / "logs")
    assert report.index("KeyError") < report.index("which led to") < report.index("ValueError")
    assert "in broken" in report
    assert "private letter" not in report


def test_a_bug_in_another_thread_is_reported_too(tmp_path: Path, seen: list[object]) -> None:
    install_crash_hook(tmp_path / "logs")
    thread = threading.Thread(target=broken, args=("letter",))
    thread.start()
    thread.join()
    (report,) = reports(tmp_path / "logs")
    assert "ValueError" in report
    assert len(seen) == 1


def test_each_bug_has_a_report_of_its_own(tmp_path: Path, seen: list[object]) -> None:
    install_crash_hook(tmp_path)
    for error in (ValueError("one"), TypeError("two")):
        sys.excepthook(type(error), error, None)
    assert [("ValueError" in report, "TypeError" in report) for report in reports(tmp_path)] == [
        (True, False),
        (False, True),
    ]


def test_an_interrupt_is_no_bug(tmp_path: Path, seen: list[object]) -> None:
    install_crash_hook(tmp_path)
    interrupt = KeyboardInterrupt()
    sys.excepthook(KeyboardInterrupt, interrupt, None)
    assert reports(tmp_path) == []
    assert seen == [interrupt]


def test_a_report_that_cannot_be_written_does_not_hide_the_bug(
    tmp_path: Path, seen: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("not a folder")
    install_crash_hook(tmp_path / "file")
    error = ValueError("bug")
    sys.excepthook(ValueError, error, None)
    assert seen == [error]
    assert "No crash report could be written" in capsys.readouterr().err


def test_whoever_waits_for_what_a_bug_ended_is_told_where_its_report_lies(tmp_path: Path, seen: list[object]) -> None:
    install_crash_hook(tmp_path / "logs")
    bug = ValueError("private letter")
    failure = failure_of(bug)
    assert seen == [bug]
    assert isinstance(failure, InternalError)
    assert [failure.report] == list((tmp_path / "logs").iterdir())
    assert "its own fault" in str(failure)
    assert str(failure.report) in str(failure)
    assert "private" not in str(failure)


def test_no_report_is_promised_that_could_not_be_written(tmp_path: Path, seen: list[object]) -> None:
    (tmp_path / "file").write_text("not a folder")
    install_crash_hook(tmp_path / "file")
    assert "no report could be written" in str(failure_of(ValueError("bug")))


def test_a_known_failure_stays_what_it_is(tmp_path: Path, seen: list[object]) -> None:
    install_crash_hook(tmp_path)
    failure = EmptyPrompt()
    assert failure_of(failure) is failure
    assert seen == reports(tmp_path) == []


def test_too_little_memory_is_a_known_failure(tmp_path: Path, seen: list[object]) -> None:
    install_crash_hook(tmp_path)
    assert "choose a smaller model" in str(failure_of(MemoryError()))
    assert seen == reports(tmp_path) == []


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python's own hooks, as in the window."""
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)


def on_another_thread(work: Callable[[], object]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def wait_in_vain(text: str) -> None:
    try:
        broken(text)
    except ValueError as error:
        failure_of(error)


@pytest.mark.parametrize("hooked", [True, False])
@pytest.mark.parametrize("way", ["waiting", "thread"])
def test_what_is_kept_of_stderr_has_the_places_and_no_value(
    plain: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], way: str, *, hooked: bool
) -> None:
    if hooked or way == "thread":  # what no hook sees is Python's own
        install_crash_hook(tmp_path)
    text = "my private" + " letter"
    (wait_in_vain(text) if way == "waiting" else on_another_thread(lambda: broken(text)))
    said = capsys.readouterr().err
    assert "in broken: raise ValueError(" in said
    assert text not in said


def test_on_a_terminal_all_is_seen(
    plain: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    install_crash_hook(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")  # Python 3.13 paints what it shows on a terminal
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    wait_in_vain("a letter")
    on_another_thread(lambda: broken("another letter"))
    said = capsys.readouterr().err
    assert "ValueError: cannot use a letter" in said
    assert "ValueError: cannot use another letter" in said


def a_long_chain() -> Exception:
    error = ValueError("first")
    for number in range(1500):
        following = ValueError(number)
        following.__context__, error = error, following
    return error


def a_circle() -> Exception:
    one, other = ValueError("one"), KeyError("other")
    one.__cause__, other.__cause__ = other, one
    return one


@pytest.mark.parametrize("chain", [a_long_chain, a_circle])
def test_a_chain_of_errors_without_end_is_reported(
    tmp_path: Path, seen: list[object], chain: Callable[[], Exception]
) -> None:
    install_crash_hook(tmp_path)
    assert failure_of(chain()).report is not None  # type: ignore[attr-defined]  # an InternalError
    (report,) = reports(tmp_path)
    assert report.count("ValueError") < 100
    assert "which led to" in report


@pytest.mark.parametrize("logs", ["", "file"])
def test_whoever_waits_is_told_though_nothing_can_be_written(
    plain: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, logs: str
) -> None:
    class Torn(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    (tmp_path / "file").write_text("not a folder")
    install_crash_hook(tmp_path / logs)
    for stderr in (Torn(), None):
        monkeypatch.setattr(sys, "stderr", stderr)
        assert isinstance(failure_of(ValueError("bug")), InternalError)


def test_whoever_waits_is_told_though_a_hook_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", lambda *_: 1 / 0)
    assert isinstance(failure_of(ValueError("bug")), InternalError)


def test_a_bug_that_comes_back_is_reported_once_and_counted(
    plain: None, tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    install_crash_hook(tmp_path)
    with caplog.at_level(logging.ERROR, "desktop"):
        for _ in range(8):
            wait_in_vain("a letter")
    assert len(reports(tmp_path)) == 1
    assert [one.getMessage() for one in caplog.records if "again" in one.getMessage()] == [
        f"ValueError again: {count} times" for count in (2, 4, 8)
    ]
    assert capsys.readouterr().err.count("in broken: raise ValueError(") == 1


def test_a_bug_that_comes_back_is_told_with_its_report(tmp_path: Path, seen: list[object]) -> None:
    install_crash_hook(tmp_path)
    first, again = (failure_of(ValueError("bug")) for _ in range(2))
    assert str(first) == str(again)
    assert len(seen) == 2


def test_there_is_an_end_to_reports(tmp_path: Path, seen: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crashes, "MOST_REPORTS", 2)
    install_crash_hook(tmp_path)
    for kind in (ValueError, KeyError, TypeError):
        failure_of(kind("bug"))
    assert len(reports(tmp_path)) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_a_report_is_the_users_alone(tmp_path: Path, seen: list[object]) -> None:
    install_crash_hook(tmp_path / "logs")
    failure_of(ValueError("bug"))
    (report,) = (tmp_path / "logs").iterdir()
    assert [stat.S_IMODE(one.stat().st_mode) for one in (report, report.parent)] == [0o600, 0o700]
