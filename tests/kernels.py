"""What this processor's kernels of ONNX Runtime promise: some tests can ask for the last bit only where it is there."""

import functools
from collections.abc import Callable

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Rows = NDArray[np.float32]
_INPUTS, _OUTPUTS, _BLOCK = 256, 64, 32


@functools.cache
def int4_rows_are_exact() -> bool:
    """Whether a row through an int4 `MatMulNBits` gives the same bits alone and among others.

    ONNX Runtime 1.31 adds up a single row in another order than several where a processor has AVX2 but not AVX-512.
    """
    product, rows = _int4_product(), np.random.default_rng(1).standard_normal((8, _INPUTS)).astype(np.float32)
    together = product(rows)
    return all(np.array_equal(product(rows[at : at + 1])[0], together[at]) for at in range(len(rows)))


def assert_same(found: object, expected: object) -> None:
    """Assert that logits are the same: to the last bit where the kernels can, else up to what rounding makes of it."""
    if int4_rows_are_exact():
        np.testing.assert_array_equal(found, expected)
    else:
        one, other = np.ravel(np.asarray(found, np.float64)), np.ravel(np.asarray(expected, np.float64))
        assert np.corrcoef(one, other)[0, 1] > 0.999


def _int4_product() -> Callable[[Rows], Rows]:
    random = np.random.default_rng(0)
    quants = random.integers(0, 256, (_OUTPUTS, _INPUTS // _BLOCK, _BLOCK // 2), dtype=np.uint8)
    scales = random.random(_OUTPUTS * _INPUTS // _BLOCK).astype(np.float32)
    node = helper.make_node(
        "MatMulNBits",
        ["rows", "quants", "scales"],
        ["product"],
        domain="com.microsoft",
        K=_INPUTS,
        N=_OUTPUTS,
        bits=4,
        block_size=_BLOCK,
        accuracy_level=4,
    )
    graph = helper.make_graph(
        [node],
        "int4",
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, ["count", _INPUTS])],
        [helper.make_tensor_value_info("product", TensorProto.FLOAT, ["count", _OUTPUTS])],
        [numpy_helper.from_array(quants, "quants"), numpy_helper.from_array(scales, "scales")],
    )
    opsets = [helper.make_opsetid("", 21), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=10)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])

    def product(rows: Rows) -> Rows:
        found: Rows = session.run(None, {"rows": rows})[0]
        return found

    return product
