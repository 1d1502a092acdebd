"""How good a router's answers are: accuracy, F1, calibration, slots. Pure functions over plain lists."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.router.spans import Span, trim
from tests.bench.router_requests import Request


@dataclass(frozen=True, slots=True)
class Answer:
    """What the router said to a test request."""

    request: Request
    intent: str
    confidence: float
    chip: bool
    slots: tuple[tuple[str, int, int], ...]

    @property
    def right(self) -> bool:
        """Whether the intent is one that people would accept."""
        return self.intent in self.request.intents


def share(hits: Iterable[bool]) -> float:
    """Give the share of hits; 0 of nothing is 0."""
    found = list(hits)
    return sum(found) / len(found) if found else 0.0


def macro_f1(answers: Sequence[Answer]) -> dict[str, float]:
    """Give the F1 of each intent. A right answer counts for the label it names."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    meant: Counter[str] = Counter()
    for answer in answers:
        label = answer.intent if answer.right else answer.request.intents[0]
        said[answer.intent] += 1
        meant[label] += 1
        right[answer.intent] += answer.right
    return {intent: 2 * right[intent] / (said[intent] + meant[intent]) for intent in sorted(meant)}


def calibration_error(answers: Sequence[Answer], bins: int = 10) -> float:
    """Give the expected calibration error: |confidence - accuracy| over equal bins, weighted by their size."""
    total = 0.0
    for number in range(bins):
        inside = [a for a in answers if number / bins < a.confidence <= (number + 1) / bins]
        if inside:
            gap = abs(share(a.right for a in inside) - sum(a.confidence for a in inside) / len(inside))
            total += gap * len(inside) / len(answers)
    return total


def slot_f1(answers: Sequence[Answer]) -> dict[str, tuple[float, int]]:
    """Give (F1 of exact spans, number of true spans) for each slot and for all; articles at the edge don't count."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    meant: Counter[str] = Counter()
    for answer in answers:
        true = {_trimmed(answer.request.text, slot) for slot in answer.request.slots}
        found = {_trimmed(answer.request.text, slot) for slot in answer.slots}
        for counter, spans in ((right, true & found), (said, found), (meant, true)):
            counter.update(span[0] for span in spans)
            counter["all"] += len(spans)
    return {name: (2 * right[name] / (said[name] + meant[name]), meant[name]) for name in meant}


def _trimmed(text: str, slot: tuple[str, int, int]) -> tuple[str, int, int]:
    span = trim(text, Span(*slot))
    return span.slot, span.start, span.end


def confusions(answers: Sequence[Answer]) -> list[tuple[str, str, int]]:
    """Give (meant, said, how often) of the wrong answers, the most frequent first."""
    counted = Counter((answer.request.intents[0], answer.intent) for answer in answers if not answer.right)
    return [(meant, said, count) for (meant, said), count in counted.most_common()]
