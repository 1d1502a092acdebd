"""Gallery, brief and canvas with a real thread and an engine that says what the test wrote down."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFormLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.chat.drafting import Brief, Draft, DraftingService
from desktop.engine.interface import Engine, Event, Message, Sampling
from desktop.errors import ModelError
from desktop.services import export_draft
from desktop.settings import Settings
from desktop.ui.canvas.canvas import Canvas
from desktop.ui.drafting.environment import DraftingEnvironment
from desktop.ui.drafting.pane import DraftingPane
from desktop.ui.widgets import theme
from desktop.ui.widgets.preferences import Preferences
from tests.drafting.test_session import REPORT, Talker

Open = Callable[..., DraftingPane]


@pytest.fixture
def open_pane(qtbot: QtBot, drafting: DraftingService, tmp_path: Path) -> Iterator[Open]:
    panes = []

    def open_(engine: Callable[[], Engine] = Talker, language: str = "en") -> DraftingPane:
        pane = DraftingPane(DraftingEnvironment(drafting, engine), language)
        qtbot.addWidget(pane)
        panes.append(pane)
        pane.resize(1200, 800)
        pane.show()
        return pane

    yield open_
    for pane in panes:
        pane.end()


def canvas_of(pane: DraftingPane) -> Canvas:
    assert pane.canvas is not None
    return pane.canvas


def drafted(qtbot: QtBot, pane: DraftingPane, brief: Brief = REPORT) -> Canvas:
    """Open the canvas with a draft that is written to its end."""
    with qtbot.waitSignal(pane.changed):
        pane.open(pane._drafting.begin(brief), write=True)
    return canvas_of(pane)


def test_the_gallery_finds_what_is_typed(open_pane: Open) -> None:
    gallery = open_pane().gallery
    assert len(gallery.cards) == 21
    QTest.keyClicks(gallery.search, "cover letter")
    assert [card.card.id for card in gallery.cards] == ["resume"]
    QTest.keyClicks(gallery.search, " xyz")
    assert gallery.cards == []


def test_favourites_stand_first_and_are_kept(qtbot: QtBot, drafting: DraftingService, tmp_path: Path) -> None:
    saved: list[Mapping[str, Any]] = []
    preferences = Preferences(Settings(favourites=("essay",)), saved.append)
    pane = DraftingPane(DraftingEnvironment(drafting, Talker, preferences=preferences), "en")
    qtbot.addWidget(pane)
    assert pane.gallery.cards[0].card.id == "essay"
    email = next(card for card in pane.gallery.cards if card.card.id == "email")
    email.star.click()
    assert [card.card.id for card in pane.gallery.cards[:2]] == ["essay", "email"]
    pane.gallery.cards[0].star.click()
    assert pane.gallery.cards[0].card.id == "email"
    preferences.end()
    assert [each["favourites"] for each in saved] == [("essay", "email"), ("email",)]
    pane.end()


def test_a_brief_opens_with_what_was_read_in_a_message(open_pane: Open) -> None:
    pane = open_pane()
    pane.begin("work_report", {"topic": "support team"}, ("answered 340 tickets", "hire Maria"))
    assert pane.form is not None
    assert pane.form.points.toPlainText() == "answered 340 tickets\nhire Maria"


def test_what_a_draft_is_written_from_is_read_while_its_brief_is_looked_at(qtbot: QtBot, open_pane: Open) -> None:
    pane = open_pane()
    with qtbot.waitSignal(pane.ahead_wanted) as wanted:
        pane.begin("email", {"topic": "kettle"}, request="email about the kettle that came broken")
    brief, stop = wanted.args
    assert brief.request == "email about the kettle that came broken"
    assert not stop.is_set()
    pane.show_gallery()
    assert stop.is_set()


def test_templates_used_lately_stand_behind_the_favourites(open_pane: Open, drafting: DraftingService) -> None:
    gallery = open_pane().gallery
    gallery._favourites = ("essay",)
    speech = drafting.begin(Brief("speech", {"topic": "a wedding"}))
    gallery.show_recent([(1, speech), (2, speech)])
    assert [card.card.id for card in gallery.cards[:3]] == ["essay", "speech", "analyze"]


def test_a_broken_template_is_named_with_its_line(open_pane: Open, drafting: DraftingService) -> None:
    drafting.store.own.mkdir()
    (drafting.store.own / "mine.toml").write_text('id = "mine"\nodd = 1\n', encoding="utf-8")
    gallery = open_pane().gallery
    assert "mine.toml, line 2: unknown key “odd”" in gallery._broken.text()
    assert len(gallery.cards) == 21


def test_a_card_gives_its_brief_and_a_brief_its_draft(qtbot: QtBot, open_pane: Open) -> None:
    pane = open_pane()
    QTest.keyClicks(pane.gallery.search, "weekly report")
    QTest.keyClick(pane.gallery.search, Qt.Key.Key_Return)
    assert pane.form is not None
    topic = pane.form.edits["topic"]
    QTest.keyClicks(topic, "customer support team")
    pane.form.points.setPlainText("answered 340 tickets\n\nhire Maria")
    with qtbot.waitSignal(pane.changed):
        QTest.keyClick(topic, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    canvas = canvas_of(pane)
    assert canvas.draft.done
    assert "- Answered 340 tickets." in canvas.page.panes[1].text.toPlainText()
    assert "✓  hire Maria" in canvas.outline._points.text()
    assert "2 of 2 points" in canvas.outline._quality.text()


def test_what_is_required_is_asked_for(open_pane: Open) -> None:
    pane = open_pane()
    pane.begin("email")
    assert pane.form is not None
    pane.form.submit()
    assert pane.form.problem.text() == "The fields marked with * are needed."
    assert pane.canvas is None


def test_points_tell_what_a_letter_is_about(open_pane: Open) -> None:
    pane = open_pane()
    pane.begin("email")
    assert pane.form is not None
    pane.form.points.setPlainText("heating broken since 3 Jan")
    pane.form.submit()
    assert canvas_of(pane).draft.title == "Heating broken since 3 Jan"


def test_a_stop_keeps_what_is_written_and_the_rest_follows(qtbot: QtBot, open_pane: Open) -> None:
    held = threading.Event()

    class Slow(Talker):
        def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
            if len(self.asked) == 8:
                held.set()
                stop.wait(20)
            yield from super().stream(messages, options, stop)

    engine = Slow()
    pane = open_pane(lambda: engine)
    pane.open(pane._drafting.begin(REPORT), write=True)
    canvas = canvas_of(pane)
    assert canvas.foot.go.text() == "Stop"
    assert canvas.page.panes[0].text.isReadOnly()
    qtbot.waitUntil(held.is_set)
    with qtbot.waitSignal(pane.changed):
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
    kept = canvas.draft
    assert any(section.text for section in kept.sections)
    assert not kept.done
    assert canvas.foot.go.text() == "Go on writing"
    with qtbot.waitSignal(pane.changed):
        canvas.foot.go.click()
    assert canvas.draft.done
    assert not canvas.foot.go.isVisible()
    canvas.undo()
    assert canvas.draft == kept


def test_typing_changes_the_draft_and_is_undone(qtbot: QtBot, open_pane: Open) -> None:
    canvas = drafted(qtbot, open_pane())
    before = canvas.draft
    edit = canvas.page.panes[0].text
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "My own summary.")
    edit.flush()
    assert canvas.draft.sections[0].text == "My own summary."
    assert canvas.draft.sections[0].versions == (before.sections[0].text,)
    canvas.undo()
    assert canvas.draft == before
    assert edit.toPlainText() == before.sections[0].text
    canvas.redo()
    assert canvas.draft.sections[0].text == "My own summary."


def test_a_section_is_made_shorter_and_its_version_comes_back(qtbot: QtBot, open_pane: Open) -> None:
    pane = open_pane()
    canvas = drafted(qtbot, pane)
    old = canvas.draft.sections[1].text
    canvas.sections.choose(1)
    with qtbot.waitSignal(pane.changed):
        canvas.change("shorten")
    assert len(canvas.draft.sections[1].text) < len(old)
    changes = canvas.page.panes[1].changes
    assert changes is not None
    changes.accept_all()
    assert canvas.page.panes[1].changes is None
    assert canvas.page.panes[1].text.toPlainText() == canvas.draft.sections[1].text
    canvas.version_back()
    assert canvas.page.panes[1].text.toPlainText() == old


def test_rejecting_every_change_gives_the_old_section_back(qtbot: QtBot, open_pane: Open) -> None:
    engine = Talker()
    pane = open_pane(lambda: engine)
    canvas = drafted(qtbot, pane)
    old = canvas.draft.sections[0].text
    canvas.sections.choose(0)
    with qtbot.waitSignal(pane.changed):
        canvas.change("again")
    changes = canvas.page.panes[0].changes
    assert changes is not None
    assert changes.open > 0
    assert canvas.draft.sections[0].text != old
    changes.reject_all()
    assert canvas.draft.sections[0].text == old
    assert canvas.page.panes[0].text.isVisible()
    canvas.undo()
    assert canvas.draft.sections[0].text != old


def test_a_locked_section_cannot_be_typed_in_or_rewritten(qtbot: QtBot, open_pane: Open) -> None:
    canvas = drafted(qtbot, open_pane())
    canvas.sections.choose(0)
    canvas.sections.switch_lock()
    assert canvas.page.panes[0].text.isReadOnly()
    canvas.change("again")
    assert "locked" in canvas.head.note.text()
    canvas.sections.switch_lock()
    assert not canvas.page.panes[0].text.isReadOnly()


def test_the_outline_is_reordered_grown_and_cut(qtbot: QtBot, open_pane: Open) -> None:
    canvas = drafted(qtbot, open_pane())
    headings = [section.heading for section in canvas.draft.sections]
    canvas.sections.choose(0)
    canvas.sections.move(1)
    assert [pane.heading.text() for pane in canvas.page.panes] == [headings[1], headings[0], *headings[2:]]
    canvas.sections.add()
    assert canvas.draft.sections[2].heading == "New section"
    assert canvas.foot.go.text() == "Go on writing"
    canvas.sections.remove()
    assert len(canvas.page.panes) == 4
    for _ in range(3):
        canvas.undo()
    assert [section.heading for section in canvas.draft.sections] == headings


def test_a_failing_model_is_told_and_loses_nothing(qtbot: QtBot, open_pane: Open) -> None:
    engine = Talker(fails_after=20)
    pane = open_pane(lambda: engine)
    with qtbot.waitSignal(pane.changed):
        pane.open(pane._drafting.begin(REPORT), write=True)
    canvas = canvas_of(pane)
    assert canvas.head.note.text() == "The model failed."
    assert canvas.draft.sections[0].status == "written"
    assert canvas.foot.go.text() == "Go on writing"


def test_a_missing_model_is_told(qtbot: QtBot, open_pane: Open) -> None:
    def none() -> Engine:
        raise ModelError("The model is not on this machine yet.")

    pane = open_pane(none)
    with qtbot.waitSignal(pane.changed):
        pane.open(pane._drafting.begin(REPORT), write=True)
    assert canvas_of(pane).head.note.text() == "The model is not on this machine yet."


def test_the_document_is_copied_as_markdown(qtbot: QtBot, open_pane: Open) -> None:
    canvas = drafted(qtbot, open_pane())
    canvas.export.copy()
    assert QGuiApplication.clipboard().text() == canvas.draft.text
    assert canvas.draft.text.startswith("# Weekly report: customer support team")


def test_the_document_is_copied_as_rich_text(qtbot: QtBot, open_pane: Open) -> None:
    canvas = drafted(qtbot, open_pane())
    canvas.export.copy_rich()
    copied = QGuiApplication.clipboard().mimeData()
    assert "<h1" in copied.html()
    assert "##" not in copied.text()
    assert "Answered 340 tickets." in copied.text()


def test_the_document_is_saved_for_word(qtbot: QtBot, open_pane: Open, tmp_path: Path) -> None:
    drawn = drafted(qtbot, open_pane())
    canvas = Canvas(drawn._drafting, drawn.draft, export_draft)
    qtbot.addWidget(canvas)
    with qtbot.waitSignal(canvas.export.said):
        canvas.export.export(tmp_path / "report.docx")
    assert canvas.head.note.text() == "Saved as report.docx."
    opened = docx.Document(str(tmp_path / "report.docx"))
    assert opened.paragraphs[0].text == canvas.draft.title
    with qtbot.waitSignal(canvas.export.said):
        canvas.export.export(tmp_path / "absent" / "report.docx")
    assert "cannot be written" in canvas.head.note.text()


def test_leaving_the_canvas_stops_the_model(qtbot: QtBot, open_pane: Open) -> None:
    pane = open_pane()
    pane.open(pane._drafting.begin(REPORT), write=True)
    stop = canvas_of(pane).writing.stop
    pane.show_gallery()
    assert stop.is_set()
    assert pane.canvas is None
    saved: list[Draft] = []
    pane.changed.connect(saved.append)
    drafted(qtbot, pane, Brief("email", {"topic": "a kettle"}))
    assert [draft.brief.template for draft in saved] == ["email"]


@pytest.mark.parametrize("height", [300, 1600])
def test_cards_end_where_the_row_above_them_ends(qtbot: QtBot, open_pane: Open, height: int) -> None:
    pane = open_pane()
    pane.resize(1200, height)
    gallery = pane.gallery

    def right(part: QWidget) -> int:
        return part.mapTo(gallery, part.rect().topRight()).x()

    qtbot.waitUntil(lambda: max(right(card) for card in gallery.cards) == right(gallery.take_in))


def test_drafts_stand_above_the_templates_but_not_in_a_search(open_pane: Open, drafting: DraftingService) -> None:
    gallery = open_pane().gallery
    assert not gallery._recent_row.isVisible()
    gallery.show_recent([(n, drafting.begin(Brief("speech", {"topic": f"a wedding {n}" * 20}))) for n in range(8)])
    QApplication.processEvents()
    below = gallery._recent_row.mapTo(gallery, gallery._recent_row.rect().bottomLeft()).y()
    assert below < gallery.cards[0].mapTo(gallery, QPoint(0, 0)).y()
    for at in range(gallery._recent.count()):
        item = gallery._recent.itemAt(at)
        assert item is not None
        assert gallery._recent_row.rect().contains(item.geometry())
    QTest.keyClicks(gallery.search, "report")
    assert not gallery._recent_row.isVisible()


def test_names_and_fields_of_a_brief_stand_in_one_line(qtbot: QtBot, open_pane: Open) -> None:
    pane = open_pane()
    pane.resize(1200, 1400)
    pane.begin("work_report")
    form = pane.form
    assert form is not None
    layout = form.findChild(QFormLayout)
    assert layout is not None
    row = theme.px(theme.BUTTON_HEIGHT + theme.SPACE_16)
    rows = range(layout.rowCount())
    names, fields = (
        [part for at in rows if (item := layout.itemAt(at, role)) is not None and (part := item.widget()) is not None]
        for role in (QFormLayout.ItemRole.LabelRole, QFormLayout.ItemRole.FieldRole)
    )
    qtbot.waitUntil(lambda: fields[1].y() - fields[0].y() < row)  # however high the window is
    for name, field in zip(names[:-1], fields[:-1], strict=True):
        assert abs(name.geometry().center().y() - field.geometry().center().y()) <= 1
        assert field.width() == fields[-1].width()
    assert abs(names[-1].geometry().center().y() - fields[-1].y() - names[0].height() // 2) <= 1  # its first line


def test_nothing_is_said_to_be_missing_while_it_is_written(qtbot: QtBot, open_pane: Open) -> None:
    engine = Talker()
    pane = open_pane(lambda: engine)
    said: list[str] = []
    pane.grew.connect(lambda _: said.append(canvas_of(pane).outline._quality.text()))
    with qtbot.waitSignal(pane.changed):
        pane.open(pane._drafting.begin(REPORT), write=True)
        canvas_of(pane)._check()
        assert "Not as asked" not in canvas_of(pane).outline._quality.text()
    assert "Not as asked" not in "".join(said)
    qtbot.waitUntil(lambda: " points" in canvas_of(pane).outline._quality.text())
