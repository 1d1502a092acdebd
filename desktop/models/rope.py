"""Rotary positions: the angle that each pair of channels of a head is turned by at each position.

A pair i of d rotated channels turns by base^(-2i/d) a position (Su et al., "RoFormer", 2021, section 3.2.2). A model
that was taught on longer texts afterwards turns slower, and each way of stretching is here as a function from the
plain frequencies to others:

    linear     all by one factor (Chen et al., "Extending context window … via positional interpolation", 2023)
    llama3     only long waves, short ones as they are, those between smoothly (Llama 3.1, "rope_type": "llama3")
    YaRN       the same, by how often a pair turns within the original context; what it attends to grows sharper by a
               factor (Peng et al., "YaRN", 2023, section 3)
    longrope   a factor a pair, found by a search (Ding et al., "LongRoPE", 2024); sharper by a factor too
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Frequencies = NDArray[np.float64]  # radians a position; shape (rotated channels / 2,)

YARN_FAST, YARN_SLOW = 32.0, 1.0  # turns within the original context, as its authors chose


@dataclass(frozen=True, slots=True)
class Rope:
    """The rotary positions of some layers.

    Attributes:
        base: of the plain frequencies.
        frequencies: radians a position, of each pair of channels of a head; 0 for pairs that are not turned.
        magnitude: what is turned is multiplied by this too.
    """

    base: float
    frequencies: tuple[float, ...]
    magnitude: float = 1.0

    def tables(self, positions: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give cosines and sines, times the magnitudes, each of shape (positions, head_dim / 2)."""
        angles = np.outer(np.arange(positions), np.array(self.frequencies))
        return np.cos(angles) * self.magnitudes(), np.sin(angles) * self.magnitudes()

    def magnitudes(self) -> NDArray[np.float64]:
        """Give what each pair of channels is multiplied by."""
        return np.where(np.array(self.frequencies) == 0, 1.0, self.magnitude)


def make_rope(base: float, frequencies: Frequencies, head_dim: int, magnitude: float = 1.0) -> Rope:
    """Make the rope of heads of which only the first channels may be rotated."""
    still = np.zeros(head_dim // 2 - len(frequencies))
    return Rope(base, tuple(np.concatenate([frequencies, still]).tolist()), magnitude)


def plain(base: float, channels: int) -> Frequencies:
    """Give the frequencies of `channels` rotated channels."""
    return np.asarray(base ** (-np.arange(0, channels, 2, dtype=np.float64) / channels), np.float64)


def llama3(frequencies: Frequencies, factor: float, low: float, high: float, original: float) -> Frequencies:
    """Stretch long waves.

    Args:
        frequencies: plain ones.
        factor: of the waves that turn less than `low` times within the original context.
        low: turns; what turns between `low` and `high` times is stretched in part.
        high: turns; what turns more often stays.
        original: context in tokens.
    """
    turns = original * frequencies / (2 * math.pi)
    kept = np.clip((turns - low) / (high - low), 0, 1)
    return np.asarray(frequencies * (kept + (1 - kept) / factor), np.float64)


def yarn(
    base: float, channels: int, factor: float, original: float, fast: float = YARN_FAST, slow: float = YARN_SLOW
) -> Frequencies:
    """Stretch the pairs that turn less than `fast` times within the original context; wholly those below `slow`."""

    def pair_that_turns(times: float) -> float:
        return channels * math.log(original / (times * 2 * math.pi)) / (2 * math.log(base))

    first = max(math.floor(pair_that_turns(fast)), 0)
    last = min(math.ceil(pair_that_turns(slow)), channels - 1)
    stretched = np.clip((np.arange(channels // 2) - first) / max(last - first, 1e-3), 0, 1)
    return np.asarray(plain(base, channels) * (1 - stretched + stretched / factor), np.float64)


def yarn_magnitude(factor: float) -> float:
    """Give the square root of what attention is sharpened by, for a context that is `factor` times the original."""
    return 0.1 * math.log(factor) + 1 if factor > 1 else 1.0


def longrope_magnitude(factor: float, original: float) -> float:
    """Give the same for longrope; `original` is the context in tokens."""
    return math.sqrt(1 + math.log(factor) / math.log(original)) if factor > 1 else 1.0
