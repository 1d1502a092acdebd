"""The user's shortcuts with a back end that is faked: bound from the file, bound again when it changes, told."""

from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest
from pytestqt.qtbot import QtBot

from desktop.quick.shortcuts.interface import SENTENCES, TROUBLES, BackEnd, BoundShortcut, Pressed, Reported, Trouble
from desktop.quick.shortcuts.shortcut import Shortcut, parse
from desktop.ui.quick import hotkeys
from desktop.ui.quick.hotkeys import Hotkeys
from desktop.ui.quick.texts import back_end_text, trouble_text


class FakeBackEnd:
    """Binds all but what is in `refuses`."""

    def __init__(self, pressed: Pressed, reported: Reported) -> None:
        self.pressed, self.reported = pressed, reported
        self.bound: list[Mapping[str, Shortcut]] = []
        self.refuses: Mapping[str, BoundShortcut] = {}
        self.closed = False

    def bind(self, shortcuts: Mapping[str, Shortcut]) -> None:
        self.bound.append(shortcuts)
        self.reported({name: self.refuses.get(name, BoundShortcut(keys=str(one))) for name, one in shortcuts.items()})

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def backs(monkeypatch: pytest.MonkeyPatch) -> list[FakeBackEnd]:
    made: list[FakeBackEnd] = []

    def open_fake(environment: Mapping[str, str], pressed: Pressed, reported: Reported) -> tuple[BackEnd, FakeBackEnd]:
        made.append(FakeBackEnd(pressed, reported))
        return "portal", made[-1]

    monkeypatch.setattr(hotkeys, "open_back_end", open_fake)
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "quick.toml"
    file.write_text('[shortcuts]\n"" = "Ctrl+Alt+I"\nproofread = "Ctrl+Alt+I"\nformal = "P"\n', encoding="utf-8")
    return file


def test_the_file_is_bound_and_what_is_wrong_in_it_is_told(qtbot: QtBot, backs: list[FakeBackEnd], file: Path) -> None:
    keys = Hotkeys(file, {})
    qtbot.waitUntil(lambda: bool(keys.results))
    assert backs[0].bound == [{"": parse("Ctrl+Alt+I")}]
    assert keys.results[""].holds
    assert keys.refused == ("proofread", "formal")
    keys.close()
    assert backs[0].closed


def test_a_changed_file_holds_without_a_new_start(qtbot: QtBot, backs: list[FakeBackEnd], file: Path) -> None:
    keys = Hotkeys(file, {})
    with qtbot.waitSignal(keys.bound):
        file.write_text('[shortcuts]\n"formal" = "Ctrl+F9"\n', encoding="utf-8")
    qtbot.waitUntil(lambda: backs[0].bound[-1] == {"formal": parse("Ctrl+F9")})
    keys.close()


def test_a_press_comes_with_the_leave_to_come_forward(
    qtbot: QtBot, backs: list[FakeBackEnd], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    keys = Hotkeys(file, {})
    with qtbot.waitSignal(keys.pressed) as pressed:
        backs[0].pressed("formal", "leave")
    assert pressed.args == ["formal"]
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "leave"  # noqa: S105 - no password
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN")
    keys.close()


def test_paused_nothing_is_held_and_a_changed_file_waits(qtbot: QtBot, backs: list[FakeBackEnd], file: Path) -> None:
    keys = Hotkeys(file, {})
    keys.pause(paused=True)
    assert backs[0].bound[-1] == {}
    keys.bind()
    assert backs[0].bound[-1] == {}
    keys.pause(paused=False)
    assert backs[0].bound[-1] == {"": parse("Ctrl+Alt+I")}
    keys.close()


def test_wayland_without_a_portal_is_known_when_the_portal_is_asked(
    qtbot: QtBot, backs: list[FakeBackEnd], file: Path
) -> None:
    keys = Hotkeys(file, {})
    qtbot.waitUntil(lambda: bool(keys.results))
    known: list[str] = [keys.back_end]
    keys.bound.connect(lambda: known.append(keys.back_end))
    for trouble in ("no portal", "asked"):
        backs[0].reported({"": BoundShortcut(trouble)})
    qtbot.waitUntil(lambda: known == ["portal", "wayland", "portal"])
    assert "" not in keys.refused
    keys.close()


def test_everything_that_can_be_the_matter_has_its_sentence() -> None:
    assert set(SENTENCES) == set(get_args(BackEnd))
    assert set(TROUBLES) == set(get_args(Trouble))
    assert all(back_end_text(name) for name in get_args(BackEnd))
    assert [one for one in get_args(Trouble) if not trouble_text(BoundShortcut(one))] == [""]
    assert trouble_text(BoundShortcut("failed", detail="error 5")).endswith("(error 5)")
