"""What the user taught: kept in the home, used at once, cleared on request."""

import stat
import sys
from pathlib import Path

import numpy as np
import pytest

from desktop.router.learning import Corrections, correction_now

EAST = np.array([1, 0, 0], np.float32)
NEARLY_EAST = np.array([0.98, 0.199, 0], np.float32)
NORTH = np.array([0, 1, 0], np.float32)


@pytest.fixture
def corrections(tmp_path: Path) -> Corrections:
    return Corrections(tmp_path / "router" / "corrections.jsonl")


def test_a_near_text_follows_the_example_and_a_far_one_does_not(corrections: Corrections) -> None:
    corrections.add(correction_now("email", "chat", "m", EAST))
    near = corrections.nearest(NEARLY_EAST, "m")
    assert near is not None
    assert near[0].chosen == "chat"
    assert near[1] == pytest.approx(0.98, abs=0.001)
    assert corrections.nearest(NORTH, "m") is None


def test_of_two_equal_examples_the_newer_one_counts(corrections: Corrections) -> None:
    corrections.add(correction_now("email", "chat", "m", EAST))
    corrections.add(correction_now("chat", "email", "m", EAST))
    near = corrections.nearest(EAST, "m")
    assert near is not None
    assert near[0].chosen == "email"


def test_examples_of_another_model_are_not_compared(corrections: Corrections) -> None:
    corrections.add(correction_now("email", "chat", "old", EAST))
    assert corrections.nearest(EAST, "new") is None


def test_examples_last_and_are_private_to_the_user(corrections: Corrections, tmp_path: Path) -> None:
    corrections.add(correction_now("email", "chat", "m", NEARLY_EAST))
    path = tmp_path / "router" / "corrections.jsonl"
    again = Corrections(path)
    (kept,) = again.all()
    assert (kept.offered, kept.chosen) == ("email", "chat")
    np.testing.assert_allclose(kept.vector, NEARLY_EAST / np.linalg.norm(NEARLY_EAST), atol=1e-3)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_cleared_examples_are_gone_from_the_disk_too(corrections: Corrections, tmp_path: Path) -> None:
    corrections.add(correction_now("email", "chat", "m", EAST))
    corrections.clear()
    assert corrections.all() == ()
    assert corrections.nearest(EAST, "m") is None
    assert not (tmp_path / "router" / "corrections.jsonl").exists()


@pytest.mark.parametrize("damage", ["{", "[]", '{"vector": "AAAA"}', "\x00\xff", '{"vector": 3}'])
def test_a_damaged_line_is_left_out(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    Corrections(path).add(correction_now("email", "chat", "m", EAST))
    with path.open("a", encoding="utf-8") as file:
        file.write(damage + "\n")
    assert len(Corrections(path).all()) == 1
