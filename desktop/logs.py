"""The log: what a maintainer needs to understand what happened, and nothing that the user wrote.

    logging.getLogger("desktop.…") -> arguments reduced -> one line -> logs/inkstone.log, rotating

Never in it: a text of the user's or the model's, a key, a path outside the home, the message of an error (it may quote
any of these). So a message is a constant of the code, and of its arguments only these are written as they are: numbers,
members of our enumerations, words of the list below, and names with a separator in them, such as those of models and
versions; whatever else is one word may be somebody's name or password. An error is its class, a path what it is below
the home, everything else its kind or its length. Nothing else than Inkstone writes to it: other libraries' loggers are
not listened to.

A log that cannot be written hinders nothing.
"""

import contextlib
import errno
import logging
import os
import re
import traceback
from collections.abc import Iterator
from enum import Enum
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

FILE = "inkstone.log"
LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
VARIABLE = "INKSTONE_LOG"  # a level, which goes before the settings
_BYTES, _OLD = 512 * 1024, 2  # of one file; older files
_MOST_ERRORS, _MOST_FRAMES = 20, 100  # of a chain; of one of its errors
_NAME = re.compile(r"(?=.{3,80}$)[A-Za-z0-9]+([-_.+][A-Za-z0-9]+)+")
_WORDS = frozenset(
    {
        *("chat", "draft", "route", "quick", "bench", "doctor", "models", "list", "prepare", "import"),
        *("verify", "calibrate", "use", "remove", "history", "search", "show", "drafts", "export"),
        *("rename", "pin", "archive", "move", "tag", "delete", "undelete", "bin", "backup", "restore"),
        *("protect", "add", "catalogue", "found", "inkstone"),  # commands
        *("auto", "cpu", "cuda", "CPUExecutionProvider", "CUDAExecutionProvider"),  # devices
        *("Linux", "Windows", "Darwin", "arm64", "aarch64", "AMD64", "10", "11"),  # systems
        *("done", "length", "stopped", "partial", "written", "skipped", "en", "zh", "write", "correct"),
        *("sentence", "line", "whole"),  # answers, drafts, actions
        *("x11", "portal", "windows", "macos", "wayland", "nothing", "other", "none", "place", "focus"),
        "paste",  # shortcuts and what came of a paste
        *("asked", "taken", "twice", "unreadable", "denied", "unassigned", "gone", "failed"),
    }
)
_KEY = re.compile(r"(?i)^((sk|pk|hf|gh[a-z]|xox[a-z])[-_]|aiza|eyj)|(?=[A-Z]*[0-9])[A-Z0-9]{20}")
_PACKAGE = Path(__file__).resolve().parent


def start_log(folder: Path, home: Path, level: str) -> None:
    """Write what happens from now on into a folder, in place of what was written before.

    Args:
        folder: made when there is something to write.
        home: paths below it are told from there.
        level: one of `LEVELS`, from which on something is written; "off": nothing is. `INKSTONE_LOG` goes before it.
    """
    chosen = os.environ.get(VARIABLE, "").lower()
    level = chosen if chosen in (*LEVELS, "off") else level
    end_log()
    if level == "off":
        return
    log = logging.getLogger("desktop")
    handler = _File(folder / FILE, maxBytes=_BYTES, backupCount=_OLD, encoding="utf-8", delay=True)
    handler.setFormatter(_Reduced(home))
    log.addHandler(handler)
    log.setLevel(LEVELS[level])


def end_log() -> None:
    """Write nothing from now on, not on stderr either."""
    log = logging.getLogger("desktop")
    for handler in log.handlers[:]:
        log.removeHandler(handler)
        with contextlib.suppress(OSError):  # what is not written yet may find a full disk
            handler.close()
    log.propagate = False  # no other library is to write it somewhere else
    log.addHandler(logging.NullHandler())


def last_lines(folder: Path, count: int = 60) -> list[str]:
    """Give the end of the log; nothing where there is none."""
    try:
        with (folder / FILE).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 200 * count))
            return file.read().decode("utf-8", "replace").splitlines()[-count:]
    except OSError:
        return []


def places(error: BaseException) -> Iterator[str]:
    """Tell a chain of errors, oldest first, each as its class and the lines of code that it passed; no values.

    Of a very long chain, or a circle, only the newest are told, and of very many lines the innermost.
    """
    chain = {id(error): error}
    while (before := _led_to(error)) is not None and id(before) not in chain and len(chain) < _MOST_ERRORS:
        chain[id(before)] = error = before
    for number, one in enumerate(reversed(chain.values())):
        if number:
            yield "which led to"
        yield _class_of(one)
        for frame in traceback.extract_tb(one.__traceback__, limit=-_MOST_FRAMES):
            yield f"  {_code(Path(frame.filename))}:{frame.lineno} in {frame.name}: {frame.line}"


def _led_to(error: BaseException) -> BaseException | None:
    if error.__cause__ is not None:
        return error.__cause__
    return None if error.__suppress_context__ else error.__context__


class _File(RotatingFileHandler):
    """A file of the user's alone; what cannot be written is lost silently."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return TextIOWrapper(os.fdopen(file, "ab", buffering=0), encoding="utf-8", write_through=True)

    def handleError(self, record: logging.LogRecord) -> None:
        """Go on: a full disk or a folder of somebody else must not be heard of at every line."""


class _Reduced(logging.Formatter):
    """Makes a line of a record, see above."""

    def __init__(self, home: Path) -> None:
        super().__init__("{asctime}.{msecs:03.0f} {levelname} {name} [{threadName}] {message}", style="{")
        self.default_time_format, self.default_msec_format = "%Y-%m-%d %H:%M:%S", None
        self._home = home

    def format(self, record: logging.LogRecord) -> str:
        reduced = logging.makeLogRecord(record.__dict__)
        reduced.name = record.name.removeprefix("desktop.")
        given = record.args if isinstance(record.args, tuple) else (record.args,)
        reduced.args = tuple(map(self._shown, given)) if record.args else ()
        if not isinstance(record.msg, str):
            reduced.msg, reduced.args = self._shown(record.msg), None
        reduced.exc_text, reduced.stack_info = None, None
        return super().format(reduced)

    def formatException(self, ei: Any) -> str:
        return "\n".join(places(ei[1])) if ei[1] is not None else ""

    def _shown(self, value: object) -> object:
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, Enum):
            return value.name
        if isinstance(value, type):
            return value.__qualname__
        if isinstance(value, BaseException):
            return _class_of(value)
        if isinstance(value, Path):
            return self._below_home(value)
        if isinstance(value, str):
            ours = value in _WORDS or (_NAME.fullmatch(value) and not _KEY.search(value))
            return value if ours else f"({len(value)} characters)"
        return f"({type(value).__name__})"

    def _below_home(self, path: Path) -> str:
        """Tell a path by what it is, not by its name: that of a brief, for one, is the user's own."""
        if not path.is_relative_to(self._home) or ".." in path.parts:
            return "(elsewhere)"
        first, *rest = path.relative_to(self._home).parts or ("",)
        return "/".join(("home", first, *(("…",) if rest else ()))).rstrip("/")


def _class_of(error: BaseException) -> str:
    name = type(error).__qualname__
    number = error.errno if isinstance(error, OSError) and isinstance(error.errno, int) else None
    return f"{name} ({errno.errorcode.get(number, str(number))})" if number is not None else name


def _code(file: Path) -> str:
    """Name a file of code without telling where on this machine it lies."""
    if file.is_relative_to(_PACKAGE):
        return file.relative_to(_PACKAGE.parent).as_posix()
    parts = file.parts
    return "/".join(parts[parts.index("site-packages") + 1 :]) if "site-packages" in parts else file.name
