"""fp32 or GGUF blocks to the int8 blocks of `MatMulNBits`.

A block is 32 neighbouring weights of one output, held as `scale * (quant - zero_point)`. GGUF's small block types
are lattices, `d * q + m`: dividing the step d by a whole number k between 1 and 17 gives an int8 grid that holds all
levels of a block exactly, but for a shift of at most half a grid step, and the k with the smallest shift is taken.
Everything else is rounded to the nearest point of a symmetric grid.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
_NEUTRAL = 128  # the zero point MatMulNBits assumes for 8 bits when none is given

# Block types that begin with the step d (fp16): how many levels they have, and whether an offset m (fp16) follows.
_LATTICES = {"Q4_0": (16, False), "Q5_0": (32, False), "Q8_0": (256, False), "Q4_1": (16, True), "Q5_1": (32, True)}


@dataclass(frozen=True, slots=True)
class Int8Matrix:
    """A matrix of int8 blocks.

    Attributes:
        quants: shape (outputs, blocks, 32).
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


def round_to_int8(weights: NDArray[np.float32]) -> Int8Matrix:
    """Round a matrix of shape (outputs, inputs), inputs a multiple of 32, to symmetric int8 blocks."""
    blocks = weights.reshape(len(weights), -1, BLOCK)
    scales = np.asarray(np.abs(blocks).max(axis=2) / np.float32(127), np.float32)
    steps = blocks / np.where(scales == 0, np.float32(1), scales)[..., None]
    return Int8Matrix((np.rint(steps) + _NEUTRAL).astype(np.uint8), scales, None)


def is_lattice(block_type: str) -> bool:
    """Tell whether `lattice_to_int8` takes this GGUF block type."""
    return block_type in _LATTICES


def lattice_to_int8(block_type: str, stored: NDArray[np.uint8], weights: NDArray[np.float32]) -> Int8Matrix:
    """Hold a lattice block type in int8 without rounding its levels.

    Args:
        block_type: one that `is_lattice`.
        stored: the bytes of the GGUF tensor, one row per output.
        weights: the same tensor dequantized, shape (outputs, inputs).
    """
    levels, has_offset = _LATTICES[block_type]
    blocks = weights.reshape(len(weights), -1, BLOCK)
    halves = stored.reshape(*blocks.shape[:2], -1)[..., :4].copy().view(np.float16).astype(np.float32)
    step = np.where(halves[..., 0] == 0, np.float32(1), halves[..., 0]).astype(np.float32)
    if not has_offset:
        return Int8Matrix((np.rint(blocks / step[..., None]) + _NEUTRAL).astype(np.uint8), halves[..., 0], None)
    offset = halves[..., 1] / step  # in steps
    index = np.rint(blocks / step[..., None] - offset[..., None])  # 0 … levels - 1
    divisor, shift = _least_shift(offset, levels)
    zero = np.clip(-shift, 0, 255)
    flat = halves[..., 0] == 0  # no step: all weights are m
    quants = np.where(flat[..., None], 1, divisor[..., None] * index + (shift + zero)[..., None])
    zero = np.where(flat, 0, zero)
    scales = np.where(flat, halves[..., 1], step / divisor)
    return Int8Matrix(quants.astype(np.uint8), scales.astype(np.float32), zero.astype(np.uint8))


def _least_shift(offset: NDArray[np.float32], levels: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Find the divisor k of the step, and the offset in grid steps, that move each block's levels least.

    Args:
        offset: m / d per block.
        levels: of a block; with k, the grid needs k * (levels - 1) points beside the offset.

    Returns:
        k and the rounded offset, both whole numbers of the shape of `offset`.
    """
    best_k, best_shift = np.ones_like(offset), np.rint(offset)
    best_miss = np.abs(offset - best_shift)
    for k in range(2, 255 // (levels - 1) + 1):
        shift = np.rint(offset * k)
        miss = np.abs(offset * k - shift) / k
        fits = (shift >= -255) & (shift + k * (levels - 1) <= 255)
        better = fits & (miss < best_miss)
        best_k = np.where(better, np.float32(k), best_k)
        best_shift = np.where(better, shift, best_shift)
        best_miss = np.where(better, miss, best_miss)
    return best_k, best_shift
