"""int8 blocks against the blocks of GGUF, whatever the weights are."""

import gguf
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop.models.gguf_blocks import BLOCK_TYPES
from desktop.models.quantize import round_to_int8, to_int8, width_in_int8
from tests.models.test_gguf_blocks import random_blocks

SHAPES = st.sampled_from([(1, 32), (3, 64), (8, 96)])
BLOCKS = st.sampled_from([(1, 1), (3, 2), (2, 5)])
SEEDS = st.integers(0, 2**32 - 1)


def weights(shape: tuple[int, int], seed: int, scale: float, shift: float) -> NDArray[np.float32]:
    drawn = np.random.default_rng(seed).standard_normal(shape)
    return (drawn * scale + shift).astype(np.float32)


def stored(values: NDArray[np.float32], block_type: str) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    kind = gguf.GGMLQuantizationType[block_type]
    packed = gguf.quantize(values, kind)
    return packed.reshape(len(values), -1), gguf.dequantize(packed, kind).astype(np.float32)


@given(shape=SHAPES, seed=SEEDS, scale=st.floats(1e-3, 30), shift=st.floats(-40, 40))
def test_rounding_misses_by_half_a_step_at_most(shape: tuple[int, int], seed: int, scale: float, shift: float) -> None:
    values = weights(shape, seed, scale, shift)
    matrix = round_to_int8(values)
    miss = np.abs(matrix.dequantized() - values).reshape(matrix.quants.shape)
    assert (miss <= matrix.scales[..., None] * 0.5001).all()


@pytest.mark.parametrize("block_type", ["Q4_0", "Q5_0", "Q8_0", "IQ4_NL"])
@given(shape=BLOCKS, seed=SEEDS)
def test_blocks_without_an_offset_are_held_exactly(block_type: str, shape: tuple[int, int], seed: int) -> None:
    rows, known = random_blocks(block_type, shape, seed), BLOCK_TYPES[block_type]
    np.testing.assert_array_equal(to_int8(known, rows).dequantized(), known.weights(rows))


@pytest.mark.parametrize(("block_type", "divisions"), [("Q3_K", 32), ("Q6_K", 4)])
@given(shape=BLOCKS, seed=SEEDS)
def test_of_two_halves_the_larger_is_exact_and_the_other_near(
    block_type: str, divisions: int, shape: tuple[int, int], seed: int
) -> None:
    rows, known = random_blocks(block_type, shape, seed), BLOCK_TYPES[block_type]
    matrix, exact = to_int8(known, rows), known.weights(rows)
    steps = np.abs(known.steps(rows)[0]).reshape(*shape[:1], -1, 2)
    larger = steps.max(axis=2, keepdims=True)
    miss = np.abs(matrix.dequantized() - exact).reshape(*steps.shape, 16).max(axis=3) / np.maximum(larger, 1e-30)
    assert miss.max() <= 1.001 / divisions  # half of it, but for the lowest level where the steps' signs differ
    alike = np.ptp(np.sign(known.steps(rows)[0].reshape(steps.shape)), axis=2, keepdims=True) < 2
    assert miss[(steps == larger) & alike].max(initial=0) <= 1e-5
    assert (miss * alike).max() <= 0.501 / divisions


@pytest.mark.parametrize(("block_type", "levels"), [("Q4_1", 16), ("Q5_1", 32)])
@given(shape=SHAPES, seed=SEEDS, scale=st.floats(1e-2, 3), shift=st.floats(-0.3, 0.3))
def test_blocks_with_an_offset_keep_their_levels_and_lose_to_no_rounding(
    block_type: str, levels: int, shape: tuple[int, int], seed: int, scale: float, shift: float
) -> None:
    packed, exact = stored(weights(shape, seed, scale, shift * scale), block_type)
    found = to_int8(BLOCK_TYPES[block_type], packed).dequantized()
    blocks, wanted = found.reshape(*shape[:1], -1, 32), exact.reshape(*shape[:1], -1, 32)
    step = (wanted.max(axis=2) - wanted.min(axis=2)) / (levels - 1)
    shift_of_block = blocks - wanted  # one number per block, up to the last bit
    assert np.ptp(shift_of_block, axis=2).max() <= 1e-5 * np.abs(exact).max()
    assert (np.abs(shift_of_block).max(axis=2) <= 0.51 * step).all()


@pytest.mark.parametrize("block_type", ["Q2_K", "Q4_1", "Q4_K", "Q5_1", "Q5_K"])
@given(shape=BLOCKS, seed=SEEDS)
def test_any_block_with_an_offset_misses_half_a_step_or_what_rounding_would(
    block_type: str, shape: tuple[int, int], seed: int
) -> None:
    rows, known = random_blocks(block_type, shape, seed), BLOCK_TYPES[block_type]
    matrix, exact = to_int8(known, rows), known.weights(rows).reshape(len(rows), -1, known.width)
    assert matrix.quants.shape[2] == width_in_int8(known) == known.width
    miss = np.abs(matrix.dequantized().reshape(exact.shape) - exact).max(axis=2)
    largest = np.abs(exact).max(axis=2)
    assert (miss <= np.maximum(np.abs(known.steps(rows)[0]) / 2, largest / 254) * 1.001 + 1e-7).all()


@pytest.mark.parametrize("block_type", ["Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0"])
@pytest.mark.parametrize("value", [0.0, 0.5, -2.0])
def test_a_flat_block_keeps_its_value(block_type: str, value: float) -> None:
    packed, exact = stored(np.full((1, 32), value, np.float32), block_type)
    np.testing.assert_allclose(to_int8(BLOCK_TYPES[block_type], packed).dequantized(), exact, rtol=1e-6)


def test_an_empty_block_is_no_division_by_zero() -> None:
    matrix = round_to_int8(np.zeros((2, 32), np.float32))
    assert not matrix.dequantized().any()


def test_blocks_of_32_are_the_same_weights_in_blocks_of_16() -> None:
    matrix = to_int8(BLOCK_TYPES["Q4_1"], random_blocks("Q4_1", (3, 2), 1))
    narrow = matrix.in_blocks_of(16)
    assert narrow.quants.shape == (3, 4, 16)
    np.testing.assert_array_equal(narrow.dequantized(), matrix.dequantized())
