"""A canvas at work on selected text: a real thread, the shipped actions, an engine that says what it was given."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from desktop.chat.drafting import Brief, DraftingService, TemplateStore
from desktop.engine.interface import Engine, Event, Message, Sampling
from desktop.quick.actions.action import Action
from desktop.quick.actions.loading import load_actions
from desktop.ui.canvas.canvas import Canvas
from desktop.ui.drafting.environment import DraftingEnvironment
from desktop.ui.drafting.pane import DraftingPane
from tests.drafting.template.test_shipped import ASSETS
from tests.scripted_engine import ScriptedEngine

ACTIONS = load_actions([ASSETS / "actions"]).sound
WORDY = "We met due to the fact that Anna asked 3 questions. The rest stays as it is."
NOTE = Brief("work_report", {"topic": "support", "period": "week 1"})
CODE = Brief("code", {"topic": "add two numbers"})


class Writer(ScriptedEngine):
    """Writes the same answer to everything; waits in the middle where the test holds it."""

    def __init__(self, *answer: str) -> None:
        super().__init__(answer)
        self.began = threading.Event()

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        self.began.set()
        yield from super().stream(messages, options, stop)


@pytest.fixture
def drafting(tmp_path: Path) -> DraftingService:
    """Where drafts are begun, with the shipped templates."""
    return DraftingService(TemplateStore(ASSETS / "templates", tmp_path / "templates"))


Open = Callable[..., Canvas]


@pytest.fixture
def open_canvas(qtbot: QtBot, drafting: DraftingService, tmp_path: Path) -> Iterator[Open]:
    """Open the canvas of a draft whose first section holds a text."""
    panes = []

    def open_(
        engine: Engine, text: str = WORDY, brief: Brief = NOTE, actions: Mapping[str, Action] = ACTIONS
    ) -> Canvas:
        pane = DraftingPane(DraftingEnvironment(drafting, lambda: engine, actions=lambda: actions), "en")
        qtbot.addWidget(pane)
        panes.append(pane)
        draft = drafting.begin(brief)
        pane.resize(1200, 800)
        pane.open(draft.with_section(0, draft.sections[0].with_text(text)))
        with qtbot.waitActive(pane):
            pane.show()
            pane.activateWindow()
        assert pane.canvas is not None
        return pane.canvas

    yield open_
    for pane in panes:
        pane.end()


def select(canvas: Canvas, words: str, index: int = 0) -> None:
    """Select words of a section."""
    edit = canvas.page.panes[index].text
    edit.setFocus()
    start = edit.toPlainText().index(words)
    cursor = edit.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)


def act(qtbot: QtBot, canvas: Canvas, action: str) -> None:
    """Do an action to its end."""
    with qtbot.waitSignal(canvas.selected.moved):  # it begins
        canvas.act(action)
    if canvas.selected.section is not None:
        qtbot.waitUntil(lambda: canvas.selected.section is None)


def text_of(canvas: Canvas, index: int = 0) -> str:
    """Give what a section of the draft holds."""
    return canvas.draft.sections[index].text
