"""How long work on a model reports how far it is, and how it is stopped."""

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.codes import Code, Coded
from desktop.errors import Cancelled

_MB = 10**6  # bytes, as shops and browsers count a download
_LATELY_S = 15.0  # that far back the rate looks, over the starts of the client between packages
_SOON_S = 2.0  # before that it would be a guess
_FEW_S = 90.0  # below, seconds are told


class Work(Code):
    """What is being done to a model."""

    DOWNLOADING = "Downloading {name}: {done} of {total} MB"
    DOWNLOADING_AT_RATE = "Downloading {name}: {done} of {total} MB, {rate} MB/s, {left}"
    CHECKING = "Checking {name}"
    FOUND_ONNX = "Found the graph {name}, one of {n}"
    FOUND_SAFETENSORS = "Found safetensors of the family {family}"
    READING = "Reading the weights"
    BUILDING_TOKENIZER = "Building the tokenizer"
    CONVERTING = "Converting the weights"
    CHECKING_FILES = "Checking the files"
    PUTTING_IN_PLACE = "Putting it in place"
    CALIBRATING = "Trying out what {name} can do"
    READY = "{name} is ready"


class DownloadPart(Code):
    """Which part of a file that comes in several is being downloaded."""

    PART = "{name}, part {number} of {count}"


class TimeLeft(Code):
    """How long a download takes from now on."""

    SECONDS = "{n} s left"
    MINUTES = "{n} min left"


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

    def quiet(self) -> "Progress":
        """Give the progress of a step that can be stopped, and is too short to be told of."""
        return Progress(lambda _work, _share: None, self.stop)


class Transfer:
    """Reports how a download moves on: bytes of bytes, the rate of the last seconds, and how long it takes still."""

    def __init__(
        self, progress: Progress, total: int, kept: int = 0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin a download of `total` bytes, `kept` of which are here already; the clock gives seconds."""
        self._progress, self._total, self._clock = progress, max(1, total), clock
        self._seen = deque([(clock(), kept)])

    def at(self, name: str | Coded, done: int) -> None:
        """Report that `done` bytes of all are here, the last of them from the file `name`.

        Raises:
            Cancelled: the user stopped.
        """
        now = self._clock()
        kept = self._seen[0][1]
        if len(self._seen) == 1 and done <= kept:
            self._seen.pop()  # what comes before the first byte says nothing of the line
        self._seen.append((now, max(done, kept)))
        while len(self._seen) > 2 and self._seen[1][0] <= now - _LATELY_S:
            self._seen.popleft()
        since, before = self._seen[0]
        here, total = done // _MB, math.ceil(self._total / _MB)
        rate = (done - before) / (now - since) if now - since >= _SOON_S else 0.0
        if rate <= 0:
            work = Work.DOWNLOADING(name=name, done=here, total=total)
        else:
            told, left = round(rate / _MB, 1), _left(max(0, self._total - done) / rate)
            work = Work.DOWNLOADING_AT_RATE(name=name, done=here, total=total, rate=told, left=left)
        self._progress.at(str(name), work, min(1.0, done / self._total))


def _left(seconds: float) -> Coded:
    if seconds >= _FEW_S:
        return TimeLeft.MINUTES(n=math.ceil(seconds / 60))
    return TimeLeft.SECONDS(n=max(1, round(seconds)))
