"""One answer under way: how long it is, how long it took, and why it ended."""

import time
from collections.abc import Iterator

from desktop.engine.interface import FinishReason, Usage
from desktop.engine.lookup import PromptLookup


class AnswerCount:
    """Counts and times the tokens of one answer.

    Attributes:
        lookup: what guesses its tokens.
        reason: why it ended.
        tokens: how many it has.
        exhausted: whether the loop ended by itself, and not because a stop string was found.
    """

    def __init__(self, started: float, lookup: PromptLookup | None = None) -> None:
        """Begin; `started` is when it was asked for, by `time.monotonic`."""
        self.lookup = lookup
        self.reason: FinishReason = "done"
        self.tokens = 0
        self.exhausted = False
        self._started = started
        self._first = self._last = started

    def counted(self, tokens: Iterator[int]) -> Iterator[int]:
        """Pass tokens on."""
        for token in tokens:
            self._last = time.monotonic()
            if self.tokens == 0:
                self._first = self._last
            self.tokens += 1
            yield token
        self.exhausted = True

    def usage(self, prompt_tokens: int, reused: int) -> Usage:
        """Give what it cost behind a prompt of so many tokens, of which `reused` were in the cache."""
        following = self._last - self._first
        return Usage(
            prompt_tokens=prompt_tokens,
            reused_tokens=reused,
            new_tokens=self.tokens,
            first_token_s=self._first - self._started,
            decode_tokens_per_s=(self.tokens - 1) / following if following > 0 else 0.0,
            guessed_tokens=self.lookup.accepted if self.lookup else 0,
        )
