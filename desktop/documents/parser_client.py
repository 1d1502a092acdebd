"""Parses a document in a process of its own, with limits on time, memory, what it may do and what it may answer.

    read_apart ── path, kind, limits ──▶ parser_process.answer ── confined by `confinement` ──▶ a parser
               ◀── "started", then one reply: a letter and UTF-8 ──

A reply is never a pickle: it is the text, codes of `LeftOut` as JSON and the text, or a code of `DocumentReason` with
its values as JSON. A parser that a hostile file took over can lie about the text, no more. What is not a reply as
agreed gets the sentence of a damaged file.
"""

import json
import multiprocessing
import os
import threading
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple

import psutil

from desktop.codes import Coded, from_plain
from desktop.documents.confinement import ParserLimits
from desktop.documents.parser_process import NOTED, STARTED, TEXT, WRONG, answer
from desktop.errors import DocumentError
from desktop.reasons import DocumentReason, LeftOut

_LOOK_S = 0.05  # between looks at the process
_STARTING_S = 30.0  # a busy machine may need long to start a process; not counted as reading
_MOST_NOTES = 4
_LONGEST_REASON = 500  # characters of JSON; a reason is part of a sentence


class DocumentText(NamedTuple):
    """What was read of a document.

    Attributes:
        text: plain text or Markdown.
        left_out: what of it is not in the text, each a sentence.
    """

    text: str
    left_out: tuple[Coded, ...] = ()


def read_apart(path: Path, kind: str, limits: ParserLimits, stop: threading.Event) -> DocumentText:
    """Give the text of a file; see `desktop.documents.reading`.

    Args:
        path: the file.
        kind: docx, pdf or html.
        limits: beyond them the process is ended.
        stop: ends it too.

    Raises:
        DocumentError: what is wrong with the file.
    """
    context = multiprocessing.get_context(
        "spawn"
    )  # a fork would copy threads of the window in the middle of their work
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=answer, args=(sender, kind, str(path), limits), name="reader", daemon=True)
    process.start()
    sender.close()
    watch = _Watch(process, limits, stop)
    try:
        read, wrong = _received(receiver, watch, limits)
    except (EOFError, OSError, ValueError):  # it died, or its reply is not as agreed
        read, wrong = DocumentText(""), DocumentReason.DAMAGED()
    finally:
        watch.end()
        process.kill()
        process.join()
        process.close()
        receiver.close()
    if reason := watch.reason or wrong:
        raise DocumentError(path, reason)
    return read


def denied_to_parsers() -> tuple[str, ...]:
    """Try in such a process what a parser must not do; gives which of files, programs and network are denied here.

    Raises:
        DocumentError: no process could be started.
    """
    return tuple(read_apart(Path(os.devnull), "probe", ParserLimits(), threading.Event()).text.split())


def _received(receiver: Connection, watch: "_Watch", limits: ParserLimits) -> tuple[DocumentText, Coded | None]:
    """Wait for the two messages of the process; gives the text, or else what is wrong.

    Raises:
        EOFError, OSError, ValueError: they are not as agreed.
    """
    if receiver.recv_bytes(len(STARTED)) != STARTED:
        raise ValueError("it did not start")
    watch.start()
    # A character takes four bytes at most.
    reply = receiver.recv_bytes(1 + _MOST_NOTES * _LONGEST_REASON + 4 * limits.characters)
    mark, said = reply[:1], reply[1:].decode()
    notes: tuple[Coded, ...] = ()
    if mark == NOTED:
        line, _, said = said.partition("\n")
        notes = _notes(line)
    if mark in (TEXT, NOTED) and len(said) <= limits.characters:
        return DocumentText(said, notes), None
    if mark == WRONG and len(said) <= _LONGEST_REASON:
        reason = from_plain(json.loads(said), DocumentReason)
        if str(reason).isprintable():
            return DocumentText(""), reason
    raise ValueError("this is no reply")


def _notes(line: str) -> tuple[Coded, ...]:
    """Read what was left out. Raises ValueError."""
    if len(line) > _MOST_NOTES * _LONGEST_REASON or not isinstance(plain := json.loads(line), list):
        raise ValueError("these are no notes")
    notes = tuple(from_plain(each, LeftOut) for each in plain)
    if not all(str(each).isprintable() and len(str(each)) <= _LONGEST_REASON for each in notes):
        raise ValueError("these are no sentences")
    return notes


class _Watch:
    """Ends the process once it takes too much; starting it is limited too.

    Attributes:
        reason: why it was ended; None: it was not.
    """

    def __init__(self, process: BaseProcess, limits: ParserLimits, stop: threading.Event) -> None:
        self._process, self._limits, self._stop = process, limits, stop
        self._begun, self._over = threading.Event(), threading.Event()
        self.reason: Coded | None = None
        self._thread = threading.Thread(target=self._look, name="reader watch", daemon=True)
        self._thread.start()

    def start(self) -> None:
        """Count from now on."""
        self._begun.set()

    def end(self) -> None:
        """Look no longer."""
        self._begun.set()
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        waited = 0.0
        while not self._begun.wait(_LOOK_S):
            waited += _LOOK_S
            if self._stop.is_set() or waited > _STARTING_S:
                return self._end(
                    DocumentReason.STOPPED() if self._stop.is_set() else DocumentReason.NOT_OPENED_IN_TIME()
                )
        seen = self._memory()
        left = self._limits.seconds
        while not self._over.wait(_LOOK_S):
            left -= _LOOK_S
            if self._stop.is_set():
                return self._end(DocumentReason.STOPPED())
            if left < 0:
                return self._end(DocumentReason.TAKES_TOO_LONG())
            if self._memory() > seen + self._limits.memory:
                return self._end(DocumentReason.TAKES_TOO_MUCH_MEMORY())
        return None

    def _end(self, reason: Coded) -> None:
        self.reason = reason
        self._process.kill()

    def _memory(self) -> int:
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0  # it has ended
