"""int4 blocks against the blocks of GGUF."""

import gguf
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop.models.gguf_blocks import BLOCK_TYPES
from desktop.models.int4 import Int4Matrix, fits_int4, to_int4
from tests.models.test_gguf_blocks import random_blocks

SHAPES = st.sampled_from([(1, 32), (3, 64), (5, 96), (2, 1088)])
SEEDS = st.integers(0, 2**32 - 1)


def weights(shape: tuple[int, int], seed: int, scale: float, shift: float) -> NDArray[np.float32]:
    return (np.random.default_rng(seed).standard_normal(shape) * scale + shift).astype(np.float32)


def stored(values: NDArray[np.float32], block_type: str) -> NDArray[np.uint8]:
    """Quantize as GGUF does."""
    rows: NDArray[np.uint8] = gguf.quantize(values, gguf.GGMLQuantizationType[block_type])
    return rows.reshape(len(values), -1)


def held(*parts: tuple[str, NDArray[np.uint8]]) -> tuple[Int4Matrix, NDArray[np.float32], NDArray[np.float32]]:
    """Hold tensors one under the other; gives also what they stand for in int4, and exactly."""
    matrix = to_int4([BLOCK_TYPES[kind].steps(rows) for kind, rows in parts])
    assert matrix is not None
    quants = np.concatenate([BLOCK_TYPES[kind].quants(rows) for kind, rows in parts])
    exact = np.concatenate([BLOCK_TYPES[kind].weights(rows) for kind, rows in parts])
    return matrix, matrix.dequantized(matrix.packed(quants)), exact


@given(shape=SHAPES, seed=SEEDS, scale=st.floats(1e-2, 30))
def test_blocks_without_an_offset_are_held_exactly(shape: tuple[int, int], seed: int, scale: float) -> None:
    matrix, found, exact = held(("Q4_0", stored(weights(shape, seed, scale, 0), "Q4_0")))
    assert matrix.sums == 0
    np.testing.assert_array_equal(found, exact)


def assert_levels_are_kept(block_type: str, rows: NDArray[np.uint8]) -> None:
    """Each block's levels are its own, shifted by one number that is a small part of a step."""
    _, found, exact = held((block_type, rows))
    steps, _ = BLOCK_TYPES[block_type].steps(rows)
    miss = (found - exact).reshape(*steps.shape, 32)
    assert np.ptp(miss, axis=2).max() <= 1e-5 * np.abs(exact).max()
    assert np.sqrt(np.square(miss).mean()) <= np.sqrt(np.square(steps).mean()) / 12
    assert np.abs(miss).max() <= np.abs(steps).max() / 15


@given(shape=SHAPES, seed=SEEDS, scale=st.floats(1e-2, 3), shift=st.floats(-0.3, 0.3))
def test_blocks_with_an_offset_miss_it_by_little(shape: tuple[int, int], seed: int, scale: float, shift: float) -> None:
    assert_levels_are_kept("Q4_1", stored(weights(shape, seed, scale, shift * scale), "Q4_1"))


def q4_k(shape: tuple[int, int], seed: int) -> NDArray[np.uint8]:
    """Draw blocks of Q4_K as real ones are: steps of one size, zero somewhere among the levels."""
    rows = random_blocks("Q4_K", shape, seed)
    blocks, draw = rows.reshape(*shape, 144), np.random.default_rng(seed)
    halves = np.stack([draw.uniform(1e-4, 2e-4, shape), draw.uniform(8e-4, 16e-4, shape)], axis=-1)
    blocks[..., :4] = halves.astype(np.float16).view(np.uint8)
    scales, minima = draw.integers(32, 64, (*shape, 8)), draw.integers(5, 30, (*shape, 8))
    packed = np.concatenate([scales[..., :4], minima[..., :4], np.zeros_like(scales[..., :4])], axis=-1)
    packed[..., :8] |= np.concatenate([scales[..., 4:] >> 4, minima[..., 4:] >> 4], axis=-1) << 6
    packed[..., 8:] = (scales[..., 4:] & 15) | ((minima[..., 4:] & 15) << 4)
    blocks[..., 4:16] = packed
    return rows


@given(shape=st.sampled_from([(1, 1), (3, 2), (5, 7)]), seed=SEEDS)
def test_the_eight_parts_of_a_q4_k_block_miss_their_offsets_by_little(shape: tuple[int, int], seed: int) -> None:
    assert_levels_are_kept("Q4_K", q4_k(shape, seed))


def test_parts_with_and_without_an_offset_lie_one_under_the_other() -> None:
    values = weights((4, 64), 5, 1, 0)
    parts = ("Q4_1", stored(values, "Q4_1")), ("Q4_0", stored(values[:2], "Q4_0"))
    _, found, exact = held(*parts)
    np.testing.assert_allclose(found, exact, atol=float(BLOCK_TYPES["Q4_1"].steps(parts[0][1])[0].max()) / 15)


def test_some_rows_are_packed_like_all() -> None:
    rows = stored(weights((5, 1088), 5, 1, 0.1), "Q4_1")
    matrix, _, _ = held(("Q4_1", rows))
    quants = BLOCK_TYPES["Q4_1"].quants(rows)
    parts = [matrix.packed(quants[start : start + 2], start) for start in (0, 2, 4)]
    np.testing.assert_array_equal(np.concatenate(parts), matrix.packed(quants))


def test_blocks_of_other_levels_are_left_to_int8() -> None:
    assert {name for name, known in BLOCK_TYPES.items() if fits_int4(known)} == {"Q4_0", "Q4_1", "Q4_K"}


def test_offsets_too_uneven_for_int4_are_left_to_int8() -> None:
    values = weights((2, 128), 1, 1, 0)
    values[:, :32] += 400  # one block far from zero: its offset would coarsen those of its neighbours
    assert to_int4([BLOCK_TYPES["Q4_1"].steps(stored(values, "Q4_1"))]) is None


@pytest.mark.parametrize("value", [0.0, 0.5, -2.0])
def test_a_flat_block_among_others_keeps_its_value_or_is_left_to_int8(value: float) -> None:
    values = weights((2, 64), 2, 1, 0)
    values[:, 32:] = value
    rows = stored(values, "Q4_1")
    steps = BLOCK_TYPES["Q4_1"].steps(rows)
    if to_int4([steps]) is not None:
        _, found, exact = held(("Q4_1", rows))
        np.testing.assert_allclose(found, exact, atol=float(steps[0].max()) / 15)
