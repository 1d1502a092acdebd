"""GGUF's 4-bit blocks in the int4 blocks of `MatMulNBits`, with their own levels.

A block of Q4_0 is `d * (q - 8)`, as int4 has it. A block of Q4_1 or Q4_K is `d * q + m` with any offset m, and int4
only knows whole zero points z: `d * (q - z)` misses each weight of the block by the same c = m + d * z, at most half a
step. That is too much (perplexity rises by a fifth), but it is one number a block, and times the block's inputs it
gives c times their sum. So the sums of the blocks stand behind the inputs as further inputs, and the c behind the
weights as further weights, in int4 too: what they then miss is a thirtieth of a step.

What the blocks' steps and offsets say decides all but the levels themselves, so `to_int4` takes the former and the
levels of a large matrix are packed a few rows at a time.

A row has the same numbers alone and among others, so a guess of several tokens is judged as one by one; but on a
processor with AVX2 and no AVX-512, ONNX Runtime 1.31 adds up a single row in another order: there the last bits differ.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.models.gguf_blocks import BlockType, Steps
from desktop.models.quantize import BLOCK

_MOST = 15  # the highest of 16 levels
_MIDDLE = 8  # zero point of Q4_0, and of MatMulNBits for 4 bits when none is given
_MISS = 1 / 12  # of a step; with more, int8 is closer


@dataclass(frozen=True, slots=True)
class Int4Matrix:
    """All of a matrix of int4 blocks, `scale * (quant - zero_point)`, but the levels of its weights.

    Attributes:
        scales: shape (outputs, blocks).
        zero_points: shape (outputs, blocks / 2 rounded up); of two neighbours the first is in the low half; None where
            all are 8.
        inputs: of the weights.
        sums: how many sums of 32 inputs follow them; 0 where no block has an offset.
        behind: the quants of those, shape (outputs, blocks of them, 16), packed like the zero points.
    """

    scales: NDArray[np.float32]
    zero_points: NDArray[np.uint8] | None
    inputs: int
    sums: int
    behind: NDArray[np.uint8]

    def packed(self, quants: NDArray[np.uint8], first: int = 0) -> NDArray[np.uint8]:
        """Pack the levels of some rows, shape (rows, blocks, 32), from row `first` on; gives (rows, blocks, 16)."""
        return np.concatenate([_packed(quants), self.behind[first : first + len(quants)]], axis=1)

    def dequantized(self, packed: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Give the weights that this and the packed quants of all rows stand for, shape (outputs, inputs)."""
        outputs, blocks = self.scales.shape
        zero: NDArray[np.uint8] | int = _MIDDLE
        if self.zero_points is not None:
            zero = _unpacked(self.zero_points)[:, :blocks, None]
        values = (_unpacked(packed).astype(np.float32) - zero) * self.scales[..., None]
        flat = values.reshape(outputs, -1)
        offsets = flat[:, self.inputs : self.inputs + self.sums].repeat(BLOCK, axis=1) if self.sums else 0
        weights: NDArray[np.float32] = flat[:, : self.inputs] + offsets
        return weights


def fits_int4(block_type: BlockType) -> bool:
    """Tell whether the levels of a type are those of int4."""
    return block_type.highest == _MOST and block_type.width == BLOCK


def to_int4(parts: list[Steps]) -> Int4Matrix | None:
    """Hold tensors that `fits_int4`, one under the other; None where their offsets are too uneven for it."""
    steps = np.concatenate([part[0] for part in parts])
    inputs = steps.shape[1] * BLOCK
    if all(offsets is None for _, offsets in parts):
        return Int4Matrix(steps, None, inputs, 0, np.empty((len(steps), 0, BLOCK // 2), np.uint8))
    offsets = np.concatenate([-_MIDDLE * steps if offsets is None else offsets for steps, offsets in parts])
    zeros = np.clip(np.rint(-offsets / np.where(steps == 0, np.float32(1), steps)), 0, _MOST)
    missed = offsets + steps * zeros
    more_quants, more_steps, more_zeros = _round_to_int4(missed)
    held = ((more_quants - more_zeros[..., None]) * more_steps[..., None]).reshape(len(missed), -1)
    miss = np.square(held[:, : missed.shape[1]] - missed).mean()
    if miss > _MISS**2 * np.square(steps).mean():
        return None
    scales = np.concatenate([steps, more_steps], axis=1).astype(np.float32)
    zero_points = _packed(np.concatenate([zeros, more_zeros], axis=1).astype(np.uint8))
    return Int4Matrix(scales, zero_points, inputs, missed.shape[1], _packed(more_quants))


def _round_to_int4(
    values: NDArray[np.float32],
) -> tuple[NDArray[np.uint8], NDArray[np.float32], NDArray[np.float32]]:
    """Round numbers, shape (outputs, any), to int4 blocks; gives their quants, scales and zero points."""
    outputs, count = values.shape
    blocks = np.zeros((outputs, -(-count // BLOCK), BLOCK), np.float32)
    blocks.reshape(outputs, -1)[:, :count] = values
    low, high = np.minimum(blocks.min(axis=2), 0), np.maximum(blocks.max(axis=2), 0)
    scales = ((high - low) / _MOST).astype(np.float32)
    divisor = np.where(scales == 0, np.float32(1), scales)
    zeros = np.rint(-low / divisor)
    quants = np.clip(np.rint(blocks / divisor[..., None]) + zeros[..., None], 0, _MOST)
    return quants.astype(np.uint8), scales, zeros


def _packed(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Put two neighbours of the last axis, 0 to 15 each, into a byte."""
    if values.shape[-1] % 2:
        values = np.concatenate([values, np.zeros_like(values[..., :1])], axis=-1)
    pairs = np.ascontiguousarray(values).view("<u2")
    packed: NDArray[np.uint8] = (pairs | (pairs >> 4)).astype(np.uint8)
    return packed


def _unpacked(packed: NDArray[np.uint8]) -> NDArray[np.uint8]:
    values: NDArray[np.uint8] = np.stack([packed & 15, packed >> 4], axis=-1).reshape(*packed.shape[:-1], -1)
    return values
