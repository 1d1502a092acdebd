"""Ctrl+C in the terminal, and SIGTERM, end the window as its own close button does."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from PySide6.QtCore import QSocketNotifier, QTimer


@contextmanager
def ends_on_interrupt(leave: Callable[[], object]) -> Iterator[None]:
    """Have `leave` called on an interrupt, within this context, by the event loop.

    Python runs its handlers only between two steps of Python code, and an idle window makes none: the signal
    writes to a socket that Qt watches, and so wakes it.
    """

    def end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - what `signal` hands over
        # Python looks between any two steps, also while a widget paints itself: closing it there and then would
        # leave Qt painting on a window that is gone.
        QTimer.singleShot(0, leave)

    near, far = socket.socketpair()
    near.settimeout(0)
    far.settimeout(0)
    watch = QSocketNotifier(near.fileno(), QSocketNotifier.Type.Read)
    watch.activated.connect(lambda: near.recv(1))  # being called at all is what lets Python look
    woken = signal.set_wakeup_fd(far.fileno())
    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(woken)
        watch.setEnabled(False)
        near.close()
        far.close()
