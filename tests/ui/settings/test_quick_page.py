from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.quick.actions.loading import load_actions
from desktop.quick.options import QuickOptions
from desktop.quick.shortcuts.choices import load_choices
from desktop.quick.shortcuts.interface import BoundShortcut
from desktop.quick.startup.autostart import DesktopEntry
from desktop.settings import Settings
from desktop.ui.quick.hotkeys import Hotkeys
from desktop.ui.settings.quick_page import QuickPage
from desktop.ui.widgets.preferences import Preferences

ASSETS = Path(__file__).parents[3] / "assets" / "actions"
X11 = {"DISPLAY": ":not there"}


class QuickSetup:
    """The options of a fresh home."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self.file, self.own = home / "quick.toml", home / "actions"
        self.options = QuickOptions(
            self.file,
            lambda: load_actions([ASSETS, self.own], load_choices(self.file).order),
            self.own,
            ("/opt/inkstone", "quick"),
            DesktopEntry(("/opt/inkstone", "--hidden"), home / "autostart" / "entry.desktop"),
            environment,
            home,
        )
        self.hotkeys = Hotkeys(self.file, {})
        self.hotkeys.back_end = "wayland" if "WAYLAND_DISPLAY" in environment else "x11"
        self.preferences = Preferences(Settings(), lambda _: None)


OpenPage = Callable[..., tuple[QuickPage, QuickSetup]]


@pytest.fixture
def open_page(qtbot: QtBot, tmp_path: Path) -> OpenPage:
    def make(environment: dict[str, str] = X11) -> tuple[QuickPage, QuickSetup]:
        setup = QuickSetup(tmp_path, environment)
        page = QuickPage(setup.options, setup.hotkeys, setup.preferences)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitUntil(page.at_login.isEnabled)
        return page, setup

    return make


def record(page: QuickPage, name: str, keys: str) -> None:
    field = page.keys[name]
    field.setKeySequence(QKeySequence(keys))
    field.editingFinished.emit()


def test_a_recorded_key_is_saved_and_taken_at_once(open_page: OpenPage, qtbot: QtBot) -> None:
    page, setup = open_page()
    record(page, "proofread", "Ctrl+Alt+P")
    assert load_choices(setup.file).shortcuts == {"": "Ctrl+Alt+Space", "proofread": "Ctrl+Alt+P"}
    record(page, "proofread", "")
    assert load_choices(setup.file).shortcuts == {"": "Ctrl+Alt+Space"}


def test_pressed_keys_are_what_is_recorded(open_page: OpenPage, qtbot: QtBot) -> None:
    page, setup = open_page()
    field = page.keys["rewrite"]
    field.setFocus()
    with qtbot.waitSignal(field.editingFinished):
        QTest.keyClick(field, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert load_choices(setup.file).shortcuts["rewrite"] == "Ctrl+Alt+R"


def test_a_key_that_another_action_has_is_refused_with_its_name(open_page: OpenPage) -> None:
    page, setup = open_page()
    record(page, "proofread", "Alt+Ctrl+Space")
    assert page.problem.text() == "“Quick prompt” has this key already."
    assert page.keys["proofread"].keySequence().isEmpty()
    assert not setup.file.exists()


def test_a_key_that_types_a_letter_is_refused(open_page: OpenPage) -> None:
    page, setup = open_page()
    record(page, "proofread", "Shift+P")
    assert page.problem.text().startswith("A shortcut needs Ctrl, Alt")
    assert not setup.file.exists()


def test_the_usual_key_can_be_given_up(open_page: OpenPage) -> None:
    page, setup = open_page()
    record(page, "", "")
    assert load_choices(setup.file).shortcuts == {"": ""}


def test_a_key_of_another_program_is_told_where_it_is_chosen(open_page: OpenPage) -> None:
    page, setup = open_page()
    setup.hotkeys.results = {
        "": BoundShortcut(keys="Ctrl+Alt+Space"),
        "proofread": BoundShortcut("taken"),
        "reply": BoundShortcut("no key"),
    }
    setup.hotkeys.bound.emit()
    assert page.problem.isVisible()
    assert page.problem.text().splitlines() == [
        "Proofread: Another program has this shortcut; choose another one.",
        "Reply: The keyboard has no such key.",
    ]


def test_what_calls_inkstone_is_said_and_said_anew_when_the_portal_is_gone(open_page: OpenPage) -> None:
    page, setup = open_page()
    assert page.how.text().startswith("X11:")
    setup.hotkeys.back_end = "wayland"
    setup.hotkeys.results = {"": BoundShortcut("no portal")}
    setup.hotkeys.bound.emit()
    assert page.how.text().startswith("Wayland without portal: bind the command below")
    assert not page.problem.isVisible()


def test_without_a_back_end_only_the_command_is_bound(open_page: OpenPage) -> None:
    page, _ = open_page({"WAYLAND_DISPLAY": "wayland-0"})
    assert list(page.keys) == [""]


def test_the_command_is_copied(open_page: OpenPage) -> None:
    page, _ = open_page()
    page.copy.click()
    assert QGuiApplication.clipboard().text() == "/opt/inkstone quick"


def test_the_desktop_binds_the_command_after_a_click(open_page: OpenPage, tmp_path: Path, qtbot: QtBot) -> None:
    tool, calls = tmp_path / "kwriteconfig6", tmp_path / "calls"
    tool.write_text(f'#!/bin/sh\necho "$@" >{calls}\n')
    tool.chmod(0o755)
    page, _ = open_page(X11 | {"XDG_CURRENT_DESKTOP": "KDE", "PATH": str(tmp_path)})
    assert page.bind is not None
    assert not calls.exists()
    page.bind.click()
    qtbot.waitUntil(page.problem.isVisible)
    assert page.problem.text() == "The key is bound; it holds from your next login."
    assert calls.read_text().endswith("--key _launch Ctrl+Alt+Space\n")


def test_a_desktop_that_refuses_is_told(open_page: OpenPage, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "gsettings").write_text("#!/bin/sh\necho locked >&2\nexit 1\n")
    (tmp_path / "gsettings").chmod(0o755)
    page, _ = open_page(X11 | {"XDG_CURRENT_DESKTOP": "GNOME", "PATH": str(tmp_path)})
    assert page.bind is not None
    page.bind.click()
    qtbot.waitUntil(page.problem.isVisible)
    assert page.problem.text() == "The desktop did not take the key: locked"


def test_staying_ready_is_a_setting(open_page: OpenPage) -> None:
    page, setup = open_page()
    page.stay.click()
    assert setup.preferences.settings.stay_ready


def test_start_at_login_is_off_until_it_is_switched_on(open_page: OpenPage, tmp_path: Path, qtbot: QtBot) -> None:
    page, setup = open_page()
    assert not page.at_login.isChecked()
    page.at_login.click()
    qtbot.waitUntil(lambda: setup.options.autostart.on)
    page.at_login.click()
    qtbot.waitUntil(lambda: not setup.options.autostart.on)


def test_a_login_that_cannot_be_changed_is_told(open_page: OpenPage, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "autostart").write_text("a file where the folder should be")
    page, _ = open_page()
    page.at_login.click()
    qtbot.waitUntil(page.problem.isVisible)
    assert page.problem.text().startswith("Start at login could not be changed")
    assert not page.at_login.isChecked()
