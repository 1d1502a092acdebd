"""Every file lies under the home that was named."""

from pathlib import Path

import platformdirs
import pytest

from desktop.paths import app_paths


def test_a_named_home_holds_everything_that_is_written(tmp_path: Path) -> None:
    home = tmp_path / "here"
    paths = app_paths(home)
    assert paths.home == home
    for place in (paths.settings_file, paths.logs, paths.prepared_models):
        assert place.is_relative_to(home)


def test_the_environment_names_the_home(inkstone_home: Path) -> None:
    assert app_paths().home == inkstone_home


def test_the_argument_wins_over_the_environment(tmp_path: Path) -> None:
    assert app_paths(tmp_path / "argument").home == tmp_path / "argument"


def test_without_either_it_is_the_folder_of_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INKSTONE_HOME")
    assert app_paths().home == platformdirs.user_data_path("inkstone", appauthor=False)


def test_a_checkout_shares_its_models_between_homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INKSTONE_HOME")
    shipped = tmp_path / "exported_models"
    shipped.mkdir()
    assert app_paths(installation=tmp_path).prepared_models == shipped


def test_an_installation_without_such_a_folder_keeps_models_in_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INKSTONE_HOME")
    paths = app_paths(installation=tmp_path)
    assert paths.prepared_models == paths.home / "models"


def test_own_models_are_found_before_shipped_ones(tmp_path: Path) -> None:
    paths = app_paths(tmp_path / "home", installation=tmp_path)
    assert paths.model_folders == (tmp_path / "home" / "models", tmp_path / "exported_models")


def test_a_relative_home_stays_where_it_was_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    paths = app_paths(Path("relative"))
    monkeypatch.chdir("/")
    assert paths.home == tmp_path / "relative"


def test_a_tilde_is_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert app_paths(Path("~/ink")).home == tmp_path / "ink"
