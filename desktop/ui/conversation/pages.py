"""The open conversations, each a page of messages; one is seen."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from desktop.engine import interface
from desktop.engine.interface import Event
from desktop.ui.conversation.chat import Chat, Turn
from desktop.ui.conversation.controller import ConversationController
from desktop.ui.conversation.message_model import MessageViewModel
from desktop.ui.conversation.view import ConversationView

if TYPE_CHECKING:
    from desktop.history import StoredUsage

MOST_PAGES = 8  # kept as widgets; older ones are made again when they are wanted


class ConversationPage:
    """One conversation and the view of its messages."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.view = ConversationView()

    def show(self) -> None:
        """Show the messages of now."""
        self.view.show_messages([shown(turn) for turn in self.chat.branch])


def shown(turn: Turn) -> MessageViewModel:
    """Tell a turn in the words of the view."""
    number = turn.record.number
    lost = QCoreApplication.translate("Answer", "This answer failed.") if turn.status == "failed" else ""
    return MessageViewModel(
        id=turn,
        role="user" if turn.role == "user" else "assistant",
        text=turn.text,
        status=turn.status,
        usage=_usage(turn.usage) if turn.usage else None,
        error=turn.error or lost,
        left_out=turn.left_out,
        thought=turn.thought,
        place=turn.siblings.index(number) if number in turn.siblings else 0,
        versions=max(1, len(turn.siblings)),
    )


def _usage(used: "StoredUsage") -> interface.Usage:
    return interface.Usage(
        used.prompt_tokens,
        used.reused_tokens,
        used.new_tokens,
        used.first_token_s,
        used.tokens_per_s,
        used.guessed_tokens,
    )


class Pages(QStackedWidget):
    """Shows the conversation that the controller says, and keeps the pages of the last ones.

    Attributes:
        current: the page that is seen.
        waiting: what stands where an answer will be, until its first word.

    Signals:
        sample_picked(str): the user wants to begin with this brief.
        edit_wanted(Turn), delete_wanted(Turn), export_wanted(Turn): the user wants this done with a message.
    """

    sample_picked = Signal(str)
    edit_wanted = Signal(object)
    delete_wanted = Signal(object)
    export_wanted = Signal(object)

    def __init__(self, conversations: ConversationController) -> None:
        super().__init__()
        self.setObjectName("conversation")
        self._conversations = conversations
        self._pages: list[ConversationPage] = []
        self._sought: tuple[int, str] | None = None  # the message that a search found, and the search
        self.waiting = ""
        self._keys: Mapping[str, str] = {}
        self._writer: interface.EngineInfo | None = None
        conversations.chat_shown.connect(self.show_chat)
        conversations.branch_changed.connect(self._show_branch)
        conversations.turns_added.connect(self._add)
        conversations.moved.connect(self._move)
        conversations.turn_failed.connect(self._fail)
        self.current = self._page(conversations.shown)
        self.show_chat(conversations.shown)

    def set_waiting(self, waiting: str) -> None:
        """Say what answers wait for that have not begun."""
        self.waiting = waiting
        for page in self._pages:
            page.view.set_waiting(waiting)

    def show_writer(self, info: interface.EngineInfo | None) -> None:
        """Know who answers; None while nobody does."""
        self._writer = info
        for page in self._pages:
            page.view.show_writer(info)

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """Know the keys of the commands, by id."""
        self._keys = keys
        for page in self._pages:
            page.view.show_keys(keys)

    def seek(self, number: int, query: str) -> None:
        """Bring a message of the history into view that a search found, now or once it is loaded."""
        self._sought = number, query
        self._find_sought()

    @Slot(object)
    def show_chat(self, chat: Chat) -> None:
        """Show a conversation."""
        self.current = self._page(chat)
        self.setCurrentWidget(self.current.view)
        self._pages.remove(self.current)
        self._pages.append(self.current)
        for page in [page for page in self._pages[:-MOST_PAGES] if not page.chat.running]:
            self._pages.remove(page)
            self.removeWidget(page.view)
            page.view.deleteLater()

    @Slot(object)
    def _show_branch(self, chat: Chat) -> None:
        page = self._known(chat)
        if page is not None:
            page.show()
            self._find_sought()

    @Slot(object, object)
    def _add(self, chat: Chat, turns: list[Turn]) -> None:
        page = self._known(chat)
        if page is not None:
            page.view.append([shown(turn) for turn in turns])

    @Slot(object, object)
    def _move(self, turn: Turn, event: Event) -> None:
        page = self._page_of(turn)
        if page is not None:
            page.view.take(turn, event)

    @Slot(object)
    def _fail(self, turn: Turn) -> None:
        page = self._page_of(turn)
        if page is not None:
            page.view.fail(turn, turn.error)

    def _step(self, turn: Turn, step: int) -> None:
        """Read the version before or behind."""
        number = turn.record.number
        if number in turn.siblings:
            at = turn.siblings.index(number) + step
            if 0 <= at < len(turn.siblings):
                self._conversations.choose(turn.siblings[at])

    def _find_sought(self) -> None:
        if self._sought is None:
            return
        number, query = self._sought
        turn = next((one for one in self.current.chat.branch if one.record.number == number), None)
        if turn is not None:
            self._sought = None
            self.current.view.scroll_to_message(turn)
            self.current.view.find_bar.field.setText(query)  # Ctrl+F goes on from here

    def _page_of(self, turn: Turn) -> ConversationPage | None:
        return next((page for page in self._pages if turn in page.chat.branch), None)

    def _known(self, chat: Chat) -> ConversationPage | None:
        return next((page for page in self._pages if page.chat is chat), None)

    def _page(self, chat: Chat) -> ConversationPage:
        return self._known(chat) or self._make(chat)

    def _make(self, chat: Chat) -> ConversationPage:
        page = ConversationPage(chat)
        view, conversations = page.view, self._conversations
        view.set_waiting(self.waiting)
        view.show_keys(self._keys)
        view.show_writer(self._writer)
        view.sample_picked.connect(self.sample_picked)
        view.edit_requested.connect(self.edit_wanted)
        view.regenerate_requested.connect(conversations.regenerate)
        view.delete_requested.connect(self.delete_wanted)
        view.export_requested.connect(self.export_wanted)
        view.continue_requested.connect(conversations.go_on)
        view.retry_requested.connect(conversations.go_on)
        view.sibling_requested.connect(self._step)
        if not chat.temporary:
            view.fork_requested.connect(conversations.fork)
        page.show()
        self._pages.append(page)
        self.addWidget(view)
        return page
