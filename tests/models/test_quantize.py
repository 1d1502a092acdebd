"""int8 blocks against the blocks of GGUF, whatever the weights are."""

import gguf
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop.models.quantize import lattice_to_int8, round_to_int8

SHAPES = st.sampled_from([(1, 32), (3, 64), (8, 96)])


def weights(shape: tuple[int, int], seed: int, scale: float, shift: float) -> NDArray[np.float32]:
    drawn = np.random.default_rng(seed).standard_normal(shape)
    return (drawn * scale + shift).astype(np.float32)


def stored(values: NDArray[np.float32], block_type: str) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    kind = gguf.GGMLQuantizationType[block_type]
    packed = gguf.quantize(values, kind)
    return packed.reshape(len(values), -1), gguf.dequantize(packed, kind).astype(np.float32)


@given(shape=SHAPES, seed=st.integers(0, 2**32 - 1), scale=st.floats(1e-3, 30), shift=st.floats(-40, 40))
def test_rounding_misses_by_half_a_step_at_most(shape: tuple[int, int], seed: int, scale: float, shift: float) -> None:
    values = weights(shape, seed, scale, shift)
    matrix = round_to_int8(values)
    miss = np.abs(matrix.dequantized() - values).reshape(matrix.quants.shape)
    assert (miss <= matrix.scales[..., None] * 0.5001).all()


@pytest.mark.parametrize("block_type", ["Q4_0", "Q5_0", "Q8_0"])
@given(shape=SHAPES, seed=st.integers(0, 2**32 - 1), scale=st.floats(1e-3, 30))
def test_blocks_without_an_offset_are_held_exactly(
    block_type: str, shape: tuple[int, int], seed: int, scale: float
) -> None:
    packed, exact = stored(weights(shape, seed, scale, 0), block_type)
    assert np.array_equal(lattice_to_int8(block_type, packed, exact).dequantized(), exact)


@pytest.mark.parametrize(("block_type", "levels"), [("Q4_1", 16), ("Q5_1", 32)])
@given(shape=SHAPES, seed=st.integers(0, 2**32 - 1), scale=st.floats(1e-2, 3), shift=st.floats(-0.3, 0.3))
def test_blocks_with_an_offset_keep_their_levels_and_lose_to_no_rounding(
    block_type: str, levels: int, shape: tuple[int, int], seed: int, scale: float, shift: float
) -> None:
    packed, exact = stored(weights(shape, seed, scale, shift * scale), block_type)
    found = lattice_to_int8(block_type, packed, exact).dequantized()
    blocks, wanted = found.reshape(*shape[:1], -1, 32), exact.reshape(*shape[:1], -1, 32)
    step = (wanted.max(axis=2) - wanted.min(axis=2)) / (levels - 1)
    shift_of_block = blocks - wanted  # one number per block, up to the last bit
    assert np.ptp(shift_of_block, axis=2).max() <= 1e-5 * np.abs(exact).max()
    assert (np.abs(shift_of_block).max(axis=2) <= 0.51 * step).all()


@pytest.mark.parametrize("block_type", ["Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0"])
@pytest.mark.parametrize("value", [0.0, 0.5, -2.0])
def test_a_flat_block_keeps_its_value(block_type: str, value: float) -> None:
    packed, exact = stored(np.full((1, 32), value, np.float32), block_type)
    np.testing.assert_allclose(lattice_to_int8(block_type, packed, exact).dequantized(), exact, rtol=1e-6)


def test_an_empty_block_is_no_division_by_zero() -> None:
    matrix = round_to_int8(np.zeros((2, 32), np.float32))
    assert not matrix.dequantized().any()
