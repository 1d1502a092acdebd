from pathlib import Path

import pytest

from desktop.errors import BadInput
from desktop.files.settings_file import read_choices
from desktop.quick.paste_back.interface import NoPasteBack
from desktop.quick.paste_back.select import WAYS, open_paste_back, way_back
from desktop.quick.shortcuts.choices import USUAL, ShortcutChoices, load_choices, parsed, save_choices
from desktop.quick.shortcuts.interface import SENTENCES, BoundShortcut
from desktop.quick.shortcuts.select import chosen_back_end, open_back_end
from desktop.quick.shortcuts.shortcut import Shortcut, parse


@pytest.mark.parametrize(
    ("text", "shortcut", "written"),
    [
        ("Ctrl+Alt+Space", Shortcut(("Ctrl", "Alt"), "space"), "Ctrl+Alt+Space"),
        ("alt + CTRL + p", Shortcut(("Ctrl", "Alt"), "p"), "Ctrl+Alt+P"),
        ("Super+F12", Shortcut(("Meta",), "F12"), "Meta+F12"),
        ("F9", Shortcut((), "F9"), "F9"),
    ],
)
def test_shortcuts_are_read_as_people_write_them(text: str, shortcut: Shortcut, written: str) -> None:
    assert parse(text) == shortcut
    assert str(shortcut) == written


@pytest.mark.parametrize("text", ["", "P", "Shift+P", "Ctrl+", "Ctrl+Hyper+P", "Ctrl+PP", "F25"])
def test_what_is_no_shortcut_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse(text)


def test_choices_come_back_as_they_were_saved(tmp_path: Path) -> None:
    file = tmp_path / "home" / "quick.toml"
    assert load_choices(file) == ShortcutChoices({"": USUAL})
    choices = ShortcutChoices({"": "Ctrl+Alt+I", "proofread": "Ctrl+Alt+P"}, ("translate",))
    save_choices(file, {"shortcuts": choices.shortcuts, "order": choices.order})
    assert load_choices(file) == choices


@pytest.mark.parametrize("text", ["colour = 1", "order = 'x'", "order = [1]"])
def test_a_choice_that_makes_no_sense_leaves_the_others(tmp_path: Path, text: str) -> None:
    (tmp_path / "quick.toml").write_text(f"{text}\n[shortcuts]\nreply = 'Ctrl+R'", encoding="utf-8")
    assert load_choices(tmp_path / "quick.toml") == ShortcutChoices({"reply": "Ctrl+R"})
    _, (wrong,) = read_choices(tmp_path / "quick.toml", ShortcutChoices)
    assert wrong.key == text.split()[0]


@pytest.mark.parametrize("text", ["shortcuts = 1", "["])
def test_without_shortcuts_that_can_be_read_there_are_the_usual(tmp_path: Path, text: str) -> None:
    (tmp_path / "quick.toml").write_text(text, encoding="utf-8")
    assert load_choices(tmp_path / "quick.toml") == ShortcutChoices()


def test_the_same_keys_twice_are_a_conflict_and_named() -> None:
    sound, wrong = parsed(ShortcutChoices({"": "Ctrl+Alt+P", "proofread": "alt+ctrl+p", "formal": "P", "reply": ""}))
    assert list(sound) == [""]
    assert wrong == {"proofread": BoundShortcut("twice"), "formal": BoundShortcut("unreadable", detail="P")}
    assert str(wrong["formal"]) == "this is no shortcut; write one as Ctrl+Alt+Space (P)"


@pytest.mark.parametrize(
    ("environment", "platform", "name", "said"),
    [
        ({"DISPLAY": ":0"}, "linux", "x11", "X11"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "linux", "wayland", "Wayland without portal: bind the"),
        ({}, "linux", "nothing", "no display"),
        ({}, "win32", "windows", "Windows"),
        ({}, "darwin", "macos", "macOS"),
        ({}, "sunos5", "other", "this system: bind the command"),
    ],
)
def test_the_back_end_is_chosen_and_said(environment: dict[str, str], platform: str, name: str, said: str) -> None:
    chosen = chosen_back_end(environment, platform)
    assert chosen == name
    assert SENTENCES[chosen].startswith(said)
    assert WAYS[way_back(environment, platform)]


def test_without_a_display_there_is_nothing_to_bind_and_nowhere_to_go_back() -> None:
    assert open_back_end({}, print, print, "linux") == ("nothing", None)
    assert open_back_end({}, print, print, "sunos5") == ("other", None)
    assert way_back({"DISPLAY": ":0"}, "linux") == "x11"
    assert way_back({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "linux") == "none"
    places = open_paste_back({})
    assert isinstance(places, NoPasteBack)
    assert not places.pastes
    assert not places.is_back(places.here())
