"""Actions on selected text: asked for, seen while they are done, decided."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.chat.drafting import Draft, DraftingService
from desktop.engine.interface import Engine, Event, Message, Sampling
from desktop.errors import ModelError
from desktop.quick.editing.run import Outcome
from desktop.ui.drafting.environment import DraftingEnvironment
from desktop.ui.drafting.pane import DraftingPane
from tests.scripted_engine import ScriptedEngine
from tests.ui.acting_canvas import ACTIONS, NOTE, WORDY, Open, Writer, act, select, text_of


def test_a_usable_result_is_decided_piece_by_piece_and_taken_back_in_one_step(qtbot: QtBot, open_canvas: Open) -> None:
    canvas = open_canvas(Writer("We met because Anna asked 3 questions."))
    before = canvas.draft
    select(canvas, "We met due to the fact that Anna asked 3 questions.")
    act(qtbot, canvas, "rewrite")
    changes = canvas.page.panes[0].changes
    assert changes is not None
    assert changes.hasFocus()  # the keys decide at once
    assert text_of(canvas) == WORDY  # nothing changes before the user has decided
    QTest.keyClick(changes, Qt.Key.Key_Return)
    assert text_of(canvas) == "We met because Anna asked 3 questions. The rest stays as it is."
    assert canvas.page.panes[0].text.hasFocus()
    QTest.keyClick(canvas.page.panes[0].text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert text_of(canvas) == WORDY
    assert [each.text for each in canvas.draft.sections] == [each.text for each in before.sections]
    canvas.redo()
    assert text_of(canvas).startswith("We met because")


def test_a_refused_result_stays_among_the_versions(qtbot: QtBot, open_canvas: Open) -> None:
    canvas = open_canvas(Writer("We met because Anna asked 3 questions."))
    kept: list[Draft] = []
    canvas.changed.connect(kept.append)
    select(canvas, "We met due to the fact that Anna asked 3 questions.")
    act(qtbot, canvas, "rewrite")
    offered = "We met because Anna asked 3 questions. The rest stays as it is."
    assert kept[-1].sections[0].versions == (offered,)  # it is in the history before the user decides
    changes = canvas.page.panes[0].changes
    assert changes is not None
    QTest.keyClick(changes, Qt.Key.Key_Escape)
    assert text_of(canvas) == WORDY
    canvas.version_back()
    assert text_of(canvas) == offered
    assert canvas.draft.sections[0].versions[-1] == WORDY


def test_what_is_accepted_is_no_version_of_its_own(qtbot: QtBot, open_canvas: Open) -> None:
    canvas = open_canvas(Writer("We met because Anna asked 3 questions."))
    select(canvas, "We met due to the fact that Anna asked 3 questions.")
    act(qtbot, canvas, "rewrite")
    changes = canvas.page.panes[0].changes
    assert changes is not None
    changes.accept_all()
    assert canvas.draft.sections[0].versions == (WORDY,)


def test_the_change_is_seen_while_it_is_written_and_a_stop_keeps_it(qtbot: QtBot, open_canvas: Open) -> None:
    engine = Writer("We met because")
    engine.hold.clear()
    canvas = open_canvas(engine)
    select(canvas, "We met due to the fact that Anna asked 3 questions.")
    canvas.act("friendly")
    pane = canvas.page.panes[0]
    qtbot.waitUntil(lambda: pane.watched is not None and "because" in pane.watched.toPlainText())
    assert canvas.foot.go.text() == "Stop"
    assert not pane.text.isVisible()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: canvas.selected.section is None)
    assert pane.suggestion is not None
    assert pane.suggestion._title.text() == "Stopped: this much was written"
    assert pane.suggestion.text == "We met because"
    assert text_of(canvas) == WORDY


def test_what_is_typed_meanwhile_in_another_section_stays(qtbot: QtBot, open_canvas: Open) -> None:
    engine = Writer("We met because Anna asked 3 questions.")
    engine.hold.clear()
    canvas = open_canvas(engine)
    select(canvas, "We met due to the fact that Anna asked 3 questions.")
    canvas.act("rewrite")
    qtbot.waitUntil(engine.began.is_set)
    other = canvas.page.panes[1].text
    other.setFocus()
    QTest.keyClicks(other, "Typed meanwhile.")
    canvas.page.title.setText("Another title")
    canvas.page.title.finished.emit()
    engine.hold.set()
    qtbot.waitUntil(lambda: canvas.selected.section is None)
    changes = canvas.page.panes[0].changes
    assert changes is not None
    assert other.hasFocus()  # the keys stay where the user types
    QTest.keyClicks(other, " And on.")
    changes.accept_all()
    assert text_of(canvas, 1) == "Typed meanwhile. And on."
    assert canvas.draft.title == "Another title"
    assert text_of(canvas).startswith("We met because")
    canvas.undo()
    assert text_of(canvas) == WORDY
    assert text_of(canvas, 1) == "Typed meanwhile. And on."


def test_a_locked_section_is_never_changed(qtbot: QtBot, open_canvas: Open) -> None:
    engine = Writer("We met because Anna asked 3 questions.")
    canvas = open_canvas(engine)
    canvas.sections.switch_lock()
    select(canvas, "We met due to the fact that Anna asked 3 questions.")
    canvas.act("rewrite")
    assert "locked" in canvas.head.note.text()
    assert engine.asked == []
    canvas.sections.switch_lock()
    act(qtbot, canvas, "rewrite")
    canvas.sections.switch_lock()  # while the changes are open
    changes = canvas.page.panes[0].changes
    assert changes is not None
    changes.accept_all()
    assert text_of(canvas) == WORDY
    assert "locked" in canvas.head.note.text()


def test_a_continuation_goes_behind_the_selection(qtbot: QtBot, open_canvas: Open) -> None:
    canvas = open_canvas(Writer("They were about the new office."))
    select(canvas, "We met due to the fact that Anna asked 3 questions.")
    act(qtbot, canvas, "continue")
    changes = canvas.page.panes[0].changes
    assert changes is not None
    assert changes.open == 1
    changes.accept()
    assert text_of(canvas) == (
        "We met due to the fact that Anna asked 3 questions. They were about the new office. The rest stays as it is."
    )


class Silent(Writer):
    """Ends a text that is finished; goes on where a sentence is begun."""

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        self.script = [" the new office was seen."] if messages[-1].content.endswith(("Also,", "此外，")) else []
        yield from super().stream(messages, options, stop)


def test_a_model_that_has_nothing_to_add_is_led_on(qtbot: QtBot, open_canvas: Open) -> None:
    engine = Silent()
    canvas = open_canvas(engine, "We met.")
    act(qtbot, canvas, "continue")
    changes = canvas.page.panes[0].changes
    assert changes is not None
    changes.accept()
    assert text_of(canvas) == "We met. Also, the new office was seen."
    assert [asked[-1].content for asked in engine.asked] == ["We met.", "We met. Also,"]


def test_only_one_section_has_a_selection(open_canvas: Open) -> None:
    canvas = open_canvas(Writer(""))
    select(canvas, "We met")
    canvas.page.panes[1].text.setFocus()
    assert not canvas.page.panes[0].text.textCursor().hasSelection()


def test_with_nothing_selected_the_paragraph_at_the_cursor_is_meant(qtbot: QtBot, open_canvas: Open) -> None:
    canvas = open_canvas(Writer("The second line."), "The first line.\nIn order to line two.\nThe third.")
    edit = canvas.page.panes[0].text
    edit.setFocus()
    cursor = edit.textCursor()
    cursor.setPosition(20)
    edit.setTextCursor(cursor)
    with qtbot.waitSignal(canvas.selected.wanted) as wanted:
        QTest.keyClick(edit, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert wanted.args[0].text == "In order to line two."
    qtbot.waitUntil(lambda: canvas.selected.section is None)


def test_places_behind_an_emoji_are_counted_rightly(qtbot: QtBot, open_canvas: Open) -> None:
    canvas = open_canvas(Writer("We met because Anna asked 3 questions."), "🙂🙂 " + WORDY)
    edit = canvas.page.panes[0].text
    edit.setFocus()
    cursor = edit.textCursor()
    cursor.setPosition(5)  # each emoji is two of Qt's
    cursor.setPosition(5 + WORDY.index(" The rest"), QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    with qtbot.waitSignal(canvas.selected.wanted) as wanted:
        canvas.act("rewrite")
    assert wanted.args[0].text == "We met due to the fact that Anna asked 3 questions."
    qtbot.waitUntil(lambda: canvas.selected.section is None)


def test_the_bar_appears_beside_a_selection_and_goes_with_it(qtbot: QtBot, open_canvas: Open) -> None:
    canvas = open_canvas(Writer("We met because Anna asked 3 questions."))
    assert not canvas.bar.isVisible()
    select(canvas, "We met due to the fact that Anna asked 3 questions.")
    qtbot.waitUntil(canvas.bar.isVisible)
    shown = [name for name, button in canvas.bar.buttons.items() if not button.isHidden()]
    assert shown == ["rewrite", "shorter", "longer", "formal", "friendly", "translate", "continue"]
    assert canvas.page.column.rect().contains(canvas.bar.geometry())
    canvas.page.panes[0].text.moveCursor(QTextCursor.MoveOperation.Start)
    assert not canvas.bar.isVisible()
    select(canvas, "We met due to the fact that Anna asked 3 questions.")
    qtbot.waitUntil(canvas.bar.isVisible)
    with qtbot.waitSignal(canvas.selected.wanted):
        canvas.bar.buttons["rewrite"].click()
    assert not canvas.bar.isVisible()
    qtbot.waitUntil(lambda: canvas.selected.section is None)
    assert canvas.page.panes[0].changes is not None


def test_the_menu_of_a_section_offers_the_actions(open_canvas: Open, qtbot: QtBot) -> None:
    canvas = open_canvas(Writer(""))
    menu = QMenu()
    qtbot.addWidget(menu)
    canvas.page.panes[0].text.menu_opening.emit(menu)
    assert {"Rewrite", "Proofread", "Translate"} <= {entry.text() for entry in menu.actions()}


def test_a_failure_is_told_and_the_text_stands(qtbot: QtBot, open_canvas: Open) -> None:
    canvas = open_canvas(ScriptedEngine([ModelError("The model failed.")]))
    select(canvas, "We met due to the fact that Anna asked 3 questions.")
    act(qtbot, canvas, "formal")
    assert canvas.head.note.text() == "The model failed."
    assert canvas.page.panes[0].text.isVisible()
    assert text_of(canvas) == WORDY


def test_leaving_the_canvas_stops_an_action(qtbot: QtBot, open_canvas: Open) -> None:
    engine = Writer("We met")
    engine.hold.clear()
    canvas = open_canvas(engine)
    pane = canvas.parent()
    assert isinstance(pane, DraftingPane)
    select(canvas, "We met due to the fact that Anna asked 3 questions.")
    canvas.act("formal")
    qtbot.waitUntil(engine.began.is_set)
    with qtbot.waitSignal(pane._quick.finished) as finished:
        pane.show_gallery()
    outcome = finished.args[1]
    assert isinstance(outcome, Outcome)
    assert outcome.stopped


def test_a_stop_while_the_model_is_still_loading_holds_at_once(
    qtbot: QtBot, open_canvas: Open, drafting: DraftingService, tmp_path: Path
) -> None:
    loaded = threading.Event()

    def engine() -> Engine:
        loaded.wait(30)
        return Writer("We met.")

    pane = DraftingPane(DraftingEnvironment(drafting, engine, actions=lambda: ACTIONS), "en")
    qtbot.addWidget(pane)
    draft = drafting.begin(NOTE)
    pane.open(draft.with_section(0, draft.sections[0].with_text(WORDY)))
    canvas = pane.canvas
    assert canvas is not None
    canvas.act("formal")
    assert canvas.busy
    canvas.write()  # the button says Stop
    assert not canvas.busy
    assert canvas.page.panes[0].watched is None
    loaded.set()
    pane.end()
