"""Products of whole numbers: int8 weights with one scale an output, times rows rounded to bytes, one scale a row.

`MatMulNBits` has a scale for each 32 weights and so adds up in floats: on a processor with AVX2, 512 rows through its
int8 take 2.4 times as long as through ONNX Runtime's integer product, with AMX 5 times. Sums of whole numbers are
exact, too: a row has the same numbers alone and among others, so reading, judging guesses and batches all take this
way, and there is one copy of the weights.

The price is two coarser roundings, and both are measured before they are paid:

- Channels of the inputs that are much larger than the rest would take the whole scale of a row. Each channel k is
  divided by s[k], and its weights are multiplied by it: s = sqrt(largest input / largest weight), SmoothQuant with
  alpha 0.5 (Xiao et al. 2023, eq. 4), the largest inputs as the sample texts show them. Where that does not bring the
  samples' results nearer, it is left out.
- Products where the samples' results still move by more than `_MOST_MISS` stay as they were: `to_integers` gives None.

Rounding to bytes is `q = trunc(x / m * 127 + 128.5)` with m the row's largest magnitude. A row of zeros is 0 / 0: its
bytes are any, and the product with its scale of 0 is 0 again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MOST_MISS = 0.015  # of a token's results; the blocks of `MatMulNBits` move them by about 0.005
_GRID = 8.0  # parts of a smoothing factor's leading half: all processors find the same
_WIDEST = 2.0**10  # of a smoothing factor, either way
_SMALLEST = 1e-8
_HIGHEST = 127
_JUDGED = 4  # one token of so many

Inputs = NDArray[np.float64]  # shape (tokens, inputs): what a product meets in the sample texts


@dataclass(frozen=True, slots=True)
class IntegerMatrix:
    """A matrix `quants * scales`, whose inputs are multiplied by `unsmooth` first where there is one.

    Attributes:
        quants: shape (inputs, outputs), -127 to 127.
        scales: shape (outputs,).
        unsmooth: 1 / s, shape (inputs,); None for 1.
    """

    quants: NDArray[np.int8]
    scales: NDArray[np.float32]
    unsmooth: NDArray[np.float32] | None

    def multiplied(self, inputs: Inputs) -> NDArray[np.float64]:
        """Give the product with rows, rounded as the graph rounds them, shape (rows, outputs)."""
        scaled = inputs if self.unsmooth is None else inputs * self.unsmooth
        largest = np.abs(scaled).max(axis=1, keepdims=True)
        rounded = np.floor(scaled / np.where(largest == 0, 1, largest) * _HIGHEST + 0.5)
        products: NDArray[np.float64] = rounded @ self.quants.astype(np.float64) * self.scales * largest / _HIGHEST
        return products


def to_integers(weights: NDArray[np.float32], seen: Inputs) -> IntegerMatrix | None:
    """Round a matrix of shape (outputs, inputs); None where it would not stand it.

    Args:
        weights: all finite.
        seen: what it is multiplied with in some texts.
    """
    smooth = _smoothing(np.abs(seen).max(axis=0), np.abs(weights).max(axis=0))
    judged = seen[::_JUDGED]
    true = judged @ weights.T
    found = [(miss(matrix, judged, true), matrix) for matrix in (_rounded(weights, None), _rounded(weights, smooth))]
    least, best = min(found, key=lambda one: one[0])
    return best if least <= _MOST_MISS else None


def _rounded(weights: NDArray[np.float32], smooth: NDArray[np.float32] | None) -> IntegerMatrix:
    smoothed = weights if smooth is None else weights * smooth
    scales = np.abs(smoothed).max(axis=1) / np.float32(_HIGHEST)
    quants = np.rint(smoothed / np.where(scales == 0, np.float32(1), scales)[:, None]).astype(np.int8)
    unsmooth = None if smooth is None else (1 / smooth).astype(np.float32)
    return IntegerMatrix(np.ascontiguousarray(quants.T), scales.astype(np.float32), unsmooth)


def miss(matrix: IntegerMatrix, inputs: Inputs, true: NDArray[np.float64]) -> float:
    """Tell by what share of their length the results of a row move from the true ones, in the median."""
    moved = np.linalg.norm(matrix.multiplied(inputs) - true, axis=1)
    return float(np.median(moved / np.maximum(np.linalg.norm(true, axis=1), _SMALLEST)))


def _smoothing(largest_inputs: Inputs, largest_weights: NDArray[np.float32]) -> NDArray[np.float32]:
    factors = np.sqrt(np.maximum(largest_inputs, _SMALLEST) / np.maximum(largest_weights, _SMALLEST))
    leading, exponent = np.frexp(np.clip(factors, 1 / _WIDEST, _WIDEST))
    factors = np.ldexp(np.rint(leading * 2 * _GRID) / (2 * _GRID), exponent)
    return np.asarray(factors, np.float32)
