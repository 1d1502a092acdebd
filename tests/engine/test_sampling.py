"""Sampling: what may come next, how often, and that a seed means the same answer."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop.engine.decoder import Logits
from desktop.engine.interface import Sampling, SamplingParameters
from desktop.engine.sampling import candidates, likeliest, make_sampler

PLAIN = Sampling(temperature=1, top_k=0, top_p=1, min_p=0, repetition_penalty=1)
LOGITS = st.lists(st.floats(-20, 20, width=32), min_size=2, max_size=60).map(lambda x: np.array(x, np.float32))


def changed(**options: float) -> Sampling:
    return dataclasses.replace(PLAIN, **options)  # type: ignore[arg-type]


def parameters(**options: float) -> SamplingParameters:
    return changed(**options).parameters()


def softmax(logits: Logits) -> NDArray[np.float64]:
    powers: NDArray[np.float64] = np.exp(logits.astype(np.float64) - logits.max())
    shares: NDArray[np.float64] = powers / powers.sum()
    return shares


def test_temperature_zero_picks_the_likeliest_token() -> None:
    sample = make_sampler(changed(temperature=0))
    assert sample(np.array([1, 5, 3], np.float32), []) == 1


@given(LOGITS, st.integers(0, 2**31))
def test_the_same_seed_gives_the_same_tokens(logits: Logits, seed: int) -> None:
    one, two = (make_sampler(changed(seed=seed)) for _ in range(2))
    assert [one(logits, []) for _ in range(20)] == [two(logits, []) for _ in range(20)]


@given(LOGITS)
def test_without_limits_the_probabilities_are_the_softmax(logits: Logits) -> None:
    tokens, probabilities = candidates(logits, parameters())
    found = np.zeros(len(logits))
    found[tokens] = probabilities
    np.testing.assert_allclose(found, softmax(logits), atol=1e-9)


@given(LOGITS, st.integers(1, 80))
def test_top_k_keeps_the_k_likeliest(logits: Logits, k: int) -> None:
    tokens, _ = candidates(logits, parameters(top_k=k))
    left_out = np.setdiff1d(np.arange(len(logits)), tokens)
    assert len(tokens) == min(k, len(logits))
    assert len(left_out) == 0 or logits[left_out].max() <= logits[tokens].min()


@given(st.integers(1, 2_000), st.integers(1, 80), st.integers(1, 300), st.integers(0, 2**31))
def test_the_likeliest_are_found_as_by_sorting_all(length: int, count: int, levels: int, seed: int) -> None:
    logits = np.random.default_rng(seed).integers(-levels, levels, length).astype(np.float32)  # many are equal
    logits[logits == -levels] = -np.inf
    assert likeliest(logits, count).tolist() == np.argsort(-logits, kind="stable")[:count].tolist()


@given(LOGITS, st.floats(0.01, 1))
def test_top_p_keeps_the_fewest_that_reach_the_share(logits: Logits, share: float) -> None:
    tokens, _ = candidates(logits, parameters(top_p=share))
    kept = softmax(logits)[tokens]
    assert kept.sum() >= share - 1e-9
    assert len(kept) == 1 or kept[:-1].sum() < share + 1e-9


@given(LOGITS, st.floats(0, 0.99))
def test_min_p_keeps_what_is_not_much_less_likely_than_the_best(logits: Logits, share: float) -> None:
    tokens, _ = candidates(logits, parameters(min_p=share))
    expected = softmax(logits)
    assert set(tokens) >= set(np.flatnonzero(expected > share * expected.max() * (1 + 1e-9)))
    assert (expected[tokens] >= share * expected.max() * (1 - 1e-9)).all()


def test_drawn_tokens_follow_the_probabilities() -> None:
    logits = np.log(np.array([0.5, 0.3, 0.15, 0.05], np.float32))
    sample = make_sampler(changed(seed=11))
    counts = np.bincount([sample(logits, []) for _ in range(20_000)], minlength=4) / 20_000
    np.testing.assert_allclose(counts, [0.5, 0.3, 0.15, 0.05], atol=0.012)  # 3 standard deviations


def test_low_temperature_sharpens_and_high_temperature_flattens() -> None:
    logits = np.array([2, 1, 0], np.float32)
    best = [candidates(logits, parameters(temperature=t))[1][0] for t in (0.2, 1.0, 5.0)]
    assert best[0] > best[1] > best[2] > 1 / 3


def test_the_penalty_makes_repeated_tokens_less_likely_whatever_their_sign() -> None:
    sample = make_sampler(changed(temperature=0, repetition_penalty=1.5))
    assert sample(np.array([3.0, 2.5, -1], np.float32), [0]) == 1
    assert sample(np.array([-1.0, -1.2, -9], np.float32), [0]) == 1


def test_the_penalty_leaves_the_end_token_and_the_caller_s_logits_alone() -> None:
    logits = np.array([3.0, 2.5, -1], np.float32)
    sample = make_sampler(changed(temperature=0, repetition_penalty=1.5), never_penalized=frozenset({0}))
    assert sample(logits, [0, 1]) == 0
    assert logits.tolist() == [3.0, 2.5, -1.0]


def test_what_the_caller_leaves_open_is_the_model_s_own() -> None:
    own = SamplingParameters(temperature=0.3, top_k=7, repetition_penalty=1.02)
    assert Sampling().parameters(own) == own
    assert Sampling(temperature=0, top_p=0.5).parameters(own) == dataclasses.replace(own, temperature=0, top_p=0.5)


def test_the_sampler_uses_the_model_s_own_parameters() -> None:
    sample = make_sampler(Sampling(), usual=SamplingParameters(temperature=0))
    assert [sample(np.array([1, 2, 1.9], np.float32), []) for _ in range(20)] == [1] * 20


@pytest.mark.parametrize(
    "options",
    [{"temperature": -0.1}, {"top_k": -1}, {"top_p": 0}, {"top_p": 1.1}, {"min_p": 1}, {"repetition_penalty": 0.9}],
)
def test_options_out_of_range_are_refused(options: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        make_sampler(changed(**options))
