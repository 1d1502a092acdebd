"""What a model thought before an answer: kept apart from it, beside the message in the history, and never sent back."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass

_KEY = "thought"


@dataclass(frozen=True, slots=True)
class Thought:
    """What was thought, and for how long in seconds."""

    text: str = ""
    seconds: float = 0.0

    def __bool__(self) -> bool:
        return bool(self.text.strip())


NO_THOUGHT = Thought()


class ThoughtTimer:
    """Gathers a thought while it comes, and measures it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pieces: list[str] = []
        self._begun = 0.0

    def add(self, piece: str) -> Thought:
        """Take more of it; gives what there is."""
        self._begun = self._begun if self._pieces else self._clock()
        self._pieces.append(piece)
        return Thought("".join(self._pieces), self._clock() - self._begun)

    def end(self) -> Thought:
        """Give the thought that is over now, once; an empty one where there is none."""
        if not self._pieces:
            return NO_THOUGHT
        thought = Thought("".join(self._pieces), self._clock() - self._begun)
        self._pieces.clear()
        return thought


def to_extra(thought: Thought) -> str:
    """Give what is kept beside a message, as JSON."""
    return json.dumps({_KEY: {"text": thought.text.strip(), "seconds": round(thought.seconds, 1)}}, ensure_ascii=False)


def from_extra(extra: str) -> Thought:
    """Read what is kept beside a message; an empty thought where that holds none, or something else."""
    try:
        kept = json.loads(extra)[_KEY] if extra else {}
        return Thought(str(kept["text"]), float(kept["seconds"])) if kept else NO_THOUGHT
    except (ValueError, TypeError, KeyError):
        return NO_THOUGHT
