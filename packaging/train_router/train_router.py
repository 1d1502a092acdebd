"""Trains the router's model; `make train-router` runs it, export_router.py then makes the committed files of it.

1. The corpus is drawn from the grammar, apart from the test split.
2. MiniLM loses layers and rare pieces, and gets Chinese characters.
3. Distillation: the small encoder learns to give MiniLM's own vectors, and for a Chinese word those of its glosses.
4. Fine-tuning: intent and slot tags together, the tags with the moves between them (a linear-chain CRF).
"""

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from batching import IGNORED, SLOTS, batches, example, half_precision, optimizer_of, padded, say
from corpus import Corpus
from crf import words_of
from dictionary import Dictionary
from distillation import begin
from network import BertForIntentAndSlots
from tokenizers import Tokenizer
from torch.nn import functional

from tests.bench.router_requests import Request, read_requests, read_test_split

DATA = Path(__file__).resolve().parent / "data"
HIDDEN_SHARE = 0.08  # of the tokens the network does not see: an unknown word must not tear its slot
KEEP_EVERY = 400  # steps; a run that is cut off can be exported from the last


def main() -> None:
    """Train and save what export_router.py needs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, required=True, help="where MiniLM and CC-CEDICT were installed")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--requests", type=int, default=80_000)
    parser.add_argument("--distil-steps", type=int, default=900)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rate", type=float, default=2e-4, help="of learning, in the fine-tuning")
    parser.add_argument(
        "--go-on", action="store_true", help="fine-tune what --out holds; with requests of another seed"
    )
    parser.add_argument("--quick", action="store_true", help="a few steps of everything, to see that it runs")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    if options.quick:
        options.requests, options.distil_steps, options.epochs = 1_500, 10, 1
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(mode=True)
    random_ = random.Random(options.seed)

    dictionary = Dictionary(options.packages)
    held_out = [*read_test_split(), *read_requests(DATA / "dev.txt")]
    corpus = Corpus(DATA, dictionary, held_out)
    requests = corpus.draw(options.requests, options.seed)
    say(f"{len(requests)} requests; {corpus.refused} were too near to the test split")
    if options.go_on:
        tokenizer = Tokenizer.from_file(str(options.out / "tokenizer.json"))
        network = BertForIntentAndSlots.from_pretrained(options.out)
    else:
        steps = options.distil_steps
        tokenizer, network = begin(options.packages, requests, corpus.intents, dictionary, steps, random_)
    fine_tune(network, tokenizer, requests, corpus.intents, options.epochs, options.rate, random_, options.out)
    save(network, tokenizer, corpus.intents, options.out)


def save(network: BertForIntentAndSlots, tokenizer: Tokenizer, intents: Sequence[str], out: Path) -> None:
    """Write all that the export reads."""
    out.mkdir(parents=True, exist_ok=True)
    network.save_pretrained(out)
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    (out / "labels.json").write_text(json.dumps({"intents": intents, "slots": SLOTS}), encoding="utf-8")


def fine_tune(
    network: BertForIntentAndSlots,
    tokenizer: Tokenizer,
    requests: Sequence[Request],
    intents: Sequence[str],
    epochs: int,
    rate: float,
    random_: random.Random,
    out: Path,
    batch: int = 48,
) -> None:
    """Teach intent and tags together; the tags, harder to learn, count threefold."""
    examples = [example(request, tokenizer, intents) for request in requests]
    hidden = tokenizer.token_to_id("[MASK]") or 0
    steps = epochs * (len(examples) // batch)
    optimizer, schedule = optimizer_of(network, steps, rate=rate, embedding_rate=5 * rate)
    network.train()
    began, running = time.monotonic(), 0.0
    for step, rows in enumerate(batches(examples, batch, steps, random_)):
        seen = [[hidden if index and random_.random() < HIDDEN_SHARE else index for index in row[0]] for row in rows]
        ids, mask = padded(seen)
        with half_precision():
            scores = network(ids, mask)
        intent = functional.cross_entropy(
            scores["intent"].float(), torch.tensor([row[2] for row in rows]), label_smoothing=0.05
        )
        tags, _ = padded([row[1] for row in rows], IGNORED)
        emitted = scores["tags"].float()
        single = functional.cross_entropy(emitted.flatten(0, 1), tags.flatten(), ignore_index=IGNORED)
        path = network.moves.loss(*words_of(emitted, tags))
        loss = intent + 1.5 * single + 1.5 * path
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        running = 0.98 * running + 0.02 * float(loss.detach()) if step else float(loss.detach())
        if step % 100 == 0:
            said = f"loss {running:.3f} (path {float(path.detach()):.3f})"
            say(f"fine-tuning {step}/{steps}: {said}, {time.monotonic() - began:.0f} s")
        if step % KEEP_EVERY == KEEP_EVERY - 1:
            save(network, tokenizer, intents, out)


if __name__ == "__main__":
    main()
