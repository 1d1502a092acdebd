"""Which clauses of a request tell what is to stand in the text, and which are said to the writer alone.

    clause, and what stands around it -> features -> one weight each -> how likely it is a fact

Rules of words know the usual ways of wishing; people have others ("~120 words", "decisions first, then actions", "one
apology only"). The weights are a logistic regression over hashed n-grams, trained by `packaging/train_clauses` on
clauses that were labelled one by one; the file beside this one is what came of it.
"""

import functools
import itertools
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.text.han import HAN, holds_han

BUCKETS = 1 << 15
WEIGHTS = Path(__file__).with_name("clause_weights.npy")
_WORD = re.compile(rf"[a-z’']+|\d+|[{HAN}]")
_MOST, _LONG = 12, 4  # words and clauses that are counted apart; letters


def beliefs(said: Sequence[str]) -> list[float]:
    """Tell of each clause of a request how likely it is a fact of the text, in [0, 1]."""
    weights = _weights()
    return [float(1 / (1 + np.exp(-weights[features_of(said, at)].sum()))) for at in range(len(said))]


def features_of(said: Sequence[str], at: int) -> NDArray[np.int64]:
    """Give the buckets of a clause's features, each once."""
    return np.unique(np.array([zlib.crc32(each.encode()) % BUCKETS for each in _named(said, at)], np.int64))


def _named(said: Sequence[str], at: int) -> Iterator[str]:
    clause = said[at]
    words = ["0" if word.isdigit() else word for word in _WORD.findall(clause.lower())]
    framed = ["^", *words, "$"]
    yield from (f"1 {word}" for word in words)
    yield from (f"2 {one} {two}" for one, two in itertools.pairwise(framed))
    yield from (f"3 {one} {two} {three}" for one, two, three in zip(framed, framed[1:], framed[2:], strict=False))
    for word in words:
        if len(word) > _LONG and word.isascii():
            yield f"begins {word[:4]}"
            yield f"ends {word[-3:]}"
    yield f"first {framed[1]}"
    yield f"length {min(len(words), _MOST)}"
    yield f"of {min(len(said), _MOST)}"
    yield "place " + ("first" if at == 0 else "second" if at == 1 else "last" if at == len(said) - 1 else "within")
    if at:
        yield from (f"before {word}" for word in _WORD.findall(said[at - 1].lower())[:3])
    yield f"Chinese {holds_han(clause)}"
    yield f"digits {any(map(str.isdigit, clause))}"
    yield f"capitals {bool(re.search(r'(?<!^)[A-Z]', clause))}"


@functools.cache
def _weights() -> NDArray[np.float32]:
    weights: NDArray[np.float32] = np.load(WEIGHTS, allow_pickle=False).astype(np.float32)
    return weights
