"""The user's own templates in the window: copied, edited with a preview, shared as text, removed."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.chat.drafting import DraftingService, TemplateStore
from desktop.ui.drafting.cards import TemplateCard
from desktop.ui.drafting.gallery import Gallery
from desktop.ui.drafting.template_editor import TemplateEditor, TemplateTools
from desktop.ui.widgets import theme
from tests.drafting.template.test_loading import SOUND, line_of
from tests.drafting.template.test_shipped import ASSETS
from tests.ui.conftest import Wear


@pytest.fixture
def drafting(tmp_path: Path) -> DraftingService:
    return DraftingService(TemplateStore(ASSETS / "templates", tmp_path / "templates"))


@pytest.fixture
def gallery(qtbot: QtBot, drafting: DraftingService) -> Gallery:
    gallery = Gallery(drafting, "en")
    qtbot.addWidget(gallery)
    return gallery


@pytest.fixture
def tools(drafting: DraftingService, gallery: Gallery) -> TemplateTools:
    return TemplateTools(drafting, gallery, "en")


def editor_of(tools: TemplateTools) -> TemplateEditor:
    assert tools.editor is not None
    return tools.editor


def card(gallery: Gallery, template_id: str) -> TemplateCard:
    return next(card for card in gallery.cards if card.card.id == template_id)


def choose(tools: TemplateTools, gallery: Gallery, template_id: str, title: str) -> None:
    (action,) = [action for action in tools.menu(card(gallery, template_id)).actions() if action.text() == title]
    action.trigger()


def test_a_copy_is_edited_with_its_preview_and_saved(
    tools: TemplateTools, gallery: Gallery, drafting: DraftingService
) -> None:
    choose(tools, gallery, "email", "Make your own copy")
    editor = editor_of(tools)
    assert "Greeting" in editor.preview.text()
    assert "Topic *" in editor.preview.text()
    text = editor.text.toPlainText()
    editor.text.setPlainText(text.replace('en = "Email or letter"', 'en = "Note to the team"'))
    editor._save()
    assert card(gallery, "email-copy").card.name == "Note to the team"
    assert card(gallery, "email-copy").card.own
    assert drafting.template("email").label.en == "Email or letter"


def test_a_mistake_is_shown_with_its_line_and_not_saved(tools: TemplateTools, gallery: Gallery) -> None:
    tools.add()
    editor = editor_of(tools)
    editor.text.setPlainText(SOUND.replace("words = 100", "wrods = 100"))
    editor.show_preview()
    assert editor.preview.text() == f"Line {line_of('words')}: unknown key “wrods”."
    assert not editor.save.isEnabled()
    editor._save()
    assert len(gallery.cards) == 21


def test_a_template_is_shared_as_text(tools: TemplateTools, gallery: Gallery, drafting: DraftingService) -> None:
    choose(tools, gallery, "story", "Copy as text, to share it")
    tools.add()
    editor_of(tools).text.setPlainText(QGuiApplication.clipboard().text())
    editor_of(tools)._save()
    assert drafting.template("story-2").sections == drafting.template("story").sections
    choose(tools, gallery, "story-2", "Delete")
    assert len(gallery.cards) == 21


def test_a_file_is_looked_at_before_it_is_taken_in(tools: TemplateTools, gallery: Gallery, tmp_path: Path) -> None:
    (tmp_path / "memo.toml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "photo.toml").write_bytes(b"\xff\xfe\x00")
    tools.add()
    editor = editor_of(tools)
    editor.read(tmp_path / "photo.toml")
    assert editor.preview.text() == "photo.toml cannot be read as text."
    editor.read(tmp_path / "memo.toml")
    editor.show_preview()
    assert editor.preview.text().startswith("Memo\n\ntopic *, audience\n\n• Start")
    editor._save()
    assert card(gallery, "memo").card.own


def test_what_came_with_inkstone_can_be_copied_but_not_changed(tools: TemplateTools, gallery: Gallery) -> None:
    titles = [action.text() for action in tools.menu(card(gallery, "poem")).actions()]
    assert titles == ["Make your own copy", "Copy as text, to share it", "Save as a file"]


def test_the_names_of_all_templates_are_seen_whole(gallery: Gallery) -> None:
    gallery.resize(1200, 800)
    gallery.show()
    for each in gallery.cards:
        name = each.findChildren(QLabel)[0]
        assert name.text() == each.card.name
        assert name.hasHeightForWidth()
        assert name.heightForWidth(name.width()) <= name.height(), name.text()


def test_the_text_of_a_template_grows_with_all_text(
    drafting: DraftingService, gallery: Gallery, qtbot: QtBot, wear: Wear
) -> None:
    wear("light", 2)
    editor = TemplateEditor(drafting, "en", gallery)
    assert editor.text.fontInfo().pixelSize() == theme.px(theme.TEXT_BASE)
