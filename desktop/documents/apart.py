"""Parses a document in a process of its own, with limits on time, memory and what it may answer.

The answer is bytes of JSON, never a pickle: a parser that a hostile file took over can lie about the text, no more.
"""

import json
import multiprocessing
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import psutil

from desktop.codes import Coded, from_plain, system_reason, to_plain
from desktop.errors import DocumentError
from desktop.reasons import DocumentReason

_LOOK_S = 0.05  # between looks at the process
_STARTING_S = 30.0  # a busy machine may need long to start a process; not counted as reading


@dataclass(frozen=True, slots=True)
class ParserLimits:
    """What the parsing of one file may take.

    Attributes:
        seconds: of the clock, and of the processor, once the process has started.
        memory: bytes, on top of what the parsers themselves take.
        characters: of the text.
    """

    seconds: float = 60.0
    memory: int = 1 << 30
    characters: int = 5_000_000


def read_apart(path: Path, kind: str, limits: ParserLimits, stop: threading.Event) -> str:
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
        receiver.recv_bytes(16)  # it has started
        watch.start()
        answered = json.loads(receiver.recv_bytes(12 * limits.characters + 1000))
    except (EOFError, OSError, ValueError):
        answered = {}
    finally:
        watch.end()
        process.kill()
        process.join()
        process.close()
        receiver.close()
    if watch.reason or not isinstance(answered.get("text"), str):
        raise DocumentError(path, watch.reason or _wrong(answered.get("wrong")))
    return str(answered["text"])


def _wrong(answered: object) -> Coded:
    """Read the reason that the process gave; one that died, or was taken over, gave none."""
    try:
        return from_plain(answered, DocumentReason)
    except ValueError:
        return DocumentReason.DAMAGED()


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


def answer(sender: Connection, kind: str, name: str, limits: ParserLimits) -> None:
    """Parse a file and send what came of it; the work of the process."""
    from desktop.documents.html_text import html_text
    from desktop.documents.pdf_text import pdf_text
    from desktop.documents.word_text import word_text

    parsers: Mapping[str, Callable[[Path], str]] = {"docx": word_text, "pdf": pdf_text, "html": html_text}
    path = Path(name)
    sender.send_bytes(b"started")
    wrong: Coded | None = None
    text = ""
    try:
        _limit(limits)
        text = parsers[kind](path)
        if len(text) > limits.characters:
            wrong = DocumentReason.TOO_LONG(limit=limits.characters)
    except DocumentError as error:
        wrong = error.reason
    except MemoryError:
        wrong = DocumentReason.TAKES_TOO_MUCH_MEMORY()
    except RecursionError:
        wrong = DocumentReason.TOO_DEEP()
    except OSError as error:
        wrong = DocumentReason.NOT_READ(why=system_reason(error))
    answered = {"wrong": to_plain(wrong)} if wrong else {"text": text}
    sender.send_bytes(json.dumps(answered).encode())
    sender.close()


def _limit(limits: ParserLimits) -> None:
    """Have the system itself hold the limits, where it can: memory is not only looked at now and then."""
    if sys.platform == "win32":
        return
    import resource

    taken = psutil.Process().memory_info().vms
    _set(resource.RLIMIT_AS, taken + limits.memory)
    _set(resource.RLIMIT_CPU, int(limits.seconds) + 1)
    _set(resource.RLIMIT_FSIZE, 0)  # nothing is written
    _set(resource.RLIMIT_CORE, 0)


def _set(kind: int, limit: int) -> None:
    import resource

    most = resource.getrlimit(kind)[1]
    if most == resource.RLIM_INFINITY or limit <= most:
        resource.setrlimit(kind, (limit, limit))
