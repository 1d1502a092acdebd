"""The window: sidebar, one conversation at a time, composer, status bar."""

import itertools
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.chat.assistant import Request
from desktop.engine.interface import EngineInfo, Event, Finished
from desktop.ui import theme
from desktop.ui.composer import Composer
from desktop.ui.conversation_view import ConversationView
from desktop.ui.labels import ElidedLabel
from desktop.ui.messages import Answer
from desktop.ui.model_notice import ModelNotice
from desktop.ui.sidebar import Sidebar
from desktop.ui.status_bar import StatusBar


@dataclass(eq=False)
class Conversation:
    """A conversation as the window holds it.

    Attributes:
        id: unique within the process.
        view: its messages.
        title: the first line that was asked; "" for a new draft.
        draft: what stood in the composer when another conversation was shown.
    """

    id: int
    view: ConversationView
    title: str = ""
    draft: str = ""


class MainWindow(QWidget):
    """Turns what the user does into requests, and what the worker says into what the user sees.

    Signals:
        asked(Request): the user sent a message, or wants a failed one asked again.
        prepare_wanted(threading.Event): the user wants the starter model prepared; the event stops it.
        load_wanted(): the user wants the model loaded once more.
    """

    asked = Signal(object)
    prepare_wanted = Signal(object)
    load_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.resize(*(theme.px(side) for side in theme.WINDOW_SIZE))
        self._conversation_ids, self._request_ids = itertools.count(1), itertools.count(1)
        self._conversations: dict[int, Conversation] = {}
        self._open: dict[int, Answer] = {}  # request id -> where its answer is being written
        self._loading = True
        self.sidebar, self.status, self.composer = Sidebar(), StatusBar(), Composer()
        self.model_notice = ModelNotice()
        self._title = ElidedLabel("", "strong")
        self._views = QStackedWidget()
        self._views.setObjectName("conversation")
        self._lay_out()
        self._connect()
        self.shown = self._begin()
        self._show(self.shown)
        self.model_loading()

    # What the user does.

    @Slot()
    def new_draft(self) -> None:
        """Begin a conversation; an empty one is used again."""
        empty = next((one for one in self._conversations.values() if not one.title), None)
        self._show(empty or self._begin())

    @Slot(str)
    def submit(self, text: str) -> None:
        """Send what is in the composer."""
        conversation = self.shown
        if not conversation.title:
            conversation.title = " ".join(text.split())
            self.sidebar.add(conversation.id, conversation.title)
            self._refresh_title()
        self.composer.set_text("")
        request = Request(next(self._request_ids), text, conversation.id)
        self._ask(request, conversation.view.ask(request, self._waiting_text()))

    @Slot()
    def stop(self) -> None:
        """End the answers being written in the conversation that is shown; what is there stays."""
        for answer in self._open_answers(self.shown):
            answer.request.stop.set()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what is going on; the thread is ended by whoever started it."""
        self.model_notice.stop()
        for answer in self._open.values():
            answer.request.stop.set()
        super().closeEvent(event)

    # What the worker says.

    @Slot()
    def model_loading(self) -> None:
        """Say that the model is being loaded; messages wait for it."""
        self._loading = True
        self.model_notice.hide()
        self.status.show_state(self.tr("Loading the model…"))
        self.composer.set_blocked("")

    @Slot(object)
    def model_loaded(self, info: EngineInfo) -> None:
        """Say that the model answers from now on."""
        self._loading = False
        self.model_notice.hide()
        self.status.show_engine(info)
        self.composer.set_blocked("")
        for answer in self._open.values():
            answer.progress.setText(self._waiting_text())

    @Slot(str)
    def model_missing(self, model_id: str) -> None:  # noqa: ARG002 - there is one model to prepare
        """Say that the starter model must be prepared first."""
        self._no_model(self.tr("No model yet"), self.tr("Prepare the starter model first"))
        self.model_notice.show_missing()

    @Slot(str)
    def load_failed(self, sentence: str) -> None:
        """Say that the model cannot be loaded."""
        self._no_model(self.tr("No model"), self.tr("The model could not be loaded"), broken=True)
        self.model_notice.show_load_failure(sentence)

    @Slot(str, float)
    def prepare_progressed(self, sentence: str, fraction: float) -> None:
        """Say how far preparing the starter model is."""
        self._no_model(self.tr("Preparing the model…"), self.tr("The starter model is being prepared"))
        self.model_notice.show_progress(sentence, fraction)

    @Slot(str)
    def prepare_failed(self, sentence: str) -> None:
        """Say that the starter model could not be prepared."""
        self._no_model(self.tr("No model yet"), self.tr("Prepare the starter model first"), broken=True)
        self.model_notice.show_prepare_failure(sentence)

    @Slot()
    def prepare_cancelled(self) -> None:
        """Offer the preparation again that the user stopped."""
        self._no_model(self.tr("No model yet"), self.tr("Prepare the starter model first"))
        self.model_notice.show_missing()

    @Slot(object, object)
    def happened(self, request: Request, event: Event) -> None:
        """Show how an answer goes on."""
        self._open[request.id].take(event)
        if isinstance(event, Finished):
            self.status.show_speed(event.usage.decode_tokens_per_s)
            self._close(request)

    @Slot(object, str)
    def failed(self, request: Request, sentence: str) -> None:
        """Show that an answer failed; the question stays, with Retry."""
        self._open[request.id].fail(sentence)
        self._close(request)

    def _ask(self, request: Request, answer: Answer) -> None:
        self._open[request.id] = answer
        self._refresh_composer()
        self.asked.emit(request)

    def _close(self, request: Request) -> None:
        del self._open[request.id]
        self._refresh_composer()

    @Slot(object)
    def _ask_again(self, failed: Answer) -> None:
        old = failed.request
        request = Request(next(self._request_ids), old.text, old.conversation)
        view = self._conversations[old.conversation].view
        self._ask(request, view.ask_again(failed, request, self._waiting_text()))
        self.composer.setFocus()

    @Slot(str)
    def _take_sample(self, brief: str) -> None:
        self.composer.set_text(brief)
        self.composer.setFocus()

    @Slot(int)
    def _show_number(self, conversation: int) -> None:
        self._show(self._conversations[conversation], keep_focus=True)

    def _begin(self) -> Conversation:
        view = ConversationView()
        view.sample_picked.connect(self._take_sample)
        view.retry_wanted.connect(self._ask_again)
        conversation = Conversation(next(self._conversation_ids), view)
        self._conversations[conversation.id] = conversation
        self._views.addWidget(view)
        return conversation

    def _show(self, conversation: Conversation, *, keep_focus: bool = False) -> None:
        if self._views.currentWidget() is not conversation.view or conversation is not self.shown:
            self.shown.draft = self.composer.text()
            self.composer.set_text(conversation.draft)
        self.shown = conversation
        self._views.setCurrentWidget(conversation.view)
        self.sidebar.mark(conversation.id if conversation.title else None)
        self._refresh_title()
        self._refresh_composer()
        if not keep_focus:
            self.composer.setFocus()

    def _no_model(self, state: str, reason: str, *, broken: bool = False) -> None:
        self._loading = False
        self.status.show_state(state, broken=broken)
        self.composer.set_blocked(reason)

    def _waiting_text(self) -> str:
        return self.tr("Waiting for the model…") if self._loading else self.tr("Reading…")

    def _open_answers(self, conversation: Conversation) -> list[Answer]:
        return [answer for answer in self._open.values() if answer.request.conversation == conversation.id]

    def _refresh_composer(self) -> None:
        self.composer.set_generating(bool(self._open_answers(self.shown)))

    def _refresh_title(self) -> None:
        title = self.shown.title
        self._title.setText(title or self.tr("New draft"))
        self._title.setToolTip(title)
        self.setWindowTitle(f"{title} – Inkstone" if title else "Inkstone")

    def _connect(self) -> None:
        self.sidebar.new_wanted.connect(self.new_draft)
        self.sidebar.picked.connect(self._show_number)
        self.composer.submitted.connect(self.submit)
        self.composer.stopped.connect(self.stop)
        self.model_notice.prepare_wanted.connect(self.prepare_wanted)
        self.model_notice.load_wanted.connect(self.load_wanted)
        QShortcut(QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_N), self, self.new_draft)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.stop)

    def _lay_out(self) -> None:
        header = QFrame()
        header.setObjectName("header")
        header.setFixedHeight(theme.px(theme.HEADER_HEIGHT))
        in_header = QHBoxLayout(header)
        in_header.setContentsMargins(theme.px(theme.SPACE_24), 0, theme.px(theme.SPACE_24), 0)
        in_header.addWidget(self._title)
        in_header.addStretch(1)
        foot = QWidget()
        in_foot = QVBoxLayout()
        in_foot.setSpacing(theme.px(theme.SPACE_12))
        in_foot.addWidget(self.model_notice)
        in_foot.addWidget(self.composer)
        centred = QHBoxLayout(foot)
        side = theme.px(theme.SPACE_24)
        centred.setContentsMargins(side, 0, side, theme.px(theme.SPACE_16))
        for part in (self.model_notice, self.composer):
            part.setMaximumWidth(theme.px(theme.COLUMN_WIDTH))
        centred.addStretch(1)
        centred.addLayout(in_foot, 1000)  # all the room there is, up to the width of the column
        centred.addStretch(1)
        page = QVBoxLayout()
        page.setSpacing(0)
        page.addWidget(header)
        page.addWidget(self._views, 1)
        page.addWidget(foot)
        above = QHBoxLayout()
        above.setSpacing(0)
        above.addWidget(self.sidebar)
        above.addLayout(page, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above, 1)
        layout.addWidget(self.status)
