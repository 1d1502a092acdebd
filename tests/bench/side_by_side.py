"""What several tokens in one run cost: guesses judged together, and versions of an answer written in one batch.

    python -m tests.bench.side_by_side [--model TIER] [--json] [--behind N] [--rounds N]

Each row is the time of one run, and its ratio to that of a run of one token, the sizes taken in turns. For `judged` the
tokens follow each other, for `versions` each belongs to an answer of its own behind the same prompt.
"""

import argparse
import statistics
import time

from desktop.engine.batch import Batch
from desktop.engine.decoder import Decoder
from desktop.engine.local import LocalEngine
from tests.bench.rows import show
from tests.bench.starter import add_model_option, prepared_model

SIZES = (1, 2, 3, 4, 8, 16)


def judged(decoder: Decoder, ids: list[int]) -> float:
    """Judge tokens; gives the seconds."""
    began = time.perf_counter()
    decoder.verify(ids)
    seconds = time.perf_counter() - began
    decoder.forget(len(ids))
    return seconds


def written(batch: Batch, rows: int) -> float:
    """Write a token a row; gives the seconds."""
    began = time.perf_counter()
    batch.write([5] * rows)
    return time.perf_counter() - began


def main() -> None:
    """Print a row for each kind and size."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add_model_option(arguments)
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--behind", type=int, default=150, help="tokens")
    arguments.add_argument("--rounds", type=int, default=20)
    given = arguments.parse_args()
    decoder = LocalEngine(prepared_model(given.model).files(), "cpu").new_decoder()
    ids = [100 + number % 20_000 for number in range(given.behind + max(SIZES))]
    decoder.read(ids[: given.behind])
    batches = {rows: Batch(decoder, rows) for rows in SIZES if decoder.batches and rows < 16}
    times: dict[tuple[str, int], list[float]] = {}
    for round_ in range(given.rounds + 1):
        for size in SIZES:
            found = {"judged": judged(decoder, ids[given.behind : given.behind + size])}
            if size in batches:
                found["versions"] = written(batches[size], size)
            for kind, seconds in found.items() if round_ else ():
                times.setdefault((kind, size), []).append(seconds)
    for (kind, size), found_times in sorted(times.items()):
        median = statistics.median(found_times)
        ratio = median / statistics.median(times[kind, 1])
        row = {"run": kind, "tokens": size, "ms": round(1000 * median, 2), "ratio": round(ratio, 2)}
        show(row, as_json=given.json)


if __name__ == "__main__":
    main()
