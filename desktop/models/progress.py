"""How long work on a model reports how far it is, and how it is stopped."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.errors import Cancelled


@dataclass(frozen=True, slots=True)
class Progress:
    """A listener and a stop button, passed down through every step.

    Attributes:
        report: called with a sentence for the user and the share done, from 0 to 1.
        stop: may be set from any thread.
        start: share at which this step begins.
        end: share at which this step ends.
    """

    report: Callable[[str, float], None]
    stop: threading.Event = field(default_factory=threading.Event)
    start: float = 0.0
    end: float = 1.0

    def at(self, what: str, sentence: str, share: float = 0.0) -> None:
        """Report `share` (0 to 1) of this step.

        Raises:
            Cancelled: the user stopped preparing `what`.
        """
        if self.stop.is_set():
            raise Cancelled(what)
        self.report(sentence, self.start + (self.end - self.start) * share)

    def part(self, start: float, end: float) -> "Progress":
        """Give the progress of a smaller step, between these shares of this one."""
        width = self.end - self.start
        return Progress(self.report, self.stop, self.start + width * start, self.start + width * end)
