"""Inkstone beside what a user would pick instead, on the same weights, in one interleaved run.

    python -m tests.bench.peers.race PEERS_PYTHON [--json] [--gguf PATH] [--rounds N] [--threads N]

Every engine is a process of its own that waits while another one works. The order changes from round to round. The
quality of each is its perplexity over tests/bench/texts against transformers' on the dequantized weights.
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
from pathlib import Path
from typing import IO, Any, cast

import numpy as np
import onnx
from onnx import numpy_helper

from desktop.engine.interface import GRAPH_FILE, TOKENIZER_FILE
from desktop.engine.prompt import load_tokenizer
from desktop.models.library import Model
from desktop.models.nodes import WEIGHTS_FILE
from tests.bench.rows import show
from tests.bench.starter import source_gguf, starter_model

WORKER = Path(__file__).with_name("contestant.py")
TEXTS = Path(__file__).resolve().parent.parent / "texts"
PROMPT, NEW = 512, 128  # tokens
_WINDOW = 512  # tokens of one text that are scored together


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


@contextmanager
def contestant(name: str, python: str, model: Path, threads: int) -> Iterator[Process]:
    """Start an engine; it ends with its input."""
    command = [python, str(WORKER), name, str(model), str(threads)]
    environment = {**os.environ, "PYTHONPATH": str(WORKER.parents[3]), "HF_HUB_OFFLINE": "1"}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, **pipes) as process:
        yield Process(name, process)
        cast("IO[str]", process.stdin).close()


def genai_folder(model: Model, folder: Path, threads: int) -> Path:
    """Write Inkstone's graph and weights with the configuration that onnxruntime-genai wants."""
    folder.mkdir()
    proto = onnx.load(model.folder / GRAPH_FILE, load_external_data=False)
    graph = proto.graph
    asked = next(entry for entry in graph.input if entry.name == "num_logits_to_keep")
    graph.input.remove(asked)  # its loop knows no such input and wants the last token's logits
    graph.initializer.append(numpy_helper.from_array(np.array(1, np.int64), asked.name))
    logits = next(entry for entry in graph.output if entry.name == "logits").type.tensor_type.shape.dim
    logits[1].Clear()
    logits[1].dim_value = 1  # by this it knows that it gets the last row only
    _hold_the_cache_in_fp32(graph)
    (folder / GRAPH_FILE).write_bytes(proto.SerializeToString())
    (folder / WEIGHTS_FILE).hardlink_to(model.folder / WEIGHTS_FILE)
    (folder / TOKENIZER_FILE).write_bytes((model.folder / TOKENIZER_FILE).read_bytes())
    key = next(entry for entry in graph.input if entry.name == "past_key_values.0.key").type.tensor_type.shape
    layers = sum(entry.name.endswith(".key") for entry in graph.input)
    attention = next(node for node in graph.node if node.op_type == "GroupQueryAttention")
    heads = next(value.i for value in attention.attribute if value.name == "num_heads")
    names = {"input_ids": "input_ids", "attention_mask": "attention_mask"}
    decoder = {
        "session_options": {"intra_op_num_threads": threads, "provider_options": []},
        "filename": GRAPH_FILE,
        "head_size": key.dim[3].dim_value,
        "hidden_size": heads * key.dim[3].dim_value,
        "num_attention_heads": heads,
        "num_key_value_heads": key.dim[1].dim_value,
        "num_hidden_layers": layers,
        "inputs": {
            **names,
            "past_key_names": "past_key_values.%d.key",
            "past_value_names": "past_key_values.%d.value",
        },
        "outputs": {
            "logits": "logits",
            "present_key_names": "present.%d.key",
            "present_value_names": "present.%d.value",
        },
    }
    config = {
        "model": {
            "type": "llama",
            "bos_token_id": 1,
            "eos_token_id": 2,
            "pad_token_id": 0,
            "vocab_size": logits[2].dim_value,
            "context_length": 4096,
            "decoder": decoder,
        },
        "search": {"past_present_share_buffer": True, "max_length": 4096},
    }
    (folder / "genai_config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def _hold_the_cache_in_fp32(graph: onnx.GraphProto) -> None:
    """Undo the int8 KV cache, which onnxruntime-genai does not allocate."""
    for entry in (*graph.input, *graph.output):
        if entry.name.startswith(("past_key_values.", "present.")):
            entry.type.tensor_type.elem_type = onnx.TensorProto.FLOAT
    for node in graph.node:
        if node.op_type == "GroupQueryAttention":
            del node.input[9:]  # the scales and what is skipped before them
            kept = [value for value in node.attribute if not value.name.endswith(("_quant_type", "_bit_width"))]
            del node.attribute[:]
            node.attribute.extend(kept)


def windows(model: Model) -> list[list[int]]:
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
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--gguf", type=Path)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--threads", type=int, default=2)
    given = arguments.parse_args()
    model = starter_model()
    texts = windows(model)
    prompt = [token for ids in texts for token in ids][:PROMPT]
    with ExitStack() as stack:
        gguf = stack.enter_context(source_gguf(model, given.gguf))
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=model.folder.parent)))
        genai = genai_folder(model, scratch / "genai", given.threads)
        entries = (
            ("inkstone", sys.executable, model.folder),
            ("llama.cpp", given.python, gguf),
            ("genai", given.python, genai),
            ("transformers", given.python, gguf),
        )
        processes = [
            stack.enter_context(contestant(name, python, path, given.threads)) for name, python, path in entries
        ]
        race(processes, prompt, given.rounds)
        scored = {process.name: perplexity(process, texts) for process in processes if process.name != "genai"}
    ours = processes[0]
    for process in processes:
        prefill, decode = statistics.median(process.prefill), statistics.median(process.decode)
        row = {
            "engine": process.name,
            "prefill_tokens_per_s": round(prefill, 1),
            "decode_tokens_per_s": round(decode, 1),
            "inkstone_prefill_ratio": round(statistics.median(ours.prefill) / prefill, 2),
            "inkstone_decode_ratio": round(statistics.median(ours.decode) / decode, 2),
            # genai gives no logits of a prompt; its graph is Inkstone's with an fp32 cache: better, if anything.
            "perplexity_ratio": round(scored[process.name] / scored["transformers"], 4)
            if process.name in scored
            else None,
        }
        show(row, as_json=given.json)


if __name__ == "__main__":
    main()
