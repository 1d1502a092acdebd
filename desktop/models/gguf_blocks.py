"""The blocks of GGUF's quantized tensors, taken apart: which level each weight has, and where a block's levels lie.

A weight is `step * quant + offset`, or `step * (quant - zero)` where its type knows no offsets. Steps and offsets
belong to a block of 32 weights, or of 16 in some of the types that hold 256 weights together ("super-blocks").

Format: the block structures of the ggml library (`ggml-common.h`), as the `gguf` package unpacks them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from gguf.quants import IQ4_NL
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]  # shape (outputs, stored blocks, bytes of a stored block)
Steps = tuple[NDArray[np.float32], NDArray[np.float32] | None]  # steps and offsets, each of shape (outputs, blocks)


@dataclass(frozen=True, slots=True)
class BlockType:
    """How a type of tensor is taken apart.

    Attributes:
        size: bytes of a stored block.
        width: how many weights share a step: 16 or 32.
        highest: the highest level; the lowest is 0.
        zero: the level that is 0; None where blocks have offsets.
        read_steps: gives steps and offsets, of the bytes of some rows.
        read_quants: gives the level of each weight, shape (outputs, blocks, width), of the bytes of some rows.
    """

    size: int
    width: int
    highest: int
    zero: int | None
    read_steps: Callable[[Bytes], Steps]
    read_quants: Callable[[Bytes], NDArray[np.uint8]]

    def steps(self, stored: NDArray[np.uint8]) -> Steps:
        """Give steps and offsets of some rows, `stored` as `GgufFile.blocks` gives them."""
        return self.read_steps(self._split(stored))

    def quants(self, stored: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Give the levels of the weights of some rows, shape (outputs, blocks, width)."""
        return self.read_quants(self._split(stored)).reshape(len(stored), -1, self.width)

    def weights(self, stored: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Give the weights of some rows, shape (outputs, inputs)."""
        steps, offsets = self.steps(stored)
        weights = self.quants(stored).astype(np.float32)
        if self.zero is not None:
            weights -= np.float32(self.zero)
        weights *= steps[..., None]
        if offsets is not None:
            weights += offsets[..., None]
        return weights.reshape(len(stored), -1)

    def _split(self, stored: NDArray[np.uint8]) -> Bytes:
        return stored.reshape(len(stored), -1, self.size)


def _halves(blocks: Bytes, start: int, count: int = 1) -> NDArray[np.float32]:
    """Read fp16 numbers out of each block, shape (outputs, stored blocks, count)."""
    return np.ascontiguousarray(blocks[..., start : start + 2 * count]).view(np.float16).astype(np.float32)


def _one_step(blocks: Bytes) -> Steps:
    return _halves(blocks, 0)[..., 0], None


def _step_and_offset(blocks: Bytes) -> Steps:
    halves = _halves(blocks, 0, 2)
    return halves[..., 0], halves[..., 1]


def _flat(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return values.reshape(len(values), -1)


def _six_bit_steps(blocks: Bytes) -> Steps:
    """Q4_K and Q5_K: eight steps and eight minima of 6 bits each, in 12 bytes, times an fp16 each."""
    halves, packed = _halves(blocks, 0, 2), blocks[..., 4:16]
    low, middle, high = packed[..., :4], packed[..., 4:8], packed[..., 8:]
    scales = np.concatenate([low & 63, (high & 15) | ((low >> 2) & 48)], axis=-1)
    minima = np.concatenate([middle & 63, (high >> 4) | ((middle >> 2) & 48)], axis=-1)
    return _flat(halves[..., :1] * scales), _flat(-(halves[..., 1:] * minima))


def _four_bit_steps(blocks: Bytes) -> Steps:
    """Q2_K: sixteen steps and minima of 4 bits each."""
    halves, packed = _halves(blocks, 80, 2), blocks[..., :16]
    return _flat(halves[..., :1] * (packed & 15)), _flat(-(halves[..., 1:] * (packed >> 4)))


def _signed_six_bit_steps(blocks: Bytes) -> Steps:
    """Q3_K: sixteen steps of 6 bits, less 32: four low bits in eight bytes, two high ones in four."""
    low, high = blocks[..., 96:104], blocks[..., 104:108]
    low = np.concatenate([low & 15, low >> 4], axis=-1)
    high = np.concatenate([(high >> shift) & 3 for shift in (0, 2, 4, 6)], axis=-1)
    scales = (low | (high << 4)).astype(np.int8) - np.int8(32)
    return _flat(_halves(blocks, 108) * scales), None


def _byte_steps(blocks: Bytes) -> Steps:
    """Q6_K: sixteen steps of a signed byte each."""
    scales = np.ascontiguousarray(blocks[..., 192:208]).view(np.int8)
    return _flat(_halves(blocks, 208) * scales), None


def _nibbles(packed: Bytes) -> NDArray[np.uint8]:
    """Low halves of all bytes, then the high ones."""
    return np.concatenate([packed & 15, packed >> 4], axis=-1)


def _nibbles_by_32(packed: Bytes) -> NDArray[np.uint8]:
    """Low halves of 32 bytes, then their high ones, and so on."""
    return _nibbles(packed.reshape(*packed.shape[:2], -1, 32))


def _with_fifth_bits(blocks: Bytes, start: int) -> NDArray[np.uint8]:
    """Q5_0 and Q5_1: the fifth bits of 32 weights in four bytes, then the other four bits of each."""
    bits = np.unpackbits(blocks[..., start : start + 4], axis=-1, bitorder="little")
    quants: NDArray[np.uint8] = _nibbles(blocks[..., start + 4 :]) | (bits * np.uint8(16))
    return quants


def _q5_k(blocks: Bytes) -> NDArray[np.uint8]:
    """Bit n of 32 bytes is the fifth bit of the n-th 32 weights."""
    fifth, rest = blocks[..., 16:48], _nibbles_by_32(blocks[..., 48:])
    bits = np.stack([(fifth >> shift) & 1 for shift in range(8)], axis=2)
    quants: NDArray[np.uint8] = rest.reshape(bits.shape) | (bits * np.uint8(16))
    return quants


def _q6_k(blocks: Bytes) -> NDArray[np.uint8]:
    """128 weights at a time: 64 bytes of low halves, 32 of two high bits for each quarter."""
    low = blocks[..., :128].reshape(*blocks.shape[:2], 2, 64)
    high = blocks[..., 128:192].reshape(*blocks.shape[:2], 2, 32)
    quants = np.empty((*blocks.shape[:2], 2, 4, 32), np.uint8)
    for quarter in range(4):
        bytes_ = low[..., 32 * (quarter % 2) : 32 * (quarter % 2 + 1)]
        four = bytes_ & 15 if quarter < 2 else bytes_ >> 4
        quants[..., quarter, :] = four | (((high >> (2 * quarter)) & 3) << 4)
    return quants


def _q2_k(blocks: Bytes) -> NDArray[np.uint8]:
    """128 weights at a time: two bits of 32 bytes for each quarter."""
    packed = blocks[..., 16:80].reshape(*blocks.shape[:2], 2, 32)
    quants: NDArray[np.uint8] = np.stack([(packed >> shift) & 3 for shift in (0, 2, 4, 6)], axis=3)
    return quants


def _q3_k(blocks: Bytes) -> NDArray[np.uint8]:
    """As Q2_K, and the third bit of the n-th 32 weights is bit n of 32 bytes."""
    packed = blocks[..., 32:96].reshape(*blocks.shape[:2], 2, 32)
    two = np.stack([(packed >> shift) & 3 for shift in (0, 2, 4, 6)], axis=3).reshape(*blocks.shape[:2], 8, 32)
    third = np.stack([(blocks[..., :32] >> shift) & 1 for shift in range(8)], axis=2)
    quants: NDArray[np.uint8] = two | (third << 2)
    return quants


def _q8_0(blocks: Bytes) -> NDArray[np.uint8]:
    return blocks[..., 2:] ^ np.uint8(128)  # signed to 0 … 255


def _iq4_nl(blocks: Bytes) -> NDArray[np.uint8]:
    """Four bits choose one of sixteen uneven levels, which are signed bytes."""
    table = (np.array(IQ4_NL.kvalues, np.int16) + 128).astype(np.uint8)
    quants: NDArray[np.uint8] = table[_nibbles(blocks[..., 2:])]
    return quants


BLOCK_TYPES = {
    "Q4_0": BlockType(18, 32, 15, 8, _one_step, lambda blocks: _nibbles(blocks[..., 2:])),
    "Q4_1": BlockType(20, 32, 15, None, _step_and_offset, lambda blocks: _nibbles(blocks[..., 4:])),
    "Q4_K": BlockType(144, 32, 15, None, _six_bit_steps, lambda blocks: _nibbles_by_32(blocks[..., 16:])),
    "Q5_0": BlockType(22, 32, 31, 16, _one_step, lambda blocks: _with_fifth_bits(blocks, 2)),
    "Q5_1": BlockType(24, 32, 31, None, _step_and_offset, lambda blocks: _with_fifth_bits(blocks, 4)),
    "Q5_K": BlockType(176, 32, 31, None, _six_bit_steps, _q5_k),
    "Q8_0": BlockType(34, 32, 255, 128, _one_step, _q8_0),
    "Q2_K": BlockType(84, 16, 3, None, _four_bit_steps, _q2_k),
    "Q3_K": BlockType(110, 16, 7, 4, _signed_six_bit_steps, _q3_k),
    "Q6_K": BlockType(210, 16, 63, 32, _byte_steps, _q6_k),
    "IQ4_NL": BlockType(18, 32, 255, 128, _one_step, _iq4_nl),
}
