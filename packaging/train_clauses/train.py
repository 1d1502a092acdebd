"""Trains which clauses of a request are facts: `make train-clauses` writes the weights, in seconds.

Data: the requests of the scenes' examples, cut into clauses, each labelled by hand (F a fact, I an instruction, O what
is ordered, S who signs, B background). The clauses of tests/data/clauses.txt are of other requests, by other people.
"""

import random
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from desktop.drafting.clause_reading import BUCKETS, WEIGHTS, features_of  # noqa: E402

_ROUNDS, _RATE, _DECAY = 15, 0.3, 1e-4


def requests_of(path: Path) -> list[list[tuple[str, str]]]:
    """Read a file of labelled clauses: requests, each a list of label and clause."""
    found: list[list[tuple[str, str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            found.append([])
        elif line:
            label, clause = line.split("\t", 1)
            found[-1].append((label, clause))
    return found


def train(requests: list[list[tuple[str, str]]]) -> NDArray[np.float32]:
    """Fit the weights: logistic regression by Adagrad."""
    rows: list[tuple[NDArray[np.int64], float]] = []
    for request in requests:
        said = [clause for _, clause in request]
        rows += [(features_of(said, at), float(label == "F")) for at, (label, _) in enumerate(request)]
    weights, squares = np.zeros(BUCKETS, np.float32), np.full(BUCKETS, 1e-6, np.float32)
    draw = random.Random(0)
    for _ in range(_ROUNDS):
        draw.shuffle(rows)
        for features, fact in rows:
            error = 1 / (1 + np.exp(-weights[features].sum())) - fact
            slope = error + _DECAY * weights[features]
            squares[features] += slope * slope
            weights[features] -= _RATE * slope / np.sqrt(squares[features])
    return weights


def main() -> None:
    """Train on all files of data/ and write the weights."""
    files = sorted((Path(__file__).parent / "data").glob("*.txt"))
    weights = train([request for file in files for request in requests_of(file)])
    np.save(WEIGHTS, weights.astype(np.float16))


if __name__ == "__main__":
    main()
