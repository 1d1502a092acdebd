"""How long work on a model reports how far it is, and how it is stopped."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.codes import Code, Coded
from desktop.errors import Cancelled


class Work(Code):
    """What is being done to a model."""

    DOWNLOADING = "Downloading {name} ({mib} MiB)"
    CHECKING = "Checking {name}"
    FOUND_ONNX = "Found the graph {name}, one of {n}"
    FOUND_SAFETENSORS = "Found safetensors of the family {family}"
    READING = "Reading the weights"
    BUILDING_TOKENIZER = "Building the tokenizer"
    CONVERTING = "Converting the weights"
    CHECKING_FILES = "Checking the files"
    PUTTING_IN_PLACE = "Putting it in place"
    READY = "{name} is ready"


Report = Callable[[Coded, float], None]  # what is being done, and the share done, from 0 to 1


@dataclass(frozen=True, slots=True)
class Progress:
    """A listener and a stop button, passed down through every step.

    Attributes:
        report: called with what is being done, a `Work`, and the share done, from 0 to 1.
        stop: may be set from any thread.
        start: share at which this step begins.
        end: share at which this step ends.
    """

    report: Report
    stop: threading.Event = field(default_factory=threading.Event)
    start: float = 0.0
    end: float = 1.0

    def at(self, what: str, work: Coded, share: float = 0.0) -> None:
        """Report `share` (0 to 1) of this step.

        Raises:
            Cancelled: the user stopped preparing `what`.
        """
        if self.stop.is_set():
            raise Cancelled(what)
        self.report(work, self.start + (self.end - self.start) * share)

    def part(self, start: float, end: float) -> "Progress":
        """Give the progress of a smaller step, between these shares of this one."""
        width = self.end - self.start
        return Progress(self.report, self.stop, self.start + width * start, self.start + width * end)
