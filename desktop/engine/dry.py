"""DRY, "don't repeat yourself": the longer the repeat that a token would go on with, the harder it is punished.

The penalty of a token that would make a repeat of n tokens one longer is `multiplier * 1.75 ** (n - allowed_length)`,
taken off its logit (p-e-w, text-generation-webui, pull request 5677, 2024). A small model falls into loops that a
penalty on single tokens cannot end without ruining ordinary words; this one costs nothing until a loop begins.

Where tokens have weights, n is the sum of those of the repeat: "of the" and ", 3" are shorter than two words.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

_BASE = 1.75
_LONGEST = 40  # tokens; a longer repeat is punished no harder


class DryPenalty(NamedTuple):
    """What a token that goes on with a repeat is punished with.

    Attributes:
        penalty: to take off its logit.
        length: of the repeat, in tokens.
    """

    penalty: float
    length: int


class Repeats:
    """Follows an answer as it grows, and finds the tokens that would go on with a repeat of it."""

    def __init__(self, allowed_length: float, weight: Callable[[int], float] | None = None) -> None:
        """Begin.

        Args:
            allowed_length: of repeats that are free, in tokens, or in weight where tokens have one.
            weight: of a token in a repeat; None: all weigh 1.
        """
        self._allowed, self._weight = allowed_length, weight
        self._tokens: list[int] = []
        self._reached = [0.0]  # sums of the weights, up to each token
        self._places: defaultdict[int, list[int]] = defaultdict(list)  # token -> where it stands

    def follow(self, answer: Sequence[int]) -> None:
        """Take over what was added to the answer since the last call."""
        for token in answer[len(self._tokens) :]:
            self._places[token].append(len(self._tokens))
            self._tokens.append(token)
            self._reached.append(self._reached[-1] + (self._weight(token) if self._weight is not None else 1.0))

    def penalties(self, multiplier: float, quoted: Callable[[int], int] = lambda _: 0) -> dict[int, DryPenalty]:
        """Give what each token is punished with that would go on with a repeat of `allowed_length` or more.

        Args:
            multiplier: how hard.
            quoted: how many tokens before a token do not count, as they belong to a quote that it goes on with.
        """
        tokens, end = self._tokens, len(self._tokens) - 1
        longest: dict[int, int] = {}
        for place in self._places[tokens[-1]][:-1] if tokens else ():
            length = 1
            while length < min(place + 1, _LONGEST) and tokens[place - length] == tokens[end - length]:
                length += 1
            following = tokens[place + 1]
            longest[following] = max(length, longest.get(following, 0))
        found = {}
        for token, length in longest.items():
            beyond = self._weighed(length) - self._allowed
            if beyond >= 0 and (free := quoted(token)):
                beyond -= self._weighed(min(free, length))
            if beyond >= 0:
                found[token] = DryPenalty(multiplier * _BASE**beyond, length)
        return found

    def _weighed(self, length: int) -> float:
        """Give the weight of the last tokens."""
        return self._reached[-1] - self._reached[-1 - length]
