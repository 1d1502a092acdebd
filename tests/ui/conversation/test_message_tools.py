from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop.attached import Attachment, block, joined
from desktop.engine.interface import Finished, TextAdded, Usage
from desktop.settings import Theme
from desktop.ui.conversation.message_model import MessageViewModel
from desktop.ui.conversation.message_widget import MessageWidget
from desktop.ui.conversation.messages import Answer, OwnMessage
from desktop.ui.conversation.view import ConversationView
from desktop.ui.widgets import theme
from desktop.ui.widgets.theme import DARK, LIGHT
from tests.ui.conftest import Wear
from tests.ui.widgets.test_theme import contrast

USAGE = Usage(1203, 1100, 214, 0.25, 96.2, 80)
MESSAGES = [
    MessageViewModel("q", "user", "Two words", place=1, versions=2),
    MessageViewModel("a", "assistant", "# Title\n\n**bold** $x^2$", usage=USAGE, place=0, versions=3),
]
WISHES = ["edit", "regenerate", "fork", "delete", "export"]


class Wishes:
    """What the view asked for."""

    def __init__(self, view: ConversationView) -> None:
        self.made: list[tuple[object, ...]] = []
        for name in (*WISHES, "continue", "retry"):
            getattr(view, f"{name}_requested").connect(lambda message, name=name: self.made.append((name, message)))
        view.sibling_requested.connect(lambda message, step: self.made.append(("sibling", message, step)))


@pytest.fixture
def view(qtbot: QtBot) -> ConversationView:
    view = ConversationView()
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    return view


@pytest.fixture
def wishes(view: ConversationView) -> Wishes:
    return Wishes(view)


def widget_of(view: ConversationView, message: object) -> MessageWidget:
    widget = next(row.widget for row in view.message_rows() if row.message.id == message)
    assert isinstance(widget, MessageWidget)
    return widget


def answer_of(view: ConversationView, message: object = "a") -> Answer:
    widget = widget_of(view, message)
    assert isinstance(widget, Answer)
    return widget


def titles(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def test_a_tool_nobody_listens_to_is_not_shown(view: ConversationView) -> None:
    view.show_messages(MESSAGES)
    tools = answer_of(view).tools
    assert tools.copy.isVisible()
    assert [tool for tool in (tools.edit, tools.regenerate, tools.more) if tool.isVisible()] == []


def test_what_the_user_wants_is_told_with_the_message(view: ConversationView, wishes: Wishes) -> None:
    view.show_messages(MESSAGES)
    own, answer = widget_of(view, "q"), answer_of(view)
    own.tools.edit.click()
    answer.tools.regenerate.click()
    answer.tools.edit.click()
    for action in answer.tools.menu().actions():
        action.trigger()
    assert wishes.made == [
        ("edit", "q"),
        ("regenerate", "a"),
        ("edit", "a"),
        ("fork", "a"),
        ("export", "a"),
        ("delete", "a"),
    ]
    assert not own.tools.regenerate.isVisible()


def test_arrows_walk_versions_and_end_at_the_last(view: ConversationView, wishes: Wishes) -> None:
    view.show_messages(MESSAGES)
    own, answer = widget_of(view, "q").tools.versions, answer_of(view).tools.versions
    assert own.count.text() == "2 / 2"
    assert answer.count.text() == "1 / 3"
    assert answer.count.accessibleName() == "Version 1 of 3"
    assert own.before.isEnabled()
    assert not own.after.isEnabled()
    assert not answer.before.isEnabled()
    own.before.click()
    answer.after.click()
    assert wishes.made == [("sibling", "q", -1), ("sibling", "a", 1)]


def test_one_version_alone_has_no_arrows(view: ConversationView) -> None:
    view.show_messages([MessageViewModel("a", "assistant", "Words")])
    assert not answer_of(view).tools.versions.isVisible()


def test_versions_can_change_while_the_message_stays(view: ConversationView, wishes: Wishes) -> None:
    view.show_messages(MESSAGES)
    before = answer_of(view)
    view.show_messages([MESSAGES[0], MessageViewModel("a", "assistant", MESSAGES[1].text, usage=USAGE, versions=4)])
    assert answer_of(view) is before
    assert before.tools.versions.count.text() == "1 / 4"


def test_a_message_is_copied_in_three_ways(view: ConversationView) -> None:
    view.show_messages(MESSAGES)
    tools, clipboard = answer_of(view).tools, QGuiApplication.clipboard()
    menu = tools.copy_menu()
    assert titles(menu) == ["Copy as Markdown", "Copy as text", "Copy as rich text"]
    menu.actions()[0].trigger()
    assert clipboard.text() == "# Title\n\n**bold** $x^2$"
    menu.actions()[1].trigger()
    assert clipboard.text() == "Title\n\nbold $x^2$"
    menu.actions()[2].trigger()
    assert "<strong>bold</strong>" in clipboard.mimeData().html()
    assert clipboard.mimeData().text() == "Title\n\nbold $x^2$"
    assert tools.copy.accessibleName() == "Copied"


def test_statistics_are_told_shortly_and_on_demand_whole(view: ConversationView) -> None:
    view.show_messages(MESSAGES)
    answer = answer_of(view)
    assert answer.statistics.text() == "214 tokens · 96/s · 0.2 s to first word"
    assert not answer._told_in_full.isVisible()
    answer.statistics.click()
    assert answer._told_in_full.isVisible()
    assert answer._told_in_full.text().split("\n") == [
        "Prompt: 1,203 tokens, 1,100 of them reused from before",
        "Answer: 214 tokens, 80 of them guessed from the prompt",
        "First word after 0.25 s, then 96.2 tokens a second",
    ]
    answer.statistics.click()
    assert not answer._told_in_full.isVisible()


@pytest.mark.parametrize("status", ["length", "stopped", "interrupted"])
def test_what_ended_before_its_end_can_go_on(view: ConversationView, wishes: Wishes, status: str) -> None:
    view.show_messages([MessageViewModel("a", "assistant", "Half", status)])  # type: ignore[arg-type]
    button = answer_of(view).go_on
    assert button is not None
    button.click()
    assert wishes.made == [("continue", "a")]


def test_a_continued_answer_takes_more_text(view: ConversationView, wishes: Wishes) -> None:
    view.show_messages([MessageViewModel("a", "assistant", "Half", "length")])
    view.show_messages([MessageViewModel("a", "assistant", "Half", "streaming")])
    view.take("a", TextAdded(" and half"))
    view.take("a", Finished("done", USAGE))
    assert view.messages[0].text == "Half and half"
    assert answer_of(view).go_on is None


def test_a_failed_answer_can_be_asked_again(view: ConversationView, wishes: Wishes) -> None:
    view.show_messages([MessageViewModel("a", "assistant", status="failed", error="No memory is left.")])
    answer = answer_of(view)
    assert answer.notice is not None
    assert answer.notice.sentence.text() == "No memory is left."
    answer.notice.action.click()
    assert wishes.made == [("retry", "a")]


def test_tools_of_older_messages_are_seen_when_they_are_wanted(view: ConversationView, wishes: Wishes) -> None:
    view.show_messages([*MESSAGES, MessageViewModel("b", "assistant", "Last")])
    older, latest = answer_of(view), answer_of(view, "b")
    assert latest.tools._veil.opacity() == 1
    assert older.tools._veil.opacity() == 0
    view.activateWindow()
    older.tools.copy.setFocus(Qt.FocusReason.TabFocusReason)
    assert older.tools._veil.opacity() == 1
    latest.tools.copy.setFocus(Qt.FocusReason.TabFocusReason)
    assert older.tools._veil.opacity() == 0


def test_every_control_has_a_name(view: ConversationView, wishes: Wishes) -> None:
    view.show_messages([*MESSAGES, MessageViewModel("b", "assistant", "```c\nint x;\n```", "length")])
    view.open_find()
    buttons = [button for button in view.findChildren(QPushButton) if button.isVisible()]
    assert len(buttons) > 10
    assert [button for button in buttons if not button.accessibleName()] == []
    assert all(widget_of(view, one).view.accessibleName() for one in ("q", "a"))


def test_labels_go_where_there_is_no_room_for_them(view: ConversationView, wishes: Wishes, qtbot: QtBot) -> None:
    view.show_messages([MessageViewModel("a", "assistant", "Words")])
    assert answer_of(view).tools.edit.text() == "Edit"
    view.resize(320, 700)
    qtbot.waitUntil(lambda: answer_of(view).tools.edit.text() == "")
    assert answer_of(view).tools.edit.accessibleName() == "Edit"
    view.resize(900, 700)
    qtbot.waitUntil(lambda: answer_of(view).tools.edit.text() == "Edit")


def test_a_long_text_of_the_user_is_folded(view: ConversationView) -> None:
    text = "\n".join(f"line {number} of what was pasted" for number in range(400))
    view.show_messages([MessageViewModel("q", "user", text)])
    own = widget_of(view, "q")
    assert isinstance(own, OwnMessage)
    assert own.unfold is not None
    assert "line 300" not in own.view.toPlainText()
    folded = own.height()
    own.unfold.click()
    assert own.view.toPlainText() == text
    QTest.qWait(50)
    assert own.height() > folded


def test_a_text_of_any_length_is_shown_bit_by_bit(view: ConversationView) -> None:
    text = "\n".join(f"line {number}" for number in range(9_000)) + "\n" + "x" * 30_000
    view.show_messages([MessageViewModel("q", "user", text)])
    own = widget_of(view, "q")
    assert isinstance(own, OwnMessage)
    own.show_more()
    assert own.unfold is not None
    assert own.view.document().blockCount() < 3_000
    own.show_all()
    assert own.view.toPlainText().replace("\n", "") == text.replace("\n", "")
    looks = {own.view.document().findBlockByNumber(number).blockFormat().lineHeight() for number in (0, 10, 8_999)}
    assert len(looks) == 1


def test_documents_stand_folded_below_the_words_that_go_with_them(view: ConversationView) -> None:
    documents = [Attachment("report.pdf", "page\n" * 50), Attachment("notes.md", "# 笔记")]
    earlier = "\n\n".join(["What is said?", *map(block, documents)])  # as versions before this one wrote it
    for text in (joined("What is said?", documents), earlier):
        view.show_messages([MessageViewModel(text, "user", text)])
        own = widget_of(view, text)
        assert isinstance(own, OwnMessage)
        assert own.view.toPlainText() == "What is said?"
        assert own.unfold is not None
        assert own.unfold.text() == "report.pdf, notes.md"
        own.unfold.click()
        assert own.view.toPlainText() == earlier
        assert own.message.text == text  # what is copied


def test_names_of_many_documents_end_where_there_is_no_more_room(view: ConversationView) -> None:
    view.resize(420, 700)
    text = joined("What?", [Attachment(f"report of the harbour {n}.pdf", "page") for n in range(5)])
    view.show_messages([MessageViewModel("q", "user", text)])
    own = widget_of(view, "q")
    assert isinstance(own, OwnMessage)
    assert own.unfold is not None
    assert own.unfold.text().startswith("report of the harbour 0.pdf")
    assert own.unfold.text().endswith("…")
    assert own.unfold.width() >= own.unfold.sizeHint().width()
    assert "report of the harbour 4.pdf" in own.unfold.toolTip()


def test_a_document_without_words_is_shown_itself(view: ConversationView) -> None:
    text = joined("", [Attachment("notes.md", "# 笔记")])
    view.show_messages([MessageViewModel("q", "user", text)])
    own = widget_of(view, "q")
    assert isinstance(own, OwnMessage)
    assert own.view.toPlainText() == text
    assert own.unfold is None


def test_a_failed_answer_without_text_offers_nothing_to_copy(view: ConversationView) -> None:
    view.show_messages([MessageViewModel("a", "assistant", status="failed", error="No.")])
    assert not answer_of(view).tools.copy.isVisible()


@pytest.mark.parametrize("name", ["q", "a"])
def test_the_ring_is_seen_all_around_the_text_that_the_keyboard_is_in(
    view: ConversationView, qtbot: QtBot, name: str
) -> None:
    view.show_messages(MESSAGES)
    message = widget_of(view, name)
    with qtbot.waitActive(view):
        view.activateWindow()
    assert not message.ring.isVisible()
    message.view.setFocus(Qt.FocusReason.TabFocusReason)
    assert message.ring.isVisible()
    ring, seal = message.ring.geometry(), theme.colour(theme.ACCENT)
    assert message.rect().contains(ring)
    seen, middle = message.grab().toImage(), ring.center()
    edges = [
        (middle.x(), ring.top()),
        (middle.x(), ring.bottom()),
        (ring.left(), middle.y()),
        (ring.right(), middle.y()),
    ]
    assert [seen.pixelColor(*place) for place in edges] == [seal] * 4
    message.view.clearFocus()
    assert not message.ring.isVisible()


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_what_is_told_of_an_answer_can_be_read(view: ConversationView, wear: Wear, choice: Theme) -> None:
    wear(choice)
    colours = {"light": LIGHT, "dark": DARK}[choice]
    question, answer = MESSAGES
    cut = replace(answer, status="length", left_out=3)
    view.show_messages([question, cut])
    view.open_find()
    view.find_bar.field.setText("bold")
    told = [one for one in view.findChildren(QLabel) if one.isVisible() and one.text()]
    assert {"Cut: the answer reached its length limit", "1 / 3"} <= {one.text() for one in told}
    for one in told:
        colour = one.palette().color(one.foregroundRole()).name()
        assert min(contrast(colour, ground) for ground in (colours.paper, colours.raised)) >= 4.5, one.text()
