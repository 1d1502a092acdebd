"""Gives a model the tasks of its calibration and sums up what came of them; bounded in time on any machine.

The tasks of the languages take turns, so that a slow machine has something of each by the time that it must end. The
likeliest word is taken at every step: the same model is measured alike on machines of the same kind.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from desktop.engine.interface import Engine, Finished, Judge, Message, Sampling, TextAdded
from desktop.models.calibration import SPECIMENS, TASKS, CalibrationTask, Measured, Verdict, judge, summary

LONGEST_S = 30.0
_ASKED = {"en": "Tell me about your evening.", "zh": "说说你昨天晚上的事。"}


def calibrate(
    engine: Engine,
    progressed: Callable[[float], object],
    stop: threading.Event,
    longest_s: float = LONGEST_S,
    clock: Callable[[], float] = time.monotonic,
) -> Measured | None:
    """Measure what a model can do.

    Args:
        engine: answers with it.
        progressed: told which share of the work is done.
        stop: ends it.
        longest_s: after so many seconds what is not done stays undone.
        clock: in seconds.

    Returns:
        What was found; None where it was stopped.

    Raises:
        ModelError: the model failed.
    """
    ends = clock() + longest_s
    nats = _specimens(engine, stop)
    verdicts: list[tuple[CalibrationTask, Verdict]] = []
    speeds = []
    for number, task in enumerate(TASKS):
        progressed(number / len(TASKS))
        if stop.is_set():
            return None
        if clock() >= ends and number >= len(SPECIMENS):
            break
        answer = _answer(engine, task, stop, max(ends, clock() + longest_s / len(TASKS)), clock)
        if answer.tokens_per_s:
            speeds.append(answer.tokens_per_s)
        verdicts.append((task, judge(task, answer.text, out_of_time=answer.out_of_time)))
    if stop.is_set():
        return None
    speed = sum(speeds) / len(speeds) if speeds else 0.0
    return summary(verdicts, nats, speed, datetime.now(UTC).date().isoformat())


def _specimens(engine: Engine, stop: threading.Event) -> dict[str, float]:
    """Give how unlikely the model finds good text, in nats a letter."""
    if not isinstance(engine, Judge):
        return {}
    nats = {}
    for language, text in SPECIMENS.items():
        with engine.judging([Message("user", _ASKED[language])], stop, urgent=False) as judging:
            nats[language] = -judging.likelihood(text) / len(text)
    return nats


class _Answer(NamedTuple):
    text: str
    tokens_per_s: float  # 0 where there were too few to tell
    out_of_time: bool


def _answer(
    engine: Engine, task: CalibrationTask, stop: threading.Event, ends: float, clock: Callable[[], float]
) -> _Answer:
    text = ""
    events = engine.stream([Message("user", task.prompt)], Sampling(temperature=0, max_tokens=task.max_tokens), stop)
    for event in events:
        if isinstance(event, TextAdded):
            text += event.text
            if clock() > ends:
                with contextlib.suppress(AttributeError):
                    events.close()  # type: ignore[attr-defined]  # a generator gives its cache back
                return _Answer(text, 0.0, out_of_time=True)
        elif isinstance(event, Finished):
            return _Answer(text, event.usage.decode_tokens_per_s, out_of_time=False)
    return _Answer(text, 0.0, out_of_time=False)
