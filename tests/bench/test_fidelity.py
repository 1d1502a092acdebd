"""The arithmetic of the fidelity benchmark, on distributions small enough to work out by hand."""

import numpy as np
import pytest

from tests.bench.fidelity import Score, keeps_limits

HALVES = np.log(np.array([[0.5, 0.5]]))
QUARTERS = np.log(np.array([[0.25, 0.75]]))
FIRST = np.array([0])


def test_a_model_equals_itself() -> None:
    score = Score()
    score.add(QUARTERS, QUARTERS, FIRST)
    summary = score.summary()
    assert (summary["perplexity_ratio"], summary["mean_kl"], summary["same_top"]) == (1, 0, 1)
    assert keeps_limits(summary)


def test_the_divergence_is_that_of_the_prepared_model_from_the_reference() -> None:
    score = Score()
    score.add(QUARTERS, HALVES, FIRST)
    score.add(HALVES + 3, HALVES, FIRST)  # logits need not be normalized
    summary = score.summary()
    assert summary["mean_kl"] == pytest.approx(0.5 * (0.5 * np.log(0.5 / 0.25) + 0.5 * np.log(0.5 / 0.75)), abs=1e-5)
    assert summary["perplexity_ratio"] == pytest.approx(np.sqrt(0.5 / 0.25), abs=1e-5)
    assert summary["same_top"] == 0.5


@pytest.mark.parametrize(("name", "value"), [("perplexity_ratio", 1.011), ("mean_kl", 0.021), ("same_top", 0.949)])
def test_each_limit_alone_makes_the_benchmark_fail(name: str, value: float) -> None:
    good = {"perplexity_ratio": 1.0, "mean_kl": 0.0, "same_top": 1.0}
    assert keeps_limits(good)
    assert not keeps_limits({**good, name: value})
