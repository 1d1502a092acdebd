import gc
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.errors import ModelError, UnknownAction
from desktop.quick.actions.loading import load_actions
from desktop.quick.editing.checks import check
from desktop.quick.editing.diff import word_difference
from desktop.quick.editing.mistakes import mended
from desktop.quick.editing.run import Outcome
from desktop.quick.paste_back.interface import NoPasteBack, PasteTarget
from desktop.ui.quick.card import QuickCard
from desktop.ui.quick.clipboard import Offered, Saved, is_secret
from desktop.ui.quick.difference_view import DifferenceView
from desktop.ui.quick.paste_back_controller import PasteBackController
from desktop.ui.quick.quick_prompt import QuickPrompt
from desktop.ui.quick.worker import QuickWorker
from desktop.ui.widgets import theme
from desktop.ui.widgets.appearance import Appearance
from tests.scripted_engine import ScriptedEngine

ACTIONS = load_actions([Path(__file__).parents[3] / "assets" / "actions"]).sound
TEXT, RESULT = "She dont know what I has.", "She doesn't know what I have."


@pytest.fixture
def card(qtbot: QtBot, appearance: Appearance) -> Iterator[QuickCard]:
    card = QuickCard(ACTIONS)
    qtbot.addWidget(card)
    card.open(TEXT, "mousepad")
    yield card
    card.hide()


def finish(card: QuickCard, result: str = RESULT, action: str = "proofread", *, usable: bool = True) -> None:
    card.begin(ACTIONS[action])
    checks = check(TEXT, result, ACTIONS[action].limits)
    card.finish(Outcome(action, TEXT, result, checks, usable, 0, stopped=False, seconds=1.0, first_s=0.5))


def proofread(result: str, offered: str) -> Outcome:
    found = mended(TEXT, result, offered)
    return Outcome(
        "proofread", TEXT, result, (), usable=True, left=0, stopped=False, seconds=1.0, first_s=0.5, offered=offered,
        mended=found,
    )  # fmt: skip


def press(card: QuickCard, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(card.edit, key, held)


@pytest.mark.parametrize("composited", [True, False])
def test_the_desktop_does_not_shine_through_but_at_round_corners(
    qtbot: QtBot, appearance: Appearance, composited: bool
) -> None:
    card = QuickCard(ACTIONS, composited=composited)
    qtbot.addWidget(card)
    card.open(TEXT, "mousepad")
    picture = card.grab().toImage()
    ground = QColor(theme.LIGHT.raised)
    assert all(picture.pixelColor(at, 8) == ground for at in (card.width() // 2, card.width() - 40))
    assert picture.pixelColor(0, 0).alpha() == (0 if composited else 255)
    card.hide()


def test_actions_in_one_row_take_the_room_of_one_row(qtbot: QtBot, appearance: Appearance) -> None:
    card = QuickCard({name: replace(action, name={"en": "改写"}) for name, action in ACTIONS.items()})
    qtbot.addWidget(card)
    card.open(TEXT, "mousepad")
    assert len({chip.y() for chip in card.choices.chips.values()}) == 1
    assert card.choices.height() == card.choices.heightForWidth(card.choices.width())
    card.hide()


def test_alt_and_a_letter_asks_for_the_action(qtbot: QtBot, card: QuickCard) -> None:
    with qtbot.waitSignal(card.asked) as asked:
        press(card, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    assert asked.args[0].id == "formal"


def test_what_is_typed_goes_with_enter(qtbot: QtBot, card: QuickCard) -> None:
    QTest.keyClicks(card.edit, "Make it rhyme")
    with qtbot.waitSignal(card.asked) as asked:
        press(card, Qt.Key.Key_Return)
    assert (asked.args[0].id, asked.args[1], card.edit.text()) == ("ask", "Make it rhyme", "")


def test_enter_replaces_once_there_is_a_result(qtbot: QtBot, card: QuickCard) -> None:
    with qtbot.assertNotEmitted(card.accepted):
        press(card, Qt.Key.Key_Return)
    finish(card)
    assert card.state.text() == "2 changes in mousepad"
    with qtbot.waitSignal(card.accepted) as accepted:
        press(card, Qt.Key.Key_Return)
    assert accepted.args == [RESULT]


def test_a_change_is_refused_by_keyboard(qtbot: QtBot, card: QuickCard) -> None:
    finish(card)
    press(card, Qt.Key.Key_Down)
    press(card, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert card.state.text() == "1 change in mousepad"
    with qtbot.waitSignal(card.accepted) as accepted:
        press(card, Qt.Key.Key_Return)
    assert accepted.args == ["She dont know what I have."]


def test_copy_continue_and_escape_have_their_keys(qtbot: QtBot, card: QuickCard) -> None:
    finish(card)
    with qtbot.waitSignal(card.copy_wanted) as copied:
        press(card, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(card.continue_wanted) as continued:
        press(card, Qt.Key.Key_Tab)
    with qtbot.waitSignal(card.dismissed):
        press(card, Qt.Key.Key_Escape)
    assert (copied.args, continued.args, card.isVisible()) == ([RESULT], [RESULT], False)


def test_a_result_that_fails_its_checks_is_only_a_suggestion(card: QuickCard) -> None:
    finish(card, "She doesn't know what 7 have.", usable=False)
    assert card.state.text() == "Only a suggestion: numbers: +7"
    assert card.replace.accessibleName() == "Replace anyway"
    assert card.replace.property("kind") == "outlined"


def test_where_nothing_changes_there_is_nothing_to_replace(card: QuickCard) -> None:
    finish(card, TEXT)
    assert card.state.text() == "Nothing to change"
    assert not card.replace.isVisibleTo(card)


def test_a_doubtful_change_waits_to_be_taken_and_does_not_hold_up_the_sure_one(qtbot: QtBot, card: QuickCard) -> None:
    sure = "She doesn't know what I has."
    card.begin(ACTIONS["proofread"])
    card.finish(proofread(sure, RESULT))
    assert card.state.text() == "1 change in mousepad: agreement"
    assert card.result == sure
    press(card, Qt.Key.Key_Down)
    press(card, Qt.Key.Key_Down)
    press(card, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(card.accepted) as accepted:
        press(card, Qt.Key.Key_Return)
    assert accepted.args == [RESULT]


def test_where_all_is_doubtful_enter_replaces_nothing(qtbot: QtBot, card: QuickCard) -> None:
    card.begin(ACTIONS["proofread"])
    card.finish(proofread(TEXT, RESULT))
    assert card.state.text() == "Not sure: look at what is dotted"
    assert card.replace.property("kind") == "outlined"
    with qtbot.assertNotEmitted(card.accepted):
        press(card, Qt.Key.Key_Return)


def test_a_summary_is_not_put_in_place_of_the_text(card: QuickCard) -> None:
    finish(card, "She has no idea.", "summarize")
    assert not card.replace.isVisibleTo(card)


def test_with_nothing_selected_it_asks_a_question(qtbot: QtBot, card: QuickCard) -> None:
    card.open("")
    assert card.edit.placeholderText() == "Ask anything…"
    assert not card.choices.isVisibleTo(card)
    assert not card.replace.isVisibleTo(card)


def test_while_it_is_written_what_is_not_reached_stays(card: QuickCard) -> None:
    card.begin(ACTIONS["proofread"])
    card.show_so_far("She doesn't know")
    assert card.view.difference.pending == " what I has."
    assert card.result == ""


def test_a_refused_change_can_be_taken_again(appearance: Appearance, qtbot: QtBot) -> None:
    view = DifferenceView()
    qtbot.addWidget(view)
    view.show_difference(word_difference("a b c", "a x c y"))
    view.toggle(1)
    assert view.result == "a x c"
    view.toggle(1)
    assert view.result == "a x c y"
    view.step(-1)
    assert view.current == 1


# Giving back.


class Target(NoPasteBack):
    """A program that takes what is pasted, or does not."""

    pastes = True

    def __init__(self, *, back: bool = True, takes: bool = True) -> None:
        self.back, self.takes = back, takes
        self.got: list[str] = []
        self.asked = 0

    def go_back(self, place: PasteTarget) -> None:
        self.asked += 1

    def is_back(self, place: PasteTarget) -> bool:
        return self.back

    def press_paste(self) -> None:
        if self.takes:
            self.got.append(QGuiApplication.clipboard().text())


def give(qtbot: QtBot, places: Target, place: PasteTarget = PasteTarget(1, "editor")) -> list[str]:  # noqa: B008 - frozen
    controller = PasteBackController(QGuiApplication.clipboard(), places, place, "new")
    told: list[str] = []
    controller.pasted.connect(lambda: told.append("pasted"))
    controller.copied.connect(told.append)
    controller.start()
    qtbot.waitUntil(lambda: bool(told))
    return told


def test_a_paste_leaves_the_clipboard_as_it_was_in_all_formats(qtbot: QtBot, qapp: QApplication) -> None:
    clipboard = QGuiApplication.clipboard()
    before = QMimeData()
    before.setText("old")
    before.setHtml("<b>old</b>")
    before.setData("application/x-own", b"\x00\x01")
    clipboard.setMimeData(before)
    target = Target()
    assert give(qtbot, target) == ["pasted"]
    assert target.got == ["new"]
    found = clipboard.mimeData()
    assert (found.text(), found.html()) == ("old", "<b>old</b>")
    assert bytes(found.data("application/x-own").data()) == b"\x00\x01"


@pytest.mark.parametrize(
    ("target", "place", "why"),
    [
        (Target(back=False), PasteTarget(1), "focus"),
        (Target(takes=False), PasteTarget(1), "paste"),
        (Target(), PasteTarget(0), "place"),
    ],
)
def test_what_cannot_be_pasted_is_on_the_clipboard(qtbot: QtBot, target: Target, place: PasteTarget, why: str) -> None:
    QGuiApplication.clipboard().setText("old")
    assert give(qtbot, target, place) == [why]
    assert QGuiApplication.clipboard().text() == "new"
    assert target.asked == (why == "focus")


def test_what_is_lent_to_the_clipboard_is_marked_for_clipboard_managers(qapp: QApplication) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setMimeData(Offered("x", secret=True))
    assert is_secret(clipboard.mimeData())


def test_a_secret_on_the_clipboard_is_not_read_and_so_not_kept(qapp: QApplication) -> None:
    clipboard = QGuiApplication.clipboard()
    secret = Offered("x", secret=True)
    clipboard.setMimeData(secret)
    saved = Saved(clipboard)
    assert (saved.complete, secret.fetched) == (False, 0)
    clipboard.setText("y")
    saved.put_back(clipboard)
    assert clipboard.text() == ""


# The whole.


@pytest.fixture
def prompt(qtbot: QtBot, appearance: Appearance) -> Iterator[QuickPrompt]:
    prompt = make_prompt(ScriptedEngine([RESULT]))
    yield prompt
    prompt.end()


def make_prompt(engine: ScriptedEngine, places: Target | None = None) -> QuickPrompt:
    prompt = QuickPrompt(QuickWorker(lambda: engine), lambda: ACTIONS, str, places or Target())
    prompt.start()
    return prompt


def select(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """The offscreen platform has no selection of its own."""
    monkeypatch.setattr(QuickPrompt, "_selection", lambda self: (text, False))


def test_an_action_that_is_called_by_name_begins_at_once(
    qtbot: QtBot, prompt: QuickPrompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    select(monkeypatch, TEXT)
    prompt.answer({"command": "quick", "action": "proofread"})
    qtbot.waitUntil(lambda: prompt.card.result == RESULT)
    with qtbot.waitSignal(prompt.ended):
        press(prompt.card, Qt.Key.Key_Escape)


class Editor(Target):
    """Keeps its selection to itself until Ctrl+C is pressed in it."""

    copies = 0

    def can_copy(self, place: PasteTarget) -> bool:
        return True

    def press_copy(self) -> None:
        self.copies += 1

    def do_copy(self) -> None:
        QGuiApplication.clipboard().setText(TEXT)


def test_called_twice_while_the_selection_is_copied_it_is_copied_once(
    qtbot: QtBot, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    select(monkeypatch, "")
    monkeypatch.setattr(QGuiApplication, "focusWindow", lambda: None)
    QGuiApplication.clipboard().setText("old")
    editor = Editor()
    prompt = make_prompt(ScriptedEngine([RESULT]), editor)
    prompt.open()
    editor.do_copy()
    prompt.open("proofread")
    qtbot.waitUntil(lambda: prompt.card.result == RESULT)
    assert editor.copies == 1
    assert QGuiApplication.clipboard().text() == "old"
    prompt.end()


def test_what_wayland_tells_late_is_taken_if_the_user_has_not_begun(
    qtbot: QtBot, prompt: QuickPrompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    clipboard = QGuiApplication.clipboard()
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    monkeypatch.setattr(type(clipboard), "supportsSelection", lambda self: True)
    select(monkeypatch, "")
    prompt.open()
    assert not prompt.card.view.isVisible()
    select(monkeypatch, TEXT)
    clipboard.selectionChanged.emit()
    assert prompt.card.view.result == TEXT
    press(prompt.card, Qt.Key.Key_Escape)
    select(monkeypatch, "")
    prompt.open()
    QTest.keyClicks(prompt.card.edit, "Capital of France?")
    select(monkeypatch, TEXT)
    clipboard.selectionChanged.emit()
    assert prompt.card.edit.text() == "Capital of France?"
    press(prompt.card, Qt.Key.Key_Escape)


def test_a_desktop_that_tells_no_selection_says_so(
    qtbot: QtBot, prompt: QuickPrompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    select(monkeypatch, "")
    prompt.open()
    assert prompt.card.state.text().startswith("This desktop does not tell what is selected")


def test_an_action_that_is_not_there_is_refused(prompt: QuickPrompt) -> None:
    with pytest.raises(UnknownAction):
        prompt.answer({"command": "quick", "action": "polish"})
    assert not prompt.card.isVisible()


def test_a_failure_is_told_and_the_text_stands(
    qtbot: QtBot, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    select(monkeypatch, TEXT)
    prompt = make_prompt(ScriptedEngine([ModelError("The model failed.")]))
    prompt.open("formal")
    qtbot.waitUntil(lambda: prompt.card.state.text() == "The model failed.")
    assert prompt.card.view.result == TEXT
    prompt.end()


def test_a_question_without_a_selection_is_answered(
    qtbot: QtBot, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    select(monkeypatch, "")
    engine = ScriptedEngine(["Paris."])
    prompt = make_prompt(engine)
    prompt.open()
    QTest.keyClicks(prompt.card.edit, "Capital of France?")
    press(prompt.card, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: prompt.card.result == "Paris.")
    assert [message.content for message in engine.asked[0]] == ["Capital of France?"]
    prompt.end()


def test_five_hundred_calls_leave_no_window_and_no_thread_and_take_no_memory(
    qtbot: QtBot, prompt: QuickPrompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    select(monkeypatch, TEXT)
    threads = threading.active_count()
    memory = psutil.Process().memory_info
    after_50 = 0
    for number in range(500):
        prompt.open("proofread" if number % 10 == 0 else "")
        press(prompt.card, Qt.Key.Key_Escape)
        if number % 50 == 0:
            qtbot.wait(1)
        if number == 50:
            gc.collect()
            after_50 = memory().rss
    qtbot.wait(10)
    gc.collect()
    assert memory().rss - after_50 < 16 << 20
    cards = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QuickCard)]
    assert len(cards) <= 2
    assert threading.active_count() <= threads + 1


def test_without_a_selection_the_line_stands_in_the_middle(card: QuickCard) -> None:
    card.open("")
    assert abs(card.edit.geometry().center().y() - card.rect().center().y()) <= 1
    card.open(TEXT)
    assert card.view.isVisible()
