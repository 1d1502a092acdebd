"""The loop: prefill in steps, then one token at a time, or as many as were guessed right."""

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Protocol

from desktop.engine.decoder import Logits, Stopped
from desktop.engine.lookup import PromptLookup
from desktop.engine.sampling import Sampler


class TokenModel(Protocol):
    """What the loop needs of a decoder."""

    def read(self, ids: Sequence[int], stop: threading.Event | None = None) -> Logits:
        """Read tokens of the prompt; gives the logits behind the last one. Raises Stopped."""
        ...

    def verify(self, ids: Sequence[int]) -> list[Logits]:
        """Read tokens of the answer; gives the logits behind each of them. Raises Stopped."""
        ...

    def forget(self, count: int) -> None:
        """Take back the last tokens that were read."""
        ...


def prefill(
    model: TokenModel, prompt: Sequence[int], stop: threading.Event, step: int = 256
) -> Generator[int, None, Logits]:
    """Read a prompt of at least one token, `step` tokens at a time.

    Yields how many tokens are read, after each step; returns the logits behind the last token.

    Raises:
        Stopped: `stop` was set while a step ran.
    """
    for start in range(0, len(prompt), step):
        logits = model.read(prompt[start : start + step], stop)
        yield min(start + step, len(prompt))
    return logits


def read_all(steps: Generator[int, None, Logits]) -> Logits:
    """Read a prompt to its end, telling nobody how far it is; gives what `prefill` returns."""
    while True:
        try:
            next(steps)
        except StopIteration as over:
            logits: Logits = over.value
            return logits


def generate(
    model: TokenModel,
    logits: Logits,
    sample: Sampler,
    *,
    end_tokens: frozenset[int],
    max_tokens: int,
    stopped: Callable[[], bool],
    lookup: PromptLookup | None = None,
) -> Iterator[int]:
    """Yield the answer's tokens until an end token, which is not part of it, `max_tokens`, or a stop.

    Args:
        model: reads each token before the next one is picked.
        logits: behind the prompt.
        sample: picks a token.
        end_tokens: any of these ends the answer.
        max_tokens: of the answer, >= 0.
        stopped: asked before each token.
        lookup: guesses tokens that are then read and judged together; the answer is the same without it.
    """
    answer: list[int] = []
    guess: list[int] = []
    rows: Sequence[Logits] = [logits]
    while len(answer) < max_tokens and not stopped():
        if answer:
            guess = lookup.propose(answer, max_tokens - len(answer) - 1) if lookup else []
            try:
                rows = model.verify([answer[-1], *guess])
            except Stopped:
                return
        right = 0
        for row in rows:
            token = sample(row, answer)
            if token in end_tokens:
                return
            answer.append(token)
            yield token
            if right == len(guess) or token != guess[right] or stopped():
                break
            right += 1
        if lookup and guess:
            model.forget(len(guess) - right)
            lookup.verified(answer, len(guess), right)
