"""Who may use the model next: streams take turns run by run, and an urgent one goes on until it is over."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.engine.decoder import Stopped
from desktop.errors import ModelReleased

_GLANCE = 0.05  # seconds between two looks at the stop of a stream that waits


class EngineTurns:
    """Lets one stream run the model at a time; while an urgent one is going on, the others wait with what they have."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = False
        self._closed = False
        self._urgent = 0  # urgent streams going on

    @contextmanager
    def stream(self, *, urgent: bool) -> Iterator[None]:
        """Hold the others back from their next run on, if urgent."""
        with self._changed:
            self._urgent += urgent
        try:
            yield
        finally:
            with self._changed:
                self._urgent -= urgent
                self._changed.notify_all()

    @contextmanager
    def turn(self, stop: threading.Event | None, *, urgent: bool) -> Iterator[None]:
        """Wait for one's turn and keep it for one run.

        Raises:
            Stopped: `stop` was set while waiting.
            ModelReleased: nobody may run it any more.
        """
        with self._changed:
            while not self._closed and (self._taken or (self._urgent and not urgent)):
                if stop is not None and stop.is_set():
                    raise Stopped
                self._changed.wait(_GLANCE)
            if self._closed:
                raise ModelReleased
            self._taken = True
        try:
            yield
        finally:
            with self._changed:
                self._taken = False
                self._changed.notify_all()

    def close(self) -> None:
        """Let nobody run the model any more; waits until the run going on is over."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._taken)
