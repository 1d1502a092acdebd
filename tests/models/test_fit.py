"""What is foretold of a model: monotone, bounded, near what was measured, and remembered."""

import dataclasses
import json
import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.catalogue import CatalogueEntry, CataloguePhrase
from desktop.models.fit import (
    FitReason,
    KnownSpeed,
    Machine,
    foretell,
    known_speeds,
    measure_bandwidth,
    memory_bandwidth,
    this_machine,
)
from desktop.models.hub_files import RepositoryFile

GIB = 1 << 30
REFERENCE = Machine(16 * GIB, 28e9, 2)  # where the measured figures come from


def entry(size: int, layers: int = 28, **changed: object) -> CatalogueEntry:
    made = CatalogueEntry(
        id="model",
        name="Model",
        architecture="qwen2",
        repository="a/b",
        revision="main",
        licence="MIT",
        parameters=size,
        context=32768,
        layers=layers,
        kv_heads=2,
        head_dim=128,
        languages=("zh", "en"),
        good_for=CataloguePhrase("tests", "测试"),
        files=(RepositoryFile("m.gguf", size),),
    )
    return dataclasses.replace(made, **changed)  # type: ignore[arg-type]


# Shapes of the three tiers: layers, heads of keys, their width, weights, bytes of the GGUF.
TIERS = {
    "tiny": entry(98_362_432, layers=30, kv_heads=3, head_dim=64, parameters=134_515_008),
    "light": entry(491_400_064, layers=24, kv_heads=2, head_dim=64, parameters=494_032_768),
    "standard": entry(1_117_320_768, layers=28, kv_heads=2, head_dim=128, parameters=1_543_714_304),
}


@pytest.mark.parametrize(
    ("bandwidth", "tier", "folder_mb", "measured"),
    [
        (22.8e9, "tiny", 115, 70.6),  # `make bench-peers`, AVX2 only
        (22.8e9, "light", 544, 22.7),
        (22.8e9, "standard", 1239, 11.2),
        (28e9, "tiny", 112, 82.0),  # AVX-512, with all in int8 but for the smallest
        (28e9, "light", 525, 26.0),
        (28e9, "standard", 1640, 9.7),
    ],
)
def test_the_speed_is_near_what_was_measured(bandwidth: float, tier: str, folder_mb: int, measured: float) -> None:
    machine = Machine(16 * GIB, bandwidth, 2)
    foretold = foretell(entry(round(folder_mb * 1e6 / 1.1), TIERS[tier].layers), machine).tokens_per_s
    assert foretold == pytest.approx(measured, rel=0.15)


@pytest.mark.parametrize(
    ("tier", "tokens_per_s", "peak_mib"), [("tiny", 70.6, 271), ("light", 22.7, 819), ("standard", 11.2, 1750)]
)
def test_speed_and_memory_of_the_tiers_are_foretold_from_their_files(
    tier: str, tokens_per_s: float, peak_mib: int
) -> None:
    told = foretell(dataclasses.replace(TIERS[tier], context=640), Machine(16 * GIB, 22.8e9, 2))  # as long as in bench
    assert told.tokens_per_s == pytest.approx(tokens_per_s, rel=0.25)
    assert told.memory_mib == pytest.approx(peak_mib, rel=0.25)


@given(st.integers(10**7, 10**11), st.integers(10**7, 10**11), st.floats(1e9, 1e12), st.integers(1 << 28, 1 << 40))
def test_a_larger_model_is_slower_and_takes_more(small: int, large: int, bandwidth: float, memory: int) -> None:
    small, large = sorted((small, large))
    machine = Machine(memory, bandwidth, 4)
    one, other = foretell(entry(small), machine), foretell(entry(large), machine)
    assert one.tokens_per_s >= other.tokens_per_s > 0
    assert one.memory_mib <= other.memory_mib
    assert one.fits or not other.fits
    assert "{" not in str(one.reason)


def test_a_machine_that_is_too_small_is_told_with_figures() -> None:
    fit = foretell(entry(5 * GIB), Machine(6 * GIB, 28e9, 2))
    assert not fit.fits
    assert str(fit.reason) == "will not fit: it needs 9.4 GB of memory, and 6.0 GB are there"


def test_a_model_that_makes_one_wait_is_called_slow() -> None:
    machine = Machine(64 * GIB, 28e9, 2)
    assert foretell(entry(4 * GIB), machine).reason.code is FitReason.SLOW
    assert foretell(entry(GIB), machine).reason.code is FitReason.FITS
    assert str(foretell(entry(GIB), machine).reason) == "fits, about 10 words a second"


def test_the_pace_is_told_in_words_and_in_characters() -> None:
    speed = foretell(entry(GIB), REFERENCE).reason.values["speed"]
    assert speed.characters == pytest.approx(2 * speed.words, abs=1)


def test_a_long_context_counts_no_more_than_a_conversation() -> None:
    short, long = entry(GIB, context=4096), entry(GIB, context=131_072)
    assert foretell(short, REFERENCE).memory_mib == foretell(long, REFERENCE).memory_mib


@given(st.floats(0.3, 200), st.integers(10**8, 10**10))
def test_what_was_measured_here_takes_the_place_of_what_holds_elsewhere(tokens_per_s: float, size: int) -> None:
    known = [KnownSpeed(size, tokens_per_s), KnownSpeed(size // 10, 1000.0)]
    fit = foretell(entry(round(size / 1.1)), REFERENCE, known)
    assert fit.measured
    assert 0.5 * tokens_per_s <= fit.tokens_per_s <= 2 * tokens_per_s


def test_calibrations_tell_what_models_did_here() -> None:
    def model(size: int, measured: object) -> Any:
        return SimpleNamespace(size=size, manifest=SimpleNamespace(measured=measured))

    done, none = SimpleNamespace(decode_tokens_per_s=12.0), SimpleNamespace(decode_tokens_per_s=0.0)
    models = [model(10, done), model(20, none), model(30, None), model(0, done)]
    assert known_speeds(models) == [KnownSpeed(10, 12.0)]


class Meter:
    """Measures what it is told to, and counts how often."""

    def __init__(self, *found: float) -> None:
        self.found, self.asked = list(found), 0

    def __call__(self, threads: int) -> float:
        self.asked += 1
        return self.found.pop(0)


def test_the_bandwidth_is_measured_once(tmp_path: Path) -> None:
    meter = Meter(28e9)
    for _ in range(3):
        assert memory_bandwidth(tmp_path, 2, meter, lambda: False) == 28e9
    assert meter.asked == 1
    meter.found = [50e9]
    assert memory_bandwidth(tmp_path, 4, meter, lambda: False) == 50e9


def test_what_others_disturbed_is_measured_again_an_hour_later(tmp_path: Path) -> None:
    meter, hours = Meter(5e9, 4e9, 20e9), 3600.0
    assert memory_bandwidth(tmp_path, 2, meter, lambda: True, lambda: 0.0) == 5e9
    assert memory_bandwidth(tmp_path, 2, meter, lambda: True, lambda: 0.5 * hours) == 5e9
    assert memory_bandwidth(tmp_path, 2, meter, lambda: True, lambda: 1.5 * hours) == 5e9
    assert memory_bandwidth(tmp_path, 2, meter, lambda: False, lambda: 3 * hours) == 20e9
    assert meter.asked == 3


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "1", '{"threads": 2}', '{"threads": 2, "bytes_per_s": -1, "busy": false, "when": 0}',
     '{"threads": 2, "bytes_per_s": NaN, "busy": false, "when": 0}', '{"threads": 2, "bytes_per_s": "x", "busy": 0}'],
)  # fmt: skip
def test_a_damaged_memory_is_measured_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "machine.json").write_text(content, encoding="utf-8")
    assert memory_bandwidth(tmp_path, 2, Meter(3e9), lambda: False) == 3e9
    assert json.loads((tmp_path / "models" / "machine.json").read_text())["bytes_per_s"] == 3e9


def test_a_home_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("", encoding="utf-8")
    assert memory_bandwidth(tmp_path, 2, Meter(3e9), lambda: False) == 3e9


def test_this_machine_is_measured_for_real(tmp_path: Path) -> None:
    assert 1e8 < measure_bandwidth(1) < 1e13
    machine = this_machine(tmp_path)
    assert machine.memory > 1 << 28
    assert math.isfinite(machine.bandwidth)
    assert (tmp_path / "models" / "machine.json").is_file()
