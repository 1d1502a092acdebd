"""Requests as rows of numbers, batches of like length, and the optimizer: what both stages of training share."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from desktop.router.encoding import Encoder
from desktop.router.spans import tags_of
from tests.bench.router_requests import Request

SLOTS = ("topic", "audience", "tone", "length", "language", "format", "period", "keywords", "source")
IGNORED = -100


def example(request: Request, tokenizer: Tokenizer, intents: Sequence[str]) -> tuple[list[int], list[int], int]:
    """Give token ids, the tag of each token (IGNORED inside words), and the intent."""
    encoding = Encoder(tokenizer).encode(request.text)
    tags, names = [IGNORED] * len(encoding.ids), tags_of(SLOTS)
    last: tuple[str, int] | None = None
    for token, ((start, end), first) in enumerate(zip(encoding.offsets, encoding.first, strict=True)):
        if not first:
            continue
        inside = next((slot for slot in request.slots if slot[1] < end and start < slot[2]), None)
        if inside is None:
            tags[token], last = 0, None
        else:
            key = (inside[0], inside[1])
            tags[token] = names.index(f"{'I' if key == last else 'B'}-{inside[0]}")
            last = key
    return encoding.ids, tags, intents.index(request.intents[0])


def batches(examples: list[Any], batch: int, steps: int, random_: random.Random) -> Iterator[list[Any]]:
    """Give batches of like length, in random order, epoch after epoch."""
    while steps > 0:
        order = sorted(examples, key=lambda row: len(row[0]) + 6 * random_.random())
        groups = [order[start : start + batch] for start in range(0, len(order) - batch + 1, batch)]
        random_.shuffle(groups)
        yield from groups[:steps]
        steps -= len(groups)


def padded(rows: Sequence[Sequence[int]], filler: int = 0) -> tuple[Any, Any]:
    """Give rows as a tensor (rows, longest), and the mask of what is no filler."""
    longest = max(len(row) for row in rows)
    table = np.full((len(rows), longest), filler, np.int64)
    mask = np.zeros((len(rows), longest), np.int64)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return torch.from_numpy(table), torch.from_numpy(mask)


def optimizer_of(network: Any, steps: int, rate: float) -> tuple[Any, Any]:
    """AdamW with a short warm-up and a linear decay; lower layers learn slower, the heads ten times faster."""
    groups = [
        {"params": layer.parameters(), "lr": rate * 0.85 ** (len(network.layers) - 1 - number)}
        for number, layer in enumerate(network.layers)
    ]
    heads = [*network.intent.parameters(), *network.tags.parameters(), *network.moves.parameters()]
    optimizer = torch.optim.AdamW([*groups, {"params": heads, "lr": 10 * rate}], weight_decay=0.01)
    warm = max(1, steps // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))
    )
    return optimizer, schedule


def say(sentence: str) -> None:
    """Print at once."""
    print(sentence, flush=True)
