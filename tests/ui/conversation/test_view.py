import pytest
from pytestqt.qtbot import QtBot

from desktop.engine.interface import Finished, PromptRead, TextAdded, Usage
from desktop.ui.conversation.message_model import MessageViewModel
from desktop.ui.conversation.messages import Answer
from desktop.ui.conversation.view import ConversationView

LONG = "A paragraph of an answer that goes on.\n\n" * 60
DONE = Finished("done", Usage(9, 0, 9, 0.1, 50.0))


@pytest.fixture
def view(qtbot: QtBot) -> ConversationView:
    view = ConversationView()
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    return view


def ask(view: ConversationView, text: str, waiting: str = "") -> Answer:
    """Show a question and the place of its answer."""
    view.set_waiting(waiting)
    view.append([MessageViewModel(1, "user", text), MessageViewModel(2, "assistant", status="pending")])
    return view.answers[-1]


def write(view: ConversationView, answer: Answer, text: str, qtbot: QtBot) -> None:
    """Add text and wait until the column has grown."""
    with qtbot.waitSignal(view.verticalScrollBar().rangeChanged):
        answer.take(TextAdded(text))


def test_the_view_follows_an_answer(view: ConversationView, qtbot: QtBot) -> None:
    answer = ask(view, "Write")
    write(view, answer, LONG, qtbot)
    write(view, answer, LONG, qtbot)
    bar = view.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == bar.maximum()


def test_whoever_reads_above_stays_there(view: ConversationView, qtbot: QtBot) -> None:
    answer = ask(view, "Write")
    write(view, answer, LONG, qtbot)
    bar = view.verticalScrollBar()
    bar.setValue(40)
    write(view, answer, LONG, qtbot)
    assert bar.value() == 40
    with qtbot.waitSignal(bar.rangeChanged):
        answer.take(DONE)
    assert bar.value() == 40


def test_back_at_the_end_the_view_follows_again(view: ConversationView, qtbot: QtBot) -> None:
    answer = ask(view, "Write")
    write(view, answer, LONG, qtbot)
    bar = view.verticalScrollBar()
    bar.setValue(40)
    bar.setValue(bar.maximum())
    write(view, answer, LONG, qtbot)
    assert bar.value() == bar.maximum()


def test_the_column_is_never_wider_than_it_reads_well_nor_cut(view: ConversationView, qtbot: QtBot) -> None:
    answer = ask(view, "A long question without end " * 20)
    write(view, answer, LONG, qtbot)
    for width, column in ((1600, 720), (500, 500 - 48)):
        view.resize(width, 400)
        view.grab()  # lays out
        assert answer.view.width() <= column
        assert answer.view.width() > column - 20
        assert view.horizontalScrollBar().maximum() == 0


def test_reading_a_long_prompt_shows_how_far_it_is(
    view: ConversationView, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    answer = ask(view, "Read this", "Reading…")
    answer.take(PromptRead(100, 1000))
    assert answer.progress.text() == "Reading…"  # not worth a number yet
    monkeypatch.setattr("desktop.ui.conversation.messages._NOTICEABLE_MS", -1)
    answer.take(PromptRead(400, 1000))
    assert answer.progress.text() == "Reading… 40 %"
    answer.take(TextAdded("First"))
    assert not answer.progress.isVisible()


def test_a_sample_is_picked_with_its_brief(view: ConversationView, qtbot: QtBot) -> None:
    assert view.empty is not None
    sample = view.empty.samples[0]
    with qtbot.waitSignal(view.sample_picked) as picked:
        sample.click()
    assert picked.args == [sample.brief]
