"""A mistake in a file of settings keeps nobody from his window, and is said there, once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.errors import HistoryFull, SettingsError
from desktop.settings import Settings, load_settings, read_settings
from desktop.ui.history.notice import HistoryNotice
from desktop.ui.settings.notice import SettingsNotice
from desktop.ui.widgets.translations import Translations
from tests.scripted_engine import ScriptedEngine
from tests.ui.conftest import Chat, StartChat

ROOT = Path(__file__).parents[3]
# Opens the window as the command does, says what it shows after the first paint, and ends.
WINDOW = """
import sys
from desktop import cli
from desktop.ui import application
connect = application.connect
def connect_and_tell(window, worker):
    connect(window, worker)
    def tell():
        notice = window.settings_notice
        print(window.isVisible(), notice.isVisible(), notice.sentence.text(), flush=True)
        window.quit()
    window.painted.connect(tell)
application.connect = connect_and_tell
sys.argv = ["inkstone"]
cli.main()
"""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('colour = "red"\nwelcomed = true\ntheme = "pink"', "mean nothing here, so the usual ones hold: “colour”"),
        ("theme = ", "cannot be read (line 1), so the usual settings hold"),
        ("", None),
    ],
)
def test_the_real_window_opens_in_spite_of_its_settings(inkstone_home: Path, content: str, said: str | None) -> None:
    inkstone_home.mkdir()
    (inkstone_home / "settings.toml").write_text(content, encoding="utf-8")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "LANG": "en_GB.UTF-8"}
    command = [sys.executable, "-c", WINDOW]
    shown = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert shown.stdout.startswith(f"True {said is not None} "), shown.stderr
    if said is not None:
        assert said in shown.stdout
        assert str(inkstone_home / "settings.toml") in shown.stderr
    assert "Traceback" not in shown.stderr


def window_of(start_chat: StartChat, file: Path, text: str) -> Chat:
    file.write_text(text, encoding="utf-8")
    settings, wrong = read_settings(file)
    return start_chat(ScriptedEngine, settings=settings, wrong=wrong)


def test_what_was_read_is_not_said_again_when_the_window_is_made_anew(start_chat: StartChat, tmp_path: Path) -> None:
    chat = window_of(start_chat, tmp_path / "settings.toml", "theme = 'light'\nthreads = -1\ncolour = 1")
    notice = chat.window.settings_notice
    assert notice.isVisible()
    assert notice.sentence.text() == (
        f"{tmp_path / 'settings.toml'} has settings that mean nothing here, so the usual ones hold: "
        "“threads” (line 2), “colour” (line 3); the file is kept."
    )
    chat.window.preferences.change(text_size=150)
    notice = chat.window.settings_notice
    assert not notice.isHidden()
    QTest.mouseClick(notice.action, Qt.MouseButton.LeftButton)
    assert notice.isHidden()
    chat.window.preferences.change(text_size=100)
    assert chat.window.settings_notice.isHidden()


def test_the_window_writes_only_what_was_changed_in_it(start_chat: StartChat, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    chat = window_of(start_chat, file, "theme = 'light'\nthreads = -1")
    file.write_text("theme = 'light'\nthreads = -1\nmodel = 'mine'", encoding="utf-8")  # as `models use` does
    chat.window.preferences.change(low_priority=True, theme="light")
    chat.end()
    assert load_settings(file) == Settings(theme="light", model="mine", low_priority=True)
    assert "threads = -1" in file.read_text(encoding="utf-8")


def test_settings_that_cannot_be_saved_are_told(start_chat: StartChat, tmp_path: Path) -> None:
    chat = start_chat(ScriptedEngine)
    (tmp_path / "settings.toml").mkdir()
    notice = chat.window.settings_notice
    assert not notice.isVisible()
    with chat.qtbot.waitSignal(chat.window.preferences.not_saved):
        chat.window.preferences.change(low_priority=True)
    assert notice.isVisible()
    assert notice.sentence.text().startswith("The settings could not be saved (Is a directory)")


def test_a_card_is_never_a_window_of_its_own(chat: Chat, tmp_path: Path) -> None:
    link, preferences = chat.window.conversations.link, chat.window.preferences
    link.trouble, preferences.wrong = HistoryFull(tmp_path), (SettingsError(tmp_path, "it cannot be read"),)
    for notice in (HistoryNotice(link), SettingsNotice(preferences)):
        assert not notice.isVisible()  # it is seen with the window, once in it


def test_it_is_said_in_the_language_of_the_window(qapp: QApplication, chat: Chat, tmp_path: Path) -> None:
    before = QLocale()
    speech = Translations(qapp, ROOT / "assets" / "translations", "zh_CN")
    try:
        chat.window.preferences.wrong = (SettingsError(tmp_path, "unknown key", "theme", 3),)
        notice = SettingsNotice(chat.window.preferences)
    finally:
        speech.choose("en")
        QLocale.setDefault(before)
    assert (
        notice.sentence.text()
        == f"{tmp_path} 中有无法识别的设置，因此这些项使用默认值：“theme”（第 3 行）；该文件会保留。"
    )
