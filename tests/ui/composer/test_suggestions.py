"""The chip beside a message, with the real router."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.chat.suggestions import Suggestions, TemplateSuggestion
from desktop.drafting.template.store import TemplateStore
from desktop.paths import app_paths
from desktop.services import open_router, read_source
from desktop.ui.composer.composer import Composer
from desktop.ui.composer.suggestions import Suggesting, SuggestionThread

REQUEST = "weekly report of the support team, 300 words, formal"


class Relay(QObject):
    """Says on the GUI thread what the other thread found, behind the chip."""

    seen = Signal(str)

    @Slot(str, object)
    def tell(self, text: str, _: TemplateSuggestion | None) -> None:
        self.seen.emit(text)


class Scene:
    """A composer with its chip, and a field behind it."""

    def __init__(self, qtbot: QtBot, home: Path) -> None:
        self.qtbot, self.composer, self.behind = qtbot, Composer(read_source), QLineEdit()
        self.window = window = QWidget()
        layout = QVBoxLayout(window)
        layout.addWidget(self.composer)
        layout.addWidget(self.behind)
        window.resize(900, 300)
        qtbot.addWidget(window)
        paths = app_paths(home)
        self.thread = SuggestionThread(
            Suggestions(lambda: open_router(paths), TemplateStore(paths.assets / "templates", paths.templates))
        )
        self.composer.submitted.connect(self.empty)  # before the chip hears of it, as in the window
        self.suggesting = Suggesting(self.composer, self.thread)
        self.relay = Relay()
        self.thread.found.connect(self.relay.tell)
        window.show()
        window.activateWindow()
        self.composer.edit.setFocus()
        qtbot.waitExposed(window)

    def empty(self) -> None:
        self.composer.set_text("")

    def write(self, text: str) -> TemplateSuggestion | None:
        """Write a message and wait until it was looked at."""
        with self.qtbot.waitSignal(self.relay.seen, check_params_cb=lambda seen: seen == text):
            self.composer.edit.setPlainText(text)
        return self.suggesting.suggestion


@pytest.fixture
def scene(qtbot: QtBot, tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(qtbot, tmp_path)
    yield scene
    scene.thread.end()


def test_a_request_is_offered_and_tab_opens_its_brief(scene: Scene, qtbot: QtBot) -> None:
    suggestion = scene.write(REQUEST)
    assert suggestion is not None
    assert scene.suggesting.chip.offer.isVisible()
    assert scene.suggesting.chip.offer.text().startswith("Work report · ")
    with qtbot.waitSignal(scene.suggesting.taken) as taken:
        QTest.keyClick(scene.composer.edit, Qt.Key.Key_Tab)
    assert taken.args is not None
    assert taken.args[0].template == "work_report"
    assert taken.args[0].given["length"] == "300 words"
    assert scene.composer.edit.hasFocus()
    assert not scene.suggesting.chip.isVisible()
    assert scene.composer.text() == REQUEST  # nothing written is lost


def test_what_stands_behind_a_colon_goes_with_the_offer_as_points(scene: Scene) -> None:
    suggestion = scene.write("weekly report on the support team: answered 340 tickets, hire Maria by 1 March")
    assert suggestion is not None
    assert suggestion.points == ("answered 340 tickets", "hire Maria by 1 March")
    assert suggestion.given["topic"] == "support team"
    assert "points: 2" in scene.suggesting.chip.offer.text()


def test_a_document_is_not_the_request_but_what_the_brief_works_on(scene: Scene, qtbot: QtBot) -> None:
    scene.composer.attach("plan.txt", "Work plan for next week. 重点：测试。")
    suggestion = scene.write("summarize this text in 100 words")
    assert suggestion is not None
    assert suggestion.text == "summarize this text in 100 words"
    with qtbot.waitSignal(scene.suggesting.taken) as taken:
        QTest.keyClick(scene.composer.edit, Qt.Key.Key_Tab)
    assert taken.args is not None
    assert taken.args[0].template == "summarize"
    assert taken.args[0].given["source"].endswith("Work plan for next week. 重点：测试。")


def test_plain_chat_is_left_alone_and_tab_moves_on(scene: Scene, qtbot: QtBot) -> None:
    assert scene.write("how are you today?") is None
    assert not scene.suggesting.chip.isVisible()
    QTest.keyClick(scene.composer.edit, Qt.Key.Key_Tab)
    assert not scene.composer.edit.hasFocus()


def test_an_offer_goes_when_the_message_becomes_another(scene: Scene) -> None:
    assert scene.write(REQUEST) is not None
    scene.composer.edit.setPlainText("why")
    assert not scene.suggesting.chip.isVisible()


def test_what_was_sent_may_still_become_a_document_until_something_else_is_written(scene: Scene, qtbot: QtBot) -> None:
    scene.composer.attach("notes.txt", "340 tickets were answered.")
    scene.composer.edit.setPlainText(REQUEST)  # and sent before anybody could look at it
    with qtbot.waitSignal(scene.relay.seen):
        QTest.keyClick(scene.composer.edit, Qt.Key.Key_Return)
    assert scene.composer.text() == ""
    assert scene.suggesting.chip.isVisible()
    with qtbot.waitSignal(scene.suggesting.taken) as taken:
        QTest.keyClick(scene.composer.edit, Qt.Key.Key_Tab)
    assert taken.args is not None
    assert taken.args[0].given["source"] == "340 tickets were answered."
    assert not scene.suggesting.chip.isVisible()

    scene.write(REQUEST)
    with qtbot.waitSignal(scene.relay.seen):
        QTest.keyClick(scene.composer.edit, Qt.Key.Key_Return)
    assert scene.suggesting.chip.isVisible()
    scene.write("thank you")
    assert not scene.suggesting.chip.isVisible()


def test_an_offer_for_what_was_sent_stays_behind_in_its_conversation(scene: Scene, qtbot: QtBot) -> None:
    scene.write(REQUEST)
    with qtbot.waitSignal(scene.relay.seen):
        QTest.keyClick(scene.composer.edit, Qt.Key.Key_Return)
    scene.suggesting.forget()  # what another conversation calls
    assert not scene.suggesting.chip.isVisible()


def test_a_refused_offer_does_not_come_back(scene: Scene, qtbot: QtBot) -> None:
    assert scene.write(REQUEST) is not None
    QTest.mouseClick(scene.suggesting.chip.no, Qt.MouseButton.LeftButton)
    assert not scene.suggesting.chip.isVisible()
    assert scene.write(REQUEST + "!") is None


def test_another_template_opens_with_what_is_said_and_is_offered_from_then_on(scene: Scene, qtbot: QtBot) -> None:
    suggestion = scene.write(REQUEST)
    assert suggestion is not None
    entry = next(one for one in scene.suggesting.chip.menu.actions() if one.data() == "work_plan")
    with qtbot.waitSignal(scene.suggesting.taken) as taken:
        entry.trigger()
    assert taken.args is not None
    assert (taken.args[0].template, taken.args[0].given) == ("work_plan", suggestion.given)
    again = scene.write(REQUEST + "!")
    assert again is not None
    assert again.template == "work_plan"


def test_the_likelier_templates_come_first_among_the_others(scene: Scene) -> None:
    suggestion = scene.write(REQUEST)
    assert suggestion is not None
    assert len(suggestion.others) == 19  # all but the one that is offered, and plain chat
    names = [name for name, _ in suggestion.others]
    assert "work_report" not in names
    assert names != sorted(names)  # as the shelf has them


def test_nothing_is_offered_where_it_is_not_wanted(scene: Scene, qtbot: QtBot) -> None:
    scene.suggesting.deleteLater()
    quiet = Suggesting(scene.composer, scene.thread, lambda: False)
    with qtbot.assertNotEmitted(scene.relay.seen, wait=300):
        scene.composer.edit.setPlainText("an essay about rivers, 500 words")
    assert quiet.suggestion is None


def test_without_the_router_s_model_one_writes_on(qtbot: QtBot, tmp_path: Path) -> None:
    from desktop.errors import ModelNotPrepared

    asked: list[str] = []

    def missing() -> None:
        asked.append("once")
        raise ModelNotPrepared("router")

    store = TemplateStore(tmp_path, tmp_path)
    thread = SuggestionThread(Suggestions(missing, store))  # type: ignore[arg-type]  # it raises
    for text in ("one", "two"):
        thread.ask(text, "en")
    thread.end()
    assert len(asked) <= 1


def test_a_long_offer_is_cut_and_widens_no_window(scene: Scene, qtbot: QtBot) -> None:
    scene.window.setFixedWidth(420)
    scene.suggesting._offer(
        TemplateSuggestion("text", "work_report", "Work report", ("customer support team",) * 9, {})
    )
    qtbot.waitUntil(scene.suggesting.chip.isVisible)
    assert scene.window.width() == 420
    chip = scene.suggesting.chip
    qtbot.waitUntil(lambda: chip.rect().contains(chip.no.geometry()))
    assert chip.offer.text().startswith("Work report")
    assert chip.offer.text().endswith("…   Tab")
    assert chip.offer.geometry().right() < chip.other.geometry().left()
    scene.window.setFixedWidth(2000)
    qtbot.waitUntil(lambda: "…" not in chip.offer.text())
