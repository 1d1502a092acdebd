"""Speed and memory of a model on this machine; what `inkstone bench` prints."""

import statistics
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import psutil

from desktop.engine.generate import generate, prefill, read_all
from desktop.engine.interface import Sampling
from desktop.engine.local import LocalEngine
from desktop.engine.sampling import make_sampler
from desktop.errors import PromptTooLong

_WARM_UP = 1
_READ, _READS = 256 * 2**20, 5  # bytes, times


@dataclass(frozen=True, slots=True)
class Measurement:
    """Medians of several runs.

    Attributes:
        prefill_tokens_per_s: reading the prompt from an empty cache.
        decode_tokens_per_s: writing, one token at a time, sampling included.
        first_token_s: from an empty cache to the first token.
        load_s: opening the model, files in the system's cache.
        peak_mib: most memory the process ever held.
        model: display name.
        device: where it ran.
        threads: CPU threads; 0 on a GPU.
        prompt_tokens: length of the prompt.
        new_tokens: length of the answer.
        token_mib: memory that a token reads: the weights, and the cache in the middle of the answer.
        memory_gib_per_s: what the threads read of memory, measured.
        memory_share: how much of that decoding reads; 1 is the limit of any engine with these weights. 0 on a GPU.
    """

    prefill_tokens_per_s: float
    decode_tokens_per_s: float
    first_token_s: float
    load_s: float
    peak_mib: float
    model: str
    device: str
    threads: int
    prompt_tokens: int
    new_tokens: int
    token_mib: float
    memory_gib_per_s: float
    memory_share: float


def measure(
    open_engine: Callable[[], LocalEngine], prompt_tokens: int = 512, new_tokens: int = 128, runs: int = 5
) -> Measurement:
    """Measure a model; the answer is sampled as in use but never ends early.

    Args:
        open_engine: loads the model; its time is `load_s`.
        prompt_tokens: length of the prompt, >= 1.
        new_tokens: length of the answer, >= 2.
        runs: how many are measured, after one that is not.

    Raises:
        PromptTooLong: prompt and answer do not fit in the context.
    """
    started = time.perf_counter()
    engine = open_engine()
    load_s = time.perf_counter() - started
    decoder = engine.new_decoder()
    if prompt_tokens + new_tokens > decoder.context_length:
        raise PromptTooLong(prompt_tokens + new_tokens, decoder.context_length)
    prompt = (engine.prompts.encode_text(_TEXT) * (prompt_tokens // 8 + 1))[:prompt_tokens]
    first, rest = [], []
    for run in range(_WARM_UP + runs):
        decoder.rewind(prompt[:1])  # an empty cache
        times = [time.perf_counter()]
        logits = read_all(prefill(decoder, prompt, threading.Event()))
        sample = make_sampler(Sampling(seed=1))
        tokens = generate(decoder, logits, sample, end_tokens=frozenset(), max_tokens=new_tokens, stopped=lambda: False)
        times += [time.perf_counter() for _ in tokens]
        if run >= _WARM_UP:
            first.append(times[1] - times[0])
            rest.append((times[-1] - times[1]) / (new_tokens - 1))
    token = engine.bytes_a_token(prompt_tokens + new_tokens // 2)
    peak = _peak_bytes()  # before the memory's own speed is measured, which takes some
    memory = _bandwidth(engine.threads) if engine.threads else 0.0
    decode_s = statistics.median(rest)
    return Measurement(
        prefill_tokens_per_s=round(prompt_tokens / statistics.median(first), 1),
        decode_tokens_per_s=round(1 / decode_s, 1),
        first_token_s=round(statistics.median(first), 4),
        load_s=round(load_s, 3),
        peak_mib=round(peak / 2**20, 1),
        model=engine.info.model,
        device=str(engine.info.device),
        threads=engine.threads,
        prompt_tokens=prompt_tokens,
        new_tokens=new_tokens,
        token_mib=round(token / 2**20, 1),
        memory_gib_per_s=round(memory / 2**30, 1),
        memory_share=round(token / decode_s / memory, 2) if memory else 0.0,
    )


def _bandwidth(threads: int) -> float:
    """Measure how many bytes a second so many threads read together, far beyond what a processor keeps at hand."""
    blocks = [np.ones(_READ // threads // 8) for _ in range(threads)]
    seconds = []
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(_READS):
            began = time.perf_counter()
            list(pool.map(np.ndarray.max, blocks))  # numpy frees the interpreter lock; a maximum costs no time itself
            seconds.append(time.perf_counter() - began)
    return sum(block.nbytes for block in blocks) / min(seconds)


def _peak_bytes() -> int:
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes on macOS, KiB on Linux
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


_TEXT = (
    "The support team answered 320 tickets this week, a little fewer than last week. The longest wait was two hours, "
    "on Tuesday, when the booking system was down. Anna and Lee wrote a guide for the most common question.\n"
)
