"""The work of the process that parses a document: it takes what it needs, is confined, parses, replies and ends.

    modules imported, document read → confined → STARTED → one reply: TEXT or WRONG, and UTF-8 behind it

Nothing is imported while it parses: a confined process opens no file.
"""

import codecs
import contextlib
import encodings
import encodings.aliases
import importlib
import os
import pkgutil
import socket
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from desktop.documents.confinement import ParserLimits, confine
from desktop.errors import DocumentError

STARTED = b"started"
TEXT, WRONG = b"T", b"W"

Parser = Callable[[bytes, Path], str]


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
    try:
        with path.open("rb") as file:
            data = file.read(limits.size + 1)
    except OSError as error:
        sender.send_bytes(STARTED)
        reply = WRONG + f"cannot be read ({error.strerror or error})".encode()
    else:
        confine(sender.fileno(), limits)
        sender.send_bytes(STARTED)
        reply = _reply(parse, data, path, limits)
    sender.send_bytes(reply)
    os._exit(0)


def _reply(parse: Parser, data: bytes, path: Path, limits: ParserLimits) -> bytes:
    if len(data) > limits.size:
        return WRONG + f"is larger than {limits.size >> 20} MiB; give a part of it".encode()
    try:
        text = parse(data, path)
        if len(text) > limits.characters:
            return WRONG + f"holds more than {limits.characters:,} characters of text; give a part of it".encode()
        return TEXT + text.encode("utf-8", "replace")
    except DocumentError as error:
        return WRONG + error.reason.encode()
    except MemoryError:
        return WRONG + b"needs too much memory to be read; it was given up"
    except RecursionError:
        return WRONG + b"is nested too deeply to be read"
    except Exception:  # whatever a parser of somebody else's raises over a broken file
        return WRONG + b"cannot be read: it is damaged, or needs too much memory"


def _word() -> Parser:
    from desktop.documents.word_text import word_text

    return word_text


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
