"""The KV caches of several conversations: switching between them, or going back in one, reads nothing twice.

A prompt is given the cache that shares the longest beginning with it, whoever filled it: the next turn, a regenerated
answer, an edited question, a template's prefix, another conversation. Where that would throw away much that the cache
holds beyond the shared beginning, the beginning is copied (a copy is some hundred times faster than reading) and both
are kept, until the memory for them is used up; then the one unused for longest goes.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from desktop.engine.decoder import Decoder
from desktop.errors import ModelReleased

_CHEAP = 32  # tokens; fewer are read again rather than kept


class CachePool:
    """Decoders that share one session, each with a cache of its own."""

    def __init__(self, make: Callable[[], Decoder], budget_mib: int) -> None:
        """Begin empty.

        Args:
            make: gives a decoder with an empty cache.
            budget_mib: memory for caches that nobody is using; one cache is kept whatever its size.
        """
        self._make, self._budget = make, budget_mib * 2**20
        self._lock = threading.Lock()
        self._free: list[Decoder] = []  # the one used last is last
        self._lent: list[Decoder] = []
        self._closed = False

    @contextmanager
    def borrowed(self, prompt: Sequence[int]) -> Iterator[tuple[Decoder, int]]:
        """Lend the decoder that knows most of `prompt`, cut back to what they share; tells how many tokens that is.

        Raises:
            ModelReleased: the pool is closed.
        """
        with self._lock:
            if self._closed:
                raise ModelReleased
            decoder = self._take(prompt)
            reused = decoder.rewind(prompt)
            self._lent.append(decoder)
        try:
            yield decoder, reused
        finally:
            with self._lock:
                self._lent.remove(decoder)
                if not self._closed:
                    decoder.forget(len(decoder.tokens) - decoder.kept)
                    self._free.append(decoder)
                    self._evict()

    def clear(self) -> None:
        """Forget all that nobody is using."""
        with self._lock:
            self._free.clear()

    def close(self) -> None:
        """Give back all caches, also those that are lent: their borrowers run no more."""
        with self._lock:
            self._closed = True
            for decoder in (*self._free, *self._lent):
                decoder.close()
            self._free.clear()

    @property
    def held(self) -> list[tuple[int, ...]]:
        """The tokens of each cache that nobody is using, the one used last is last."""
        with self._lock:
            return [tuple(decoder.tokens) for decoder in self._free]

    @property
    def nbytes(self) -> int:
        """Memory of the caches that nobody is using."""
        with self._lock:
            return sum(decoder.nbytes for decoder in self._free)

    def _take(self, prompt: Sequence[int]) -> Decoder:
        best = max(self._free, key=lambda decoder: decoder.shared(prompt), default=None)
        shared = best.shared(prompt) if best is not None else 0
        if best is not None and (len(best.tokens) - shared <= _CHEAP or best.nbytes * 2 > self._budget):
            self._free.remove(best)
            return best
        decoder = self._make()
        if best is not None and shared:
            decoder.copy_from(best, shared)
        return decoder

    def _evict(self) -> None:
        while len(self._free) > 1 and sum(decoder.nbytes for decoder in self._free) > self._budget:
            del self._free[0]
