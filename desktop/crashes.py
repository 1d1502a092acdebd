"""The crash hook: reports of bugs in the logs of the home, without a word of what the user wrote."""

import itertools
import logging
import platform
import sys
import threading
import time
from pathlib import Path
from types import TracebackType

from desktop.logs import last_lines, places

_LOG = logging.getLogger(__name__)


def install_crash_hook(logs: Path) -> None:
    """Write a report of every bug to `logs`, then do what was done before; on all threads."""
    before, before_in_threads = sys.excepthook, threading.excepthook
    numbers = itertools.count(1)

    def report(kind: type[BaseException], error: BaseException | None) -> None:
        if error is not None and not issubclass(kind, KeyboardInterrupt | SystemExit):
            write_crash_report(logs, error, next(numbers))

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        report(kind, error)
        before(kind, error, trace)

    def hook_in_threads(args: threading.ExceptHookArgs) -> None:
        report(args.exc_type, args.exc_value)
        before_in_threads(args)

    sys.excepthook, threading.excepthook = hook, hook_in_threads


def write_crash_report(logs: Path, error: BaseException, number: int) -> None:
    """Write what happened and where, but nothing that the user wrote: messages of errors may quote it, so none are."""
    name = f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{number}.txt"
    facts = f"{platform.platform()}, Python {platform.python_version()}"
    try:
        logs.mkdir(parents=True, exist_ok=True)
        lines = [facts, "", *places(error), "", "The end of the log:", *last_lines(logs)]
        (logs / name).write_text("\n".join([*lines, ""]), encoding="utf-8")
    except OSError as unwritten:  # a full disk must not hide the bug itself
        print(f"No crash report could be written: {unwritten}", file=sys.stderr)
    _LOG.error("a bug", exc_info=error)
