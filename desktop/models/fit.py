"""Foretells whether a model fits on this machine, and how fast it will write, before it is downloaded.

    memory     weights + KV cache of an ordinary conversation + what the engine needs besides
    a token    bytes that are read for it / what this machine reads a second, + a fixed time for each layer

A decoder reads all its matrices for every token, so memory sets its pace. How fast it can be read is measured once
(`memory_bandwidth`, a fifth of a second) and kept in the home. ONNX Runtime's kernels get a share of that, and each
layer costs some time that no size explains. The constants fit what was measured quietly on two machines, which read 23
and 28 GB/s with two cores; `tests/models/test_fit.py` holds what is foretold against it, model by model.

What was measured of a model on this very machine is better than any of this, and takes its place.
"""

import json
import math
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from desktop.codes import Code, Coded
from desktop.files.atomic import write_text
from desktop.files.plain import read_text
from desktop.models.catalogue import CatalogueEntry
from desktop.models.library import InstalledModel
from desktop.models.tiers import total_memory

_MIB, _GIB = 1 << 20, 1 << 30
_SHARE = 0.64  # of the bandwidth that the products of one row get
_LAYER_S = 0.24e-3  # seconds of a layer that do not hang on its size
_GROWTH = 1.1  # a model's folder over its GGUF
_HELD = 1.36  # in memory over the folder: packed for the kernels, with sums of blocks, and the largest matrix twice
_CONTEXT = 4096  # tokens that a conversation usually holds
_FLOAT, _INT8 = 4, 1  # bytes of a value in the KV cache (see `desktop.models.sample_run.wants_int8_cache`)
_ENGINE = 125 * _MIB  # graph, tokenizer, buffers and the program itself
_OTHERS = 1.5 * _GIB  # the system and other programs, at least
_SLOW = 4.0  # tokens a second, below which a person waits
_WORDS, _CHARACTERS = 0.75, 1.5  # of a token, in English and in Chinese
_LENGTH_S, _SLICE_S = 0.2, 0.025  # of the measurement, and of each look at it
_BLOCK = 1 << 25  # bytes that a thread goes through: more than any cache holds
_AGAIN_S = 3600.0  # after which a measurement that others disturbed is made again
_FILE = "machine.json"  # in `models` of the home


class FitReason(Code):
    """Whether a model fits on this machine, as the user reads it."""

    FITS = "fits, about {speed.words} words a second"
    SLOW = "slow, about {speed.words} words a second"
    TOO_LARGE = "will not fit: it needs {needed} GB of memory, and {there} GB are there"


@dataclass(frozen=True, slots=True)
class WritingSpeed:
    """How fast a model writes, as a person counts.

    Attributes:
        words: English words a second.
        characters: Chinese characters a second.
    """

    words: float
    characters: float


@dataclass(frozen=True, slots=True)
class Machine:
    """What counts of a machine.

    Attributes:
        memory: that this process may use, other programs included, in bytes.
        bandwidth: of memory with all cores, in bytes a second.
        threads: that a model gets.
    """

    memory: int
    bandwidth: float
    threads: int


@dataclass(frozen=True, slots=True)
class KnownSpeed:
    """What a model did on this machine.

    Attributes:
        size: bytes of its weights.
        tokens_per_s: as measured, writing.
    """

    size: int
    tokens_per_s: float


@dataclass(frozen=True, slots=True)
class Fit:
    """What a model would be like on this machine.

    Attributes:
        memory_mib: what it takes, in MiB.
        tokens_per_s: how fast it writes.
        measured: the speed follows from what was measured here of another model, or of this one.
        reason: in one phrase.
    """

    memory_mib: int
    tokens_per_s: float
    measured: bool
    reason: Coded

    @property
    def fits(self) -> bool:
        """Whether it can be run at all."""
        return self.reason.code is not FitReason.TOO_LARGE


def foretell(entry: CatalogueEntry, machine: Machine, known: Sequence[KnownSpeed] = ()) -> Fit:
    """Say what a model of the catalogue would be like on a machine, given what others did there."""
    weights = entry.size * _GROWTH
    memory = int(weights * _HELD + _cache_size(entry) + _ENGINE)
    layers_s = entry.layers * _LAYER_S
    share = _share(machine, known)
    speed = 1 / (weights / (machine.bandwidth * share) + layers_s)
    said = WritingSpeed(_rounded(speed * _WORDS), _rounded(speed * _CHARACTERS))
    if memory + _OTHERS > machine.memory:
        needed, there = math.ceil(10 * (memory + _OTHERS) / _GIB) / 10, math.floor(10 * machine.memory / _GIB) / 10
        reason = FitReason.TOO_LARGE(needed=needed, there=there)
    else:
        reason = (FitReason.SLOW if speed < _SLOW else FitReason.FITS)(speed=said)
    return Fit(memory // _MIB, speed, bool(known), reason)


def _cache_size(entry: CatalogueEntry) -> int:
    """Count the bytes of the KV cache behind an ordinary conversation."""
    kind = _INT8 if _CONTEXT * entry.cache_values * _FLOAT > entry.parameters else _FLOAT
    return min(entry.context, _CONTEXT) * entry.cache_values * kind


def known_speeds(models: Iterable[InstalledModel]) -> list[KnownSpeed]:
    """Give what calibrations measured of models on this machine; those that were not measured are left out."""
    measured = [(model.size, getattr(model.manifest, "measured", None)) for model in models]
    return [
        KnownSpeed(size, one.decode_tokens_per_s) for size, one in measured if one and size and one.decode_tokens_per_s
    ]


def this_machine(home: Path) -> Machine:
    """Give the machine that this runs on; its bandwidth is measured the first time."""
    import psutil

    threads = psutil.cpu_count(logical=False) or 1

    def busy() -> bool:
        return bool(psutil.getloadavg()[0] > threads)

    return Machine(total_memory(), memory_bandwidth(home, threads, measure_bandwidth, busy), threads)


def memory_bandwidth(
    home: Path,
    threads: int,
    measure: Callable[[int], float],
    busy: Callable[[], bool],
    clock: Callable[[], float] = time.time,
) -> float:
    """Give how many bytes of memory this machine reads a second: measured once, then remembered in the home.

    What was measured while other programs were busy holds for an hour, and never counts for more than a better one.
    """
    path, before, now = home / "models" / _FILE, 0.0, clock()
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        found = json.loads(read_text(path))
        if found["threads"] == threads and 0 < float(found["bytes_per_s"]) < math.inf:
            before = float(found["bytes_per_s"])
            if not found["busy"] or now < float(found["when"]) + _AGAIN_S:
                return before
    disturbed, measured = busy(), max(before, measure(threads))
    table = {"threads": threads, "bytes_per_s": round(measured), "busy": disturbed, "when": round(now)}
    with suppress(OSError):  # it is measured again the next time
        write_text(path, json.dumps(table))
    return measured


def measure_bandwidth(threads: int) -> float:
    """Read memory with all threads for a fifth of a second; gives the bytes a second of its best moment."""
    blocks = [np.ones(_BLOCK // 4, np.float32).reshape(-1, 1 << 18) for _ in range(threads)]
    until = time.monotonic() + _LENGTH_S

    def read(block: np.ndarray) -> list[float]:
        speeds, begun, done = [], time.monotonic(), 0
        while (now := time.monotonic()) < until:
            for row in block:
                row.max()  # frees the interpreter lock, and is bound by memory
                done += row.nbytes
                if (now := time.monotonic()) > begun + _SLICE_S:
                    speeds.append(done / (now - begun))
                    begun, done = now, 0
        return speeds or [done / max(1e-9, now - begun)]

    with ThreadPoolExecutor(threads) as pool:
        return sum(max(speeds) for speeds in pool.map(read, blocks))


def _share(machine: Machine, known: Sequence[KnownSpeed]) -> float:
    """Give the share of the bandwidth that products get: as models did here, the largest first, else as elsewhere."""
    if not known:
        return _SHARE
    best = max(known, key=lambda one: one.size)
    rest_s = 1 / best.tokens_per_s - 28 * _LAYER_S  # most models have about so many layers
    return best.size / max(rest_s, 0.3 / best.tokens_per_s) / machine.bandwidth


def _rounded(speed: float) -> float:
    """Round to what is worth saying: 14, 3.5, 0.4."""
    rounded = round(speed) if speed >= 10 else round(speed * 2) / 2 if speed >= 2 else round(speed, 1)
    return int(rounded) if rounded == int(rounded) else rounded
