"""Which model is advised for a language."""

import dataclasses
from collections.abc import Mapping

from desktop.chat.model_advice import WritingModel, advice, cannot_write, warning
from desktop.engine.interface import Ability, EngineInfo
from tests.scripted_engine import INFO

ENGLISH = WritingModel("small", "Small", ("en",), in_use=True)
BOTH = WritingModel("large", "Large", ("en", "zh"), in_use=False)
SILENT = WritingModel("own", "Own", (), in_use=True)


def test_a_language_that_the_model_writes_needs_no_advice() -> None:
    assert advice([ENGLISH, BOTH], "en") is None


def test_the_models_that_write_it_are_named() -> None:
    given = advice([ENGLISH, BOTH], "zh")
    assert given is not None
    assert (given.writer, given.able) == (ENGLISH, (BOTH,))
    alone = advice([ENGLISH], "zh")
    assert alone is not None
    assert alone.able == ()


def test_nothing_is_said_where_nobody_knows() -> None:
    assert advice([SILENT, BOTH], "zh") is None
    assert advice([], "zh") is None
    assert advice([ENGLISH, BOTH], "other") is None
    assert advice([ENGLISH, BOTH], "") is None


def info(*languages: str, abilities: Mapping[str, Ability] | None = None) -> EngineInfo:
    return dataclasses.replace(INFO, languages=languages, abilities=abilities or {})


def test_what_was_measured_counts_more_than_what_is_said() -> None:
    measured = {"en": Ability.GUIDED, "zh": Ability.NONE}
    assert cannot_write(info("en", "zh", abilities=measured), "写一封信") == "zh"
    assert cannot_write(info("en", abilities=measured), "Write a letter") is None
    assert cannot_write(info("en", abilities={"zh": Ability.FREE}), "写一封信") is None


def test_without_a_measurement_the_manifest_counts_and_silence_means_nothing() -> None:
    assert cannot_write(info("en"), "写一封信") == "zh"
    assert cannot_write(info(), "写一封信") is None


def test_the_warning_names_the_way_out() -> None:
    assert "does not write Chinese" in warning(info("en"), "写一封信")
    assert "inkstone models prepare standard" in warning(info("en"), "写一封信")
    assert warning(info("en"), "Write a letter") == ""
