"""Fewer, larger text events: a window need not be repainted for every token."""

import time
from collections.abc import Callable, Iterator

from desktop.engine.interface import Event, TextAdded, ThoughtAdded


def coalesce(
    events: Iterator[Event], interval: float = 0.03, clock: Callable[[], float] = time.monotonic
) -> Iterator[Event]:
    """Merge runs of `TextAdded`, and of `ThoughtAdded`, to one per `interval` seconds; order and text are kept.

    The first text of a run passes at once, so that the first word is not delayed.
    """
    held: list[str] = []
    kind: type[TextAdded | ThoughtAdded] = TextAdded  # of what is held
    last = -interval
    for event in events:
        if isinstance(event, TextAdded | ThoughtAdded):
            if held and not isinstance(event, kind):
                yield kind("".join(held))
                held.clear()
                last = -interval
            kind = type(event)
            held.append(event.text)
            if clock() - last < interval:
                continue
            event = kind("".join(held))
            held.clear()
            last = clock()
        elif held:
            yield kind("".join(held))
            held.clear()
        yield event
    if held:
        yield kind("".join(held))
