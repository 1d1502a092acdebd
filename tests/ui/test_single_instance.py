"""A second start hands over to the first; what arrives on the socket is hostile until it is understood."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.errors import BadInput, InstanceSilent
from desktop.ui.single_instance import LONGEST_LINE, LONGEST_NAME, SingleInstance, socket_name
from desktop.ui.window.instance_notice import InstanceNotice

ROOT = Path(__file__).parents[2]


@pytest.fixture
def name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    return socket_name(tmp_path / "home")


@pytest.fixture
def first(qtbot: QtBot, name: str) -> Iterator[SingleInstance]:
    instance = SingleInstance(name)
    assert instance.listen_or_hand_over({"command": "show"}) is None
    assert instance.listening
    yield instance
    instance.close()
    instance.release()


def talk(qtbot: QtBot, name: str, sent: bytes) -> bytes:
    """Send bytes from a process of its own, as a later start does; gives what comes back."""
    code = (
        "import socket, sys\n"
        "s = socket.socket(socket.AF_UNIX); s.settimeout(5); s.connect(sys.argv[1])\n"
        "s.sendall(sys.stdin.buffer.read())\n"
        "try:\n    sys.stdout.buffer.write(s.recv(1 << 16))\nexcept ConnectionError:\n    pass\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(sent)
        process.stdin.close()
    except BrokenPipeError:
        pass
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=10_000)
    received = process.stdout.read()
    process.stdout.close()
    return received


def test_a_second_start_shows_the_first_window(first: SingleInstance, qtbot: QtBot, name: str) -> None:
    heard = []
    first.answer("show", lambda request: heard.append(request))
    code = (
        "import sys; from desktop.ui.single_instance import SingleInstance\n"
        "print(SingleInstance(sys.argv[1]).listen_or_hand_over({'command': 'show', 'more': 1}))"
    )
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(
        [sys.executable, "-c", code, name], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=10_000)
    assert process.stdout is not None
    with process.stdout as answer:
        assert answer.read().strip() == "{'version': 1, 'ok': True}"
    assert heard == [{"version": 1, "command": "show", "more": 1}]


def test_what_a_command_gives_is_in_the_answer(first: SingleInstance, qtbot: QtBot, name: str) -> None:
    first.answer("quick", lambda request: {"text": request["text"].upper()})
    sent = json.dumps({"version": 1, "command": "quick", "text": "你好 abc"}).encode() + b"\n"
    assert json.loads(talk(qtbot, name, sent)) == {"version": 1, "ok": True, "text": "你好 ABC"}


def test_a_known_failure_is_told_in_its_sentence(first: SingleInstance, qtbot: QtBot, name: str) -> None:
    def refuse(request: object) -> None:
        raise BadInput("There is no such action.")

    first.answer("quick", refuse)
    answer = json.loads(talk(qtbot, name, b'{"version": 1, "command": "quick"}\n'))
    assert answer == {"version": 1, "ok": False, "error": "There is no such action."}


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"command": "show"}',
        b'{"version": 1}',
        b'{"version": 2, "command": "x"}',
        b'{"version": 1, "command": "\\ud800"}',
        b'{"version": 1, "command": %s"show"%s}' % (b"[" * 900, b"]" * 900),
    ],
)
def test_what_is_no_command_is_refused(first: SingleInstance, qtbot: QtBot, name: str, line: bytes) -> None:
    answer = json.loads(talk(qtbot, name, line + b"\n"))
    assert answer["ok"] is False
    assert answer["error"]


def test_what_no_line_can_hold_is_a_failure_of_the_command(
    first: SingleInstance, qtbot: QtBot, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[type] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: reported.append(kind))
    first.answer("show", lambda request: {"given": object()})
    answer = json.loads(talk(qtbot, name, b'{"version": 1, "command": "show"}\n'))
    assert answer["ok"] is False
    assert reported == [TypeError]


def test_a_request_may_hold_what_is_no_letter(first: SingleInstance, qtbot: QtBot, name: str) -> None:
    first.answer("show", lambda request: {"back": request["activation"]})
    answer = json.loads(talk(qtbot, name, b'{"version": 1, "command": "show", "activation": "\\udcff"}\n'))
    assert answer["back"] == "\udcff"


def test_a_line_without_end_is_cut_off(first: SingleInstance, qtbot: QtBot, name: str) -> None:
    assert talk(qtbot, name, b"x" * (LONGEST_LINE + (1 << 20))) == b""


def test_only_the_user_can_reach_the_socket(first: SingleInstance, name: str) -> None:
    assert stat.S_IMODE(Path(name).stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(Path(name).parent.stat().st_mode) == 0o700


def test_a_folder_that_others_may_enter_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path / "inkstone").mkdir(mode=0o755)
    with pytest.raises(PermissionError):
        socket_name(tmp_path / "home")


def test_a_runtime_folder_whose_path_is_too_long_for_a_socket_is_not_used(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / ("x" * LONGEST_NAME)))
    with tempfile.TemporaryDirectory() as short:
        monkeypatch.setattr(tempfile, "tempdir", short)
        instance = SingleInstance(socket_name(tmp_path / "home"))
        assert instance.listen_or_hand_over({"command": "show"}) is None
        assert instance.listening
        instance.close()
        instance.release()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / ("y" * LONGEST_NAME)))
    with pytest.raises(OSError, match="too long"):
        socket_name(tmp_path / "home")


def test_a_socket_may_have_the_longest_name(qtbot: QtBot) -> None:
    with tempfile.TemporaryDirectory() as folder:
        instance = SingleInstance(f"{folder}/".ljust(LONGEST_NAME, "x"))
        assert instance.listen_or_hand_over({"command": "show"}) is None
        assert instance.listening
        instance.close()
        instance.release()


def test_who_cannot_listen_keeps_no_later_start_waiting(qtbot: QtBot, tmp_path: Path) -> None:
    deaf, later = (SingleInstance(str(tmp_path / ("x" * 120))) for _ in range(2))
    assert deaf.listen_or_hand_over({"command": "show"}) is None
    assert not deaf.listening
    assert later.listen_or_hand_over({"command": "show"}, 0) is None


def test_the_socket_of_a_killed_instance_is_taken_over(qtbot: QtBot, name: str) -> None:
    code = (
        "import os, sys; from desktop.ui.single_instance import SingleInstance\n"
        "one = SingleInstance(sys.argv[1]); one.listen_or_hand_over({'command': 'show'}); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, name], cwd=ROOT, check=False)
    assert Path(name).exists()
    instance = SingleInstance(name)
    assert instance.listen_or_hand_over({"command": "show"}) is None
    assert instance.listening
    instance.close()
    instance.release()


def test_every_home_has_a_socket_of_its_own(name: str, tmp_path: Path) -> None:
    assert socket_name(tmp_path / "home") == name
    assert socket_name(tmp_path / "other") != name


def test_what_is_asked_for_before_it_can_be_done_is_done_then(first: SingleInstance, qtbot: QtBot, name: str) -> None:
    first.expect("quick")
    sent = b'{"version": 1, "command": "quick", "action": "proofread"}\n'
    assert json.loads(talk(qtbot, name, sent))["ok"]
    heard: list[object] = []
    first.answer("quick", lambda request: heard.append(request["action"]))
    assert heard == ["proofread"]
    assert json.loads(talk(qtbot, name, sent))["ok"]
    assert heard == ["proofread", "proofread"]


FIRST = """\
import os, signal, sys
from PySide6.QtCore import QCoreApplication
from desktop.ui.single_instance import SingleInstance
app = QCoreApplication([])
one = SingleInstance(sys.argv[1])
assert one.listen_or_hand_over({"command": "show"}) is None
one.answer("show", lambda request: {"by": os.getpid()})
one.answer("pause", lambda request: os.kill(os.getpid(), signal.SIGSTOP))
one.answer("end", lambda request: one.close())
print("listening", flush=True)
app.exec()
"""
SECOND = """\
import sys
from desktop.errors import InstanceSilent
from desktop.ui.single_instance import SingleInstance
one = SingleInstance(sys.argv[1])
try:
    answer = one.listen_or_hand_over({"command": sys.argv[2]}, int(sys.argv[3]))
    print("first" if one.listening else answer.get("by", "answered"), flush=True)
except InstanceSilent as error:
    print(error, flush=True)
"""
SILENT = "Inkstone is running but does not answer; wait a little and try again, or end it first."


def started(code: str, *arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )


def said_by(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate(timeout=60)
    return said.strip()


@pytest.fixture
def living(name: str) -> Iterator[subprocess.Popen[str]]:
    """A first instance in a process of its own."""
    process = started(FIRST, name)
    assert process.stdout is not None
    assert process.stdout.readline() == "listening\n"
    yield process
    process.kill()
    process.communicate()


def test_an_instance_that_does_not_answer_is_not_robbed(living: subprocess.Popen[str], name: str) -> None:
    living.send_signal(signal.SIGSTOP)
    assert said_by(started(SECOND, name, "show", "200")) == SILENT
    living.send_signal(signal.SIGCONT)
    assert said_by(started(SECOND, name, "show", "60000")) == str(living.pid)


def test_an_instance_that_answers_late_is_waited_for(living: subprocess.Popen[str], name: str) -> None:
    second = started(SECOND, name, "pause", "60000")
    assert os.WIFSTOPPED(os.waitpid(living.pid, os.WUNTRACED)[1])  # it stops in the middle of its answer
    assert second.poll() is None
    living.send_signal(signal.SIGCONT)
    assert said_by(second) == "answered"


def test_an_instance_without_its_lock_is_not_robbed(living: subprocess.Popen[str], name: str) -> None:
    Path(f"{name}.lock").unlink()
    assert said_by(started(SECOND, name, "show", "60000")) == str(living.pid)
    living.send_signal(signal.SIGSTOP)
    assert said_by(started(SECOND, name, "show", "200")) == SILENT
    living.send_signal(signal.SIGCONT)
    assert said_by(started(SECOND, name, "show", "60000")) == str(living.pid)


def test_an_instance_that_is_ending_still_holds_the_home(living: subprocess.Popen[str], name: str) -> None:
    assert said_by(started(SECOND, name, "end", "60000")) == "answered"
    assert said_by(started(SECOND, name, "show", "200")) == SILENT
    third = started(SECOND, name, "show", "60000")
    living.kill()
    assert said_by(third) == "first"


def test_of_many_that_start_together_one_is_the_first(name: str) -> None:
    code = SECOND + "\nimport sys\nsys.stdin.read()"  # the first lives until all have spoken
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", code, name, "show", "500"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    said = [each.stdout.readline().strip() for each in starts if each.stdout is not None]
    for each in starts:
        each.communicate(timeout=60)
    assert sorted(said) == [SILENT, SILENT, SILENT, "first"]  # it has no loop of events to answer with


@pytest.mark.parametrize("answer", [b"{\n", b"[]\n", b"[" * 100_000 + b"\n", b"\xff\n"])
def test_an_answer_that_is_none_robs_nobody(answer: bytes, name: str) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(name)
        server.listen()
        second = started(SECOND, name, "show", "60000")
        connection, _ = server.accept()
        with connection:
            assert connection.recv(1 << 16)
            connection.sendall(answer)
            assert said_by(second) == SILENT
    assert Path(name).exists()


def test_the_window_says_that_another_does_not_answer(qtbot: QtBot) -> None:
    notice = InstanceNotice(InstanceSilent())
    qtbot.addWidget(notice)
    assert notice.text() == SILENT
