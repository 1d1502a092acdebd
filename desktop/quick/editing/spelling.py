"""English words with how often they are used, and those that are spelled nearly like one that is not among them.

The words are those of pyspellchecker; its own search makes every string at two edits and takes a second for a long
word. Here the words that could be meant are looked through instead.
"""

import gzip
import json
from collections.abc import Iterator
from functools import cached_property
from importlib.resources import files

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORT = 5  # letters
_RARE, _USUAL = 30, 300  # times that a word stands in the sources of the list


class WordList:
    """Knows words in small letters.

    Attributes:
        counts: how often each word stands in the sources of the list.
    """

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts

    @classmethod
    def english(cls) -> "WordList":
        """Read the list; a tenth of a second."""
        packed = files("spellchecker").joinpath("resources", "en.json.gz").read_bytes()
        return cls(json.loads(gzip.decompress(packed)))

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    def often(self, word: str) -> bool:
        """Tell whether a word is more than noise."""
        return self.counts.get(word, 0) >= _RARE

    def near(self, word: str) -> list[str]:
        """Give the words one edit away, the most used first; where there is none, those two edits away."""
        found = {one for one in _one_edit(word) if one in self.counts}
        if not found and len(word) > _SHORT:  # two letters of a short word are another word: nginx is no engine
            found = set(self._two_edits(word))
        return sorted(found, key=lambda one: (-self.counts[one], one))

    def _two_edits(self, word: str) -> Iterator[str]:
        letters = frozenset(word)
        for length in range(len(word) - 2, len(word) + 3):
            for other in self._by_length.get(length, ()):
                # An edit makes at most two letters appear or vanish.
                if len(letters.symmetric_difference(other)) <= 4 and distance(word, other, most=2) <= 2:
                    yield other

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for word, count in self.counts.items():
            if count >= _USUAL:
                found.setdefault(len(word), []).append(word)
        return found


def distance(one: str, other: str, *, most: int) -> int:
    """Count the letters to insert, remove, replace, or swap with the next; more than `most` is given as `most` + 1."""
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before_last[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before_last, last = last, now
    return min(last[-1], most + 1)


def _one_edit(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        before, behind = word[:place], word[place:]
        if behind:
            yield before + behind[1:]
        if len(behind) > 1:
            yield before + behind[1] + behind[0] + behind[2:]
        for letter in _LETTERS:
            yield before + letter + behind
            if behind:
                yield before + letter + behind[1:]
