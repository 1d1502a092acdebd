"""How near texts are to each other: by the words they share, and by meaning where there is an encoder.

texts ──▶ `Nearness`: words, rare ones count more   ──▶ cosines
      └▶ `KeptVectors`: each text read once, 20 ms  ──▶ cosines, spread over 0 … 1
"""

import math
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from desktop.drafting.scenes.naming import words_of

# Between these lie the cosines that multilingual-e5-small gives for texts of no and of the same meaning.
_UNLIKE, _ALIKE = 0.76, 0.96


class Vectors(Protocol):
    """An encoder of sentences, as `desktop.router.vectors.SentenceVectors` is one."""

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give the vectors of some texts, (texts, dimensions), each of length 1."""
        ...


class KeptVectors:
    """The vectors of texts that are asked for again and again. Thread-safe."""

    def __init__(self) -> None:
        self._known: dict[str, NDArray[np.float32]] = {}
        self._lock = threading.Lock()

    def near(self, text: str, others: Sequence[str], vectors: Vectors) -> Sequence[float]:
        """Tell how near a text is to others in meaning: for each a number in [0, 1].

        Args:
            text: read anew each time.
            others: read once, then kept.
            vectors: the encoder, the same at each call.
        """
        if not others:
            return []
        with self._lock:
            missing = sorted(set(others) - self._known.keys())
            self._known |= dict(zip(missing, vectors.of(missing), strict=True)) if missing else {}
            known = np.stack([self._known[other] for other in others])
        cosines: NDArray[Any] = known @ vectors.of([text])[0]
        return [float(value) for value in np.clip((cosines - _UNLIKE) / (_ALIKE - _UNLIKE), 0, 1)]


class Nearness:
    """Tells how many words a text shares with the texts of a collection.

    Args:
        collection: the texts; a word that stands in all of them says little about each.
    """

    def __init__(self, collection: Sequence[str]) -> None:
        counts = {text: Counter(words_of(text)) for text in collection}
        seen = Counter(word for words in counts.values() for word in words)
        self._rarest = math.log(1 + len(counts))
        self._rare = {word: math.log(1 + len(counts) / count) for word, count in seen.items()}
        self._weights = {text: self._weighed(words) for text, words in counts.items()}

    def by_words(self, text: str, others: Sequence[str]) -> Sequence[float]:
        """Tell how near a text is to some of the collection: for each a number in [0, 1]."""
        weights = self._weighed(Counter(words_of(text)))
        return [sum(weight * self._weights[one].get(word, 0) for word, weight in weights.items()) for one in others]

    def _weighed(self, words: Mapping[str, int]) -> Mapping[str, float]:
        """Weigh words, so that the sum of squares is 1; a word that nobody else has is as rare as any."""
        weights = {word: (1 + math.log(count)) * self._rare.get(word, self._rarest) for word, count in words.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {word: weight / length for word, weight in weights.items()}
