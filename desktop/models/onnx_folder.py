"""Takes over a decoder that others exported to ONNX.

    optimum                  config.json, model.onnx, model.onnx_data
    ONNX Runtime's builders  genai_config.json, model.onnx, model.onnx.data
    the hub                  config.json, onnx/model.onnx, onnx/model_q4.onnx … : one graph in several precisions

All have the inputs and outputs that the engine knows (`desktop.engine.ort_session`). A graph names the files that its
weights are in, and they keep their names.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import onnx
from google.protobuf.message import DecodeError
from onnx import TensorProto

from desktop.engine.interface import GRAPH_FILE
from desktop.errors import BrokenModel, UnsupportedModel
from desktop.files.names import is_bare_name
from desktop.models.transformers_config import CONFIG_FILE, read_json
from desktop.reasons import ModelReason

_GENAI_FILE = "genai_config.json"
# What one graph in several precisions is called on the hub, the best choice for a CPU first.
_NAMES = ("model", "model_quantized", "model_int8", "model_uint8", "model_q4", "model_fp16", "model_q4f16")
_CONTEXT_KEYS = ("max_position_embeddings", "n_positions", "n_ctx", "seq_length")
_NEEDED = {"input_ids", "attention_mask", "past_key_values.0.key", "past_key_values.0.value"}
_KNOWN = _NEEDED | {"position_ids", "num_logits_to_keep", "reading"}
_USUAL_CONTEXT = 2048  # tokens; where nothing says


def find_graphs(path: Path) -> list[Path]:
    """Give the graphs of a folder, the best choice first; a path to a graph is the only one. None: no such folder."""
    if path.is_file():
        return [path] if path.suffix == ".onnx" else []
    found = [folder / f"{name}.onnx" for folder in (path, path / "onnx") for name in _NAMES]
    return [graph for graph in found if graph.is_file()]


class OnnxFolder:
    """A graph with what lies beside it.

    Args:
        path: the folder, or the graph itself.
        graph: the graph.

    Attributes:
        folder: where the configuration and the tokenizer are.
        family: the architecture, as the configuration says.
        context_length: in tokens.
        vocab: how many tokens it knows; None where the graph does not say.
        end_tokens: ids that end an answer.
        held: how its matrices are held, e.g. int4.
        shared_cache: whether past and present may be one buffer.
        size: bytes of the graph and its weights.

    Raises:
        BrokenModel: a file is missing or damaged.
        UnsupportedModel: it is no decoder that the engine runs.
    """

    def __init__(self, path: Path, graph: Path) -> None:
        self._graph_file = graph
        folders = (graph.parent, graph.parent.parent) if graph.parent.name == "onnx" else (graph.parent,)
        self.folder = next((one for one in (*folders, path) if (one / CONFIG_FILE).is_file()), graph.parent)
        try:
            graph_ = onnx.load(graph, load_external_data=False).graph
        except (DecodeError, OSError, ValueError) as error:
            raise BrokenModel(graph, ModelReason.NO_GRAPH(detail=type(error).__name__)) from error
        self._check(graph_)
        self._data = self._data_files(graph_)
        self.size = sum(file.stat().st_size for file in (graph, *self._data))
        self.shared_cache = any(node.op_type == "GroupQueryAttention" for node in graph_.node)
        self.held = _held(graph_)
        last = next(value for value in graph_.output if value.name == "logits").type.tensor_type.shape.dim
        self.vocab = int(last[-1].dim_value) or None if last else None
        config = self._said(CONFIG_FILE)
        genai = self._said(_GENAI_FILE).get("model") or {}
        self.family = str(config.get("model_type") or genai.get("type") or "unknown")
        lengths = (*(config.get(key) for key in _CONTEXT_KEYS), genai.get("context_length"))
        self.context_length = next((one for one in lengths if type(one) is int and one > 0), _USUAL_CONTEXT)
        ends = genai.get("eos_token_id", [])
        ends = ends if isinstance(ends, list) else [ends]
        self.end_tokens = tuple(one for one in ends if type(one) is int and one >= 0)

    def take_over(self, made: Path, each: Callable[[], None]) -> None:
        """Link the graph and its weights into a folder, or copy them where that cannot be.

        Args:
            made: the folder.
            each: called before each file; may raise to stop.
        """
        for file in (self._graph_file, *self._data):
            each()
            place = made / (GRAPH_FILE if file == self._graph_file else file.name)
            try:
                os.link(file.resolve(), place)
            except OSError:
                shutil.copyfile(file, place)

    def _said(self, name: str) -> Mapping[str, Any]:
        return read_json(self.folder / name) if (self.folder / name).is_file() else {}

    def _check(self, graph: onnx.GraphProto) -> None:
        inputs = {value.name: value for value in graph.input}
        missing = sorted(_NEEDED - inputs.keys()) + sorted(
            {"logits", "present.0.key"} - {value.name for value in graph.output}
        )
        if missing:
            raise UnsupportedModel(self._graph_file, ModelReason.NO_CACHE(name=missing[0]))
        others = [name for name in inputs if name not in _KNOWN and not name.startswith("past_key_values.")]
        if others:
            raise UnsupportedModel(self._graph_file, ModelReason.UNKNOWN_INPUT(name=min(others)))
        shape = inputs["past_key_values.0.key"].type.tensor_type.shape.dim
        if len(shape) != 4 or not shape[1].dim_value or not shape[3].dim_value:  # batch, heads, past, width
            raise UnsupportedModel(self._graph_file, ModelReason.NO_CACHE(name="past_key_values.0.key"))

    def _data_files(self, graph: onnx.GraphProto) -> list[Path]:
        """Give the files that weights are in, beside the graph."""
        tensors = list(graph.initializer)
        for node in graph.node:
            for attribute in node.attribute:
                tensors += attribute.g.initializer
        names = {
            entry.value
            for tensor in tensors
            if tensor.data_location == TensorProto.EXTERNAL
            for entry in tensor.external_data
            if entry.key == "location"
        }
        for name in sorted(names):
            if not is_bare_name(name) or name == GRAPH_FILE:
                raise BrokenModel(self._graph_file, ModelReason.NO_FILE_NAME(name=name))
            if not (self._graph_file.parent / name).is_file():
                raise BrokenModel(self._graph_file, ModelReason.PART_MISSING(name=name))
        return [self._graph_file.parent / name for name in sorted(names)]


def _held(graph: onnx.GraphProto) -> str:
    """Tell how a graph holds its matrices."""
    bits = {
        value.i
        for node in graph.node
        if node.op_type == "MatMulNBits"
        for value in node.attribute
        if value.name == "bits"
    }
    if any(node.op_type in ("MatMulInteger", "DynamicQuantizeMatMul", "QLinearMatMul") for node in graph.node):
        bits.add(8)
    if bits:
        return "/".join(f"int{width}" for width in sorted(bits))
    half = sum(tensor.data_type == TensorProto.FLOAT16 for tensor in graph.initializer)
    return "fp16" if 2 * half > len(graph.initializer) else "fp32"
