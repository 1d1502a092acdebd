"""Scenes in the window: found, chosen, drafted; made of a draft, of a document; edited as a form and as text."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.chat.drafting import Brief, Draft, DraftingService, Examples, SceneLibrary, TemplateStore
from desktop.chat.scenes import Example, SceneService, SceneStore
from desktop.services import read_source
from desktop.ui.drafting.brief_form import BriefForm
from desktop.ui.drafting.environment import DraftingEnvironment
from desktop.ui.drafting.pane import DraftingPane
from desktop.ui.drafting.scene_form import SceneForm
from desktop.ui.drafting.scene_list import OWN, TEMPLATES, SceneList
from desktop.ui.drafting.scene_tools import SceneFileEditor, SceneTools
from tests.documents.word_files import word_file
from tests.drafting.scenes.test_library import Topics
from tests.drafting.template.test_shipped import ASSETS
from tests.drafting.test_session import REPORT, Talker


def scene_store(home: Path) -> SceneStore:
    return SceneStore(home / "scenes", SceneLibrary((ASSETS / "scenes", home / "scenes")))


@pytest.fixture
def scenes(tmp_path: Path) -> SceneService:
    return SceneService(scene_store(tmp_path))


@pytest.fixture
def service(tmp_path: Path) -> DraftingService:
    return DraftingService(TemplateStore(ASSETS / "templates", tmp_path / "templates"), read_source=read_source)


Open = Callable[[SceneService], DraftingPane]


@pytest.fixture
def open_pane(qtbot: QtBot, service: DraftingService) -> Iterator[Open]:
    panes = []

    def open_(scenes: SceneService) -> DraftingPane:
        pane = DraftingPane(DraftingEnvironment(service, Talker, scenes=scenes), "en")
        qtbot.addWidget(pane)
        panes.append(pane)
        pane.resize(1200, 800)
        pane.show()
        return pane

    yield open_
    for pane in panes:
        pane.end()


@pytest.fixture
def pane(open_pane: Open, scenes: SceneService) -> DraftingPane:
    return open_pane(scenes)


def list_of(pane: DraftingPane) -> SceneList:
    assert pane.gallery.scenes is not None
    return pane.gallery.scenes


def tools_of(pane: DraftingPane) -> SceneTools:
    assert pane.scene_tools is not None
    return pane.scene_tools


def form_of(pane: DraftingPane) -> BriefForm:
    assert pane.form is not None
    return pane.form


def scene_form_of(pane: DraftingPane) -> SceneForm:
    form = tools_of(pane).form
    assert form is not None
    return form


def names(pane: DraftingPane) -> list[str]:
    return [card.card.name for card in list_of(pane).cards]


def test_a_group_is_shown_and_its_chip_turns_to_another(pane: DraftingPane) -> None:
    shown = list_of(pane)
    assert shown.shown == "office"
    assert {card.card.group for card in shown.cards} == {"office"}
    assert not pane.gallery._grid.isVisible()
    shown.chips["school"].click()
    assert {card.card.group for card in shown.cards} == {"school"}
    assert [group for group, chip in shown.chips.items() if chip.isChecked()] == ["school"]
    shown.chips[TEMPLATES].click()
    assert shown.cards == []
    assert pane.gallery._grid.isVisible()
    assert len(pane.gallery.cards) == 21


def test_a_scene_shows_how_its_example_begins(pane: DraftingPane, scenes: SceneService) -> None:
    for card in (button.card for button in list_of(pane).cards):
        assert card.opening in scenes.scene(card.id).texts["en"].examples[0].text
        assert not card.opening.lower().startswith("subject:")


def test_typing_finds_scenes_before_templates_in_both_languages(pane: DraftingPane) -> None:
    QTest.keyClicks(pane.gallery.search, "resign")
    assert names(pane)[0] == "Resignation letter"
    pane.gallery.search.setText("请假条")
    assert names(pane)[0] == "Leave request"
    assert list_of(pane).shown == ""
    list_of(pane).chips["school"].click()
    assert pane.gallery.search.text() == ""
    assert list_of(pane).shown == "school"


def test_what_no_word_finds_is_found_by_meaning(qtbot: QtBot, tmp_path: Path, open_pane: Open) -> None:
    encoder = Topics(("boss throws me out", "Resignation letter"), ("cake",))
    scenes = SceneService(scene_store(tmp_path), lambda: encoder)
    pane = open_pane(scenes)
    with qtbot.waitSignal(list_of(pane).found):
        pane.gallery.search.setText("boss throws me out")
    assert names(pane) == ["Resignation letter"]
    assert list_of(pane)._meant_title.isVisible()
    assert not pane.gallery._nothing.isVisible()


def test_an_answer_to_an_earlier_search_is_not_shown(qtbot: QtBot, tmp_path: Path, open_pane: Open) -> None:
    going_on, asked = threading.Event(), threading.Event()

    class Slow(Topics):
        def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
            asked.set()
            going_on.wait()
            return super().of(texts)

    encoder = Slow(("boss throws me out", "Resignation letter"), ("zzz",))
    scenes = SceneService(scene_store(tmp_path), lambda: encoder)
    pane = open_pane(scenes)
    pane.gallery.search.setText("boss throws me out")
    qtbot.waitUntil(asked.is_set)
    with qtbot.waitSignal(list_of(pane).found):
        pane.gallery.search.setText("zzz nothing")
        going_on.set()
    assert "Resignation letter" not in names(pane)


def test_enter_takes_the_first_scene_that_is_found(pane: DraftingPane) -> None:
    QTest.keyClicks(pane.gallery.search, "leave request")
    QTest.keyClick(pane.gallery.search, Qt.Key.Key_Return)
    form = form_of(pane)
    assert form.title == "Leave request"
    assert pane.focusWidget() is form.request


def test_a_scenes_brief_asks_faintly_and_needs_only_a_request(qtbot: QtBot, pane: DraftingPane) -> None:
    pane.begin_scene("leave-request")
    form = form_of(pane)
    assert "to whom" in form.request.placeholderText()
    form.submit()
    assert form.problem.text() == "Say in your own words what it is about."
    words = "to Helen, 8 to 10 July, my sister gets married"
    form.request.setPlainText(words)
    with qtbot.waitSignal(form.wanted) as asked:
        form.submit()
    brief = asked.args[0] if asked.args else None
    assert isinstance(brief, Brief)
    assert (brief.template, brief.scene, brief.request) == ("email", "leave-request", words)
    assert "my sister gets married" in brief.points


def test_a_scenes_brief_asks_for_more_only_when_it_is_wanted(pane: DraftingPane) -> None:
    pane.begin_scene("leave-request")
    form = form_of(pane)
    assert form.request.isVisible()
    assert not any(edit.isVisible() for edit in [*form.edits.values(), form.points])
    form.more.click()
    assert all(edit.isVisible() for edit in [*form.edits.values(), form.points])
    assert not form.more.isVisible()
    pane.begin("email")
    assert all(edit.isVisible() for edit in form_of(pane).edits.values())
    assert not form_of(pane).more.isVisible()


def test_every_scene_goes_through_the_form_as_it_is(
    qtbot: QtBot, scenes: SceneService, service: DraftingService
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    for card in scenes.cards("en"):
        scene = scenes.scene(card.id)
        form = SceneForm(scenes, service, scene, "en", parent)
        assert form.scene() == scene
        for language in scene.texts:
            form.language.setCurrentIndex(form.language.findData(language))
        assert form.scene() == scene
        form.deleteLater()


def test_a_chinese_request_of_a_scene_is_drafted_in_chinese(pane: DraftingPane, service: DraftingService) -> None:
    pane.begin_scene("leave-request")
    form_of(pane).request.setPlainText("给李老师，孩子发烧了，6月3日请假一天")
    assert service.language(form_of(pane).brief()) == "zh"


def test_a_template_asks_for_no_request(pane: DraftingPane) -> None:
    pane.begin("email")
    assert not form_of(pane).request.isVisible()
    pane.begin("email", brief=Brief("email", {"topic": "x"}, request="kept words"))
    assert form_of(pane).request.toPlainText() == "kept words"
    assert form_of(pane).request.isVisible()


def test_a_draft_is_saved_as_a_scene(qtbot: QtBot, pane: DraftingPane, scenes: SceneService) -> None:
    with qtbot.waitSignal(pane.changed):
        pane.open(pane._drafting.begin(REPORT), write=True)
    assert pane.canvas is not None
    pane.canvas.head.scene.click()
    form = scene_form_of(pane)
    draft: Draft = pane.canvas.draft
    assert form.examples[0].text.toPlainText() == draft.text.strip()
    assert "support team" in form.examples[0].request.toPlainText()
    assert form.template.currentData() == "work_report"
    form.label_edit.setText("Report of our team")
    with qtbot.waitSignal(form.saved):
        form.submit()
    assert "Report of our team" in pane.canvas.head.note.text()
    kept = scenes.scene("report-of-our-team")
    assert kept.texts["en"].examples[0].text == draft.text.strip()
    pane.show_gallery()
    list_of(pane).chips[OWN].click()
    assert names(pane) == ["Report of our team"]


def test_a_scene_is_made_of_a_word_document(
    qtbot: QtBot, pane: DraftingPane, scenes: SceneService, tmp_path: Path
) -> None:
    file = tmp_path / "thanks.docx"
    file.write_bytes(word_file("<w:p><w:r><w:t>Dear Ana, thank you for the cake.</w:t></w:r></w:p>"))
    tools_of(pane).add_document(file)
    form = scene_form_of(pane)
    with qtbot.waitSignal(form.examples[0].text.textChanged):
        pass
    qtbot.waitUntil(lambda: "cake" in form.examples[0].text.toPlainText())
    form.label_edit.setText("Thanks for a cake")
    form.submit()
    assert form.problem.text() == "A scene needs an example with its request and its text."
    form.examples[0].request.setPlainText("thank Ana for the cake")
    form.submit()
    kept = scenes.scene("thanks-for-a-cake").texts["en"].examples
    assert kept == (Example("thank Ana for the cake", "Dear Ana, thank you for the cake."),)


def test_a_copy_is_edited_in_both_languages(pane: DraftingPane, scenes: SceneService) -> None:
    list_of(pane).chips["job"].click()
    card = next(card for card in list_of(pane).cards if card.card.id == "resignation")
    (copy,) = [action for action in tools_of(pane).menu(card).actions() if action.text() == "Make your own copy"]
    copy.trigger()
    form = scene_form_of(pane)
    assert form.label_edit.text() == "Resignation letter"
    form.label_edit.setText("Our resignation")
    form.search.setText("leaving， goodbye；the end")
    form.language.setCurrentIndex(form.language.findData("zh"))
    assert form.label_edit.text() == "辞职信"
    form.label_edit.setText("本公司辞职信")
    form.submit()
    kept = scenes.scene("our-resignation")
    assert kept.texts["en"].label == "Our resignation"
    assert kept.texts["en"].search == ("leaving", "goodbye", "the end")
    assert kept.texts["zh"].label == "本公司辞职信"
    assert kept.texts["zh"].examples == scenes.scene("resignation").texts["zh"].examples
    assert list_of(pane).chips[OWN].text() == "Your own 1"


def test_an_own_scene_is_edited_again_and_deleted(pane: DraftingPane, scenes: SceneService) -> None:
    own = scenes.keep(scenes.copy_of("resignation"))
    pane.gallery.refresh_scenes()
    list_of(pane).chips[OWN].click()
    (card,) = list_of(pane).cards
    actions = {action.text(): action for action in tools_of(pane).menu(card).actions()}
    actions["Edit"].trigger()
    form = scene_form_of(pane)
    form.tone.setText("cool")
    form.submit()
    assert scenes.scene(own).texts["en"].tone == "cool"
    actions["Delete"].trigger()
    assert OWN not in list_of(pane).chips
    assert "resignation" in [card.card.id for card in list_of(pane).cards] or list_of(pane).shown != OWN


def test_the_writer_knows_a_scene_as_soon_as_it_is_saved(tmp_path: Path) -> None:
    store = scene_store(tmp_path)
    examples = Examples(store.library)
    request = "handover of the kennels to Ida: 14 dogs"
    kept = replace(store.library.all()["handover-note"], id="kennels")
    before = examples.of(request, kept.template, "en")
    text = replace(kept.texts["en"], label="Kennel handover", examples=(Example(request, "Dear Ida, 14 dogs."),))
    store.add(replace(kept, texts={"en": text}))
    found = examples.of(request, kept.template, "en")
    assert before is not None
    assert found is not None
    assert before[0].id != "kennel-handover" == found[0].id
    assert found[1].text == "Dear Ida, 14 dogs."


def test_a_scene_without_a_name_is_not_saved(pane: DraftingPane) -> None:
    tools_of(pane).add()
    form = scene_form_of(pane)
    form.submit()
    assert form.problem.text() == "A scene needs a name."
    assert form.isVisible()


def test_more_examples_than_three_are_not_asked_for(pane: DraftingPane) -> None:
    tools_of(pane).add()
    form = scene_form_of(pane)
    for _ in range(2):
        assert form._more.isVisible()
        form._more.click()
    assert len(form.examples) == 3
    assert not form._more.isVisible()


def test_the_text_of_a_scene_is_edited_with_what_it_gives(pane: DraftingPane, scenes: SceneService) -> None:
    tools_of(pane).add_text()
    editor = tools_of(pane).editor
    assert isinstance(editor, SceneFileEditor)
    source = scenes.source_of("resignation")
    editor.text.setPlainText(source.replace('group = "job"', 'group = "jobs"'))
    editor.show_preview()
    assert editor.preview.text().startswith("Line 3: “group” must be one of")
    assert not editor.save.isEnabled()
    editor.text.setPlainText(source)
    editor.show_preview()
    assert "Resignation letter" in editor.preview.text()
    assert "to whom?" in editor.preview.text()
    editor.save.click()
    assert scenes.scene("resignation-2").texts == scenes.scene("resignation").texts


def test_a_broken_file_of_the_users_is_told(open_pane: Open, scenes: SceneService, tmp_path: Path) -> None:
    (tmp_path / "scenes").mkdir()
    (tmp_path / "scenes" / "mine.toml").write_text('id = "mine"\ngroup = "odd"\n', encoding="utf-8")
    pane = open_pane(scenes)
    assert "mine.toml, line 2" in pane.gallery._broken.text()


def test_a_scene_of_a_template_that_is_gone_is_told(pane: DraftingPane, scenes: SceneService, tmp_path: Path) -> None:
    text = scenes.source_of("resignation").replace('"email"', '"letter"').replace('"resignation"', '"mine"', 1)
    scenes.take_in(text)
    pane.begin_scene("mine")
    assert pane.form is None
    assert "letter" in pane.gallery._broken.text()


def test_what_cannot_be_read_leaves_the_form_as_it_is(qtbot: QtBot, pane: DraftingPane, tmp_path: Path) -> None:
    (tmp_path / "broken.docx").write_bytes(b"no zip")
    tools_of(pane).add_document(tmp_path / "broken.docx")
    form = scene_form_of(pane)
    qtbot.waitUntil(lambda: "broken.docx" in form.problem.text() and "Reading" not in form.problem.text())
    assert form.examples[0].text.toPlainText() == ""
