"""GGUF blocks or fp32 to the int8 blocks of `MatMulNBits`.

A block is 32 neighbouring weights of one output, or 16, held as `scale * (quant - zero_point)`. The levels of GGUF's
blocks are evenly spaced, and int8 has more of them:

- Without an offset (Q4_0, Q5_0, Q8_0; IQ4_NL, whose uneven levels are bytes) they are int8 levels as they are.
- With one (Q4_1, Q5_1, Q4_K, Q5_K, and Q2_K in blocks of 16), dividing the step d by a whole number k between 1 and 17
  gives a grid that holds all of a block, but for a shift of at most half a grid step; the k that shifts least is taken.
- Q3_K and Q6_K have a step for each 16 weights, and two of these share a grid: a 32nd or a quarter of the larger step,
  so that one half is exact and the other is missed by half of that at most. With Q6_K that is a fifth of what its own
  rounding missed. Blocks of 16 would be exact, and take a tenth more memory (`tests/bench/NOTES.md`).

Everything else is rounded to the nearest point of a symmetric grid.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.models.gguf_blocks import BlockType

BLOCK = 32
_NEUTRAL = 128  # the zero point MatMulNBits assumes for 8 bits when none is given
_MOST = 255
_MOST_DIVISIONS = 17  # of a step; more would move the levels of 16 no less


@dataclass(frozen=True, slots=True)
class Int8Matrix:
    """A matrix of int8 blocks.

    Attributes:
        quants: shape (outputs, blocks, 32), or 16 at the end.
        scales: shape (outputs, blocks).
        zero_points: shape (outputs, blocks); None where all are 128.
    """

    quants: NDArray[np.uint8]
    scales: NDArray[np.float32]
    zero_points: NDArray[np.uint8] | None

    def dequantized(self) -> NDArray[np.float32]:
        """Give the weights this stands for, shape (outputs, inputs)."""
        zero = np.float32(_NEUTRAL) if self.zero_points is None else self.zero_points[..., None].astype(np.float32)
        return ((self.quants - zero) * self.scales[..., None]).reshape(len(self.quants), -1).astype(np.float32)

    def in_blocks_of(self, width: int) -> "Int8Matrix":
        """Give the same matrix in blocks of this width, which divides that of its own."""
        times = self.quants.shape[2] // width
        if times == 1:
            return self
        zeros = None if self.zero_points is None else self.zero_points.repeat(times, axis=1)
        return Int8Matrix(self.quants.reshape(len(self.quants), -1, width), self.scales.repeat(times, axis=1), zeros)

    def all_zero_points(self) -> NDArray[np.uint8]:
        """Give the zero points, also where all are 128."""
        return np.full(self.scales.shape, _NEUTRAL, np.uint8) if self.zero_points is None else self.zero_points


def round_to_int8(weights: NDArray[np.float32]) -> Int8Matrix:
    """Round a matrix of shape (outputs, inputs), inputs a multiple of 32, to symmetric int8 blocks."""
    return Int8Matrix(*_rounded(weights.reshape(len(weights), -1, BLOCK)), None)


def width_in_int8(block_type: BlockType) -> int:
    """Tell how many weights of such a tensor share a scale in int8: 16 or 32."""
    return block_type.width if block_type.zero is None else BLOCK


def to_int8(block_type: BlockType, stored: NDArray[np.uint8]) -> Int8Matrix:
    """Hold rows of a GGUF tensor in int8; `stored` as `GgufFile.blocks` gives them."""
    (steps, offsets), quants = block_type.steps(stored), block_type.quants(stored)
    if offsets is not None:
        return _with_offsets(quants, steps, offsets, block_type.highest)
    assert block_type.zero is not None  # noqa: S101  # what has no offsets has a level that is zero
    if block_type.width < BLOCK:
        return _halves_together(quants, steps, block_type.zero)
    return Int8Matrix(quants + np.uint8(_NEUTRAL - block_type.zero), steps, None)


def _rounded(blocks: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Round blocks, shape (…, width), to quants around 128; gives these and the scales, shape (…)."""
    scales = np.asarray(np.abs(blocks).max(axis=-1) / np.float32(127), np.float32)
    steps = blocks / np.where(scales == 0, np.float32(1), scales)[..., None]
    return (np.rint(steps) + _NEUTRAL).astype(np.uint8), scales


def _halves_together(quants: NDArray[np.uint8], steps: NDArray[np.float32], zero: int) -> Int8Matrix:
    """Put two blocks of 16, levels from -zero to zero - 1 times their steps, on one grid."""
    steps = steps.reshape(len(steps), -1, 2)
    first, second = steps[..., 0], steps[..., 1]
    larger = np.where(np.abs(first) >= np.abs(second), first, second).astype(np.float32)
    divisions = np.float32(_NEUTRAL // zero)
    factors = divisions * steps / np.where(larger == 0, np.float32(1), larger)[..., None]
    grid = quants.reshape(*steps.shape, -1).astype(np.float32)
    grid -= zero
    grid *= factors[..., None]
    np.rint(grid, out=grid)
    grid += _NEUTRAL
    np.minimum(grid, _MOST, out=grid)  # where the smaller half has the other sign, and its lowest level
    return Int8Matrix(grid.astype(np.uint8).reshape(*larger.shape, BLOCK), larger / divisions, None)


def _with_offsets(
    quants: NDArray[np.uint8], steps: NDArray[np.float32], offsets: NDArray[np.float32], highest: int
) -> Int8Matrix:
    flat = steps == 0  # all weights are the offset
    step = np.where(flat, np.float32(1), steps).astype(np.float32)
    divisor, shift = _least_shift(offsets / step, highest)
    zero = np.clip(-shift, 0, _MOST)
    scales = np.where(flat, offsets, step / divisor).astype(np.float32)
    grid = quants.astype(np.float32)
    grid *= divisor[..., None]
    grid += (shift + zero)[..., None]
    far = ~flat & ((shift < -_MOST) | (shift + divisor * highest > _MOST))  # does not even fit with k = 1
    if far.any():
        zero[far] = _NEUTRAL
        grid[far], scales[far] = _rounded(quants[far] * step[far][:, None] + offsets[far][:, None])
    grid[flat], zero[flat] = 1, 0
    return Int8Matrix(grid.astype(np.uint8), scales, zero.astype(np.uint8))


def _least_shift(offset: NDArray[np.float32], highest: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Find the divisor k of the step, and the offset in grid steps, that move each block's levels least.

    Args:
        offset: m / d per block.
        highest: level of a block; with k, the grid needs k * highest points beside the offset.

    Returns:
        k and the rounded offset, both whole numbers of the shape of `offset`.
    """
    best_k, best_shift = np.ones_like(offset), np.rint(offset)
    best_miss = np.abs(offset - best_shift)
    for k in range(2, min(_MOST_DIVISIONS, _MOST // highest) + 1):
        shift = np.rint(offset * k)
        miss = np.abs(offset * k - shift) / k
        fits = (shift >= -_MOST) & (shift + k * highest <= _MOST)
        better = fits & (miss < best_miss)
        best_k = np.where(better, np.float32(k), best_k)
        best_shift = np.where(better, shift, best_shift)
        best_miss = np.where(better, miss, best_miss)
    return best_k, best_shift
