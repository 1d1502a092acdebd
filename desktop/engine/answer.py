"""One answer under way: how long it is, how long it took, why it ended, and what of it is thought."""

import time
from collections.abc import Iterator

from desktop.engine.interface import FinishReason, Usage
from desktop.engine.lookup import PromptLookup
from desktop.text.thoughts import Parts, ThoughtSplitter

_NO_LIMIT = 1 << 31  # tokens; the context ends an answer long before
_LONGEST_THOUGHT = 4096  # tokens that a thought may take besides the limit of the answer behind it


class AnswerCount:
    """Counts and times the tokens of one answer, and parts its thoughts from its text.

    Attributes:
        lookup: what guesses its tokens.
        reason: why it ended.
        tokens: how many it has.
        exhausted: whether the loop ended by itself, and not because a stop string was found.
        most_tokens: of thoughts and text together; as many as there is room for where nobody limits them.
    """

    def __init__(
        self,
        started: float,
        lookup: PromptLookup | None,
        thoughts: ThoughtSplitter,
        longest: int | None,
        *,
        may_think: bool,
    ) -> None:
        """Begin.

        Args:
            started: when it was asked for, by `time.monotonic`.
            lookup: what guesses its tokens.
            thoughts: parts its pieces.
            longest: of its text, in tokens.
            may_think: thoughts come on top of that.
        """
        self.lookup = lookup
        self.reason: FinishReason = "done"
        self.tokens = 0
        self.exhausted = False
        self._thoughts, self._thought = thoughts, list[str]()
        self._thought_tokens, self._longest = 0, longest or _NO_LIMIT
        self.most_tokens = self._longest + (_LONGEST_THOUGHT if may_think else 0)
        self._started = started
        self._first = self._last = started

    def counted(self, tokens: Iterator[int]) -> Iterator[int]:
        """Pass tokens on, no more than `most_tokens`."""
        for token in tokens:
            self._last = time.monotonic()
            if self.tokens == 0:
                self._first = self._last
            self.tokens += 1
            self._thought_tokens += self._thoughts.thinking
            yield token
            if self.tokens < self.most_tokens and self.tokens - self._thought_tokens >= self._longest:
                self.most_tokens = self.tokens
                break
        self.exhausted = True

    def without_thoughts(self, pieces: Iterator[str]) -> Iterator[str]:
        """Yield the text of pieces, "" while there is none; thoughts are kept for `thought`."""
        for piece in pieces:
            yield self._part(self._thoughts.feed(piece))
        yield self._part(self._thoughts.close())

    def thought(self) -> str:
        """Give what was thought since the last call."""
        thought = "".join(self._thought)
        self._thought.clear()
        return thought

    def _part(self, parts: Parts) -> str:
        self._thought.append(parts.thought)
        return parts.text

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
