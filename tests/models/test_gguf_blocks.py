"""Blocks taken apart against the `gguf` package's own dequantizing, on random bytes."""

import gguf
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop.models.gguf_blocks import BLOCK_TYPES

FP16_AT = {"Q2_K": 80, "Q3_K": 108, "Q6_K": 208}  # the byte at which a block's fp16 numbers begin; else 0


def random_blocks(block_type: str, shape: tuple[int, int], seed: int) -> NDArray[np.uint8]:
    """Draw any bytes, but fp16 numbers of a usual size; shape (outputs, stored blocks) to (outputs, bytes)."""
    known, draw = BLOCK_TYPES[block_type], np.random.default_rng(seed)
    blocks = draw.integers(0, 256, (*shape, known.size), dtype=np.uint8)
    count, start = 1 if known.zero is not None else 2, FP16_AT.get(block_type, 0)
    numbers = (draw.standard_normal((*shape, count)) / 100).astype(np.float16)
    blocks[..., start : start + 2 * count] = numbers.view(np.uint8)
    return blocks.reshape(len(blocks), -1)


@pytest.mark.parametrize("block_type", BLOCK_TYPES)
@given(shape=st.sampled_from([(1, 1), (3, 2), (2, 5)]), seed=st.integers(0, 2**32 - 1))
def test_weights_are_those_of_the_gguf_package_to_the_last_bit(
    block_type: str, shape: tuple[int, int], seed: int
) -> None:
    stored, known = random_blocks(block_type, shape, seed), BLOCK_TYPES[block_type]
    exact = gguf.dequantize(stored, gguf.GGMLQuantizationType[block_type])
    np.testing.assert_array_equal(known.weights(stored), exact)
    assert known.quants(stored).max() <= known.highest
