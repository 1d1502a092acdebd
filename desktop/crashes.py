"""The crash hook: reports of bugs in the logs of the home, without a word of what the user wrote.

Where something waits for work that may hold a bug, `failure_of` reports it and gives what is said of it. On stderr,
which a desktop keeps in its journal, a bug is told as in its report; only a terminal, or Python's development mode
(`python -X dev`), shows the message of the error as well.
"""

import contextlib
import itertools
import logging
import os
import platform
import sys
import threading
import time
from pathlib import Path
from types import TracebackType

from desktop.errors import InkstoneError, InternalError, OutOfMemory
from desktop.logs import last_lines, places

_LOG = logging.getLogger(__name__)
_REPORTED = "A report lies in "  # begins the note that a reported bug carries
MOST_REPORTS = 100  # that one run of Inkstone writes


def install_crash_hook(logs: Path) -> None:
    """Report every bug to `logs`, then do what was done before; on all threads."""
    before, before_in_threads = sys.excepthook, threading.excepthook
    reports = _Reports(logs)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        bug = not issubclass(kind, KeyboardInterrupt | SystemExit)
        first = bug and reports.add(error)
        if before is not sys.__excepthook__ or not bug:
            before(kind, error, trace)
        elif first:
            _show(error)

    def hook_in_threads(args: threading.ExceptHookArgs) -> None:
        error = args.exc_value
        bug = error is not None and not isinstance(error, KeyboardInterrupt | SystemExit)
        first = error is not None and bug and reports.add(error)
        if before_in_threads is not threading.__excepthook__ or error is None or not bug:
            before_in_threads(args)
        elif first:
            _show(error)

    sys.excepthook, threading.excepthook = hook, hook_in_threads


class _Reports:
    """One report of each bug, however often it comes back."""

    def __init__(self, logs: Path) -> None:
        self._logs, self._lock, self._numbers = logs, threading.Lock(), itertools.count(1)
        self._counts = dict[str, int]()
        self._written = dict[str, Path]()

    def add(self, error: BaseException) -> bool:
        """Report a bug, and note in it where its report lies; tells whether it came for the first time."""
        bug, kind = "\n".join(places(error)), type(error).__qualname__
        with self._lock:
            count = self._counts[bug] = self._counts.get(bug, 0) + 1
        seldom = count & (count - 1) == 0  # 1, 2, 4, 8…: some come back every second
        if count > 1 and seldom:
            _LOG.error("%s again: %d times", kind, count)
        if seldom and bug not in self._written and len(self._written) < MOST_REPORTS:
            written = write_crash_report(self._logs, error, next(self._numbers))
            if written is not None:
                self._written[bug] = written
        if bug in self._written:
            error.add_note(f"{_REPORTED}{self._written[bug]}")
        return count == 1


def failure_of(error: Exception) -> InkstoneError:
    """Give what can be shown of an error: a known failure as it is; a bug is handed to the crash hook."""
    if isinstance(error, MemoryError):
        error = OutOfMemory()  # of a large model it is to be expected, and the user can do something about it
    if isinstance(error, InkstoneError):
        kind, code = type(error), error.coded.code if error.coded else None
        _LOG.warning("%s %s", kind, code)  # not the error: whoever keeps the record would keep all that its trace holds
        return error
    report_bug(error)
    reports = [note for note in getattr(error, "__notes__", ()) if note.startswith(_REPORTED)]
    return InternalError(Path(reports[-1].removeprefix(_REPORTED)) if reports else None)


def report_bug(bug: Exception) -> None:
    """Hand a mistake of the program to the crash hook; never raises."""
    with contextlib.suppress(Exception):  # whoever reports it has to go on
        if sys.excepthook is sys.__excepthook__:
            _show(bug)
        else:
            sys.excepthook(type(bug), bug, bug.__traceback__)


def _show(bug: BaseException) -> None:
    """Tell a bug on stderr: as Python does where a developer looks, else without its values."""
    if sys.flags.dev_mode or (sys.stderr is not None and not sys.stderr.closed and sys.stderr.isatty()):
        sys.__excepthook__(type(bug), bug, bug.__traceback__)
    else:
        _say("\n".join(("A bug:", *places(bug))))


def _say(text: str) -> None:
    if sys.stderr is not None:  # a program without a console has none
        with contextlib.suppress(OSError, ValueError):  # nobody reads it any more
            print(text, file=sys.stderr, flush=True)


def write_crash_report(logs: Path, error: BaseException, number: int) -> Path | None:
    """Write what happened and where, but nothing that the user wrote: messages of errors may quote it, so none are.

    Returns:
        the report; None where it could not be written.
    """
    _LOG.error("a bug", exc_info=error)
    name = f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{number}.txt"
    facts = f"{platform.platform()}, Python {platform.python_version()}"
    lines = [facts, "", *places(error), "", "The end of the log:", *last_lines(logs), ""]
    try:
        logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(logs / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
            file.write("\n".join(lines))
    except OSError as unwritten:  # a full disk must not hide the bug itself
        _say(f"No crash report could be written: {unwritten.strerror}")
        return None
    return logs / name
