"""How long the word-level difference of 5,000 words takes: `python -m tests.bench.quick_difference`."""

import json
import random
import statistics
import time
from pathlib import Path

from desktop.quick.editing.diff import word_difference

RUNS = 15


def main() -> None:
    words = " ".join(
        file.read_text(encoding="utf-8") for file in sorted((Path(__file__).parent / "texts").glob("*.txt"))
    )
    old = (words.split() * 20)[:5000]
    for share in (0.01, 0.05, 0.3, 1.0):
        chance = random.Random(1)
        new = [word[::-1] + "x" if chance.random() < share else word for word in old]
        seconds = []
        for _ in range(RUNS):
            begun = time.perf_counter()
            changes = word_difference(" ".join(old), " ".join(new)).changes
            seconds.append(time.perf_counter() - begun)
        print(
            json.dumps(
                {
                    "words": 5000,
                    "changed": share,
                    "changes": len(changes),
                    "median_ms": round(1000 * statistics.median(seconds), 1),
                }
            )
        )


if __name__ == "__main__":
    main()
