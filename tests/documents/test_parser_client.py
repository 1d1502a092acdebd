"""Whatever comes back from the process that parses: one sentence, or the text as agreed."""

import functools
import os
import pickle
import struct
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop.documents import parser_client
from desktop.documents.confinement import ParserLimits
from desktop.documents.parser_client import read_apart
from desktop.documents.parser_process import NOTED, STARTED, TEXT, WRONG, serve
from desktop.errors import DocumentError
from desktop.reasons import LeftOut

LIMITS = ParserLimits(characters=100)
LONG = "x" * 101


def send(sender: Connection, kind: str, name: str, limits: ParserLimits, *, messages: tuple[bytes, ...]) -> None:
    """A process that is somebody else's by now: it sends what it likes."""
    for message in messages:
        sender.send_bytes(message)
    os._exit(0)


def write(sender: Connection, kind: str, name: str, limits: ParserLimits, *, data: bytes) -> None:
    """The same, without the frame of a message."""
    sender.send_bytes(STARTED)
    os.write(sender.fileno(), data)
    os._exit(0)


def die(sender: Connection, kind: str, name: str, limits: ParserLimits) -> None:
    sender.send_bytes(STARTED)
    os.abort()


def die_at_once(sender: Connection, kind: str, name: str, limits: ParserLimits) -> None:
    os._exit(1)


def stall(sender: Connection, kind: str, name: str, limits: ParserLimits) -> None:
    """Send half a message and no more."""
    sender.send_bytes(STARTED)
    os.write(sender.fileno(), struct.pack("!i", 50) + TEXT)
    threading.Event().wait()


def fail(data: bytes, path: Path) -> str:
    raise AssertionError("a parser of somebody else's")


def run_failing(sender: Connection, kind: str, name: str, limits: ParserLimits) -> None:
    serve(sender, fail, Path(name), limits)


def replies(*messages: bytes) -> Callable[..., None]:
    return functools.partial(send, messages=messages)


def wrong(why: str) -> bytes:
    """A reason with a value that the process chose, as JSON has it."""
    return WRONG + b'{"code": "NOT_READ", "values": {"why": "' + why.encode() + b'"}}'


MALFORMED: dict[str, Callable[..., None]] = {
    "died": die,
    "died at once": die_at_once,
    "did not start as agreed": replies(b"begun"),
    "a first message that is too long": replies(STARTED + b"!"),
    "no reply": replies(STARTED),
    "an empty reply": replies(STARTED, b""),
    "an unknown letter": replies(STARTED, b"X" + b"text"),
    "a pickle": replies(STARTED, pickle.dumps({"text": "text"})),
    "JSON of another kind": replies(STARTED, b"[" * 300),
    "no UTF-8": replies(STARTED, TEXT + b"\xff\xfe"),
    "half of a surrogate pair": replies(STARTED, TEXT + b"\xed\xa0\x80"),
    "more bytes than any text has": replies(STARTED, TEXT + b"x" * 401),
    "more characters than are taken": replies(STARTED, TEXT + LONG.encode()),
    "notes without a text": replies(STARTED, NOTED + b"[]x"),
    "notes of another kind": replies(STARTED, NOTED + b'[{"code": "DAMAGED", "values": {}}]\ntext'),
    "notes that are none": replies(STARTED, NOTED + b"7\ntext"),
    "notes of many lines": replies(STARTED, NOTED + b'[{"code": "COMMENTS", "values": {"n": "\\n"}}]\ntext'),
    "notes as long as a book": replies(
        STARTED, NOTED + b'[{"code": "COMMENTS", "values": {"n": "' + b"x" * 500 + b'"}}]\nt'
    ),
    "no reason": replies(STARTED, WRONG),
    "a reason in words": replies(STARTED, WRONG + b"is damaged, or no PDF file"),
    "a reason that nobody knows": replies(STARTED, WRONG + b'{"code": "SEND_MONEY", "values": {}}'),
    "a reason of many lines": replies(STARTED, wrong(r"\n\nSend money to")),
    "a reason that steers the terminal": replies(STARTED, wrong(r"\u001b[2J")),
    "a reason as long as a book": replies(STARTED, wrong("x" * 500)),
    "a reason nested deeply": replies(STARTED, WRONG + b"[" * 490),
    "a message cut short": functools.partial(write, data=struct.pack("!i", 50) + TEXT + b"half"),
    "a length cut short": functools.partial(write, data=b"\0\0"),
    "a negative length": functools.partial(write, data=struct.pack("!i", -7) + b"text"),
    "a length beyond all memory": functools.partial(write, data=struct.pack("!iQ", -1, 1 << 62) + b"text"),
    "a parser that raises what nobody expects": run_failing,
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "file.pdf").touch()
    return tmp_path / "file.pdf"


@pytest.mark.parametrize("kind", MALFORMED)
def test_a_reply_that_is_not_as_agreed_is_one_sentence(
    kind: str, path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(parser_client, "answer", MALFORMED[kind])
    with pytest.raises(DocumentError) as caught:
        read_apart(path, "pdf", LIMITS, threading.Event())
    assert str(caught.value) == "file.pdf cannot be read: it is damaged, or needs too much memory."
    assert "Traceback" not in capfd.readouterr().err


def test_half_a_reply_is_not_waited_for_without_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser_client, "answer", stall)
    with pytest.raises(DocumentError, match="takes too long"):
        read_apart(path, "pdf", ParserLimits(seconds=0.2), threading.Event())


@pytest.mark.parametrize("text", ["", "text", "汉" * 100, "\U0001f600" * 100, "a\n\nb"])
def test_a_text_as_agreed_comes_as_it_is(text: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser_client, "answer", replies(STARTED, TEXT + text.encode()))
    assert read_apart(path, "pdf", LIMITS, threading.Event()) == (text, ())


def test_what_was_left_out_comes_with_the_text(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = b'[{"code": "COMMENTS", "values": {"n": 2}}]\n'
    monkeypatch.setattr(parser_client, "answer", replies(STARTED, NOTED + notes + b"a\nb"))
    assert read_apart(path, "docx", LIMITS, threading.Event()) == ("a\nb", (LeftOut.COMMENTS(n=2),))


def test_a_reason_as_agreed_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser_client, "answer", replies(STARTED, WRONG + b'{"code": "DAMAGED_PDF", "values": {}}'))
    with pytest.raises(DocumentError, match=r"^file.pdf is damaged, or no PDF file\.$"):
        read_apart(path, "pdf", LIMITS, threading.Event())


def test_a_file_that_grew_or_went_meanwhile_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "large.pdf").write_bytes(bytes(2 << 20))
    with pytest.raises(DocumentError, match="is larger than 1 MiB"):
        read_apart(tmp_path / "large.pdf", "pdf", ParserLimits(size=1 << 20), threading.Event())
    with pytest.raises(DocumentError, match=r"cannot be read \(No such file or directory\)"):
        read_apart(tmp_path / "gone.pdf", "pdf", LIMITS, threading.Event())
