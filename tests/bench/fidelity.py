"""What quantizing cost: a prepared model against its own weights, dequantized, on varied text.

    python -m tests.bench.fidelity [--json] [--model tiny|light|standard|ID|FOLDER] [--gguf PATH] [--positions N]

The reference is `tests.reference_llama` on the GGUF's dequantized tensors: other code than the graph, in fp32, a layer
at a time. The prepared model runs in the engine's decoder, as users get it, in both ways the engine uses it: as an
answer is written, token by token, and as a prompt is read, in steps of many. Every position counts in both. A model
that writes Chinese is measured on Chinese apart. Exits with 1 when a limit is not kept.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from desktop.engine.decoder import Decoder
from desktop.engine.interface import TOKENIZER_FILE, DeviceReason
from desktop.engine.ort_session import CPU, Device, open_session, physical_cores
from desktop.models.library import InstalledModel
from tests.bench.starter import prepared_model, source_gguf
from tests.reference_llama import ReferenceLlama

TEXTS = Path(__file__).with_name("texts")
LANGUAGES = {"": TEXTS, "zh": TEXTS.with_name("texts_zh")}  # "": English for the most part, with every kind of text
MAX_PERPLEXITY_RATIO, MIN_SAME_TOP = 1.01, 0.95
# In nats. Models of 4 and 8 bits alone come to 0.007; where the file rounds embedding and head apart, and the finer of
# the two serves for both, the reference's own coarser embedding counts as ours: 0.017 of the standard tier.
MAX_KL = 0.02
_WINDOW = 512  # tokens
_WHOLE = 300_000_000  # bytes; of larger models only a part of the positions is measured, unless told otherwise
_PART = 700  # positions of each language
_STEPS = {"decode": 1, "prefill": 128}  # tokens in one run of the graph

Ids = NDArray[np.int64]
Logits = NDArray[np.floating[Any]]  # shape (positions, vocab)


@dataclass(slots=True)
class Score:
    """Sums over the positions where both models predicted the next token.

    Attributes:
        positions: how many.
        surprise: of the prepared model at the true next token, in nats.
        reference_surprise: the same of the reference.
        divergence: KL(reference || prepared), in nats.
        same_top: at how many positions both find the same token likeliest.
        seconds: time the prepared model took.
    """

    positions: int = 0
    surprise: float = 0.0
    reference_surprise: float = 0.0
    divergence: float = 0.0
    same_top: int = 0
    seconds: float = 0.0

    def add(self, prepared: Logits, reference: Logits, following: Ids) -> None:
        """Count some positions; `following` holds the true next tokens, shape (positions,)."""
        log_q, log_p = _log_softmax(prepared), _log_softmax(reference)
        rows = np.arange(len(following))
        self.positions += len(following)
        self.surprise -= float(log_q[rows, following].sum())
        self.reference_surprise -= float(log_p[rows, following].sum())
        self.divergence += float((np.exp(log_p) * (log_p - log_q)).sum())
        self.same_top += int((prepared.argmax(1) == reference.argmax(1)).sum())

    def summary(self) -> dict[str, float]:
        """Give the means, under the names of the JSON output."""
        return {
            "positions": self.positions,
            "perplexity": round(float(np.exp(self.surprise / self.positions)), 4),
            "perplexity_fp32": round(float(np.exp(self.reference_surprise / self.positions)), 4),
            "perplexity_ratio": round(float(np.exp((self.surprise - self.reference_surprise) / self.positions)), 5),
            "mean_kl": round(self.divergence / self.positions, 5),
            "same_top": round(self.same_top / self.positions, 4),
            "seconds": round(self.seconds, 1),
        }


def main(arguments: Sequence[str]) -> int:
    """Measure and print; give the exit code."""
    parser = argparse.ArgumentParser(prog="fidelity", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true", help="print JSON only")
    parser.add_argument("--model", default="tiny", help="tiny, light, standard, an id, or the folder of one")
    parser.add_argument("--gguf", type=Path, help="the model's GGUF; fetched when not given")
    parser.add_argument(
        "--positions", type=int, help=f"at most so many of each language; default: all, {_PART} of a large model"
    )
    parser.add_argument("--threads", type=int, default=physical_cores(), help="threads of the prepared model")
    chosen = parser.parse_args(arguments)

    model = prepared_model(chosen.model)
    positions = chosen.positions or (_PART if model.size > _WHOLE else None)
    with source_gguf(model, chosen.gguf) as gguf:
        scores = measure(model, gguf, chosen.threads, positions)
    summaries = {path: score.summary() for path, score in scores.items()}
    good = all(map(keeps_limits, summaries.values()))
    if not chosen.json:
        print_table(summaries)
    print(json.dumps({"model": model.manifest.id, **summaries, "limits_kept": good}))
    return 0 if good else 1


def measure(model: InstalledModel, gguf: Path, threads: int, positions: int | None) -> dict[str, Score]:
    """Compare both ways of running the prepared model with the reference, text by text, language by language."""
    files = model.files()
    decoder = Decoder(open_session(files, Device(CPU, DeviceReason.CPU_CHOSEN(), threads))[0], files)
    reference = ReferenceLlama(gguf, whole=False)
    tokenizer = Tokenizer.from_file(str(files.folder / TOKENIZER_FILE))
    texts = [
        (language, ids)
        for language, folder in LANGUAGES.items()
        if not language or language in model.manifest.languages
        for ids in windows(tokenizer, folder, positions)
    ]
    scores: dict[str, Score] = {}
    states = reference.hidden_of([ids for _, ids in texts])
    for (language, ids), hidden in zip(texts, states, strict=True):
        for path, step in _STEPS.items():
            score = scores.setdefault(f"{path}_{language}".rstrip("_"), Score())
            started = time.perf_counter()
            prepared = go_through(decoder, ids[:-1], step)
            score.seconds += time.perf_counter() - started
            for rows in np.array_split(np.arange(len(prepared)), -(-len(prepared) // 64)):  # bounds the memory
                score.add(prepared[rows], reference.head(hidden[rows]), ids[rows + 1])
    return scores


def windows(tokenizer: Tokenizer, folder: Path, positions: int | None) -> Iterator[Ids]:
    """Give the token ids of every text, cut into windows; of each text as many as make up `positions` together."""
    paths = [path for path in sorted(folder.iterdir()) if path.is_file()]
    most = None if positions is None else -(-positions // len(paths)) + 1
    for path in paths:
        ids = np.array(tokenizer.encode(path.read_text(encoding="utf-8")).ids, dtype=np.int64)[:most]
        yield from (ids[start : start + _WINDOW] for start in range(0, len(ids) - 1, _WINDOW))


def go_through(decoder: Decoder, ids: Ids, step: int) -> Logits:
    """Go through `ids` from an empty cache, `step` at a time; give the logits behind each of them."""
    decoder.rewind([])  # forgets the text before
    steps = (ids[start : start + step].tolist() for start in range(0, len(ids), step))
    run = decoder.verify if step == 1 else decoder.read_each
    return np.stack([logits for several in steps for logits in run(several)])


def keeps_limits(summary: dict[str, float]) -> bool:
    """Tell whether the prepared model is close enough to its own weights."""
    return (
        summary["perplexity_ratio"] <= MAX_PERPLEXITY_RATIO
        and summary["mean_kl"] <= MAX_KL
        and summary["same_top"] >= MIN_SAME_TOP
    )


def print_table(summaries: dict[str, dict[str, float]]) -> None:
    """Print the measurements with their limits."""
    limits = {
        "perplexity_ratio": f"<= {MAX_PERPLEXITY_RATIO}",
        "mean_kl": f"<= {MAX_KL}",
        "same_top": f">= {MIN_SAME_TOP}",
    }
    print(f"{'':<18}" + "".join(f"{path:>12}" for path in summaries) + f"{'limit':>12}")
    for name in next(iter(summaries.values())):
        values = "".join(f"{summary[name]:>12}" for summary in summaries.values())
        print(f"{name:<18}{values}{limits.get(name, ''):>12}")


def _log_softmax(logits: Logits) -> Logits:
    shifted = logits - logits.max(axis=1, keepdims=True)
    result: Logits = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
