"""A code with its values: its English, how it stands inside another text, and its way through another process."""

import errno
import json
import os

import pytest

from desktop.codes import Code, SystemReason, from_plain, names_in, system_reason, to_plain


class Weather(Code):
    """What the tests talk about."""

    DRY = "it is dry"
    RAINS = "it rains {millimetres:,} mm in {town.name}: {why}"


class Town:
    name = "Ulm"


def test_a_code_is_english_as_text() -> None:
    assert str(Weather.DRY()) == "it is dry"
    rains = Weather.RAINS(millimetres=1000, town=Town(), why=SystemReason.NO_ROOM())
    assert str(rains) == "it rains 1,000 mm in Ulm: No space left on device"
    assert f"{SystemReason.NO_ROOM():lower}" == "no space left on device"


def test_a_code_takes_the_values_that_its_english_names_and_no_others() -> None:
    assert Weather.RAINS.names == names_in("{why} {millimetres} {town}") == {"millimetres", "town", "why"}
    with pytest.raises(TypeError, match="town"):
        Weather.RAINS(millimetres=1, why="")
    with pytest.raises(TypeError, match="snow"):
        Weather.DRY(snow=1)


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EXDEV])
def test_what_the_system_answers_is_a_code_in_its_own_words(number: int) -> None:
    assert str(system_reason(OSError(number, os.strerror(number)))) == os.strerror(number)


def test_what_the_system_never_numbered_is_said_as_it_is() -> None:
    assert str(system_reason(OSError("torn off"))) == "torn off"


def test_a_code_passes_to_another_process_as_plain_data() -> None:
    for said in (SystemReason.NO_ROOM(), SystemReason.OTHER(text="x")):
        assert from_plain(json.loads(json.dumps(to_plain(said))), SystemReason) == said
    nested = Weather.RAINS(millimetres=2, town="Ulm", why=SystemReason.NO_ROOM())
    values = to_plain(nested)["values"]
    assert values["why"] == {"code": "NO_ROOM", "values": {}}
    assert values["millimetres"] == 2


@pytest.mark.parametrize(
    "plain",
    [
        None,
        "DRY",
        {},
        {"code": "DRY"},
        {"code": "SUN", "values": {}},
        {"code": ["DRY"], "values": {}},
        {"code": "DRY", "values": {"x": 1}},
        {"code": "RAINS", "values": {"millimetres": "many", "town": "Ulm", "why": {"code": "NONE", "values": {}}}},
        {"code": "RAINS", "values": {"millimetres": "many", "town": "Ulm", "why": ""}},
    ],
)
def test_what_is_no_code_is_refused(plain: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # whatever it says
        from_plain(plain, Weather)
