"""The window of drafting: opened from the main window, its drafts kept in the history and gone on with."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.chat.drafting import Draft, DraftingService, TemplateStore
from desktop.history import Hit
from desktop.services import open_temporary_history
from desktop.ui.canvas.canvas import Canvas
from desktop.ui.drafting.environment import DraftingEnvironment
from desktop.ui.drafting.window import DraftingOpener, DraftingWindow
from desktop.ui.history.link import HistoryLink
from tests.drafting.template.test_shipped import ASSETS
from tests.drafting.test_session import REPORT, Talker
from tests.ui.conftest import Chat

raises = pytest.mark.qt_log_ignore("does not support raise", "propagateSizeHints")  # the platform of the tests


@pytest.fixture
def link() -> Iterator[HistoryLink]:
    link = HistoryLink(open_temporary_history)
    link.start()
    yield link
    link.service.end()


@pytest.fixture
def opener(link: HistoryLink, tmp_path: Path) -> Iterator[DraftingOpener]:
    service = DraftingService(TemplateStore(ASSETS / "templates", tmp_path / "templates"))
    opener = DraftingOpener(link, DraftingEnvironment(service, Talker))
    yield opener
    opener.end()


def opened(opener: DraftingOpener) -> DraftingWindow:
    opener.open()
    assert opener.window is not None
    return opener.window


def canvas(window: DraftingWindow) -> Canvas:
    assert window.pane.canvas is not None
    return window.pane.canvas


def stored(qtbot: QtBot, link: HistoryLink) -> list[str]:
    found: list[list[str]] = []
    link.read(lambda store: [draft.text for draft in store.drafts.page()], found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


@raises
def test_a_draft_is_in_the_history_and_can_be_gone_on_with(
    qtbot: QtBot, opener: DraftingOpener, link: HistoryLink
) -> None:
    window = opened(opener)
    with qtbot.waitSignal(window.pane.changed):
        window.pane.open(window.pane._drafting.begin(REPORT), write=True)
    draft = canvas(window).draft
    assert stored(qtbot, link) == [draft.text]
    window.close()
    assert window.pane.canvas is None
    opener.open()
    gallery = window.pane.gallery
    qtbot.waitUntil(lambda: gallery._recent.count() == 1)
    item = gallery._recent.itemAt(0)
    assert item is not None
    row = item.widget()
    assert isinstance(row, QPushButton)
    assert row.text() == draft.title
    row.click()
    assert canvas(window).draft == draft
    canvas(window).sections.switch_lock()  # a change goes to the same draft
    assert stored(qtbot, link) == [draft.text]


@raises
def test_a_sentence_is_kept_before_the_draft_is_done(qtbot: QtBot, opener: DraftingOpener, link: HistoryLink) -> None:
    window = opened(opener)
    grown: list[Draft] = []
    window.pane.grew.connect(grown.append)
    with qtbot.waitSignal(window.pane.grew):
        window.pane.open(window.pane._drafting.begin(REPORT), write=True)
    window.pane.close_canvas()  # as if the window were killed here
    (text,) = stored(qtbot, link)
    assert text.startswith("# Weekly report: customer support team")
    assert len(text) >= len(grown[0].text)


@raises
def test_a_suggestion_of_the_router_opens_its_brief(opener: DraftingOpener) -> None:
    opener.begin("work_plan", {"topic": "move the office", "period": "August"})
    assert opener.window is not None
    form = opener.window.pane.form
    assert form is not None
    assert form.brief().slots == {"topic": "move the office", "period": "August"}


@raises
def test_the_brief_of_a_suggestion_keeps_the_request_whole(opener: DraftingOpener) -> None:
    request = "plan to move the office in August, tell nobody the rent"
    opener.begin("work_plan", {"topic": "move the office"}, (), request)
    assert opener.window is not None
    form = opener.window.pane.form
    assert form is not None
    assert form.brief().request == request
    opener.begin("summarize", {"source": "A long text."}, (), "summarize: A long text.")
    form = opener.window.pane.form
    assert form is not None
    assert form.brief().request == ""


def test_the_key_opens_the_templates(chat: Chat, qtbot: QtBot) -> None:
    with qtbot.waitSignal(chat.window.signals.templates_wanted):
        QTest.keyClick(chat.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)


def test_the_engine_of_the_window_is_the_one_that_answers(chat: Chat) -> None:
    assert chat.worker.engine().info.model == "Scripted 135M"


@raises
def test_what_is_typed_is_in_the_history_before_the_section_is_left(
    qtbot: QtBot, opener: DraftingOpener, link: HistoryLink
) -> None:
    window = opened(opener)
    window.pane.open(window.pane._drafting.begin(REPORT))
    with qtbot.waitSignal(window.pane.grew):
        canvas(window).page.panes[0].text.insertPlainText("Typed, and not left.")
    (text,) = stored(qtbot, link)
    assert "Typed, and not left." in text
    assert not canvas(window)._state.past.can_undo  # it is no step yet


def test_an_answer_of_the_history_that_comes_too_late_is_dropped(qtbot: QtBot, link: HistoryLink) -> None:
    late, held = Late(), threading.Event()
    link.read(lambda store: held.wait(20), late.take)
    shiboken6.delete(late)  # as when the window of drafts is closed for good
    arrived: list[object] = []
    link.read(lambda store: None, arrived.append)
    held.set()
    qtbot.waitUntil(lambda: bool(arrived))  # an exception in between would fail this test


class Late(QObject):
    def take(self, result: object) -> None:
        self.setObjectName(str(result))


@raises
def test_a_draft_that_a_search_found_is_gone_on_with(qtbot: QtBot, opener: DraftingOpener, link: HistoryLink) -> None:
    window = opened(opener)
    with qtbot.waitSignal(window.pane.changed):
        window.pane.open(window.pane._drafting.begin(REPORT), write=True)
    draft = canvas(window).draft
    found: list[list[Hit]] = []
    link.read(lambda store: store.search("340"), found.append)
    qtbot.waitUntil(lambda: bool(found))
    (number,) = {hit.owner for hit in found[0]}
    shown = canvas(window)
    opener.resume(number)
    assert canvas(window) is shown  # it is open already
    window.close()
    with qtbot.waitSignal(window.pane.named, check_params_cb=lambda name: name == draft.title):
        opener.resume(number)
    assert canvas(window).draft == draft
    assert window.isVisible()
