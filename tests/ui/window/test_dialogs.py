"""Palette, shortcuts, settings and first start, used by keyboard as far as possible."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFormLayout, QScrollArea

from desktop.chat.drafting import DraftingService, TemplateStore
from desktop.chat.history_unlocker import HistoryUnlocker
from desktop.settings import Settings, load_settings
from desktop.ui.canvas.commands import draft_keys
from desktop.ui.conversation.empty_state import KeyHint
from desktop.ui.drafting.template_editor import TemplateEditor
from desktop.ui.settings.shortcut_page import ShortcutPage
from desktop.ui.widgets import theme
from desktop.ui.widgets.appearance import Appearance
from desktop.ui.widgets.shortcut_list import ShortcutList
from desktop.ui.window.dialogs import Dialogs
from desktop.ui.window.palette import Entry, found
from tests.drafting.template.test_shipped import ASSETS
from tests.scripted_engine import ScriptedEngine
from tests.ui.conftest import PATIENCE_S, Chat, StartChat, Wear
from tests.ui.settings.test_quick_page import X11, QuickSetup
from tests.ui.window.test_window import controls, spoken_name

FORM = QFormLayout.ItemRole
PATIENCE_MS = round(1000 * PATIENCE_S)


@pytest.fixture
def dialogs(chat: Chat, tmp_path: Path) -> Dialogs:
    return Dialogs(chat.window, HistoryUnlocker(tmp_path / "history"))


def test_the_palette_finds_a_command_and_does_it(chat: Chat, dialogs: Dialogs) -> None:
    chat.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert dialogs.palette is not None
    QTest.keyClicks(dialogs.palette.field, "details")
    assert dialogs.palette.model.entries[0].title == "Show or hide the details"
    QTest.keyClick(dialogs.palette.field, Qt.Key.Key_Return)
    assert chat.window.details.isVisible()
    assert not dialogs.palette.isVisible()


def test_the_palette_finds_the_theme(chat: Chat, dialogs: Dialogs) -> None:
    dialogs.open_palette()
    assert dialogs.palette is not None
    QTest.keyClicks(dialogs.palette.field, "theme")
    assert dialogs.palette.model.entries[0].title == "Switch the theme: light or dark"


def test_the_palette_finds_a_conversation(chat: Chat, dialogs: Dialogs) -> None:
    chat.ask("Speech for Maria's retirement")
    chat.window.new_chat()
    chat.settle()
    dialogs.open_palette()
    assert dialogs.palette is not None
    QTest.keyClicks(dialogs.palette.field, "maria")
    QTest.keyClick(dialogs.palette.field, Qt.Key.Key_Return)
    assert chat.window.conversations.shown.title == "Speech for Maria's retirement"


def test_escape_leaves_the_palette_where_the_user_was(chat: Chat, dialogs: Dialogs) -> None:
    chat.window.activateWindow()
    chat.window.composer.setFocus()
    dialogs.open_palette()
    assert dialogs.palette is not None
    QTest.keyClick(dialogs.palette.field, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is chat.window.composer.edit


def test_words_come_before_letters() -> None:
    entries = [Entry(title, "", "", lambda: None) for title in ("Pin it", "Open a pin", "Paint in", "Nothing")]
    assert [entry.title for entry in found("pin", entries)] == ["Pin it", "Open a pin", "Paint in"]


def test_all_shortcuts_are_listed(chat: Chat, dialogs: Dialogs) -> None:
    chat.press(Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    dialog = chat.window.findChild(ShortcutList)
    assert dialog is not None
    assert ("Find a command", "Ctrl+K") in dialog.keys
    assert ("Stop", "Esc") in dialog.keys


def test_no_two_commands_have_one_key(chat: Chat) -> None:
    keys = [one.keys for one in chat.window.commands.commands.values() if one.keys]
    assert len(keys) == len(set(keys))


def test_a_key_is_changed_saved_and_works(chat: Chat, dialogs: Dialogs, tmp_path: Path) -> None:
    dialogs.open_settings("shortcuts")
    assert dialogs.settings is not None
    page = dialogs.settings.shortcuts
    page.fields["details"].setKeySequence(QKeySequence("Ctrl+N"))
    page.fields["details"].editingFinished.emit()
    assert page.problem.text() == "“New chat” has this key already."
    page.fields["details"].setKeySequence(QKeySequence("Ctrl+D"))
    page.fields["details"].editingFinished.emit()
    dialogs.settings.accept()
    chat.window.activateWindow()
    chat.window.composer.setFocus()
    chat.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert chat.window.details.isVisible()
    chat.window.preferences.end()
    assert load_settings(tmp_path / "settings.toml").shortcuts == {"details": "Ctrl+D"}


def choose_key(page: ShortcutPage, name: str, keys: str) -> None:
    page.fields[name].setKeySequence(QKeySequence(keys))
    page.fields[name].editingFinished.emit()


def test_the_keys_of_drafts_are_changed_where_the_others_are(chat: Chat, dialogs: Dialogs) -> None:
    dialogs.open_settings("shortcuts")
    assert dialogs.settings is not None
    page = dialogs.settings.shortcuts
    choose_key(page, "italic", "Ctrl+B")
    assert page.problem.text() == "“Bold” has this key already."
    assert page.fields["italic"].keySequence() == QKeySequence("Ctrl+I")
    choose_key(page, "italic", "Ctrl+K")  # means something else in the main window, and may
    choose_key(page, "accept-piece", "Space")
    assert page.problem.text() == ""
    assert chat.window.preferences.settings.shortcuts == {"italic": "Ctrl+K", "accept-piece": "Space"}
    page._reset()
    assert page.fields["accept-piece"].keySequence() == QKeySequence("Return")
    assert chat.window.preferences.settings.shortcuts == {}


def test_every_key_has_an_id_of_its_own(chat: Chat) -> None:
    ids = [key.id for key in [*chat.window.commands.keys(), *draft_keys({})]]
    assert len(ids) == len(set(ids))


def test_an_empty_conversation_tells_the_keys_of_now(chat: Chat) -> None:
    empty = chat.window.shown.view.empty
    assert empty is not None
    assert (empty.keys["new"].key.text(), empty.keys["stop"].key.text()) == ("Ctrl+N", "Esc")
    chat.window.preferences.change(shortcuts={"new": "Ctrl+Shift+D", "stop": ""})
    assert empty.keys["new"].key.text() == "Ctrl+Shift+D"
    assert not empty.keys["stop"].isVisible()
    chat.window.new_temporary()  # a page that is made later
    later = chat.window.shown.view.empty
    assert later is not None
    assert later is not empty
    assert later.keys["new"].key.text() == "Ctrl+Shift+D"


def test_the_hints_of_an_empty_conversation_are_no_windows(chat: Chat) -> None:
    chat.window.new_temporary()
    assert [one for one in QApplication.topLevelWidgets() if isinstance(one, KeyHint)] == []


def test_a_changed_model_setting_is_saved_and_can_be_used_at_once(chat: Chat, dialogs: Dialogs, tmp_path: Path) -> None:
    dialogs.open_settings("model")
    assert dialogs.settings is not None
    page = dialogs.settings.model
    page.threads.setValue(1)
    page.low_priority.setChecked(True)
    with chat.qtbot.waitSignal(chat.seen.loaded):
        QTest.mouseClick(page.load, Qt.MouseButton.LeftButton)
    chat.window.preferences.end()
    saved = load_settings(tmp_path / "settings.toml")
    assert (saved.threads, saved.low_priority) == (1, True)


@pytest.mark.parametrize("section", ["general", "model", "history", "shortcuts"])
def test_every_control_of_the_settings_has_a_name(chat: Chat, dialogs: Dialogs, section: str) -> None:
    dialogs.open_settings(section)
    assert dialogs.settings is not None
    for control in controls(dialogs.settings):
        assert spoken_name(control), f"{control} says nothing to a screen reader"


@pytest.fixture
def appearance_of_settings(qapp: QApplication, appearance: Appearance, chat: Chat) -> Iterator[None]:
    preferences = chat.window.preferences
    preferences.changed.disconnect(chat.window.apply)
    preferences.changed.connect(appearance.apply)
    preferences.changed.connect(chat.window.apply)
    yield
    appearance.choose("light")
    appearance.choose_font("", 100)


@pytest.mark.usefixtures("appearance_of_settings")
def test_theme_and_size_change_at_once_and_nothing_is_lost(chat: Chat, dialogs: Dialogs) -> None:
    chat.ask("Hi")
    chat.type("half a sent")
    chat.window.preferences.change(theme="dark")
    assert theme.colour(theme.ColorRole.Window).name() == theme.DARK.paper.lower()
    chat.window.preferences.change(text_size=200)
    assert theme.scale() == 2
    assert chat.window.composer.text() == "half a sent"
    assert chat.last.view.markdown == "Hello world"


@pytest.mark.usefixtures("appearance_of_settings")
@pytest.mark.parametrize("size", [100, 200])
def test_everything_has_its_place_in_a_small_window(chat: Chat, size: int) -> None:
    chat.ask("A question that is rather long, so that its title has no room " * 3)
    chat.window.preferences.change(text_size=size)
    chat.window.header.details.setChecked(True)
    chat.window.resize(900, 600)
    assert chat.window.size().toTuple() == (900, 600)
    for part in (chat.window.composer, chat.window.composer.button, chat.window.status, chat.window.header.details):
        corner = part.mapTo(chat.window, part.rect().bottomRight())
        assert chat.window.rect().contains(corner), f"{part} is cut off"
    assert chat.window.pages.height() > 100


def first_start(start_chat: StartChat, tmp_path: Path) -> tuple[Chat, Dialogs, HistoryUnlocker]:
    unlocker = HistoryUnlocker(tmp_path / "new" / "history")
    chat = start_chat(open_history=unlocker.open, settings=Settings(theme="light"), opened=False)
    dialogs = Dialogs(chat.window, unlocker)
    dialogs.ready.connect(chat.window.conversations.link.start)
    dialogs.begin()
    chat.qtbot.waitUntil(lambda: dialogs.welcome is not None, timeout=PATIENCE_MS)
    return chat, dialogs, unlocker


def test_the_first_start_takes_three_steps_and_its_sample_works(start_chat: StartChat, tmp_path: Path) -> None:
    chat, dialogs, unlocker = first_start(start_chat, tmp_path)
    welcome = dialogs.welcome
    assert welcome is not None
    assert (welcome.step, welcome.next.text()) == (0, "Continue")
    QTest.mouseClick(welcome.next, Qt.MouseButton.LeftButton)
    assert welcome.step == 1
    assert not welcome.next.isEnabled()  # there is no keyring here, and no passphrase yet
    QTest.keyClicks(welcome.protection.first, "correct horse")
    QTest.keyClicks(welcome.protection.second, "correct horse")
    with chat.qtbot.waitSignal(chat.window.conversations.link.opened, timeout=PATIENCE_MS):
        QTest.mouseClick(welcome.next, Qt.MouseButton.LeftButton)
    assert (welcome.step, welcome.next.text()) == (2, "Begin")
    assert "Scripted 135M is ready" in welcome.ready.text()
    with chat.qtbot.waitSignal(chat.seen.finished):
        QTest.mouseClick(welcome.sample, Qt.MouseButton.LeftButton)
    chat.settle()
    assert chat.last.view.markdown == "Hello world"
    assert chat.window.preferences.settings.welcomed
    assert unlocker.protection() == "passphrase"
    chat.end()
    assert b"customer" not in (unlocker.folder / "history.db").read_bytes()


def test_leaving_the_first_start_early_asks_again_where_it_must(start_chat: StartChat, tmp_path: Path) -> None:
    chat, dialogs, unlocker = first_start(start_chat, tmp_path)
    assert dialogs.welcome is not None
    dialogs.welcome.reject()
    chat.qtbot.waitUntil(lambda: chat.window.history_notice.isVisible(), timeout=PATIENCE_MS)
    assert chat.window.history_notice.action.text() == "Choose…"
    assert unlocker.protection() is None
    assert chat.window.preferences.settings.welcomed


def test_a_known_home_is_not_welcomed_again(start_chat: StartChat, tmp_path: Path) -> None:
    unlocker = HistoryUnlocker(tmp_path / "known")
    unlocker.protect("none")
    unlocker.open().close()
    chat = start_chat(open_history=unlocker.open, settings=Settings(theme="light"), opened=False)
    dialogs = Dialogs(chat.window, unlocker)
    with chat.qtbot.waitSignal(dialogs.ready):
        dialogs.begin()
    assert dialogs.welcome is None


def test_every_control_of_the_first_start_has_a_name(start_chat: StartChat, tmp_path: Path) -> None:
    _, dialogs, _ = first_start(start_chat, tmp_path)
    assert dialogs.welcome is not None
    for control in controls(dialogs.welcome):
        assert spoken_name(control), f"{control} says nothing to a screen reader"


def test_a_dialog_is_never_larger_than_the_screen(chat: Chat, dialogs: Dialogs, engine: ScriptedEngine) -> None:
    screen = chat.window.screen().availableGeometry()
    dialogs.open_settings()
    dialogs.open_shortcuts()
    for dialog in chat.window.findChildren(QDialog):
        assert dialog.width() <= screen.width()
        assert dialog.height() <= screen.height()


@pytest.mark.usefixtures("appearance_of_settings")
def test_a_dialog_in_large_text_is_no_larger_than_the_screen_either(
    chat: Chat, dialogs: Dialogs, tmp_path: Path
) -> None:
    chat.window.preferences.change(text_size=200)
    assert theme.px(theme.DIALOG_WIDTH) > chat.window.screen().availableSize().width()
    dialogs.open_settings()
    dialogs.open_shortcuts()
    drafting = DraftingService(TemplateStore(ASSETS / "templates", tmp_path / "templates"))
    editor = TemplateEditor(drafting, "en", chat.window)
    editor.show()
    screen = chat.window.screen().availableGeometry()
    shown = [dialog for dialog in chat.window.findChildren(QDialog) if dialog.isVisible()]
    assert len(shown) == 3
    for dialog in shown:
        assert dialog.width() <= screen.width(), dialog
        assert dialog.height() <= screen.height(), dialog


@pytest.mark.usefixtures("appearance_of_settings")
def test_no_page_of_the_settings_is_cut_in_large_text(chat: Chat, dialogs: Dialogs, tmp_path: Path) -> None:
    setup = QuickSetup(tmp_path, X11)
    dialogs.quick = (setup.options, setup.hotkeys)
    chat.window.preferences.change(text_size=200)
    dialogs.open_settings()
    dialog = dialogs.settings
    assert dialog is not None
    dialog.resize(1024, 660)
    for at in range(dialog.sections.count()):
        dialog.sections.setCurrentRow(at)
        area = dialog._pages.currentWidget()
        assert isinstance(area, QScrollArea)
        page = area.widget()
        assert page is not None
        assert page.width() <= area.viewport().width(), dialog.section
        assert dialog.sections.sizeHintForIndex(dialog.sections.currentIndex()).width() <= dialog.sections.width()


def names_above_fields(form: QFormLayout) -> set[bool]:
    rows = []
    for at in range(form.rowCount()):
        name, field = (form.itemAt(at, role) for role in (FORM.LabelRole, FORM.FieldRole))
        if name is not None and field is not None and name.widget() is not None:
            rows.append(name.geometry().bottom() < field.geometry().top())
    return set(rows)


def test_names_stand_above_their_fields_or_beside_them_all_alike(chat: Chat, dialogs: Dialogs) -> None:
    dialogs.open_settings("model")
    assert dialogs.settings is not None
    page = dialogs.settings.model
    assert names_above_fields(page.form) == {False}
    box, name = page.low_priority, page.form.labelForField(page.low_priority)
    assert abs(box.geometry().center().y() - name.geometry().center().y()) <= 1
    dialogs.settings.resize(460, 480)
    chat.qtbot.waitUntil(lambda: names_above_fields(page.form) == {True})


def test_the_buttons_of_the_first_start_are_seen_in_large_text(
    start_chat: StartChat, tmp_path: Path, wear: Wear
) -> None:
    wear("light", 2)
    chat, dialogs, _ = first_start(start_chat, tmp_path)
    welcome = dialogs.welcome
    assert welcome is not None
    screen = chat.window.screen().availableSize()
    for _step in range(2):
        assert welcome.height() <= screen.height()
        assert welcome.width() <= screen.width()
        assert welcome.rect().contains(welcome.next.geometry())
        QTest.mouseClick(welcome.next, Qt.MouseButton.LeftButton)
    assert welcome.step == 1
    welcome.activateWindow()
    welcome.protection.first.setFocus()
    QTest.keyClick(welcome.protection.first, Qt.Key.Key_Tab)
    field = welcome.protection.second
    chat.qtbot.waitUntil(lambda: not field.visibleRegion().isEmpty())  # the keyboard brings it into view
