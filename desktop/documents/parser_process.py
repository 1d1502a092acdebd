"""The work of the process that parses a document: it takes what it needs, is confined, parses, replies and ends.

    modules imported, document read → confined → STARTED → one reply: TEXT, NOTED or WRONG, and UTF-8 behind it

NOTED is a text with a line of JSON before it: what of the document was left out.

Nothing is imported while it parses: a confined process opens no file.
"""

import codecs
import contextlib
import encodings
import encodings.aliases
import importlib
import json
import os
import pkgutil
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from desktop.codes import Coded, system_reason, to_plain
from desktop.documents.confinement import ParserLimits, confine
from desktop.errors import DocumentError
from desktop.reasons import DocumentReason

STARTED = b"started"
_DEEPEST = 10_000  # calls: pages with elements that nobody closed nest deeper than programs do
TEXT, NOTED, WRONG = b"T", b"N", b"W"

Parser = Callable[[bytes, Path], str | tuple[str, Sequence[Coded]]]  # the text, and what was left out


def answer(sender: Connection, kind: str, name: str, limits: ParserLimits) -> None:
    """Parse a file and send what came of it.

    Args:
        sender: takes the two messages.
        kind: docx, pdf, html, or probe: tell what is denied.
        name: of the file.
        limits: on its size, its text, memory and processor time.
    """
    loaders: Mapping[str, Callable[[], Parser]] = {"docx": _word, "pdf": _pdf, "html": _html, "probe": lambda: probe}
    serve(sender, loaders[kind](), Path(name), limits)


def serve(sender: Connection, parse: Parser, path: Path, limits: ParserLimits) -> NoReturn:
    """Read a file, then parse it confined; the process ends without looking back at what a hostile file left of it."""
    _import_ahead()
    sys.setrecursionlimit(_DEEPEST)
    try:
        with path.open("rb") as file:
            data = file.read(limits.size + 1)
    except OSError as error:
        sender.send_bytes(STARTED)
        reply = _wrong(DocumentReason.NOT_READ(why=system_reason(error)))
    else:
        confine(sender.fileno(), limits)
        sender.send_bytes(STARTED)
        reply = _reply(parse, data, path, limits)
    sender.send_bytes(reply)
    os._exit(0)


def _reply(parse: Parser, data: bytes, path: Path, limits: ParserLimits) -> bytes:
    if len(data) > limits.size:
        return _wrong(DocumentReason.TOO_LARGE(mib=limits.size >> 20))
    try:
        parsed = parse(data, path)
        text, rest = (parsed, ()) if isinstance(parsed, str) else parsed
        if len(text) > limits.characters:
            return _wrong(DocumentReason.TOO_LONG(limit=limits.characters))
        noted = NOTED + json.dumps([to_plain(each) for each in rest]).encode() + b"\n"
        return (noted if rest else TEXT) + text.encode("utf-8", "replace")
    except DocumentError as error:
        return _wrong(error.reason)
    except MemoryError:
        return _wrong(DocumentReason.TAKES_TOO_MUCH_MEMORY())
    except RecursionError:
        return _wrong(DocumentReason.TOO_DEEP())
    except Exception:  # whatever a parser of somebody else's raises over a broken file
        return _wrong(DocumentReason.DAMAGED())


def _wrong(reason: Coded) -> bytes:
    return WRONG + json.dumps(to_plain(reason)).encode()


def _word() -> Parser:
    from desktop.documents.word_text import word_text_and_rest

    return word_text_and_rest


def _pdf() -> Parser:
    from desktop.documents.pdf_text import pdf_text

    return pdf_text


def _html() -> Parser:
    from desktop.documents.html_text import html_text

    return html_text


def _import_ahead() -> None:
    """Import what the standard library imports late: heapq for Counter, and all encodings.

    Names in archives have their encoding, PDFium's text its own, a page says which. They are looked up too, and then
    remembered by Python: for whatever its module lacks, Python 3.13 asks for the current folder, which takes a file on
    macOS, and without an answer ends in a SystemError.
    """
    importlib.import_module("heapq")
    names = {module.name for module in pkgutil.iter_modules(encodings.__path__)} | encodings.aliases.aliases.keys()
    for name in names:
        for spelt in (name, name.replace("_", "-")):
            with contextlib.suppress(LookupError):
                codecs.lookup(spelt)


def probe(data: bytes, path: Path) -> str:  # noqa: ARG001
    """Try what a parser must not do; gives what the system denied, of files, programs and network, each on a line."""
    tries: Mapping[str, Callable[[], object]] = {
        "files": lambda: os.open(os.devnull, os.O_RDONLY),
        "programs": lambda: os.execv("/no/such/program", ["none"]),  # noqa: S606
        "network": lambda: socket.socket(),
    }
    return "\n".join(name for name, attempt in tries.items() if _denied(attempt))


def _denied(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError as error:
        return not isinstance(error, FileNotFoundError)
    return False
