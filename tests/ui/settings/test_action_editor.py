from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.quick.actions.loading import read_actions
from desktop.ui.settings.action_editor import ActionEditor
from tests.ui.settings.test_quick_page import ASSETS, X11, QuickSetup


@pytest.fixture
def setup(qtbot: QtBot, tmp_path: Path) -> QuickSetup:
    return QuickSetup(tmp_path, X11)


@pytest.fixture
def editor(qtbot: QtBot, setup: QuickSetup) -> Iterator[ActionEditor]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    editor = ActionEditor(setup.options, parent)
    editor.open()
    yield editor
    editor.close()


def shown(editor: ActionEditor) -> list[str]:
    return [editor.list.item(row).text() for row in range(editor.list.count())]


def test_every_shipped_action_goes_through_the_fields_unchanged(editor: ActionEditor) -> None:
    for row in range(editor.list.count()):
        editor.list.setCurrentRow(row)
        assert not editor.form.changed, editor.chosen
        assert editor.form.wrong() == ""


def test_an_edited_shipped_action_becomes_the_users_and_can_be_as_it_was(
    editor: ActionEditor, setup: QuickSetup, qtbot: QtBot
) -> None:
    editor.form.names["en"].setText("Mend")
    editor.save.click()
    qtbot.waitUntil(lambda: shown(editor)[0] == "Mend")
    assert setup.options.is_own("proofread")
    assert read_actions(setup.own / "proofread.toml")[0].examples  # what is not shown is kept
    editor.drop()
    qtbot.waitUntil(lambda: shown(editor)[0] == "Proofread")
    assert not setup.options.is_own("proofread")


def test_a_new_action_is_saved_with_the_language_that_has_a_request(
    editor: ActionEditor, setup: QuickSetup, qtbot: QtBot
) -> None:
    editor.add()
    assert not editor.save.isEnabled()
    editor.form.names["en"].setText("Pirate")
    editor.form.prompts["en"].setPlainText("Say it like a pirate: {text}")
    assert editor.save.isEnabled()
    assert "Say it like a pirate: She dont like apples." in editor.form.preview.text()
    editor.save.click()
    qtbot.waitUntil(lambda: "Pirate" in shown(editor))
    action = setup.options.load().sound[editor.chosen]
    assert (action.languages, action.prompt) == (("en",), {"en": "Say it like a pirate: {text}"})


@pytest.mark.parametrize(
    ("prompt", "wrong"),
    [
        ("", "Write what the model is asked, in one language at least."),
        ("Shout", "Write {text} once where the selection belongs."),
        ("{text} {text}", "Write {text} once where the selection belongs."),
        ("{text} {name}", "“prompt” must hold {text} once, and no other placeholder than {request}"),
    ],
)
def test_what_is_no_action_cannot_be_saved_and_says_why(editor: ActionEditor, prompt: str, wrong: str) -> None:
    editor.add()
    editor.form.names["en"].setText("Mine")
    editor.form.prompts["en"].setPlainText(prompt)
    assert not editor.save.isEnabled()
    assert editor.form.preview.text().endswith(wrong)


def test_the_order_is_that_of_the_quick_window(editor: ActionEditor, setup: QuickSetup, qtbot: QtBot) -> None:
    first, second = shown(editor)[:2]
    editor.step(1)
    qtbot.waitUntil(lambda: shown(editor)[:2] == [second, first])
    assert editor.chosen == "proofread"
    assert list(setup.options.load().sound)[:2] == ["rewrite", "proofread"]


def test_an_action_is_shared_as_text(editor: ActionEditor, setup: QuickSetup, qtbot: QtBot) -> None:
    editor.copy()
    editor.paste()
    assert editor.chosen == "proofread-2"
    editor.form.names["en"].setText("Proofread again")
    editor.save.click()
    qtbot.waitUntil(lambda: "Proofread again" in shown(editor))


def test_a_clipboard_without_an_action_is_told(editor: ActionEditor) -> None:
    QGuiApplication.clipboard().setText("nothing of the kind")
    editor.paste()
    assert editor.note.text().startswith("The clipboard holds no action")


def test_actions_go_out_and_come_in_as_files(
    editor: ActionEditor, setup: QuickSetup, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "mine.toml"
    editor.write_out(file)
    qtbot.waitUntil(lambda: editor.note.text() == "Saved as mine.toml.")
    editor.take_in(file)
    qtbot.waitUntil(lambda: setup.options.is_own("proofread"))
    qtbot.waitUntil(lambda: editor.note.text() == "1 action was added.")


def test_a_broken_file_is_told_and_hides_nothing(
    editor: ActionEditor, setup: QuickSetup, tmp_path: Path, qtbot: QtBot
) -> None:
    setup.own.mkdir()
    (setup.own / "broken.toml").write_text("name = 1")
    editor.reload()
    assert "broken.toml" in editor.note.text()
    assert editor.list.count() == len(list(ASSETS.glob("*.toml")))
