"""What ends the application: every part is ended, whatever becomes of the others."""

import contextlib
import logging
import os
import sys
from collections.abc import Callable
from typing import NoReturn

from desktop.crashes import failure_of

_LOG = logging.getLogger(__name__)


def end_each(*ends: Callable[[], object]) -> bool:
    """Call each in this order, also after one that fails, which is reported; tells whether none gave False or failed.

    What gives False has a thread that is still at work.
    """
    over = True
    for end in ends:
        try:
            over = end() is not False and over
        except Exception as error:  # what the user wrote is still to be saved
            failure_of(error)
            over = False
    return over


def end_history(end: Callable[[], int]) -> None:
    """End the history and tell the terminal and the log how many changes are lost; the window warned before."""
    count = end()
    if not count:
        return
    _LOG.error("window: %d changes of the history are lost", count)
    if sys.stderr is not None:  # a program without a console has none
        with contextlib.suppress(OSError, ValueError):  # nobody reads it any more
            print(f"Changes of the history that could not be saved: {count}", file=sys.stderr)


def leave(code: int) -> NoReturn:
    """End the process while a thread is still loading or converting a model, which Python would wait for.

    All that could be saved is saved by now, and a model's folder is put in place in one step, or tidied up later.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
    os._exit(code)
