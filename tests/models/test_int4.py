"""int4 blocks against the blocks of GGUF."""

import gguf
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop.models.int4 import Levels, levels, to_int4

SHAPES = st.sampled_from([(1, 32), (3, 64), (5, 96), (2, 1088)])


def stored(values: NDArray[np.float32], block_type: str) -> tuple[Levels, NDArray[np.float32]]:
    """Quantize as GGUF does; gives the blocks and the weights that they stand for."""
    kind = gguf.GGMLQuantizationType[block_type]
    packed = gguf.quantize(values, kind)
    found = levels(block_type, packed.reshape(len(values), -1))
    assert found is not None
    return found, gguf.dequantize(packed, kind).astype(np.float32)


def weights(shape: tuple[int, int], seed: int, scale: float, shift: float) -> NDArray[np.float32]:
    return (np.random.default_rng(seed).standard_normal(shape) * scale + shift).astype(np.float32)


@given(shape=SHAPES, seed=st.integers(0, 2**32 - 1), scale=st.floats(1e-2, 30))
def test_blocks_without_an_offset_are_held_exactly(shape: tuple[int, int], seed: int, scale: float) -> None:
    found, exact = stored(weights(shape, seed, scale, 0), "Q4_0")
    matrix = to_int4([found])
    assert matrix is not None
    assert matrix.sums == 0
    np.testing.assert_array_equal(matrix.dequantized(), exact)


@given(shape=SHAPES, seed=st.integers(0, 2**32 - 1), scale=st.floats(1e-2, 3), shift=st.floats(-0.3, 0.3))
def test_blocks_with_an_offset_miss_it_by_little(shape: tuple[int, int], seed: int, scale: float, shift: float) -> None:
    found, exact = stored(weights(shape, seed, scale, shift * scale), "Q4_1")
    matrix = to_int4([found])
    assert matrix is not None
    miss = (matrix.dequantized() - exact).reshape(found.quants.shape)
    assert np.ptp(miss, axis=2).max() <= 1e-5 * np.abs(exact).max()  # the levels are the block's own
    assert np.sqrt(np.square(miss).mean()) <= np.sqrt(np.square(found.steps).mean()) / 12
    assert np.abs(miss).max() <= found.steps.max() / 15


def test_parts_with_and_without_an_offset_lie_one_under_the_other() -> None:
    values = weights((4, 64), 5, 1, 0)
    (above, exact_above), (below, exact_below) = stored(values, "Q4_1"), stored(values[:2], "Q4_0")
    matrix = to_int4([above, below])
    assert matrix is not None
    expected = np.concatenate([exact_above, exact_below])
    np.testing.assert_allclose(matrix.dequantized(), expected, atol=float(above.steps.max()) / 15)


@pytest.mark.parametrize("block_type", ["Q8_0", "Q5_1", "Q4_K", "F16"])
def test_blocks_of_other_sizes_are_left_to_int8(block_type: str) -> None:
    assert levels(block_type, np.zeros((2, 34), np.uint8)) is None


def test_offsets_too_uneven_for_int4_are_left_to_int8() -> None:
    values = weights((2, 128), 1, 1, 0)
    values[:, :32] += 400  # one block far from zero: its offset would coarsen those of its neighbours
    assert to_int4([stored(values, "Q4_1")[0]]) is None


@pytest.mark.parametrize("value", [0.0, 0.5, -2.0])
def test_a_flat_block_among_others_keeps_its_value_or_is_left_to_int8(value: float) -> None:
    values = weights((2, 64), 2, 1, 0)
    values[:, 32:] = value
    found, exact = stored(values, "Q4_1")
    matrix = to_int4([found])
    if matrix is not None:
        np.testing.assert_allclose(matrix.dequantized(), exact, atol=float(found.steps.max()) / 15)
