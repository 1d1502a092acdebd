"""A parser that a hostile file took over reaches nothing: what it tries fails in the very process that parses."""

import ctypes
import functools
import os
import platform
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop.documents import confinement, parser_client
from desktop.documents.confinement import ParserLimits
from desktop.documents.parser_client import denied_to_parsers, read_apart
from desktop.documents.parser_process import Parser, answer, serve

LINUX = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"), reason="seccomp is of Linux"
)
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows denies nothing")
LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform != "win32" else None

Attack = Callable[[Path], object]


def read_file(path: Path) -> object:
    return path.read_bytes()


def read_system_file(_: Path) -> object:
    return Path("/etc/passwd").read_bytes()


def write_file(path: Path) -> object:
    return (path.parent / "written").write_text("x", encoding="utf-8")


def list_folder(path: Path) -> object:
    return list(path.parent.iterdir())


def look_at_file(path: Path) -> object:
    return path.stat()


def remove_file(path: Path) -> None:
    path.unlink()


def rename_file(path: Path) -> object:
    return path.rename(path.parent / "renamed")


def make_folder(path: Path) -> None:
    (path.parent / "made").mkdir()


def become_program(path: Path) -> object:
    return os.execv("/bin/sh", ["sh", "-c", f"echo x > {path.parent}/written"])  # noqa: S606


def start_program(_: Path) -> object:
    return subprocess.run(["/bin/sh", "-c", "exit"], check=False)


def spawn_program(_: Path) -> object:
    return os.posix_spawn("/bin/sh", ["sh", "-c", "exit"], {})


def fork(_: Path) -> object:
    return os.fork()


def start_thread(_: Path) -> None:
    try:
        threading.Thread(target=print).start()
    except RuntimeError as error:
        raise PermissionError from error


def connect_to_port(path: Path) -> None:
    with socket.socket() as made:
        made.connect(("127.0.0.1", int(path.suffix[1:])))


def connect_to_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.connect(str(path.parent / "socket"))


def send_datagram(_: Path) -> object:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        return made.sendto(b"x", ("127.0.0.1", 9))


def signal_parent(_: Path) -> None:
    os.kill(os.getppid(), 0)


def limit_parent(_: Path) -> object:
    import resource

    return resource.prlimit(os.getppid(), resource.RLIMIT_CORE)


def raise_own_limit(_: Path) -> None:
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))
    except ValueError as error:
        raise PermissionError from error


def call(*arguments: object) -> object:
    assert LIBC is not None
    if LIBC.syscall(*[ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]) < 0:
        raise OSError(ctypes.get_errno(), "denied")
    return "done"


def open_by_hand(path: Path) -> object:
    return call(2 if platform.machine() == "x86_64" else 56, str(path).encode(), 0)


def open_in_the_mode_of_x32(path: Path) -> object:
    return call(0x40000000 + 2, str(path).encode(), 0)


def set_up_io_uring(_: Path) -> object:
    return call(425, 8, bytes(120))


ATTACKS = [
    *(read_file, read_system_file, write_file, list_folder, look_at_file, remove_file, rename_file, make_folder),
    *(become_program, start_program, spawn_program, fork, start_thread),
    *(connect_to_port, connect_to_socket, send_datagram),
    *(signal_parent, limit_parent, raise_own_limit),
    *(open_by_hand, open_in_the_mode_of_x32, set_up_io_uring),
]


def attempt(attack: Attack, data: bytes, path: Path) -> str:
    try:
        return f"done: {attack(path)}"
    except OSError as error:
        return f"denied: {type(error).__name__}"


def run(sender: Connection, kind: str, name: str, limits: ParserLimits, *, parse: Parser) -> None:
    """The work of the process with a parser of the test's."""
    serve(sender, parse, Path(name), limits)


def run_unfiltered(sender: Connection, kind: str, name: str, limits: ParserLimits) -> None:
    """The work of the process where the kernel takes no filter."""

    def refuse() -> None:
        raise OSError("no filter here")

    confinement._filter_calls = refuse
    answer(sender, "probe", name, limits)


def parsed_by(parse: Parser, path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(parser_client, "answer", functools.partial(run, parse=parse))
    return read_apart(path, "", ParserLimits(), threading.Event()).text


@LINUX
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_a_parser_reaches_nothing(attack: Attack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX) as local, socket.create_server(("127.0.0.1", 0)) as server:
        local.bind(str(tmp_path / "socket"))
        local.listen()
        path = tmp_path / f"file.{server.getsockname()[1]}"
        path.write_text("secret", encoding="utf-8")
        before = sorted(tmp_path.iterdir())
        assert parsed_by(functools.partial(attempt, attack), path, monkeypatch) == "denied: PermissionError"
    assert sorted(tmp_path.iterdir()) == before


def open_descriptors(data: bytes, path: Path) -> str:
    found = []
    for number in range(100):
        for use in (lambda at: os.read(at, 0), lambda at: os.write(at, b"")):
            try:
                use(number)
            except OSError:
                continue
            found.append(number)
            break
    return " ".join(map(str, found))


@UNIX
def test_a_parser_holds_nothing_but_the_pipe_of_its_reply(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    *standard, _pipe = parsed_by(open_descriptors, tmp_path / "file", monkeypatch).split()
    assert standard == ["0", "1", "2"]


def print_text(data: bytes, path: Path) -> str:
    os.write(1, b"printed")
    os.write(2, b"printed")
    return "read"


@UNIX
def test_a_parser_writes_nothing_on_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert parsed_by(print_text, tmp_path / "file", monkeypatch) == "read"
    assert capfd.readouterr() == ("", "")


@LINUX
def test_what_is_denied_is_found_out_by_trying() -> None:
    assert denied_to_parsers() == ("files", "programs", "network")


@UNIX
def test_where_the_kernel_takes_no_filter_the_limits_deny_files_and_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser_client, "answer", run_unfiltered)
    assert denied_to_parsers() == ("files", "network")


@UNIX
def test_the_system_itself_ends_a_parser_that_takes_too_long() -> None:
    code = (
        "import os, sys; from desktop.documents.confinement import ParserLimits, confine\n"
        "confine(int(sys.argv[1]), ParserLimits(seconds=0))\nwhile True: pass"
    )
    receiver, sender = os.pipe()
    with subprocess.Popen([sys.executable, "-c", code, str(sender)], pass_fds=[sender]) as process:
        assert process.wait(30) == -signal.SIGXCPU or process.returncode == -signal.SIGKILL
    os.close(receiver)
    os.close(sender)
