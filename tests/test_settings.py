"""Settings survive a round trip and a crash; what cannot be read as settings is refused in one sentence."""

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import SettingsError
from desktop.settings import Device, Settings, Theme, load_settings, save_settings

CHOICES = st.builds(
    Settings,
    model=st.text(st.characters(exclude_categories=["Cs"])),
    device=st.sampled_from(get_args(Device)),
    threads=st.integers(0, 512),
    theme=st.sampled_from(get_args(Theme)),
    favourites=st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple),
)


def test_a_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.toml") == Settings()


@given(chosen=CHOICES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_saved_is_read_back(chosen: Settings, tmp_path: Path) -> None:
    save_settings(chosen, tmp_path / "settings.toml")
    assert load_settings(tmp_path / "settings.toml") == chosen


def test_a_key_that_is_not_there_keeps_its_default(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('theme = "dark"\n', encoding="utf-8")
    assert load_settings(path) == Settings(theme="dark")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("favourites = [1]", "“favourites” must be a list of texts"),
        ("colour = 'red'", "unknown key “colour”"),
        ("threads = '4'", "“threads” must be a whole number"),
        ("threads = true", "“threads” must be a whole number"),
        ("threads = 1.0", "“threads” must be a whole number"),
        ("threads = -1", "“threads” must be between 0 and 512"),
        ("threads = 513", "“threads” must be between 0 and 512"),
        ("model = 7", "“model” must be a text"),
        ("device = 'tpu'", "“device” must be one of auto, cpu, cuda"),
        ("theme = 'pink'", "“theme” must be one of system, light, dark"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_by_name(text: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        load_settings(path)
    assert str(refused.value) == f"The settings in {path} cannot be used: {reason}."


@pytest.mark.parametrize("content", [b"threads = ", b"\xff\xfe", b"[theme"], ids=["cut off", "not UTF-8", "no TOML"])
def test_a_file_that_is_no_toml_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match="cannot be used"):
        load_settings(path)


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be used"):
        load_settings(tmp_path)


def test_saving_makes_the_home(tmp_path: Path) -> None:
    save_settings(Settings(), tmp_path / "new" / "home" / "settings.toml")
    assert [file.name for file in (tmp_path / "new" / "home").iterdir()] == ["settings.toml"]
