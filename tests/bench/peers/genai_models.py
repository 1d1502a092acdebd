"""Models for onnxruntime-genai: what its own builder makes of a GGUF, and Inkstone's graph as it takes it."""

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from desktop.engine.interface import GRAPH_FILE, TOKENIZER_FILE, WEIGHTS_FILE
from desktop.models.attention import READING
from desktop.models.library import InstalledModel

_CONFIG = "genai_config.json"
_WRITER = Path(__file__).with_name("hugging_face.py")
# As its documentation has it for CPUs: int8 products, blocks of 32; all else is the builder's own choice.
_OPTIONS = ("accuracy_level=4", "block_size=32")


def build(python: str, gguf: Path, folder: Path, precisions: Sequence[str], threads: int) -> dict[str, Path]:
    """Have the builder make a model in each precision from the dequantized weights; gives their folders.

    Args:
        python: of the builder's environment.
        gguf: where the weights are from.
        folder: to write in.
        precisions: int4 or int8, as the builder names them.
        threads: for the models' configuration.

    Raises:
        RuntimeError: it failed, with its last words.
    """
    weights = folder / "dequantized"
    weights.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(_WRITER.parents[3]), "HF_HUB_OFFLINE": "1"}

    def ran(*arguments: str | Path) -> None:
        over = subprocess.run([python, *arguments], env=environment, capture_output=True, text=True, check=False)
        if over.returncode:
            raise RuntimeError(over.stderr[-2000:])

    ran(_WRITER, gguf, weights)
    made = {}
    for precision in precisions:
        made[precision] = folder / f"built-{precision}"
        what = ("-i", weights, "-o", made[precision], "-p", precision, "-e", "cpu", "-c", folder / "cache")
        ran("-m", "onnxruntime_genai.models.builder", *what, "--extra_options", *_OPTIONS)
        config = json.loads((made[precision] / _CONFIG).read_text(encoding="utf-8"))
        config["model"]["decoder"]["session_options"]["intra_op_num_threads"] = threads
        (made[precision] / _CONFIG).write_text(json.dumps(config), encoding="utf-8")
    return made


def on_inkstones_graph(model: InstalledModel, folder: Path, threads: int) -> Path:
    """Write Inkstone's graph and weights with the configuration that onnxruntime-genai wants; gives `folder`."""
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
    (folder / _CONFIG).write_text(json.dumps(config), encoding="utf-8")
    return folder


def _hold_the_cache_in_fp32(graph: onnx.GraphProto) -> None:
    """Undo the int8 KV cache, which onnxruntime-genai does not allocate."""
    for entry in (*graph.input, *graph.output):
        if entry.name.startswith(("past_key_values.", "present.")):
            entry.type.tensor_type.elem_type = onnx.TensorProto.FLOAT
    graph.input.remove(next(entry for entry in graph.input if entry.name == READING))
    for node in graph.node:
        if node.op_type == "If":
            branches = {value.name: value.g for value in node.attribute}
            (attention,) = branches["else_branch"].node  # a cache of floats is written and read in this one way
            del attention.input[9:]  # the scales and what is skipped before them
            attention.output[:] = node.output
            kept = [value for value in attention.attribute if not value.name.endswith(("_quant_type", "_bit_width"))]
            del attention.attribute[:]
            attention.attribute.extend(kept)
            node.CopyFrom(attention)
