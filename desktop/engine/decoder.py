"""Token ids in, logits out: one graph, its KV cache and the tokens that cache holds.

Prompts are read and answers are written, and some graphs compute the two in different ways
(`desktop.models.attention`). There only what was read counts as kept: a later prompt that goes on behind an answer has
the answer read, and so meets the very numbers of a fresh run.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import onnxruntime
from numpy.typing import DTypeLike, NDArray

from desktop.engine.cache import Cache, GrownCache, SharedCache
from desktop.engine.interface import GRAPH_FILE, ModelFiles
from desktop.engine.ort_session import CPU, RUNTIME_FAILURES, first_line, is_out_of_memory, run_options
from desktop.errors import BrokenModel, ModelError, OutOfMemory
from desktop.reasons import ModelReason, PrepareReason

Logits = NDArray[np.float32]  # shape (vocab,)
LogitRows = NDArray[np.float32]  # shape (rows, vocab)


class Stopped(Exception):
    """A run was ended because the request was stopped; nothing of it is kept."""


class Decoder:
    """Reads tokens one run at a time and remembers them in its cache.

    Attributes:
        tokens: what the cache holds, in order.
        context_length: how many tokens it can hold.
        vocab: length of the logits.
        kept: how many tokens at the beginning hold the numbers of a fresh run.
        logits_type: of the numbers that the graph gives.
        verifies: whether the graph can give the logits behind several tokens.
        batches: whether several answers can be written at once behind what it holds (see `desktop.engine.batch`).
    """

    def __init__(self, session: onnxruntime.InferenceSession, files: ModelFiles) -> None:
        self.tokens: list[int] = []
        self.kept = 0
        self.context_length = files.context_length
        logits = next(output for output in session.get_outputs() if output.name == "logits")
        if not isinstance(logits.shape[-1], int):
            raise BrokenModel(files.folder / GRAPH_FILE, ModelReason.UNKNOWN_VOCABULARY())
        self.vocab: int = logits.shape[-1]
        inputs = {entry.name for entry in session.get_inputs()}
        self._keeps = "num_logits_to_keep" in inputs
        self._two_ways = "reading" in inputs
        self._wants_positions = "position_ids" in inputs
        self._last_only = logits.shape[1] == 1
        self.verifies = not self._last_only
        self.batches = files.shared_cache and self._keeps and not isinstance(logits.shape[0], int)
        self.logits_type: DTypeLike = np.float16 if logits.type == "tensor(float16)" else np.float32
        self._session = session
        self._binding: onnxruntime.IOBinding = session.io_binding()
        self._rereads = not files.shared_cache  # what is forgotten is gone from the cache
        self._behind: tuple[int, int, Logits] | None = None  # of the last prompt: length, last token, logits
        self._ones = np.ones((1, files.context_length), np.int64)
        self._device = device = "cpu" if session.get_providers()[0] == CPU else "cuda"
        self._cache: Cache = (
            SharedCache(session, files.context_length, device) if files.shared_cache else GrownCache(session, device)
        )

    def read(self, ids: Sequence[int], stop: threading.Event | None = None) -> Logits:
        """Read tokens of a prompt; gives the logits behind the last of them, shape (vocab,).

        Args:
            ids: at least one token; all must fit in the context.
            stop: ends a long run within one node of the graph.

        Raises:
            Stopped: `stop` was set before or during the run; what was there before it is kept, less one token at most.
            ModelError: the graph failed.
        """
        return self.read_each(ids, stop, last=1)[-1]

    def read_each(self, ids: Sequence[int], stop: threading.Event | None = None, last: int = 0) -> list[Logits]:
        """Read as `read` does; gives the logits behind each of the `last` tokens, 0 for all. Only where `judges`."""
        if stop is not None and stop.is_set():
            raise Stopped
        wanted = last or len(ids)
        if (known := self._known(ids)) is not None:
            return [known]
        if self._two_ways and len(ids) == 1 and self.tokens:
            ids = [self.tokens[-1], *ids]  # one row alone would be multiplied in another order
            self.forget(1)
        rows = list(self._run(ids, wanted, stop, reading=True))
        self._behind = len(self.tokens), ids[-1], rows[-1].copy()  # alone: the rows may be many
        return rows

    def _known(self, ids: Sequence[int]) -> Logits | None:
        """Give the logits behind a prompt whose last token alone is read again, as each try of a sentence does.

        Its keys and values still lie behind what the cache holds: no run has begun before them since.
        """
        past = len(self.tokens)
        if len(ids) != 1 or self._rereads or self._behind is None or self._behind[:2] != (past + 1, ids[0]):
            return None
        self.tokens.append(ids[0])
        if self.kept == past:
            self.kept = past + 1
        return self._behind[2]

    def verify(self, ids: Sequence[int]) -> list[Logits]:
        """Read tokens of an answer; gives the logits behind each of them. More than one only where `judges`.

        Raises:
            ModelError: the graph failed.
        """
        return list(self._run(ids, len(ids), None, reading=False))

    def _run(
        self, ids: Sequence[int], keep: int, stop: threading.Event | None, *, reading: bool
    ) -> NDArray[np.float32]:
        past = len(self.tokens)
        if self._behind is not None and past < self._behind[0]:
            self._behind = None
        inputs = np.asarray(ids, np.int64)[None]
        rows = keep if self._keeps or self._last_only else len(ids)
        logits = np.empty((1, rows, self.vocab), self.logits_type)
        binding = self._binding
        binding.bind_output("logits", "cpu", 0, self.logits_type, logits.shape, logits.ctypes.data)
        binding.bind_cpu_input("input_ids", inputs)
        if self._keeps:
            binding.bind_cpu_input("num_logits_to_keep", np.asarray(keep, np.int64))
        if self._two_ways:
            binding.bind_cpu_input("reading", np.asarray(reading))
        binding.bind_cpu_input("attention_mask", self._ones[:, : past + len(ids)])
        if self._wants_positions:
            binding.bind_cpu_input("position_ids", np.arange(past, past + len(ids), dtype=np.int64)[None])
        self._cache.bind(binding, past, len(ids))
        options = run_options()
        try:
            with _terminating(options, stop if len(ids) > 1 else None):
                self._session.run_with_iobinding(binding, options)
        except RUNTIME_FAILURES as error:
            if stop is not None and stop.is_set():
                raise Stopped from error
            if is_out_of_memory(error):
                raise OutOfMemory from error
            raise ModelError(PrepareReason.FAILED_READING(detail=first_line(error))) from error
        self._cache.ran(binding)
        self.tokens.extend(ids)
        if self.kept == past and (reading or not self._two_ways):
            self.kept = len(self.tokens)
        kept: NDArray[np.float32] = logits[0, -keep:].astype(np.float32, copy=False)
        return kept

    def shared(self, prompt: Sequence[int]) -> int:
        """Count the tokens at the beginning of `prompt` that need not be read again.

        At least the last token of the prompt is left to read, because its logits are wanted.
        """
        shared = 0
        for held, wanted in zip(self.tokens, prompt[:-1], strict=False):
            if held != wanted:
                break
            shared += 1
        return shared

    def rewind(self, prompt: Sequence[int]) -> int:
        """Keep what the cache shares with the beginning of `prompt`; gives how many tokens need not be read again."""
        shared = self.shared(prompt)
        self.forget(len(self.tokens) - shared)
        return shared

    def forget(self, count: int) -> None:
        """Take the last `count` tokens out of the cache."""
        if count:
            del self.tokens[-count:]
            self.kept = min(self.kept, len(self.tokens))
            self._cache.trim(len(self.tokens))

    def copy_from(self, other: "Decoder", length: int) -> None:
        """Take over the first `length` tokens, from 1 to its `kept`, of another decoder of the same session."""
        self._cache.copy_from(other._cache, length)  # noqa: SLF001
        self.tokens, self.kept, self._behind = other.tokens[:length], length, None

    def branch_off(self, rows: int) -> tuple[onnxruntime.InferenceSession, SharedCache]:
        """Give the session, and a cache of so many rows that each hold what this one holds; only where it `batches`."""
        assert isinstance(self._cache, SharedCache)  # noqa: S101  # as `batches` says
        cache = SharedCache(self._session, self.context_length, self._device, rows)
        cache.copy_from(self._cache, len(self.tokens))
        return self._session, cache

    def close(self) -> None:
        """Give back the cache and the session; nothing is read any more. Called while no run is going on."""
        self.tokens, self.kept, self._behind = [], 0, None
        self._cache.clear()
        if hasattr(self, "_session"):
            del self._session, self._binding

    @property
    def nbytes(self) -> int:
        """Memory of the cache."""
        return self._cache.nbytes


@contextmanager
def _terminating(options: onnxruntime.RunOptions, stop: threading.Event | None) -> Iterator[None]:
    """End the run of these options once `stop` is set."""
    if stop is None:
        yield
        return
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            if stop.wait(0.01):
                options.terminate = True
                return

    watcher = threading.Thread(target=watch, name="inkstone-stop")
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
