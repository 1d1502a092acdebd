"""Products of whole numbers: bytes with one scale an output, times rows rounded to bytes, one scale a row.

`MatMulNBits` has a scale for each 32 weights and so adds up in floats: on a processor with AVX2, 512 rows through its
int8 take 2.4 times as long as through ONNX Runtime's integer product, with AMX 5 times. Sums of whole numbers are
exact, too: a row has the same numbers alone and among others, so reading, judging guesses and batches all take this
way, and there is one copy of the weights.

The price is two coarser roundings. What makes them coarse is a few channels of the inputs that are many times as
large as the rest, the same ones for all tokens (Dettmers et al. 2022, "LLM.int8()", section 4): they alone decide the
scale of a row. So the `APART` largest, as the sample texts show them, are multiplied apart, in a block of
`MatMulNBits`, and the others lose little more than they lose there. In the product of whole numbers the weights of
those are zero, and no number of theirs counts for a row's scale.

Products whose results in the samples still move by more than `_MOST_MISS` stay as they were: `to_integers` gives None.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.models.nodes import MICROSOFT, Nodes
from desktop.models.quantize import BLOCK, Int8Matrix, round_to_int8

APART = BLOCK  # channels
_MOST_MISS = 0.01  # of a token's results; the blocks of `MatMulNBits` move them by about 0.005
_SMALLEST = 1e-8
_HIGHEST, _ZERO = 127, 128
_JUDGED = 4  # one token of so many

Inputs = NDArray[np.float64]  # shape (tokens, inputs): what a product meets in the sample texts


@dataclass(frozen=True, slots=True)
class IntegerMatrix:
    """A matrix `(quants - 128) * scales`, and beside it the weights of some of its inputs.

    Attributes:
        quants: shape (inputs, outputs), 1 to 255; 128 for inputs that are multiplied apart.
        scales: shape (outputs,).
        apart: numbers of the inputs that are, shape (APART,), in order.
        beside: their weights, shape (outputs, APART).
    """

    quants: NDArray[np.uint8]
    scales: NDArray[np.float32]
    apart: NDArray[np.int64]
    beside: Int8Matrix

    @property
    def together(self) -> NDArray[np.float32]:
        """Give 1 for an input of the integer product and 0 for one that is multiplied apart, shape (inputs,)."""
        kept = np.ones(len(self.quants), np.float32)
        kept[self.apart] = 0
        return kept

    def multiplied(self, inputs: Inputs) -> NDArray[np.float64]:
        """Give the product with rows, rounded as the graph rounds them, shape (rows, outputs).

        What is multiplied apart is not rounded here: the blocks of `MatMulNBits` hold it closely enough.
        """
        kept = inputs * self.together
        largest = np.abs(kept).max(axis=1, keepdims=True)
        rounded = np.rint(kept / np.where(largest == 0, 1, largest) * _HIGHEST)
        whole = rounded @ (self.quants.astype(np.float64) - _ZERO)
        products: NDArray[np.float64] = whole * self.scales * largest / _HIGHEST
        return products + inputs[:, self.apart] @ self.beside.dequantized().T


def to_integers(weights: NDArray[np.float32], seen: Inputs) -> IntegerMatrix | None:
    """Round a matrix of shape (outputs, inputs); None where it would not stand it.

    Args:
        weights: all finite; of at least `APART` inputs.
        seen: what it is multiplied with in some texts.
    """
    largest = np.abs(seen).max(axis=0)
    apart = np.sort(np.argsort(-largest, kind="stable")[:APART]).astype(np.int64)
    matrix = rounded(weights, apart)
    judged = seen[::_JUDGED]
    return matrix if miss(matrix, judged, judged @ weights.T) <= _MOST_MISS else None


def miss(matrix: IntegerMatrix, inputs: Inputs, true: NDArray[np.float64]) -> float:
    """Tell by what share of their length the results of a row move from the true ones, in the median."""
    moved = np.linalg.norm(matrix.multiplied(inputs) - true, axis=1)
    return float(np.median(moved / np.maximum(np.linalg.norm(true, axis=1), _SMALLEST)))


def add_product(graph: Nodes, name: str, hidden: str, matrix: IntegerMatrix) -> str:
    """Add the product of rows with a matrix; gives its name.

    A row of zeros is 0 / 0: its bytes are any, and its sums times its largest magnitude, 0, are 0 again.

    Args:
        graph: has `last_axis`.
        name: of the product.
        hidden: name of the rows, shape (batch, tokens, inputs).
        matrix: what they are multiplied by.
    """
    if not graph.has("byte_zero"):  # what all products share
        graph.constant("byte_zero", np.array(_ZERO, np.uint8))
        graph.constant("byte_step", np.array(1 / _HIGHEST, np.float32))
        graph.constant("byte_scale", np.array(1, np.float32))
    kept = graph.add("Mul", [hidden, graph.constant(f"{name}.together", matrix.together)], f"{name}.kept")
    magnitude = graph.add("Abs", [kept], f"{name}.magnitude")
    largest = graph.add("ReduceMax", [magnitude, "last_axis"], f"{name}.largest", keepdims=1)
    share = graph.add("Div", [kept, largest], f"{name}.share")
    rounded = graph.add("QuantizeLinear", [share, "byte_step", "byte_zero"], f"{name}.bytes")
    weights = graph.stored(f"{name}.integers", matrix.quants)
    scales = graph.constant(f"{name}.integers.scale", (matrix.scales / _HIGHEST).astype(np.float32))
    inputs = [rounded, weights, "byte_scale", scales, "byte_zero", "byte_zero"]
    whole = graph.add("MatMulIntegerToFloat", inputs, f"{name}.whole", domain=MICROSOFT)
    scaled = graph.add("Mul", [whole, largest], f"{name}.scaled")
    places = graph.constant(f"{name}.places", matrix.apart)
    chosen = graph.add("Gather", [hidden, places], f"{name}.chosen", axis=-1)
    beside = [
        graph.stored(f"{name}.beside", matrix.beside.quants),
        graph.stored(f"{name}.beside.scale", matrix.beside.scales),
    ]
    form: dict[str, Any] = {"K": APART, "N": len(matrix.scales), "bits": 8, "block_size": BLOCK, "accuracy_level": 4}
    apart = graph.add("MatMulNBits", [chosen, *beside], f"{name}.apart", domain=MICROSOFT, **form)
    return graph.add("Add", [scaled, apart], name)


def rounded(weights: NDArray[np.float32], apart: NDArray[np.int64]) -> IntegerMatrix:
    """Round a matrix of shape (outputs, inputs), these inputs of it apart."""
    whole = weights.copy()
    whole[:, apart] = 0
    scales = (np.abs(whole).max(axis=1) / np.float32(_HIGHEST)).astype(np.float32)
    quants = np.rint(whole / np.where(scales == 0, np.float32(1), scales)[:, None]) + _ZERO
    transposed = np.ascontiguousarray(quants.astype(np.uint8).T)
    return IntegerMatrix(transposed, scales, apart, round_to_int8(np.ascontiguousarray(weights[:, apart])))
