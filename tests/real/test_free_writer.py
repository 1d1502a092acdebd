"""The free writer with a real model: what it has read it does not read again, however often sentences are refused."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from desktop.drafting.writers.free.coverage import FactWriter
from desktop.drafting.writers.free.guarded import GuardedText
from desktop.drafting.writers.free.guards import Fault, SentenceGuard
from desktop.drafting.writers.free.prompt import FreePrompt, WorkedExample
from desktop.engine.decoder import Decoder
from desktop.engine.interface import Sampling
from desktop.engine.local import LocalEngine
from desktop.models.library import InstalledModel
from tests.real.test_starter_model import model  # noqa: F401  # a fixture

REQUEST = "email to my landlord Mr Petrov: heating broken since Tuesday, flat 4B, please fix by Friday"
FACTS = ("heating broken since Tuesday", "flat 4B", "please fix by Friday")
EXAMPLE = WorkedExample(
    "letter to landlord Ms Weir, no hot water for two days, asked the caretaker twice, please send a plumber",
    "Dear Ms Weir,\n\nThere has been no hot water in our flat for two days. I asked the caretaker twice, but nobody "
    "came. Please send a plumber, and tell us when.\n\nKind regards",
)


class Refusing(SentenceGuard):
    """Refuses every second sentence, whatever it says."""

    seen = 0

    def fault(self, sentence: str, before: Sequence[str]) -> Fault:
        Refusing.seen += 1
        return "figure" if Refusing.seen % 2 else ""


def test_most_of_each_prompt_is_reused(model: InstalledModel, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    engine = LocalEngine(model.files(), "cpu", 2)
    borrowed = engine.pool.borrowed
    prompts: list[tuple[int, int]] = []  # length of a prompt, and how much of it was in the cache

    @contextmanager
    def noting(prompt: Sequence[int]) -> Iterator[tuple[Decoder, int]]:
        with borrowed(prompt) as (decoder, reused):
            prompts.append((len(prompt), reused))
            yield decoder, reused

    monkeypatch.setattr(engine.pool, "borrowed", noting)
    messages, stop = FreePrompt(REQUEST, "en", [EXAMPLE]).messages, threading.Event()
    guard = Refusing(REQUEST, "en", "factual", example=EXAMPLE.request, facts=len(FACTS), shown=EXAMPLE.text)
    sampling = Sampling(temperature=0.7, seed=3, max_tokens=120)
    engine.warm(messages, stop)
    text = GuardedText(engine, messages, guard, sampling, FactWriter(engine, messages, guard, sampling), facts=FACTS)
    for _ in text.write(stop):
        pass
    engine.close()
    (warmed, nothing), (asked, known), *later = prompts
    assert nothing == 0
    assert warmed == asked
    assert known >= asked - 1  # the last token is read once more for its logits
    assert text.refused["figure"] > 1
    assert len(later) > 3
    assert sum(reused for _, reused in later) >= 0.8 * sum(length for length, _ in later)
