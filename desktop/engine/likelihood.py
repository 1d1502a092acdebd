"""How likely texts are as the answer to a conversation: what a model that cannot write well can still tell.

Texts that begin alike are read once up to where they part, and one reading of a text tells at once which other words
the model would have found likelier there (`first_sights`), so that only few changed texts must be read at all.
"""

from collections.abc import Callable, Sequence

import numpy as np

from desktop.engine.decoder import Logits
from desktop.engine.generate import TokenModel


class Likelihood:
    """Judges texts one after another, all behind the same prompt.

    Attributes:
        tokens: the text judged last.
    """

    def __init__(self, model: TokenModel, logits: Logits) -> None:
        """Begin.

        Args:
            model: has read the prompt.
            logits: behind the prompt.
        """
        self._model = model
        self.tokens: list[int] = []
        self._rows: list[Logits] = [logits]  # behind each token; one more than there are tokens
        self._norms: dict[int, float] = {}  # of rows: the logarithm of the softmax's sum
        self._seen: tuple[list[int], list[float]] = (
            [],
            [],
        )  # the text of the last `first_sights`, and each token's share

    def of(self, ids: Sequence[int]) -> float:
        """Give the natural logarithm of how likely these tokens are. Raises Stopped."""
        if self._seen[0] and self._seen[0][: len(ids)] == list(ids):
            return sum(self._seen[1][: len(ids)])
        return sum(self._read(ids))

    def _read(self, ids: Sequence[int]) -> list[float]:
        shared = _alike(ids, self.tokens)
        self._model.forget(len(self.tokens) - shared)
        del self.tokens[shared:], self._rows[shared + 1 :]
        self._norms = {row: norm for row, norm in self._norms.items() if row <= shared}
        if shared < len(ids):
            self._rows += self._model.verify(ids[shared:])
            self.tokens += ids[shared:]
        return [self._at(place, token) for place, token in enumerate(ids)]

    def first_sights(self, ids: Sequence[int], others: Sequence[Sequence[int]]) -> list[float]:
        """Compare texts with `ids` by their first differing token alone. Raises Stopped.

        Gives for each the logarithm of how likely that token is, less that of the tokens it stands for: about the most
        that the change gains by itself, without what it does to the words behind it.
        """
        self._seen = list(ids), self._read(ids)
        return [self._first_sight(ids, other) for other in others]

    def _first_sight(self, ids: Sequence[int], other: Sequence[int]) -> float:
        begin = _alike(ids, other)
        if begin == len(other):
            return 0.0
        end = len(ids) - _alike(ids[begin:][::-1], other[begin:][::-1])
        return self._at(begin, other[begin]) - sum(self._at(place, ids[place]) for place in range(begin, end))

    def _at(self, place: int, token: int) -> float:
        row = self._rows[place]
        if place not in self._norms:
            self._norms[place] = _norm(row)
        return float(row[token]) - self._norms[place]


class LikelihoodJudging:
    """A `Likelihood` of texts instead of tokens; see `interface.Judging`."""

    def __init__(self, likelihood: Likelihood, encode: Callable[[str], list[int]]) -> None:
        self._likelihood, self._encode = likelihood, encode

    def likelihood(self, text: str) -> float:
        """Judge a text."""
        return self._likelihood.of(self._encode(text))

    def first_sights(self, text: str, others: Sequence[str]) -> list[float]:
        """Compare texts with the first one."""
        return self._likelihood.first_sights(self._encode(text), [self._encode(other) for other in others])


def _norm(logits: Logits) -> float:
    most = float(logits.max())
    return most + float(np.log(np.exp(logits - most).sum()))


def _alike(one: Sequence[int], other: Sequence[int]) -> int:
    """Count the tokens with which both begin."""
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count
