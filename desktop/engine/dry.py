"""DRY, "don't repeat yourself": the longer the repeat that a token would go on with, the harder it is punished.

The penalty of a token that would make a repeat of n tokens one longer is `multiplier * 1.75 ** (n - allowed_length)`,
taken off its logit (p-e-w, text-generation-webui, pull request 5677, 2024). A small model falls into loops that a
penalty on single tokens cannot end without ruining ordinary words; this one costs nothing until a loop begins.
"""

from collections import defaultdict
from collections.abc import Sequence

_BASE = 1.75
_LONGEST = 40  # tokens; a longer repeat is punished no harder


class Repeats:
    """Follows an answer as it grows, and finds the tokens that would go on with a repeat of it."""

    def __init__(self, allowed_length: int) -> None:
        self._allowed = allowed_length
        self._tokens: list[int] = []
        self._places: defaultdict[int, list[int]] = defaultdict(list)  # token -> where it stands

    def follow(self, answer: Sequence[int]) -> None:
        """Take over what was added to the answer since the last call."""
        for token in answer[len(self._tokens) :]:
            self._places[token].append(len(self._tokens))
            self._tokens.append(token)

    def penalties(self, multiplier: float) -> dict[int, float]:
        """Give what to take off the logit of each token that would go on with a repeat of `allowed_length` or more."""
        tokens, end = self._tokens, len(self._tokens) - 1
        longest: dict[int, int] = {}
        for place in self._places[tokens[-1]][:-1] if tokens else ():
            length = 1
            while length < min(place + 1, _LONGEST) and tokens[place - length] == tokens[end - length]:
                length += 1
            following = tokens[place + 1]
            longest[following] = max(length, longest.get(following, 0))
        return {
            token: multiplier * _BASE ** (length - self._allowed)
            for token, length in longest.items()
            if length >= self._allowed
        }
