"""The crash hook: reports of bugs in the logs of the home, without a word of what the user wrote.

Where something waits for work that may hold a bug, `failure_of` reports it and gives what is said of it.
"""

import itertools
import logging
import platform
import sys
import threading
import time
from pathlib import Path
from types import TracebackType

from desktop.errors import InkstoneError, InternalError
from desktop.logs import last_lines, places

_LOG = logging.getLogger(__name__)
_REPORTED = "A report lies in "  # begins the note that a reported bug carries


def install_crash_hook(logs: Path) -> None:
    """Write a report of every bug to `logs`, then do what was done before; on all threads."""
    before, before_in_threads = sys.excepthook, threading.excepthook
    numbers = itertools.count(1)

    def report(kind: type[BaseException], error: BaseException | None) -> None:
        if error is not None and not issubclass(kind, KeyboardInterrupt | SystemExit):
            written = write_crash_report(logs, error, next(numbers))
            if written is not None:
                error.add_note(f"{_REPORTED}{written}")

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        report(kind, error)
        before(kind, error, trace)

    def hook_in_threads(args: threading.ExceptHookArgs) -> None:
        report(args.exc_type, args.exc_value)
        before_in_threads(args)

    sys.excepthook, threading.excepthook = hook, hook_in_threads


def failure_of(error: Exception) -> InkstoneError:
    """Give what can be shown of an error: a known failure as it is; a bug is handed to the crash hook."""
    if isinstance(error, InkstoneError):
        kind, code = type(error), error.coded.code if error.coded else None
        _LOG.warning("%s %s", kind, code)  # not the error: whoever keeps the record would keep all that its trace holds
        return error
    report_bug(error)
    reports = [note for note in getattr(error, "__notes__", ()) if note.startswith(_REPORTED)]
    return InternalError(Path(reports[-1].removeprefix(_REPORTED)) if reports else None)


def report_bug(bug: Exception) -> None:
    """Hand a mistake of the program to the crash hook."""
    sys.excepthook(type(bug), bug, bug.__traceback__)


def write_crash_report(logs: Path, error: BaseException, number: int) -> Path | None:
    """Write what happened and where, but nothing that the user wrote: messages of errors may quote it, so none are.

    Returns:
        the report; None where it could not be written.
    """
    _LOG.error("a bug", exc_info=error)
    name = f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{number}.txt"
    facts = f"{platform.platform()}, Python {platform.python_version()}"
    try:
        logs.mkdir(parents=True, exist_ok=True)
        lines = [facts, "", *places(error), "", "The end of the log:", *last_lines(logs)]
        (logs / name).write_text("\n".join([*lines, ""]), encoding="utf-8")
    except OSError as unwritten:  # a full disk must not hide the bug itself
        print(f"No crash report could be written: {unwritten}", file=sys.stderr)
        return None
    return logs / name
