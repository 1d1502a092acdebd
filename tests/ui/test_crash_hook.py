import sys
import threading
from pathlib import Path

import pytest

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
