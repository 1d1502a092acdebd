"""The conversations on the desk, each a page of messages; one is seen."""

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from desktop.chat.assistant import Request
from desktop.engine import interface
from desktop.engine.interface import ContextTrimmed, Event, Finished, FinishReason, TextAdded
from desktop.ui.conversation_view import ConversationView
from desktop.ui.desk import Desk
from desktop.ui.messages import Answer
from desktop.ui.turns import Chat, Turn

MOST_PAGES = 8  # kept as widgets; older ones are made again when they are wanted


class Page:
    """One conversation and the widgets of its messages.

    Attributes:
        answers: the widget of each answer.
    """

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.view = ConversationView()
        self.answers: dict[Turn, Answer] = {}

    def add(self, turns: list[Turn], waiting: str) -> None:
        """Show turns behind those that are shown; a question comes with its answer."""
        question = ""
        for turn in turns:
            if turn.role == "user":
                question = turn.text
                continue
            answer = self.view.ask(Request(0, question, self.chat.id), waiting)
            self.answers[turn] = answer
            show(answer, turn)

    def turn_of(self, answer: Answer) -> Turn | None:
        """Give the turn that a widget shows."""
        return next((turn for turn, widget in self.answers.items() if widget is answer), None)


def show(answer: Answer, turn: Turn) -> None:
    """Show what a turn holds already."""
    if turn.left_out:
        answer.take(ContextTrimmed(turn.left_out))
    if turn.text:
        answer.take(TextAdded(turn.text))
    if turn.running:
        return
    if turn.status == "failed":
        answer.fail(turn.error or QCoreApplication.translate("Answer", "This answer failed."))
        return
    used = turn.usage
    usage = interface.Usage(
        used.prompt_tokens if used else 0,
        used.reused_tokens if used else 0,
        used.new_tokens if used else 0,
        used.first_token_s if used else 0.0,
        used.tokens_per_s if used else 0.0,
    )
    ended: dict[str, FinishReason] = {"done": "done", "length": "length"}
    answer.take(Finished(ended.get(turn.status, "stopped"), usage))


class Pages(QStackedWidget):
    """Shows the conversation that the desk says, and keeps the pages of the last ones.

    Attributes:
        current: the page that is seen.
        waiting: what stands where an answer will be, until its first word.

    Signals:
        sample_picked(str): the user wants to begin with this brief.
    """

    sample_picked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("conversation")
        self._desk = desk
        self._pages: list[Page] = []
        self.waiting = ""
        desk.chat_shown.connect(self.show_chat)
        desk.branch_changed.connect(self._rebuild)
        desk.turns_added.connect(self._add)
        desk.moved.connect(self._move)
        desk.turn_failed.connect(self._fail)
        self.current = self._page(desk.shown)
        self.show_chat(desk.shown)

    def set_waiting(self, waiting: str) -> None:
        """Say what answers wait for that have not begun."""
        self.waiting = waiting
        for page in self._pages:
            for turn, answer in page.answers.items():
                if turn.running and not turn.text:
                    answer.progress.setText(waiting)

    @Slot(object)
    def show_chat(self, chat: Chat) -> None:
        """Show a conversation."""
        self.current = self._page(chat)
        self.setCurrentWidget(self.current.view)
        self._pages.remove(self.current)
        self._pages.append(self.current)
        for page in [page for page in self._pages[:-MOST_PAGES] if not page.chat.running]:
            self._drop(page)

    @Slot(object)
    def _rebuild(self, chat: Chat) -> None:
        old = self._known(chat)
        if old is None:
            return
        seen = old is self.current
        at = old.view.verticalScrollBar().value()
        self._drop(old)
        page = self._page(chat)
        if seen:
            self.current = page
            self.setCurrentWidget(page.view)
            page.view.verticalScrollBar().setValue(at)

    @Slot(object, object)
    def _add(self, chat: Chat, turns: list[Turn]) -> None:
        page = self._known(chat)
        if page is None:
            return
        if turns[0].role == "assistant":  # its question is there already, and a view adds both
            self._rebuild(chat)
        else:
            page.add(turns, self.waiting)

    @Slot(object, object)
    def _move(self, turn: Turn, event: Event) -> None:
        answer = self._answer(turn)
        if answer is not None:
            answer.take(event)

    @Slot(object)
    def _fail(self, turn: Turn) -> None:
        answer = self._answer(turn)
        if answer is not None:
            answer.fail(turn.error)

    @Slot(object)
    def _retry(self, answer: Answer) -> None:
        for page in self._pages:
            turn = page.turn_of(answer)
            if turn is not None:
                self._desk.go_on(turn)
                return

    def _answer(self, turn: Turn) -> Answer | None:
        return next((page.answers[turn] for page in self._pages if turn in page.answers), None)

    def _known(self, chat: Chat) -> Page | None:
        return next((page for page in self._pages if page.chat is chat), None)

    def _page(self, chat: Chat) -> Page:
        page = self._known(chat)
        if page is None:
            page = Page(chat)
            page.view.sample_picked.connect(self.sample_picked)
            page.view.retry_wanted.connect(self._retry)
            page.add(chat.branch, self.waiting)
            self._pages.append(page)
            self.addWidget(page.view)
        return page

    def _drop(self, page: Page) -> None:
        self._pages.remove(page)
        self.removeWidget(page.view)
        page.view.deleteLater()
