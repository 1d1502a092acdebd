"""Prompt lookup: guesses the next tokens of an answer that repeats much of a text in its prompt.

Speculative decoding without a second model (Saxena 2023, "Prompt Lookup Decoding"): what followed the answer's last
tokens in that text is read in one run and judged token by token by the very sampler that writes without guesses. So a
guess changes when a token is known, not which: greedy answers are the same, and sampled ones come from the same
distribution (the guess is a point, for which the rejection rule of Leviathan et al. 2023 is "sample, and keep the
guess while it agrees").

A rewrite walks along its source, from the beginning. So a guess goes on from where the last one ended, and where the
answer leaves the source for a word, the guess takes up again behind that word.
"""

from collections import defaultdict
from collections.abc import Sequence

_FEWEST, _MOST = 4, 15  # tokens a guess
_NEAR = 6  # tokens of the source that the answer may skip at once
_FAR = 32  # tokens of the source within which two equal tokens tell the place
_PATIENCE = 3  # useless guesses until it pauses
_FIRST_PAUSE, _LONGEST_PAUSE = 16, 256  # tokens without a guess


class PromptLookup:
    """Guesses from one source; pauses, longer each time, while its guesses are wrong.

    Attributes:
        accepted: how many guessed tokens were right so far.
    """

    def __init__(self, source: Sequence[int]) -> None:
        """Index the source: the text that the answer may repeat."""
        self.accepted = 0
        self._source = source
        self._places: dict[int, defaultdict[tuple[int, ...], list[int]]] = {}
        for size in (3, 2):
            places = self._places[size] = defaultdict(list)
            for end in range(size, len(source)):
                places[tuple(source[end - size : end])].append(end)
        self._at: int | None = 0  # where the answer is believed to be in the source
        self._size = _FEWEST
        self._useless, self._pause, self._silent_until = 0, _FIRST_PAUSE, 0

    def propose(self, answer: Sequence[int], most: int) -> list[int]:
        """Guess what follows the answer: at most `most` tokens, none where nothing is likely."""
        if len(answer) < self._silent_until:
            return []
        if len(answer) == 1:
            self._at = self._behind(0, answer[0])
        at = self._find(answer)
        self._at = at
        return [] if at is None else list(self._source[at : at + min(self._size, most)])

    def verified(self, answer: Sequence[int], guessed: int, right: int) -> None:
        """Learn how many of the guessed tokens, which the answer now goes on with, were right."""
        self.accepted += right
        if self._at is not None and guessed:
            self._at = self._behind(self._at + right, answer[-1])
        if right == guessed:
            self._size = min(2 * self._size, _MOST)
        else:
            self._size = max(_FEWEST, right)
        self._useless = 0 if right else self._useless + 1
        if right:
            self._pause = _FIRST_PAUSE
        elif self._useless >= _PATIENCE:
            self._silent_until = len(answer) + self._pause
            self._pause = min(2 * self._pause, _LONGEST_PAUSE)
            self._useless, self._at = 0, None

    def _behind(self, at: int, token: int) -> int:
        """Take up the source again after the answer said `token` where the source says `source[at]`."""
        begin = max(0, at - 1)  # one back: the answer put in a word before
        around = self._source[begin : at + _NEAR]
        return begin + around.index(token) + 1 if token in around else at + 1  # else it was said in its place

    def _find(self, answer: Sequence[int]) -> int | None:
        """Give where in the source the answer goes on: behind the same three or two tokens, else where it was."""
        at = self._at
        for size in (3, 2):
            places = self._places[size].get(tuple(answer[-size:]), [])
            if size == 2:  # common: only near by
                places = [place for place in places if at is not None and abs(place - at) <= _FAR]
            if places:
                return min(places, key=lambda place: abs(place - (at or 0)))
        return at if at is not None and at < len(self._source) and self._useless < _PATIENCE - 1 else None
