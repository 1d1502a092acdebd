"""Settings survive a round trip, another process and a mistake in their file, which is said in one sentence."""

import dataclasses
import errno
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.files.atomic import make_durable
from desktop.settings import Device, Settings, Theme, load_settings, read_settings, save_settings

CHOICES = st.builds(
    Settings,
    model=st.text(st.characters(exclude_categories=["Cs"])),
    device=st.sampled_from(get_args(Device)),
    threads=st.integers(0, 512),
    theme=st.sampled_from(get_args(Theme)),
    hub_endpoint=st.sampled_from(["", "https://mirror.example", "http://127.0.0.1:8000"]),
    favourites=st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple),
)


def test_a_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.toml") == Settings()


@given(chosen=CHOICES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_saved_is_read_back(chosen: Settings, tmp_path: Path) -> None:
    save_settings(tmp_path / "settings.toml", dataclasses.asdict(chosen))
    assert read_settings(tmp_path / "settings.toml") == (chosen, ())


def test_a_key_that_is_not_there_keeps_its_default(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('theme = "dark"\n', encoding="utf-8")
    assert load_settings(path) == Settings(theme="dark")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("favourites = [1]", "“favourites” must be a list of texts"),
        ("shortcuts = {new = 1}", "“shortcuts” must be a table of texts"),
        ("colour = 'red'", "unknown key “colour”"),
        ("threads = '4'", "“threads” must be a whole number between 0 and 512"),
        ("threads = true", "“threads” must be a whole number between 0 and 512"),
        ("threads = 1.0", "“threads” must be a whole number between 0 and 512"),
        ("threads = -1", "“threads” must be a whole number between 0 and 512"),
        ("threads = 513", "“threads” must be a whole number between 0 and 512"),
        ("model = 7", "“model” must be a text"),
        ("low_priority = 1", "“low_priority” must be true or false"),
        ("device = 'tpu'", "“device” must be one of auto, cpu, cuda"),
        ("hub_endpoint = 1", "“hub_endpoint” must be a text"),
        ("hub_endpoint = 'http://x.example'", "“hub_endpoint” must be an address that begins with https://"),
        ("theme = 'pink'", "“theme” must be one of system, light, dark"),
    ],
)
def test_a_value_that_makes_no_sense_is_named_with_its_line_and_the_rest_holds(
    text: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f'language = "en"\n\n# mine\n{text}\n', encoding="utf-8")
    found, (wrong,) = read_settings(path)
    assert found == Settings(language="en")
    assert str(wrong) == f"The settings in {path}, line 4: {reason}; the usual value holds."
    assert wrong.key == text.split()[0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"theme = 'dark'\nthreads = ", "line 2: Invalid value"),
        (b"\xff\xfe", ": it is not UTF-8 text"),
        (b"[theme", "line 1: Expected ']'"),
        (b"a = " + b"[" * 100_000, ": it is nested too deeply"),
        (b"a = 1\nthreads = 99999999999999999999", "line 2: “threads” is too large a number"),
        (b"a = 1\nthreads = " + b"1" * 5000, "line 2: it holds too large a number"),
    ],
    ids=["cut off", "not UTF-8", "no TOML", "too deep", "over 64 bits", "many digits"],
)
def test_a_file_that_is_no_toml_gives_the_defaults_and_says_why(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    found, (wrong,) = read_settings(path)
    assert found == Settings()
    assert reason in str(wrong)


def test_a_folder_in_its_place_gives_the_defaults_and_says_why(tmp_path: Path) -> None:
    found, (wrong,) = read_settings(tmp_path)
    assert (found, wrong.key) == (Settings(), "")
    assert "cannot be read" in str(wrong)


def test_a_save_writes_what_changed_over_what_is_there_now(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save_settings(path, {"theme": "dark", "threads": 3})
    save_settings(path, {"model": "mine"})  # another process
    save_settings(path, {"theme": "light"})
    assert load_settings(path) == Settings(theme="light", threads=3, model="mine")


def test_what_nobody_understands_stays_in_the_file_until_it_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('colour = "red"\ntheme = "pink"\n[later]\nmore = 1\n', encoding="utf-8")
    save_settings(path, {"threads": 3})
    table = {"colour": "red", "theme": "pink", "threads": 3, "later": {"more": 1}}
    assert tomllib.loads(path.read_text(encoding="utf-8")) == table
    save_settings(path, {"theme": "dark"})
    assert tomllib.loads(path.read_text(encoding="utf-8")) == table | {"theme": "dark"}


@pytest.mark.parametrize("content", [b"threads = ", b"\xff\xfe", b"a = 0x" + b"f" * 6000, b"a = " + b"1" * 5000])
def test_a_file_that_is_no_toml_is_kept_beside_the_new_one(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    for _ in range(2):
        path.write_bytes(content)
        save_settings(path, {"threads": 3})
        assert load_settings(path) == Settings(threads=3)
    assert [file.read_bytes() for file in tmp_path.glob("settings.toml.damaged*")] == [content, content]


@pytest.mark.skipif(os.name == "nt", reason="Windows lets only some users make links")
def test_a_damaged_file_that_lies_elsewhere_stays_a_link(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "settings.toml", tmp_path / "elsewhere.toml"
    elsewhere.write_bytes(b"threads = ")
    path.symlink_to(elsewhere)
    save_settings(path, {"threads": 3})
    assert path.is_symlink()
    assert load_settings(elsewhere) == Settings(threads=3)
    assert (tmp_path / "settings.toml.damaged").read_bytes() == b"threads = "


@pytest.mark.parametrize("writes", [0, 1], ids=["for the copy", "for the file"])
def test_a_damaged_file_stays_where_the_disk_has_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"threads = ")
    left = iter([make_durable] * 2 * writes)  # of the file and of its folder

    def full(place: Path) -> None:
        if (write := next(left, None)) is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(place)

    monkeypatch.setattr("desktop.files.atomic.make_durable", full)
    with pytest.raises(OSError, match="No space left"):
        save_settings(path, {"threads": 3})
    assert path.read_bytes() == b"threads = "
    assert not list(tmp_path.glob("*.damaged*"))


def test_saving_makes_the_home(tmp_path: Path) -> None:
    save_settings(tmp_path / "new" / "home" / "settings.toml", {"threads": 3})
    assert {file.name for file in (tmp_path / "new" / "home").iterdir()} <= {"settings.toml", ".settings.toml.lock"}


def test_processes_that_save_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    code = (
        "import sys; from pathlib import Path; from desktop.files.settings_file import change_choices\n"
        "for number in range(40): change_choices(Path(sys.argv[1]), {f'{sys.argv[2]}{number}': number})"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(path), name]) for name in "ab"]
    assert [process.wait(60) for process in running] == [0, 0]
    assert len(tomllib.loads(path.read_text(encoding="utf-8"))) == 80
