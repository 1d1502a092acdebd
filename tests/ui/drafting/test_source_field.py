"""Files as the text to work on, in the brief, read by the real reader."""

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import QMimeData, QUrl
from pytestqt.qtbot import QtBot

from desktop.chat.drafting import DraftingService, TemplateStore
from desktop.services import read_source
from desktop.ui.drafting.brief_form import BriefForm
from desktop.ui.drafting.source_field import SourceEdit, SourceField
from tests.drafting.template.test_shipped import ASSETS


@pytest.fixture
def form(qtbot: QtBot, tmp_path: Path) -> Iterator[BriefForm]:
    store = TemplateStore(ASSETS / "templates", tmp_path / "templates")
    form = BriefForm(DraftingService(store, read_source=read_source), "summarize", "en")
    qtbot.addWidget(form)
    form.show()
    yield form
    form.close()


def source_of(form: BriefForm) -> SourceField:
    assert form.source is not None
    return form.source


def test_a_word_document_is_read_into_the_brief(form: BriefForm, tmp_path: Path, qtbot: QtBot) -> None:
    document = docx.Document()
    document.add_paragraph("The harbour was quiet. 会议改到星期五。")
    document.save(str(tmp_path / "notes.docx"))
    field = source_of(form)
    field.edit.setPlainText("typed before")
    field.read(tmp_path / "notes.docx")
    assert form.problem.text() == "Reading notes.docx…"
    qtbot.waitUntil(field.choose.isEnabled, timeout=20_000)
    assert form.brief().slots["source"] == "The harbour was quiet. 会议改到星期五。"
    assert not form.problem.isVisible()
    field.edit.undo()
    assert field.edit.toPlainText() == "typed before"


def test_a_dropped_file_is_read_and_not_its_address(form: BriefForm, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "letter.txt").write_bytes("你好，世界。这是一封信，请总结。".encode("gb18030"))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "letter.txt"))])
    field = source_of(form)
    assert field.edit.canInsertFromMimeData(mime)
    field.edit.insertFromMimeData(mime)
    qtbot.waitUntil(lambda: field.edit.toPlainText() == "你好，世界。这是一封信，请总结。", timeout=20_000)


def test_a_file_that_cannot_be_read_is_told_and_the_text_stays(form: BriefForm, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    field = source_of(form)
    field.edit.setPlainText("typed before")
    field.read(tmp_path / "broken.pdf")
    qtbot.waitUntil(field.choose.isEnabled, timeout=20_000)
    assert "broken.pdf" in form.problem.text()
    assert field.edit.toPlainText() == "typed before"


def test_text_is_pasted_as_ever(qtbot: QtBot) -> None:
    edit = SourceEdit()
    qtbot.addWidget(edit)
    mime = QMimeData()
    mime.setText("just words")
    edit.insertFromMimeData(mime)
    assert edit.toPlainText() == "just words"
