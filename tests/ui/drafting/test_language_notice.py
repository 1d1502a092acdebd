"""What a brief says of models that do not write its language."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.chat.drafting import DraftingService
from desktop.chat.model_advice import WritingModel
from desktop.ui.drafting.environment import DraftingEnvironment, DraftingModels
from desktop.ui.drafting.pane import DraftingPane
from tests.drafting.test_session import Talker

STARTER = WritingModel("starter", "Starter", ("en",), in_use=True)
SPEAKER = WritingModel("speaker", "Speaker", ("en", "zh"), in_use=False)


class Library:
    """Two models, of which one answers; the other is loaded when the test says so."""

    def __init__(self, *writers: WritingModel) -> None:
        self.all, self.used, self.loading = list(writers), "starter", False

    def writers(self) -> list[WritingModel]:
        return [replace(each, in_use=each.id == self.used) for each in self.all]

    def use(self, model_id: str) -> None:
        self.used, self.loading = model_id, True


def brief_in(qtbot: QtBot, drafting: DraftingService, tmp_path: Path, library: Library, language: str) -> DraftingPane:
    models = DraftingModels(library.writers, library.use, lambda: library.loading)
    pane = DraftingPane(DraftingEnvironment(drafting, Talker, models=models), language)
    qtbot.addWidget(pane)
    pane.begin("work_report", {"topic": "客服部" if language == "zh" else "support", "period": "本周"})
    assert pane.form is not None
    qtbot.waitUntil(lambda: pane.form is not None and len(pane.form._writers) == len(library.all))
    return pane


def test_a_language_that_the_model_cannot_write_is_said_and_another_model_offered(
    qtbot: QtBot, drafting: DraftingService, tmp_path: Path
) -> None:
    library = Library(STARTER, SPEAKER)
    pane = brief_in(qtbot, drafting, tmp_path, library, "zh")
    form, models = pane.form, pane._models
    assert form is not None
    assert models is not None
    assert not form.notice.isHidden()
    assert form.notice.text.text() == "Starter does not write Chinese well. These models here do:"
    form.notice.offers["speaker"].click()
    assert library.used == "speaker"
    assert not form.draft.isEnabled()  # the old model must not write it
    library.loading = False
    models.changed.emit()
    qtbot.waitUntil(form.notice.isHidden)
    assert form.draft.isEnabled()
    pane.end()


def test_where_no_model_writes_the_language_it_says_so(qtbot: QtBot, drafting: DraftingService, tmp_path: Path) -> None:
    pane = brief_in(qtbot, drafting, tmp_path, Library(STARTER), "zh")
    assert pane.form is not None
    assert "no model here does" in pane.form.notice.text.text()
    assert pane.form.draft.isEnabled()
    pane.end()


def test_nothing_is_said_of_a_language_that_the_model_writes_until_it_changes(
    qtbot: QtBot, drafting: DraftingService, tmp_path: Path
) -> None:
    pane = brief_in(qtbot, drafting, tmp_path, Library(STARTER), "en")
    form = pane.form
    assert form is not None
    assert form.notice.isHidden()
    topic = form.edits["topic"]
    assert isinstance(topic, QLineEdit)
    topic.setText("客服部的工作")
    qtbot.waitUntil(lambda: not form.notice.isHidden())
    pane.end()
