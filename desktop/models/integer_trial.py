"""Whether products of whole numbers are faster on this processor than those of int8 in blocks: both are tried."""

import functools
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, helper

from desktop.engine.interface import GRAPH_FILE, WEIGHTS_FILE
from desktop.engine.kernel_race import shortest_runs
from desktop.models.integer import APART, add_product, rounded
from desktop.models.nodes import MICROSOFT, Nodes, WeightsFile
from desktop.models.quantize import BLOCK, round_to_int8

_INPUTS, _OUTPUTS = 896, 9728  # gate and up of a model of half a billion weights: more than most caches hold
_ONE, _MANY = 1, 64  # rows: a token that is written, a part of a prompt
_ROUNDS = 15
_WORTH = 0.85  # of the time of the blocks, for many rows
_NEARLY = 1.5  # the same for one, which the memory decides: in one product alone it differs from run to run
_IR_VERSION, _OPSET = 10, 21


@functools.cache
def integers_pay() -> bool:
    """Tell whether many rows are clearly faster in whole numbers, and one is not slower. Takes a second, once."""
    weights = np.random.default_rng(1).standard_normal((_OUTPUTS, _INPUTS)).astype(np.float32)

    def whole(graph: Nodes) -> None:
        add_product(graph, "product", "rows", rounded(weights, np.arange(APART)))

    def in_blocks(graph: Nodes) -> None:
        matrix = round_to_int8(weights)
        names = [graph.stored("quants", matrix.quants), graph.stored("scales", matrix.scales)]
        form: dict[str, Any] = {"K": _INPUTS, "N": _OUTPUTS, "bits": 8, "block_size": BLOCK, "accuracy_level": 4}
        graph.add("MatMulNBits", ["rows", *names], "product", domain=MICROSOFT, **form)

    rows = [np.ones((1, count, _INPUTS), np.float32) for count in (_ONE, _MANY)]
    with tempfile.TemporaryDirectory() as folder:
        graphs = [write_trial(Path(folder) / way.__name__, way) for way in (whole, in_blocks)]
        (one, many), (one_in_blocks, many_in_blocks) = shortest_runs(graphs, rows, _ROUNDS)
    return many < _WORTH * many_in_blocks and one < _NEARLY * one_in_blocks


def write_trial(folder: Path, add: Callable[[Nodes], None]) -> Path:
    """Write a graph from `rows` to `product` into a new folder; gives its file."""
    folder.mkdir()
    with (folder / WEIGHTS_FILE).open("wb") as file:
        graph = Nodes(WeightsFile(file))
        graph.constant("last_axis", np.array([-1], np.int64))
        add(graph)
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in ("rows", "product")]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "trial", ends[:1], ends[1:], graph.initializers),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=_IR_VERSION,
    )
    (folder / GRAPH_FILE).write_bytes(model.SerializeToString())
    return folder / GRAPH_FILE
