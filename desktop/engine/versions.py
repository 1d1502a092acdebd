"""Several answers to one question, sampled side by side and written in one batch (see `desktop.engine.batch`)."""

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Protocol

from tokenizers import Tokenizer

from desktop.engine.answer import AnswerCount
from desktop.engine.decoder import LogitRows, Logits, Stopped
from desktop.engine.detokenizer import detokenize, until_stop
from desktop.engine.interface import Finished, Sampling, TextAdded, ThoughtAdded, VersionEvent
from desktop.engine.sampling import Sampler


class TokenRows(Protocol):
    """What the loop needs of a batch."""

    def write(self, tokens: Sequence[int]) -> LogitRows:
        """Add a token to each row; gives the logits behind each. Raises Stopped."""
        ...

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these rows alone."""
        ...


class Version:
    """One of the answers; takes a token, and gives the text that it completes, as often as it is asked.

    Attributes:
        number: which one it is, from 0.
        tokens: what it holds.
        over: whether it is finished.
    """

    def __init__(
        self,
        number: int,
        options: Sampling,
        tokenizer: Tokenizer,
        ends: frozenset[int],
        free: int,
        answer: AnswerCount,
        sampler: Sampler,
    ) -> None:
        """Begin; `free` tokens fit in the context, and `ends` end an answer."""
        self.number, self.tokens, self.over = number, list[int](), False
        self._free, self._ends, self._answer, self._sample = free, ends, answer, sampler
        self._logits: Logits | None = None
        pieces = detokenize(tokenizer, answer.counted(self._sampled()))
        self._texts = until_stop(answer.without_thoughts(pieces), options.stop)

    def go_on(self, logits: Logits) -> Iterator[ThoughtAdded | TextAdded]:
        """Take the token that is sampled from these logits; yields what is new, and the rest where it ends."""
        self._logits = logits
        text = next(self._texts, None)
        if self._answer.exhausted or text is None or self._is_full():
            self.over = True
            text = (text or "") + "".join(self._texts)
            if self._answer.exhausted and self._is_full():
                self._answer.reason = "length"
        if thought := self._answer.thought():
            yield ThoughtAdded(thought)
        if text:
            yield TextAdded(text)

    def stop(self) -> None:
        """End it where it is."""
        self.over, self._answer.reason = True, "stopped"

    def finished(self, prompt_tokens: int, reused: int) -> Finished:
        """Tell how it ended and what it cost."""
        return Finished(self._answer.reason, self._answer.usage(prompt_tokens, reused))

    def _is_full(self) -> bool:
        return len(self.tokens) >= min(self._answer.most_tokens, self._free)

    def _sampled(self) -> Iterator[int]:
        while not self._is_full():
            assert self._logits is not None  # noqa: S101  # `go_on` sets them
            token = self._sample(self._logits, self.tokens)
            if token in self._ends:
                return
            self.tokens.append(token)
            yield token


def write_versions(
    versions: Sequence[Version],
    logits: Logits,
    branch_off: Callable[[int], TokenRows],
    stop: threading.Event,
    dropped: Collection[int],
    cost: tuple[int, int],
) -> Iterator[VersionEvent]:
    """Write answers token by token, each until it ends; the others go on without it.

    Args:
        versions: at least one, all new.
        logits: behind the prompt.
        branch_off: gives a batch of so many rows that begin with the prompt.
        stop: ends them all.
        dropped: numbers of those that need not go on; asked before each run.
        cost: length of the prompt in tokens, and how many of them were not read anew.
    """
    rows: Sequence[Logits] = [logits] * len(versions)
    going, batch = list(versions), branch_off(len(versions))
    while going:
        for version, row in zip(going, rows, strict=True):
            if stop.is_set() or version.number in dropped:
                version.stop()
            else:
                yield from (VersionEvent(version.number, event) for event in version.go_on(row))
            if version.over:
                yield VersionEvent(version.number, version.finished(*cost))
        kept = [place for place, version in enumerate(going) if not version.over]
        if kept and len(kept) < len(going):
            batch.keep(kept)
        going = [going[place] for place in kept]
        try:
            rows = list(batch.write([version.tokens[-1] for version in going])) if going else []
        except Stopped:
            rows = [logits] * len(going)  # not looked at: `stop` is set
