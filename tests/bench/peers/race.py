"""Inkstone beside what a user would pick instead, on the same weights, in one interleaved run.

    python -m tests.bench.peers.race PEERS_PYTHON BUILDER_PYTHON [--model TIER] [--json] [--gguf PATH] [--duel] …

Every engine is a process of its own that waits while another one works. The order changes from round to round. The
quality of each is its perplexity over tests/bench/texts against transformers' on the dequantized weights.
onnxruntime-genai runs three times: on the graphs that its own builder makes of the dequantized weights, which is what
its user has, and on Inkstone's graph, which tells its loop from its graph. Larger models than the tiny one meet
llama.cpp alone: the others hold them in fp32 on their way, and `make bench-fidelity` tells their perplexity.
"""

import argparse
import json
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from desktop.engine.interface import TOKENIZER_FILE
from desktop.engine.prompt import load_tokenizer
from desktop.models.library import InstalledModel
from tests.bench.peers.genai_models import build, on_inkstones_graph
from tests.bench.rows import show
from tests.bench.starter import STARTER, add_model_option, prepared_model, source_gguf

WORKER = Path(__file__).with_name("contestant.py")
TEXTS = Path(__file__).resolve().parent.parent / "texts"
PROMPT, NEW = 512, 128  # tokens
_WINDOW = 512  # tokens of one text that are scored together
_ON_OURS = "genai, on Inkstone's graph"


class Process:
    """A contestant at work.

    Attributes:
        name: its name in the table.
        prefill: tokens per second, a value a round.
        decode: tokens per second, a value a round.
    """

    def __init__(self, name: str, process: "subprocess.Popen[str]") -> None:
        self.name = name
        self.prefill: list[float] = []
        self.decode: list[float] = []
        self._in, self._out = cast("IO[str]", process.stdin), cast("IO[str]", process.stdout)
        self._read()

    def ask(self, **job: object) -> dict[str, float]:
        """Have it do one job."""
        self._in.write(json.dumps(job) + "\n")
        self._in.flush()
        return self._read()

    def _read(self) -> dict[str, float]:
        line = self._out.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended early; see above")
        return cast("dict[str, float]", json.loads(line))


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table: its name, the kind of engine, the interpreter and the model it runs with."""

    name: str
    engine: str
    python: str
    model: Path


@contextmanager
def contestant(entry: Entry, threads: int) -> Iterator[Process]:
    """Start an engine; it ends with its input."""
    command = [entry.python, str(WORKER), entry.engine, str(entry.model), str(threads)]
    environment = {**os.environ, "PYTHONPATH": str(WORKER.parents[3]), "HF_HUB_OFFLINE": "1"}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, **pipes) as process:
        yield Process(entry.name, process)
        cast("IO[str]", process.stdin).close()


def windows(model: InstalledModel) -> list[list[int]]:
    """Give the benchmark's texts in token ids, at most `_WINDOW` of each."""
    tokenizer = load_tokenizer(model.folder / TOKENIZER_FILE)
    texts = sorted(path for path in TEXTS.iterdir() if path.is_file())
    return [tokenizer.encode(path.read_text(encoding="utf-8")).ids[:_WINDOW] for path in texts]


def perplexity(process: Process, texts: list[list[int]]) -> float:
    """Give exp of the mean surprise over all texts, each weighted by its length."""
    total = sum(len(ids) - 1 for ids in texts)
    return math.exp(sum(process.ask(score=ids)["nll"] * (len(ids) - 1) for ids in texts) / total)


def race(processes: list[Process], prompt: list[int], rounds: int) -> None:
    """Let everyone run once unmeasured, then `rounds` times in changing order."""
    order = random.Random(1)  # not a secret
    for number in range(rounds + 1):
        for process in order.sample(processes, len(processes)):
            times = process.ask(ids=prompt, new=NEW)
            if number:
                process.prefill.append(len(prompt) / times["prefill_s"])
                process.decode.append(NEW / times["decode_s"])


def main() -> None:
    """Run the race and print its table."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("python", help="of the peers' environment")
    arguments.add_argument("builder", help="Python of the environment with onnxruntime-genai's builder")
    add_model_option(arguments)
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--gguf", type=Path)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--duel", action="store_true", help="llama.cpp alone, and no perplexity")
    given = arguments.parse_args()
    model = prepared_model(given.model)
    duel = given.duel or model.manifest.id != STARTER
    texts = windows(model)
    prompt = [token for ids in texts for token in ids][:PROMPT]
    with ExitStack() as stack:
        gguf = stack.enter_context(source_gguf(model, given.gguf))
        entries = [
            Entry("inkstone", "inkstone", sys.executable, model.folder),
            Entry("llama.cpp", "llama.cpp", given.python, gguf),
        ]
        if not duel:
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=model.folder.parent)))
            built = build(given.builder, gguf, scratch, ("int4", "int8"), given.threads)
            entries += [
                *(Entry(f"genai, {bits} by its builder", "genai", given.python, path) for bits, path in built.items()),
                Entry(_ON_OURS, "genai", given.python, on_inkstones_graph(model, scratch / "ours", given.threads)),
                Entry("transformers", "transformers", given.python, gguf),
            ]
        processes = [stack.enter_context(contestant(entry, given.threads)) for entry in entries]
        race(processes, prompt, given.rounds)
        judged = [] if duel else [process for process in processes if process.name != _ON_OURS]
        scored = {process.name: perplexity(process, texts) for process in judged}
    ours = processes[0]
    for process in processes:
        prefill, decode = statistics.median(process.prefill), statistics.median(process.decode)
        row = {
            "engine": process.name,
            "prefill_tokens_per_s": round(prefill, 1),
            "decode_tokens_per_s": round(decode, 1),
            "inkstone_prefill_ratio": round(statistics.median(ours.prefill) / prefill, 2),
            "inkstone_decode_ratio": round(statistics.median(ours.decode) / decode, 2),
            # Inkstone's graph gives the logits of the last token only there; with an fp32 cache: better, if anything.
            "perplexity_ratio": round(scored[process.name] / scored["transformers"], 4)
            if process.name in scored
            else None,
        }
        show(row, as_json=given.json)


if __name__ == "__main__":
    main()
