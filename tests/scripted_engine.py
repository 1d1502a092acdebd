"""An engine that says what a test wrote down, for tests of everything above the engine."""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop.engine.interface import (
    EngineInfo,
    Event,
    Finished,
    FinishReason,
    Message,
    PromptRead,
    Sampling,
    TextAdded,
    Usage,
)

INFO = EngineInfo("Scripted 135M", "int8", "CPU, 2 threads", "No GPU was found, so the CPU answers.", 8192)


@dataclass
class ScriptedEngine:
    """Answers with `script`, one piece after another.

    Attributes:
        script: pieces of text, other events, or an error to raise in their place.
        interval: seconds between two pieces.
        hold: waited for before the answer ends, so that a test decides when; the request's stop ends the wait.
        asked: the messages of every request so far.
        warmed: what was read ahead.
        closed: it was given back.
    """

    script: Sequence[str | Event | Exception] = ("Hello", " world")
    interval: float = 0.0
    reason: FinishReason = "done"
    hold: threading.Event = field(default_factory=threading.Event)
    asked: list[list[Message]] = field(default_factory=list)
    warmed: list[list[Message]] = field(default_factory=list)
    info: EngineInfo = INFO
    closed: bool = False

    def __post_init__(self) -> None:
        self.hold.set()

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        """Play the script; a stop is seen before each piece, as a real engine does."""
        self.asked.append(list(messages))
        tokens, began = 0, time.monotonic()
        yield PromptRead(len(messages), len(messages))
        for piece in self.script:
            if stop.is_set():
                break
            if isinstance(piece, Exception):
                raise piece
            yield TextAdded(piece) if isinstance(piece, str) else piece
            tokens += isinstance(piece, str)
            if self.interval:
                stop.wait(self.interval)
        while not self.hold.wait(0.01) and not stop.is_set():
            pass
        speed = tokens / max(time.monotonic() - began, 1e-6)
        usage = Usage(len(messages), 0, tokens, 0.2 if tokens else 0.0, speed if tokens > 1 else 0.0)
        yield Finished("stopped" if stop.is_set() else self.reason, usage)

    def warm(self, messages: Sequence[Message], stop: threading.Event) -> None:
        """Note what was read ahead."""
        self.warmed.append(list(messages))

    def count_tokens(self, text: str) -> int:
        """Count words."""
        return len(text.split())

    def close(self) -> None:
        """Note that it was given back."""
        self.closed = True


class ReadingEngine(ScriptedEngine):
    """Reads ahead until it is stopped.

    Attributes:
        reading: set when it began.
        let_go: do not wait for the stop.
    """

    def __init__(self) -> None:
        super().__init__()
        self.reading, self.let_go = threading.Event(), False

    def warm(self, messages: Sequence[Message], stop: threading.Event) -> None:
        super().warm(messages, stop)
        self.reading.set()
        if not self.let_go:
            assert stop.wait(30)
