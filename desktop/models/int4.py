"""GGUF's 4-bit blocks in the int4 blocks of `MatMulNBits`, with their own levels.

A block of Q4_0 is `d * (q - 8)`, as int4 has it. A block of Q4_1 is `d * q + m` with any offset m, and int4 only knows
whole zero points z: `d * (q - z)` misses each weight of the block by the same c = m + d * z, at most half a step. That
is too much (perplexity rises by a fifth), but it is one number a block, and times the block's inputs it gives c times
their sum. So the sums of the blocks stand behind the inputs as further inputs, and the c behind the weights as further
weights, in int4 too: what they then miss is a thirtieth of a step.

A row has the same numbers alone and among others, so a guess of several tokens is judged as one by one; but on a
processor with AVX2 and no AVX-512, ONNX Runtime 1.31 adds up a single row in another order: there the last bits differ.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.models.quantize import BLOCK

_MOST = 15  # the highest of 16 levels
_MIDDLE = 8  # zero point of Q4_0, and of MatMulNBits for 4 bits when none is given
_TYPES = ("Q4_0", "Q4_1")
_MISS = 1 / 12  # of a step; with more, int8 is closer


@dataclass(frozen=True, slots=True)
class Int4Matrix:
    """A matrix of int4 blocks, `scale * (quant - zero_point)`.

    Attributes:
        quants: shape (outputs, blocks, 16); of two neighbours the first is in the low half.
        scales: shape (outputs, blocks).
        zero_points: shape (outputs, blocks / 2 rounded up), packed alike; None where all are 8.
        inputs: of the weights.
        sums: how many sums of 32 inputs follow them; 0 where no block has an offset.
    """

    quants: NDArray[np.uint8]
    scales: NDArray[np.float32]
    zero_points: NDArray[np.uint8] | None
    inputs: int
    sums: int

    def dequantized(self) -> NDArray[np.float32]:
        """Give the weights this stands for, shape (outputs, inputs)."""
        outputs, blocks = self.scales.shape
        zero: NDArray[np.uint8] | int = _MIDDLE
        if self.zero_points is not None:
            zero = _unpacked(self.zero_points)[:, :blocks, None]
        values = (_unpacked(self.quants).astype(np.float32) - zero) * self.scales[..., None]
        flat = values.reshape(outputs, -1)
        offsets = flat[:, self.inputs : self.inputs + self.sums].repeat(BLOCK, axis=1) if self.sums else 0
        weights: NDArray[np.float32] = flat[:, : self.inputs] + offsets
        return weights


@dataclass(frozen=True, slots=True)
class Levels:
    """The blocks of a GGUF tensor, `step * quant + offset`.

    Attributes:
        quants: 0 to 15, shape (outputs, blocks, 32).
        steps: shape (outputs, blocks).
        offsets: shape (outputs, blocks); None with Q4_0, whose zero is level 8.
    """

    quants: NDArray[np.uint8]
    steps: NDArray[np.float32]
    offsets: NDArray[np.float32] | None

    def rows(self, order: NDArray[np.intp]) -> "Levels":
        """Give the same with its outputs in another order."""
        return Levels(self.quants[order], self.steps[order], None if self.offsets is None else self.offsets[order])


def levels(block_type: str, stored: NDArray[np.uint8]) -> Levels | None:
    """Read the blocks of a tensor; None where they are not of 4 bits.

    Args:
        block_type: GGUF's name of it.
        stored: the bytes of the tensor, one row per output.
    """
    if block_type not in _TYPES:
        return None
    numbers = 2 if block_type == "Q4_1" else 1  # fp16: the step, the offset
    blocks = stored.reshape(len(stored), -1, 2 * numbers + BLOCK // 2)
    halves = blocks[..., : 2 * numbers].copy().view(np.float16).astype(np.float32)
    packed = blocks[..., 2 * numbers :]
    quants = np.concatenate([packed & 15, packed >> 4], axis=-1)
    return Levels(quants, halves[..., 0], halves[..., 1] if numbers == 2 else None)


def to_int4(parts: list[Levels]) -> Int4Matrix | None:
    """Hold tensors of 4-bit blocks, one under the other; None where their offsets are too uneven for it."""
    quants, steps = np.concatenate([part.quants for part in parts]), np.concatenate([part.steps for part in parts])
    inputs = quants.shape[1] * BLOCK
    if all(part.offsets is None for part in parts):
        return Int4Matrix(_packed(quants), steps, None, inputs, 0)
    offsets = np.concatenate([-_MIDDLE * part.steps if part.offsets is None else part.offsets for part in parts])
    zeros = np.clip(np.rint(-offsets / np.where(steps == 0, np.float32(1), steps)), 0, _MOST)
    missed = offsets + steps * zeros
    more_quants, more_steps, more_zeros = _round_to_int4(missed)
    matrix = Int4Matrix(
        _packed(np.concatenate([quants, more_quants], axis=1)),
        np.concatenate([steps, more_steps], axis=1).astype(np.float32),
        _packed(np.concatenate([zeros, more_zeros], axis=1).astype(np.uint8)),
        inputs,
        missed.shape[1],
    )
    held = ((more_quants - more_zeros[..., None]) * more_steps[..., None]).reshape(len(missed), -1)
    miss = np.square(held[:, : missed.shape[1]] - missed).mean()
    return matrix if miss <= _MISS**2 * np.square(steps).mean() else None


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
    """Put two neighbours of the last axis into a byte."""
    if values.shape[-1] % 2:
        values = np.concatenate([values, np.zeros_like(values[..., :1])], axis=-1)
    packed = values[..., 0::2] | (values[..., 1::2] << 4)
    return packed.astype(np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> NDArray[np.uint8]:
    values: NDArray[np.uint8] = np.stack([packed & 15, packed >> 4], axis=-1).reshape(*packed.shape[:-1], -1)
    return values
